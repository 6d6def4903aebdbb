"""An assumption of an explanation has readings, as a quantity has: each a row, with its source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Give the table of assumptions its new columns. What stands in a database is a plain value each."""
    aside = put_aside("assumption")
    op.create_table(
        "assumption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("hypothesis_id", "name", "reading", name="uq_assumption_name"),
        sa.CheckConstraint("length(note) <= 50000", name="ck_assumption_note"),
        sa.PrimaryKeyConstraint("id", name="pk_assumption"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_assumption_hypothesis_id"),
        sqlite_autoincrement=True,
    )
    new = {"reading": "value", "source": "", "url": "", "note": "", "chosen": False}
    put_back("assumption", aside, new)
