"""A short name of an explanation for where space is small, and the role of a quantity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Give two tables their new columns; nobody has named anything so far."""
    aside = put_aside("quantity")
    _create_quantity()
    put_back("quantity", aside, {"group": ""})
    aside = put_aside("hypothesis")
    _create_hypothesis()
    put_back("hypothesis", aside, {"short": ""})


def _create_quantity() -> None:
    op.create_table(
        "quantity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
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


def _create_hypothesis() -> None:
    op.create_table(
        "hypothesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
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
