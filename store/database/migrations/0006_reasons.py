"""Why: an entry of the journal keeps the reason that was given for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Give the journal its new column; nobody has given a reason so far."""
    aside = put_aside("journal_entry")
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('change', 'undo', 'redo')", name="ck_journal_entry_kind"),
        sa.CheckConstraint("length(why) <= 50000", name="ck_journal_entry_why"),
        sa.CheckConstraint("(kind = 'change') = (target_id IS NULL)", name="ck_journal_entry_target"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_journal_entry_debate_id"),
        sa.ForeignKeyConstraint(["target_id"], ["journal_entry.id"], name="fk_journal_entry_target_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_entry_debate_id", "journal_entry", ["debate_id", "id"])
    put_back("journal_entry", aside, {"why": ""})
