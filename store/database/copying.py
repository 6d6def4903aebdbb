"""Everything of a database into a new one, of whichever engine, compared row by row when it is there."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, Final

from sqlalchemy import Connection, Result, Table, func, select

from hypotheses.progress import Told
from store.database.database import Database
from store.database.engines import open_database
from store.database.given_ids import last_id, set_last_id
from store.database.named_tables import METADATA
from store.errors import DatabaseProblem

AT_ONCE: Final = 1000
"""Rows that are held at once."""
_TABLES: Final = tuple(table for table in METADATA.sorted_tables if table.name != "idea_unread")
"""What is named comes first. Whose words are still to be indexed is not copied: the new one has an index of its own."""


def copy_database(source: Database, location: str, told: Told) -> Mapping[str, int]:
    """Copy what a database holds at one moment into a new one; return how many rows each table has.

    Args:
        source: The database.
        location: A path or URL of another one, in which there is nothing yet.
        told: Takes how far it is, 0 to 1.

    Raises:
        DatabaseProblem: something is there already, it cannot be made, or does not hold the same; says which row.
    """
    with source.reading() as reading:
        counts = {each.name: reading.execute(select(func.count()).select_from(each)).scalar_one() for each in _TABLES}
        progress = _Progress(told, 2 * sum(counts.values()))
        target = open_database(location, lambda writing: _copy(reading, writing, progress), new=True)
        try:
            if not target.created:
                raise DatabaseProblem(f"there is a database in {target.name} already; it was not touched")
            with target.reading() as copied:
                _compare(reading, copied, target.name, progress)
        finally:
            target.close()
    return counts


class _Progress:
    """Counts rows."""

    def __init__(self, told: Told, all_rows: int) -> None:
        self._told = told
        self._all = all_rows
        self._done = 0

    def further(self, rows: int) -> None:
        """Count rows that are done."""
        self._done += rows
        self._told(min(1.0, self._done / max(1, self._all)))


def _copy(reading: Connection, writing: Connection, progress: _Progress) -> None:
    for table in _TABLES:
        with _rows(reading, table) as rows:
            for some in rows.mappings().partitions(AT_ONCE):
                writing.execute(table.insert(), [dict(row) for row in some])
                progress.further(len(some))
        if "id" in table.c:
            set_last_id(writing, table.name, last_id(reading, table.name))


def _compare(reading: Connection, copied: Connection, name: str, progress: _Progress) -> None:
    for table in _TABLES:
        with _rows(reading, table) as rows, _rows(copied, table) as copies:
            for row, copy in zip_longest(rows, copies):
                # By what is written of them: numbers that are equal may be of different kinds.
                if repr(row) != repr(copy):
                    row_id = (row or copy)[0]
                    raise DatabaseProblem(f"{name} does not hold the same ({table.name} {row_id}): do not use it")
                progress.further(1)


def _rows(connection: Connection, table: Table) -> Result[Any]:
    """Return all rows of a table in the order of their ids, some at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    return connection.execute(query.execution_options(yield_per=AT_ONCE))
