"""Several people on one debate: rankings and ratings of their own, comments; how hypotheses turned out; look-ups."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0002"
down_revision = "0001"

_NEW: Mapping[str, Mapping[str, str]] = {
    "debate": {"owner": ""},
    "hypothesis": {"settled": "", "settled_on": ""},
    "assessment": {"person": ""},
}
"""Table -> the columns it gets, and what they hold for the rows that are there."""


def upgrade() -> None:
    """Give three tables their new columns, and add three tables."""
    aside = {table: put_aside(table) for table in _NEW}
    _create_debate()
    _create_hypothesis()
    _create_assessment()
    for table, new in _NEW.items():
        put_back(table, aside[table], new)
    _create_stated()
    _create_comment()
    _create_lookup()


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
        sa.Column("owner", sa.String(), nullable=False),
        sa.UniqueConstraint("slug", name="uq_debate_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_debate_title"),
        sa.CheckConstraint("length(question) <= 50000", name="ck_debate_question"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_debate_note"),
        sa.CheckConstraint("mode IN ('independent', 'exclusive')", name="ck_debate_mode"),
        sa.CheckConstraint("correlation BETWEEN 0 AND 1", name="ck_debate_correlation"),
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


def _create_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("ratio", sa.Float(), nullable=True),
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


def _create_stated() -> None:
    op.create_table(
        "stated",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("plausibility", sa.Float(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("placeholder", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("hypothesis_id", "person", name="uq_stated_person"),
        sa.CheckConstraint("plausibility BETWEEN 0 AND 1", name="ck_stated_plausibility"),
        sa.PrimaryKeyConstraint("id", name="pk_stated"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_stated_hypothesis_id"),
        sqlite_autoincrement=True,
    )


def _create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("debate_id", "number", name="uq_comment_number"),
        sa.CheckConstraint(
            "(idea_id IS NULL) = (evidence_id IS NOT NULL OR hypothesis_id IS NOT NULL)",
            name="ck_comment_about_something",
        ),
        sa.CheckConstraint("length(text) <= 50000", name="ck_comment_text"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_comment_debate_id"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_comment_hypothesis_id"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_comment_evidence_id"),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_comment_idea_id"),
        sqlite_autoincrement=True,
    )
    for column in ("hypothesis_id", "evidence_id", "idea_id"):
        op.create_index(f"ix_comment_{column}", "comment", [column])


def _create_lookup() -> None:
    op.create_table(
        "lookup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("key", name="uq_lookup_key"),
        sa.PrimaryKeyConstraint("id", name="pk_lookup"),
        sqlite_autoincrement=True,
    )
