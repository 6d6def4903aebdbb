"""A checksum of what each debate holds; it is worked out when all migrations are through."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make room for it."""
    op.create_table(
        "checksum",
        sa.Column("debate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("debate_id", name="pk_checksum"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_checksum_debate_id"),
    )
