"""What an entry did to very many rows is kept compressed, in rows of their own; what is there stays as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make room for it."""
    op.create_table(
        "journal_pack",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "position", name="pk_journal_pack"),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name="fk_journal_pack_entry_id"),
    )
