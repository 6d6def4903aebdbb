"""Other sources of the same finding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Give evidence its new column; nobody has named another source so far."""
    aside = put_aside("evidence")
    _create_evidence()
    put_back("evidence", aside, {"also": []})


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
        sa.Column("also", sa.JSON(), nullable=False),
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
