"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, each after those that it refers to."""
    _create_debate()
    _create_quantity()
    _create_reading()
    _create_gap()
    _create_hypothesis()
    _create_effect()
    _create_assumption()
    _create_evidence()
    _create_assessment()
    _create_idea()
    _create_journal_entry()
    _create_journal_change()
    _create_opened()


def _create_debate() -> None:
    op.create_table(
        "debate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("convention", sa.String(), nullable=False),
        sa.Column("correlation", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("slug", name="uq_debate_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_debate_title"),
        sa.CheckConstraint("length(question) <= 50000", name="ck_debate_question"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_debate_note"),
        sa.CheckConstraint("mode IN ('independent', 'exclusive')", name="ck_debate_mode"),
        sa.CheckConstraint("correlation BETWEEN 0 AND 1", name="ck_debate_correlation"),
        sa.PrimaryKeyConstraint("id", name="pk_debate"),
        sqlite_autoincrement=True,
    )


def _create_quantity() -> None:
    op.create_table(
        "quantity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("claim_value", sa.Text(), nullable=True),
        sa.Column("claim_source", sa.Text(), nullable=True),
        sa.Column("claim_quote", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("debate_id", "symbol", name="uq_quantity_symbol"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_quantity_note"),
        sa.PrimaryKeyConstraint("id", name="pk_quantity"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_quantity_debate_id"),
        sqlite_autoincrement=True,
    )


def _create_reading() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quantity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("correlated_quantity", sa.String(), nullable=True),
        sa.Column("rank_correlation", sa.Float(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("quantity_id", "name", name="uq_reading_name"),
        sa.CheckConstraint("rank_correlation BETWEEN -1 AND 1", name="ck_reading_rank_correlation"),
        sa.CheckConstraint(
            "(correlated_quantity IS NULL) = (rank_correlation IS NULL)", name="ck_reading_correlation_is_whole"
        ),
        sa.CheckConstraint("length(note) <= 50000", name="ck_reading_note"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.ForeignKeyConstraint(["quantity_id"], ["quantity.id"], name="fk_reading_quantity_id"),
        sqlite_autoincrement=True,
    )


def _create_gap() -> None:
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("claim_value", sa.Text(), nullable=True),
        sa.Column("claim_source", sa.Text(), nullable=True),
        sa.Column("claim_quote", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("debate_id", "symbol", name="uq_gap_symbol"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_gap_note"),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_gap_debate_id"),
        sqlite_autoincrement=True,
    )


def _create_hypothesis() -> None:
    op.create_table(
        "hypothesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("plausibility", sa.Float(), nullable=False),
        sa.Column("prior", sa.Float(), nullable=False),
        sa.Column("placeholder", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rivals", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("debate_id", "slug", name="uq_hypothesis_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_hypothesis_title"),
        sa.CheckConstraint("length(statement) <= 50000", name="ck_hypothesis_statement"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_hypothesis_note"),
        sa.CheckConstraint("plausibility BETWEEN 0 AND 1", name="ck_hypothesis_plausibility"),
        sa.CheckConstraint("prior BETWEEN 0 AND 1", name="ck_hypothesis_prior"),
        sa.CheckConstraint("status IN ('open', 'accepted', 'rejected', 'merged')", name="ck_hypothesis_status"),
        sa.PrimaryKeyConstraint("id", name="pk_hypothesis"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_hypothesis_debate_id"),
        sqlite_autoincrement=True,
    )


def _create_effect() -> None:
    op.create_table(
        "effect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("hypothesis_id", "quantity", name="uq_effect_quantity"),
        sa.PrimaryKeyConstraint("id", name="pk_effect"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_effect_hypothesis_id"),
        sqlite_autoincrement=True,
    )


def _create_assumption() -> None:
    op.create_table(
        "assumption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("hypothesis_id", "name", name="uq_assumption_name"),
        sa.PrimaryKeyConstraint("id", name="pk_assumption"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_assumption_hypothesis_id"),
        sqlite_autoincrement=True,
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("doi", sa.String(), nullable=False),
        sa.Column("arxiv", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("credibility", sa.Float(), nullable=False),
        sa.Column("relevance", sa.Float(), nullable=False),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("debate_id", "key", name="uq_evidence_key"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_evidence_title"),
        sa.CheckConstraint("length(finding) <= 50000", name="ck_evidence_finding"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_evidence_note"),
        sa.CheckConstraint("credibility BETWEEN 0 AND 1", name="ck_evidence_credibility"),
        sa.CheckConstraint("relevance BETWEEN 0 AND 1", name="ck_evidence_relevance"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_evidence_debate_id"),
        sqlite_autoincrement=True,
    )


def _create_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("evidence_id", "hypothesis_id", name="uq_assessment_hypothesis_id"),
        sa.CheckConstraint("ratio > 0", name="ck_assessment_ratio"),
        sa.CheckConstraint("length(why) <= 50000", name="ck_assessment_why"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_assessment_evidence_id"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_assessment_hypothesis_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_hypothesis_id", "assessment", ["hypothesis_id"])


def _create_idea() -> None:
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("received", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.UniqueConstraint("debate_id", "number", name="uq_idea_number"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_idea_title"),
        sa.CheckConstraint("length(text) <= 50000", name="ck_idea_text"),
        sa.CheckConstraint("length(reason) <= 50000", name="ck_idea_reason"),
        sa.CheckConstraint("kind IN ('hypothesis', 'evidence', 'estimate', 'comment')", name="ck_idea_kind"),
        sa.CheckConstraint("status IN ('new', 'accepted', 'merged', 'declined')", name="ck_idea_status"),
        sa.PrimaryKeyConstraint("id", name="pk_idea"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_idea_debate_id"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_idea_hypothesis_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_idea_hypothesis_id", "idea", ["hypothesis_id"])


def _create_journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('change', 'undo', 'redo')", name="ck_journal_entry_kind"),
        sa.CheckConstraint("(kind = 'change') = (target_id IS NULL)", name="ck_journal_entry_target"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_journal_entry_debate_id"),
        sa.ForeignKeyConstraint(["target_id"], ["journal_entry.id"], name="fk_journal_entry_target_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_entry_debate_id", "journal_entry", ["debate_id", "id"])


def _create_journal_change() -> None:
    op.create_table(
        "journal_change",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_journal_change"),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name="fk_journal_change_entry_id"),
    )
    op.create_index("ix_journal_change_hypothesis_id", "journal_change", ["hypothesis_id", "entry_id"])


def _create_opened() -> None:
    op.create_table(
        "opened",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("debate_id", name="uq_opened_debate_id"),
        sa.PrimaryKeyConstraint("id", name="pk_opened"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_opened_debate_id"),
        sqlite_autoincrement=True,
    )
