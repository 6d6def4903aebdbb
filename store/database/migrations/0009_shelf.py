"""Debates that are archived or removed, and can be brought back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Give the debate its new column; all there are, are in use."""
    aside = put_aside("debate")
    _create_debate()
    put_back("debate", aside, {"shelf": ""})


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
        sa.Column("shelf", sa.String(), nullable=False),
        sa.UniqueConstraint("slug", name="uq_debate_slug"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_debate_title"),
        sa.CheckConstraint("length(question) <= 50000", name="ck_debate_question"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_debate_note"),
        sa.CheckConstraint("mode IN ('independent', 'exclusive')", name="ck_debate_mode"),
        sa.CheckConstraint("correlation BETWEEN 0 AND 1", name="ck_debate_correlation"),
        sa.CheckConstraint("counts IN ('all', 'after-prior')", name="ck_debate_counts"),
        sa.CheckConstraint("shelf IN ('', 'archived', 'removed')", name="ck_debate_shelf"),
        sa.PrimaryKeyConstraint("id", name="pk_debate"),
        sqlite_autoincrement=True,
    )
