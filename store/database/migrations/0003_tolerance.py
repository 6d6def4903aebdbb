"""How near to zero a gap counts as closed: a tolerance of its own for each gap, if it has one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give the table of gaps its new column."""
    aside = put_aside("gap")
    op.create_table(
        "gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("tolerance", sa.Float(), nullable=True),
        sa.Column("claim_value", sa.Text(), nullable=True),
        sa.Column("claim_source", sa.Text(), nullable=True),
        sa.Column("claim_quote", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("debate_id", "symbol", name="uq_gap_symbol"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_gap_note"),
        sa.CheckConstraint("tolerance > 0", name="ck_gap_tolerance"),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_gap_debate_id"),
        sqlite_autoincrement=True,
    )
    put_back("gap", aside, {"tolerance": None})
