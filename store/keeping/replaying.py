"""The rows of a debate as its journal tells them, from its first entry on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from store import journal
from store.database.row_change import RowChange
from store.database.row_reading import read_rows
from store.database.translation import TABLES, Row
from store.errors import DatabaseProblem

Rows = dict[str, dict[int, Row]]
"""Table -> id -> row."""


@dataclass
class Replay:
    """A journal, gone through."""

    rows: Rows = field(default_factory=lambda: {table: {} for table in TABLES})
    """What it leads to."""
    gaps: list[str] = field(default_factory=list)
    """Where an entry begins with something else than those before it led to, or cannot be read."""


def replayed(connection: Connection, debate_id: int) -> Replay:
    """Go through the journal of a debate."""
    replay = Replay()
    try:
        for change in journal.changes_since(connection, debate_id, 0):
            _take(replay, change)
    except DatabaseProblem as error:
        replay.gaps.append(str(error))
    return replay


def _take(replay: Replay, change: RowChange) -> None:
    rows = replay.rows.setdefault(change.table, {})
    now = rows.get(change.row_id)
    if not change.begins_with(now):
        replay.gaps.append(f"{change.table} {change.row_id}")
    if change.after is None:
        rows.pop(change.row_id, None)
    else:
        rows[change.row_id] = {**(now or {}), **change.after}


def rows_of(connection: Connection, debate_id: int) -> Rows:
    """Return the rows of a debate as they are."""
    return {table: {row["id"]: row for row in read_rows(connection, table, debate_id)} for table in TABLES}


def differences(now: Rows, then: Rows) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield what differs between rows as they are and as the journal tells them: table, id and columns.

    There are no columns where a row is there only once.
    """
    for table in TABLES:
        for row_id in sorted(now[table].keys() | then[table].keys()):
            one, other = now[table].get(row_id), then[table].get(row_id)
            if one is None or other is None:
                yield table, row_id, ()
            elif columns := tuple(name for name in one if one[name] != other.get(name)):
                yield table, row_id, columns
