"""What counts: the date of a prior, whether older evidence counts, weights not stated, ratings by probabilities."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Give four tables what they lack. What stands in a database counts as stated, so that no figure changes."""
    aside = put_aside("debate")
    _create_debate()
    put_back("debate", aside, {"counts": "all", "schemes": {}})
    aside = put_aside("hypothesis")
    _create_hypothesis()
    put_back("hypothesis", aside, {"prior_on": ""})
    aside = put_aside("evidence")
    _create_evidence()
    put_back("evidence", aside, {})
    aside = put_aside("assessment")
    _create_assessment()
    put_back("assessment", aside, {"given": ""})


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
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("schemes", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.UniqueConstraint("slug", name="uq_debate_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_debate_title"),
        sa.CheckConstraint("length(question) <= 50000", name="ck_debate_question"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_debate_note"),
        sa.CheckConstraint("mode IN ('independent', 'exclusive')", name="ck_debate_mode"),
        sa.CheckConstraint("correlation BETWEEN 0 AND 1", name="ck_debate_correlation"),
        sa.CheckConstraint("counts IN ('all', 'after-prior')", name="ck_debate_counts"),
        sa.PrimaryKeyConstraint("id", name="pk_debate"),
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
        sa.Column("prior_on", sa.String(), nullable=False),
        sa.Column("placeholder", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rivals", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("settled", sa.String(), nullable=False),
        sa.Column("settled_on", sa.String(), nullable=False),
        sa.UniqueConstraint("debate_id", "slug", name="uq_hypothesis_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_hypothesis_title"),
        sa.CheckConstraint("length(statement) <= 50000", name="ck_hypothesis_statement"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_hypothesis_note"),
        sa.CheckConstraint("plausibility BETWEEN 0 AND 1", name="ck_hypothesis_plausibility"),
        sa.CheckConstraint("prior BETWEEN 0 AND 1", name="ck_hypothesis_prior"),
        sa.CheckConstraint("status IN ('open', 'accepted', 'rejected', 'merged')", name="ck_hypothesis_status"),
        sa.CheckConstraint("settled IN ('', 'true', 'false')", name="ck_hypothesis_settled"),
        sa.PrimaryKeyConstraint("id", name="pk_hypothesis"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_hypothesis_debate_id"),
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
        sa.Column("credibility", sa.Float(), nullable=True),
        sa.Column("relevance", sa.Float(), nullable=True),
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
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("evidence_id", "hypothesis_id", "person", name="uq_assessment_hypothesis_id"),
        sa.CheckConstraint("ratio > 0", name="ck_assessment_ratio"),
        sa.CheckConstraint("length(why) <= 50000", name="ck_assessment_why"),
        sa.PrimaryKeyConstraint("id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_assessment_evidence_id"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_assessment_hypothesis_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assessment_hypothesis_id", "assessment", ["hypothesis_id"])
