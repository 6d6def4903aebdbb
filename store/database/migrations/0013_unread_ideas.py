"""The ideas whose words are not in the index yet: all of them, and whoever opens the database takes them up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Write down that there is no index yet; it is made of what is there."""
    op.create_table(
        "idea_unread",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("idea_id", name="pk_idea_unread"),
    )
