"""What becomes of a reader's idea: how it is asked after, how it came, and what was made of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.database.rebuilding import put_aside, put_back

revision = "0011"
down_revision = "0010"

_STATUS = ("new", "later", "unclear", "accepted", "merged", "declined", "duplicate", "off-topic", "split")


def upgrade() -> None:
    """Give ideas their new columns and more states; of those that came before nothing more is known."""
    op.drop_index("ix_idea_hypothesis_id", "idea")
    aside = put_aside("idea")
    _create_idea()
    new = {"reference": "", "url": "", "contact": "", "via": "", "unnamed": False, "became": []}
    put_back("idea", aside, new)
    op.create_index("ix_idea_hypothesis_id", "idea", ["hypothesis_id"])
    op.create_index("ix_idea_reference", "idea", ["reference"])


def _create_idea() -> None:
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("received", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=True),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.UniqueConstraint("debate_id", "number", name="uq_idea_number"),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 300", name="ck_idea_title"),
        sa.CheckConstraint("length(text) <= 50000", name="ck_idea_text"),
        sa.CheckConstraint("length(reason) <= 50000", name="ck_idea_reason"),
        sa.CheckConstraint("kind IN ('hypothesis', 'evidence', 'estimate', 'comment')", name="ck_idea_kind"),
        sa.CheckConstraint(f"status IN ({', '.join(map(repr, _STATUS))})", name="ck_idea_status"),
        sa.PrimaryKeyConstraint("id", name="pk_idea"),
        sa.ForeignKeyConstraint(["debate_id"], ["debate.id"], name="fk_idea_debate_id"),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypothesis.id"], name="fk_idea_hypothesis_id"),
        sqlite_autoincrement=True,
    )
