"""The journal: entries, what each did to the rows, undo and redo.

An actor's undo takes back that actor's latest entry that is not yet undone, and redo takes that back;
a new change ends the redoing. Both are entries of their own, so they survive a restart and reach other
processes like any other change. The entry that created a debate is where its history starts: it is
never undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import IntegrityError

from hypotheses.problems import Refused
from store import journal_changes
from store.database import checksums, packs
from store.database.cells import require_sound
from store.database.image import DebateImage
from store.database.inserting import insert
from store.database.journal_tables import CHANGE, ENTRY, PACK
from store.database.named_tables import METADATA
from store.database.row_change import RowChange
from store.database.translation import OWNERS, TABLES
from store.database.writing import write_changes
from store.entries import Entry, EntryKind


def record(
    connection: Connection,
    debate_id: int,
    portions: Iterable[Sequence[RowChange]],
    *,
    at: datetime,
    actor: str,
    label: str,
    why: str = "",
    about: int | None = None,
    kind: EntryKind = "change",
    target: int | None = None,
) -> Entry:
    """Write one entry and what of its changes is to be kept, some at a time; a reason may be about one hypothesis."""
    row = {"debate_id": debate_id, "at": at, "actor": actor, "label": label, "why": why, "about_id": about}
    row |= {"kind": kind, "target_id": target}
    entry_id: int = connection.execute(ENTRY.insert().returning(ENTRY.c.id), row).scalar_one()
    added, count = checksums.of_entry({"id": entry_id, **row}), 0
    for changes in portions:
        written = [
            {
                "entry_id": entry_id,
                "position": position,
                "table_name": change.table,
                "row_id": change.row_id,
                "hypothesis_id": _hypothesis_id(change),
                "before": change.before,
                "after": change.after,
            }
            for position, change in enumerate(map(RowChange.narrowed, changes), count)
        ]
        count += len(written)
        rows, packed = packs.divided(written)
        insert(connection, CHANGE.name, rows)
        insert(connection, PACK.name, packed)
        added = added.plus(checksums.of_changes(changes, rows, packed))
    checksums.follow(connection, debate_id, added)
    return Entry(entry_id, at, actor, label, kind, why)


def _hypothesis_id(change: RowChange) -> int | None:
    if change.table == "hypothesis":
        return change.row_id
    hypothesis_id: int | None = (change.after or change.before or {}).get("hypothesis_id")
    return hypothesis_id


def last_entry(connection: Connection, debate_id: int) -> int:
    """Return the id of the debate's latest entry, 0 if there is none."""
    latest: int | None = connection.execute(
        select(func.max(ENTRY.c.id)).where(ENTRY.c.debate_id == debate_id)
    ).scalar_one()
    return latest or 0


def rows_after(connection: Connection, debate_id: int, entry: int) -> int:
    """Return how many rows the entries after this one changed."""
    return journal_changes.count(connection, ENTRY.c.debate_id == debate_id, ENTRY.c.id > entry)


def changes_since(connection: Connection, debate_id: int, entry: int) -> Iterator[RowChange]:
    """Yield what the entries after this one did, in their order, as the journal keeps it: see `RowChange.narrowed`.

    Raises:
        DatabaseProblem: the journal is damaged.
    """
    return journal_changes.row_changes(connection, ENTRY.c.debate_id == debate_id, ENTRY.c.id > entry)


def history(connection: Connection, debate_id: int, limit: int, hypothesis_id: int | None = None) -> tuple[Entry, ...]:
    """Return the latest entries, newest first; of one hypothesis if it is named."""
    query = entries().where(ENTRY.c.debate_id == debate_id)
    if hypothesis_id is not None:
        # By the index of its own changes: in a long journal most entries are about others.
        of_it = select(CHANGE.c.entry_id).distinct().where(CHANGE.c.hypothesis_id == hypothesis_id)
        query = query.where(ENTRY.c.id.in_(of_it.order_by(CHANGE.c.entry_id.desc()).limit(limit)))
    return tuple(_read(connection, query.order_by(ENTRY.c.id.desc()).limit(limit)))


def has_entry(connection: Connection, debate_id: int, entry: int) -> bool:
    """Say whether the debate's journal has an entry of this number."""
    if entry > last_entry(connection, debate_id):
        return False  # no engine has to take a number of any length
    query = select(ENTRY.c.id).where(ENTRY.c.debate_id == debate_id, ENTRY.c.id == entry)
    return connection.execute(query).first() is not None


def entry_to_revert(
    connection: Connection, debate_id: int, actor: str, kind: EntryKind, after: int = 0
) -> Entry | None:
    """Return the entry that the actor's next undo or redo is about, if it is later than the one numbered `after`."""
    query = select(ENTRY.c.id, ENTRY.c.kind, ENTRY.c.target_id)
    query = query.where(ENTRY.c.debate_id == debate_id, ENTRY.c.actor == actor).order_by(ENTRY.c.id.desc())
    with connection.execute(_bit_by_bit(query)) as newest_first:
        entry = _top(newest_first, kind)
    if entry is None or entry <= after or entry == _first_entry(connection, debate_id):
        return None
    return entry_of(connection, entry)


def _top(newest_first: Iterable[tuple[int, EntryKind, int | None]], kind: EntryKind) -> int | None:
    """Return the change on top of what is done (undo) or of what is undone (redo); no more is read than that takes.

    Both are stacks. An undo leaves done what was done before the change it took back was made; a redo leaves undone
    what was undone before that change was undone. So all that lies between is passed over.
    """
    back_to: int | None = None
    for entry_id, what, target in newest_first:
        if back_to is not None:
            if back_to == (entry_id if kind == "undo" else target if what == "undo" else None):
                back_to = None
        elif what == "change":
            return entry_id if kind == "undo" else None
        elif what != kind:
            return target
        else:
            back_to = target
    return None


def _first_entry(connection: Connection, debate_id: int) -> int:
    first: int = connection.execute(select(func.min(ENTRY.c.id)).where(ENTRY.c.debate_id == debate_id)).scalar_one()
    return first


def creator(connection: Connection, debate_id: int) -> str:
    """Return who added the debate."""
    who: str = connection.execute(
        select(ENTRY.c.actor).where(ENTRY.c.debate_id == debate_id).order_by(ENTRY.c.id).limit(1)
    ).scalar_one()
    return who


def entry_of(connection: Connection, entry_id: int) -> Entry:
    """Return one entry."""
    (entry,) = _read(connection, entries().where(ENTRY.c.id == entry_id))
    return entry


def revert(connection: Connection, image: DebateImage, entry: Entry, kind: EntryKind) -> list[RowChange]:
    """Take back what an entry did (undo) or do it again (redo); return the changes of rows.

    Raises:
        Refused: a later change by somebody would be trampled; says whose.
    """
    changes = journal_changes.of_entry(connection, entry.id)
    if kind == "undo":
        changes = [change.inverted() for change in reversed(changes)]
    differing = (
        (change.table, change.row_id, change.differing(row))
        for change in changes
        if not change.begins_with(row := image.rows[change.table].get(change.row_id))
    )
    for table, row_id, cells in chain(differing, _dependents(image, changes)):
        toucher = last_actor(connection, image.debate_id, table, row_id, after=entry.id, standing=True, cells=cells)
        raise Refused(f"cannot {kind} {entry.label!r}: {toucher} has changed the same since")
    changes = list(image.whole(changes))
    try:
        with connection.begin_nested():  # so that more can be asked when it fails
            write_changes(connection, changes)
    except IntegrityError as error:
        # A name was taken, or what a row belongs to has gone: none of these rows were touched by that.
        who = last_other(connection, image.debate_id, entry.actor, after=entry.id)
        raise Refused(f"cannot {kind} {entry.label!r} after what {who or 'somebody'} has changed since") from error
    return changes


def _dependents(image: DebateImage, changes: Sequence[RowChange]) -> Iterator[tuple[str, int, list[str]]]:
    """Find the rows that name a row which is about to leave, and would still name it then; and by which cell."""
    after = {(change.table, change.row_id): change.after for change in image.whole(changes)}
    leaving = {place for place, row in after.items() if row is None}
    tables = {table for table, _ in leaving}
    for table in TABLES if leaving else ():
        for key in METADATA.tables[table].foreign_keys:
            named, column = key.column.table.name, key.parent.name
            for row_id, now in image.naming(table, column, leaving) if named in tables else ():
                row = after.get((table, row_id), now)
                if row and (named, row[column]) in leaving:
                    yield table, row_id, [column]


def latest_by(connection: Connection, debate_id: int, actor: str, after: int) -> Entry | None:
    """Return the actor's latest entry after this one; None if there is none."""
    query = entries().where(ENTRY.c.debate_id == debate_id, ENTRY.c.id > after, ENTRY.c.actor == actor)
    return next(_read(connection, query.order_by(ENTRY.c.id.desc()).limit(1)), None)


def last_other(connection: Connection, debate_id: int, actor: str, after: int) -> str | None:
    """Say who else wrote the latest entry after this one; None if nobody did."""
    query = select(ENTRY.c.actor).where(ENTRY.c.debate_id == debate_id, ENTRY.c.id > after, ENTRY.c.actor != actor)
    return connection.execute(query.order_by(ENTRY.c.id.desc()).limit(1)).scalar()


def last_actor(
    connection: Connection,
    debate_id: int,
    table: str,
    row_id: int,
    *,
    after: int = 0,
    standing: bool = False,
    cells: Collection[str] = (),
) -> str:
    """Say who touched a row, or a part of it, last.

    Args:
        connection: An open transaction.
        debate_id: The debate's row.
        table: The row's table.
        row_id: The row.
        after: Look at later entries than this one only.
        standing: Leave out what was undone, and the undoing.
        cells: The cells of the row that it is about; any if there are none.
    """
    undone: set[int] = set()
    later = ENTRY.c.debate_id == debate_id, ENTRY.c.id > after
    with closing(journal_changes.newest_first(connection, *later)) as made:
        for change, entry_id, actor, kind, target in made:
            if standing and kind == "undo" and target is not None:
                undone.add(target)
            elif _touches(change, table, row_id, cells) and (target or entry_id) not in undone:
                return actor
    return "somebody"


def _touches(change: RowChange, table: str, row_id: int, cells: Collection[str]) -> bool:
    if (change.table, change.row_id) == (table, row_id):
        return change.is_about(cells)
    owner = OWNERS.get(change.table)
    return owner == f"{table}_id" and (change.after or change.before or {})[owner] == row_id


def entries() -> Select[Any]:
    """Return the query for entries, each as the fields of an `Entry`."""
    return select(ENTRY.c.id, ENTRY.c.at, ENTRY.c.actor, ENTRY.c.label, ENTRY.c.kind, ENTRY.c.why)


def _bit_by_bit(query: Select[Any]) -> Select[Any]:
    """Have a server send some rows at a time: the first ones are mostly enough."""
    return query.execution_options(stream_results=True)


def _read(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    result = connection.execute(query)
    names, rows = tuple(result.keys()), result.all()
    require_sound(ENTRY, names, rows)
    return (Entry(*row) for row in rows)
