"""What the entries of the journal did to rows, read: from rows of their own and from packs, as one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from heapq import merge
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, CursorResult, Select, func, select

from store.database import packs
from store.database.cells import require_sound
from store.database.journal_tables import CHANGE, ENTRY, OF_CHANGE, OF_PACK, PACK
from store.database.packed_rows import CHUNK
from store.database.row_change import RowChange
from store.database.translation import Row
from store.entries import EntryKind
from store.errors import DatabaseProblem


class Attributed(NamedTuple):
    """A change of a row, and the entry by which it was made."""

    change: RowChange
    entry_id: int
    actor: str
    kind: EntryKind
    target: int | None


def row_changes(connection: Connection, *of: ColumnElement[bool]) -> Iterator[RowChange]:
    """Yield what some entries did to rows, in the order in which they did it.

    Raises:
        DatabaseProblem: a pack cannot be read.
        BrokenCell: a cell holds what none of its column can.
    """
    yield from (change for _, _, change in _placed(connection, *of))


def of_entry(connection: Connection, entry_id: int) -> list[RowChange]:
    """Return all that one entry did to rows.

    Raises:
        DatabaseProblem: a pack cannot be read, or some of it is missing.
        BrokenCell: a cell holds what none of its column can.
    """
    found = list(_placed(connection, ENTRY.c.id == entry_id))
    if any(place != at for at, (_, place, _) in enumerate(found)):
        where = f"some of what entry {entry_id} did to rows is missing"
        raise DatabaseProblem(f"the journal is damaged: {where}; `abduce doctor` says more")
    return [change for _, _, change in found]


def newest_first(connection: Connection, *of: ColumnElement[bool]) -> Generator[Attributed]:
    """Yield what some entries did to rows, the newest entry first; no more is read than is asked for.

    Raises:
        DatabaseProblem: a pack cannot be read.
    """
    of_entry = ENTRY.c.id, ENTRY.c.actor, ENTRY.c.kind, ENTRY.c.target_id
    rows, packed = (
        # A server sends some rows at a time: the first ones are mostly enough.
        query.add_columns(*of_entry).where(*of).order_by(ENTRY.c.id.desc()).execution_options(stream_results=True)
        for query in (_rows(), _packs())
    )
    with connection.execute(rows) as of_rows, connection.execute(packed) as of_packs:
        single = (Attributed(RowChange(*row[2:6]), *row[6:]) for row in of_rows)
        many = (
            Attributed(change, entry_id, actor, kind, target)
            for (*pack, entry_id, actor, kind, target) in map(tuple, of_packs)
            for _, change in _unpacked(*pack)
        )
        yield from merge(single, many, key=lambda made: made.entry_id, reverse=True)


def count(connection: Connection, *of: ColumnElement[bool]) -> int:
    """Return how many rows some entries changed."""
    rows = select(func.count()).select_from(CHANGE).join(ENTRY, OF_CHANGE)
    packed = select(func.coalesce(func.sum(PACK.c.changes), 0)).join(ENTRY, OF_PACK)
    return sum(int(connection.execute(query.where(*of)).scalar_one()) for query in (rows, packed))


def _placed(connection: Connection, *of: ColumnElement[bool]) -> Iterator[tuple[int, int, RowChange]]:
    rows = _rows().where(*of).order_by(CHANGE.c.entry_id, CHANGE.c.position)
    packed = _packs().where(*of).order_by(PACK.c.entry_id, PACK.c.position)
    return merge(_each(connection.execute(rows)), _each_packed(connection.execute(packed)), key=itemgetter(0, 1))


def _rows() -> Select[Any]:
    columns = (CHANGE.c[name] for name in ("entry_id", "position", "table_name", "row_id", "before", "after"))
    return select(*columns).join(ENTRY, OF_CHANGE)


def _packs() -> Select[Any]:
    return select(PACK.c.entry_id, PACK.c.position, PACK.c.changes, PACK.c.packed).join(ENTRY, OF_PACK)


def _each(result: CursorResult[Any]) -> Iterator[tuple[int, int, RowChange]]:
    names = tuple(result.keys())
    for rows in result.partitions(CHUNK):
        require_sound(CHANGE, names, rows)
        for entry_id, position, table, row_id, before, after in map(tuple, rows):
            yield entry_id, position, RowChange(table, row_id, _named(before), _named(after))


def _each_packed(result: CursorResult[Any]) -> Iterator[tuple[int, int, RowChange]]:
    for pack in map(tuple, result):
        yield from ((pack[0], at, change) for at, change in _unpacked(*pack))


def _unpacked(entry_id: int, position: int, changes: int, pack: bytes) -> list[packs.Placed]:
    try:
        return packs.unpacked(pack, position, changes)
    except packs.NotAPack as error:
        where = f"what entry {entry_id} did to rows, from change {position} on, cannot be unpacked"
        raise DatabaseProblem(f"the journal is damaged: {where}; `abduce doctor` says more") from error


def _named(image: Row | None) -> Row | None:
    """Return an image whose names are those of every other one: of JSON each has its own, which take half of it."""
    return image and dict(zip(map(intern, image), image.values(), strict=True))
