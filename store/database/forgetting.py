"""Debates that were removed long ago, deleted for good with their journals."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, false, func, or_, select

from store.database import idea_words
from store.database.named_tables import METADATA
from store.database.row_change import RowChange

_TABLES = METADATA.tables
_IDEA = _TABLES["idea"]


def forget_removed(connection: Connection, before: datetime, but: str) -> tuple[str, ...]:
    """Delete every debate `but` one that is removed, and unchanged since before a time; return their slugs."""
    debate, entry = _TABLES["debate"], _TABLES["journal_entry"]
    latest = select(func.max(entry.c.at)).where(entry.c.debate_id == debate.c.id).scalar_subquery()
    query = select(debate.c.id, debate.c.slug).where(debate.c.shelf == "removed", debate.c.slug != but, latest < before)
    gone = connection.execute(query.order_by(debate.c.id)).all()
    if gone:
        ideas = connection.execute(select(_IDEA).where(_belongs(_IDEA, [row_id for row_id, _ in gone]))).mappings()
        idea_words.follow(connection, (RowChange("idea", row["id"], dict(row), None) for row in ideas))
        # What points to a row goes before it: the tables stand with those first that others point to.
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete().where(_belongs(table, [row_id for row_id, _ in gone])))
    return tuple(slug for _, slug in gone)


def _belongs(table: Table, debates: list[int]) -> ColumnElement[bool]:
    """Say which rows of a table are those of some debates: by the debate, or by what they point to."""
    if table.name == "debate":
        return table.c.id.in_(debates)
    if "debate_id" in table.c:
        return table.c.debate_id.in_(debates)
    owners = [(column, key.column.table) for column in table.c for key in column.foreign_keys]
    return or_(false(), *(column.in_(select(owner.c.id).where(_belongs(owner, debates))) for column, owner in owners))
