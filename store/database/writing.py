"""Row changes into the database: the difference between two debates, or images put back."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Connection, bindparam

from hypotheses.changed import Version, changed
from hypotheses.debate import Debate, Hypothesis, Quantity
from store.database import idea_words
from store.database.given_ids import next_ids
from store.database.image import DebateImage
from store.database.inserting import insert
from store.database.named_tables import METADATA
from store.database.packed_rows import CHUNK
from store.database.row_change import RowChange
from store.database.translation import COLLECTIONS, PLACED, TABLES, PendingRow, Ref, Row, Value, debate_item, items

PORTION: Final = 2_500
"""So many new items of evidence are written at a time: what they take on the way is let go before the next."""


def write_difference(connection: Connection, image: DebateImage, after: Debate) -> list[RowChange]:
    """Write what it takes to turn the debate of the image into `after`; return the changes.

    Additions come first, what is named before what names it; then what changed; then removals in
    the opposite order. So foreign keys hold after every statement, and backwards too.
    """
    wanted, gone = _difference(image, after)
    added: dict[Ref, int] = {}
    ids = ChainMap(added, image.ids)
    additions: list[RowChange] = []
    edits: list[RowChange] = []
    for table in TABLES:
        new: list[tuple[Ref, Row]] = []
        for item in wanted[table]:
            row = {**item.row, **{column: ids[ref] for column, ref in item.links.items()}}
            if (before := image.row(item.ref)) is None:
                new.append((item.ref, row))
            elif any(before[column] != cell for column, cell in row.items()):
                edits.append(RowChange(table, before["id"], before, before | row))
        if table in COLLECTIONS:
            for _, row in new:
                row["debate_id"] = image.debate_id
        inserted = insert_rows(connection, table, [row for _, row in new])
        added.update((ref, change.row_id) for (ref, _), change in zip(new, inserted, strict=True))
        additions += inserted
    leaving = [image.row(ref) or {} for ref in gone]
    removals = [RowChange(str(ref[0]), row["id"], row, None) for ref, row in zip(gone, leaving, strict=True)]
    removals.sort(key=lambda change: -TABLES.index(change.table))
    write_changes(connection, edits + removals)
    return additions + edits + removals


def are_many(before: Debate, after: Debate) -> bool:
    """Say whether a debate gets so much new evidence, behind what it has, that it is written in portions."""
    there, gone = changed(before.evidence, after.evidence)
    new = sum(key not in before.evidence for key in there)
    # What evidence or a remark names must not go before it does.
    stays = not gone and all(
        old.keys() <= new.keys() for old, new in ((before.hypotheses, after.hypotheses), (before.ideas, after.ideas))
    )
    return new > PORTION and stays and _stays_in_order(before.evidence, after.evidence)


def write_in_portions(connection: Connection, image: DebateImage, after: Debate) -> Iterator[list[RowChange]]:
    """Write what turns the debate of the image into `after`; yield the changes of each portion.

    The image is brought forward by each portion when the next is asked for.
    """
    before = image.debate
    if not are_many(before, after):
        yield from _portion(connection, image, after)
        return
    there = dict(islice(after.evidence.items(), len(before.evidence)))
    without_new = replace(after, evidence=Version(before.evidence, there), comments=before.comments)
    yield from _portion(connection, image, without_new)
    new = islice(after.evidence.items(), len(there), None)
    while some := dict(islice(new, PORTION)):
        yield from _portion(connection, image, replace(image.debate, evidence=Version(image.debate.evidence, some)))
    yield from _portion(connection, image, replace(image.debate, comments=after.comments))


def _portion(connection: Connection, image: DebateImage, after: Debate) -> Iterator[list[RowChange]]:
    changes = write_difference(connection, image, after)
    yield changes
    image.apply(changes, image.entry)


def write_renaming(
    connection: Connection, image: DebateImage, ref: Ref, new: str, after: Debate
) -> tuple[list[RowChange], list[RowChange]]:
    """Write another name of a value, or of the debate, and what it takes to turn the debate into `after`.

    The row stays the same one: what names it by its id names it still, and its history goes on.

    Returns:
        All changes of rows, and those of them that the image is still to be brought forward by.
    """
    table, row_id = str(ref[0]), image.ids[ref]
    row = image.rows[table][row_id]
    named = RowChange(table, row_id, row, {**row, COLLECTIONS.get(table, ("", "slug"))[1]: new})
    write_changes(connection, [named])
    image.apply([named], image.entry)
    others = write_difference(connection, image, after)
    # Of each row an entry has one change.
    own = next((change for change in others if (change.table, change.row_id) == (table, row_id)), named)
    return [RowChange(table, row_id, row, own.after), *(change for change in others if change is not own)], others


def insert_rows(connection: Connection, table: str, rows: Sequence[Row]) -> list[RowChange]:
    """Give each of some new rows its id, insert them, and return what that changed, in the same order."""
    if not rows:
        return []
    # Asked for the ids that it has given out, SQLite is sent the rows one by one.
    for row_id, row in zip(next_ids(connection, table, len(rows)), rows, strict=True):
        row["id"] = row_id
    insert(connection, table, rows)
    added = [RowChange(table, row["id"], None, row) for row in rows]
    if table == "idea":
        idea_words.follow(connection, added)
    return added


def write_changes(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Write changes of known rows, in their order."""
    for (name, kind), group in groupby(changes, key=lambda change: (change.table, _kind(change))):
        while batch := list(islice(group, CHUNK)):
            _write(connection, name, kind, batch)


def _write(connection: Connection, name: str, kind: str, batch: Sequence[RowChange]) -> None:
    """Write changes of one kind to one table."""
    table = METADATA.tables[name]
    images = [change.after for change in batch if change.after is not None]
    at_row = table.c.id == bindparam("row_id")
    if kind == "insert":
        insert(connection, name, images)
    elif kind == "update":
        # An unnamed `values` sets every column of the first row, which is all but the id: where that is set too,
        # SQLite looks through all rows that may name it, also if it stays the same.
        rows = [{"row_id": image["id"], **image} for image in images]
        for row in rows:
            del row["id"]
        connection.execute(table.update().where(at_row), rows)
    else:
        connection.execute(table.delete().where(at_row), [{"row_id": change.row_id} for change in batch])
    if name == "idea":
        idea_words.follow(connection, batch)


def _kind(change: RowChange) -> str:
    if change.before is None:
        return "insert"
    return "delete" if change.after is None else "update"


def _difference(image: DebateImage, after: Debate) -> tuple[defaultdict[str, list[PendingRow]], list[Ref]]:
    """Find the rows that may differ, by table, and the refs of those that are no longer there."""
    wanted: defaultdict[str, list[PendingRow]] = defaultdict(list)
    wanted["debate"].append(debate_item(after))
    gone: dict[Ref, None] = {}
    places = _Places(image)
    for table, (field, _) in COLLECTIONS.items():
        before_values, after_values = getattr(image.debate, field), getattr(after, field)
        if before_values is after_values:
            continue
        moving = _moving(table, before_values, after_values, places)
        others, not_there = changed(before_values, after_values)
        there = [name for name in others if not _is_as_it_was(before_values.get(name), after_values[name])]
        if moving:
            written = moving.union(there)
            there = [name for name in after_values if name in written]
        for name in (*there, *not_there):
            if name in before_values:
                gone |= dict.fromkeys(item.ref for item in items(before_values[name], lambda _: 0))
        for name in there:
            for item in items(after_values[name], places):
                wanted[str(item.ref[0])].append(item)
                gone.pop(item.ref, None)
    return wanted, list(gone)


def _moving(
    table: str, before: dict[str | int, Value], after: Mapping[str | int, Value], places: _Places
) -> frozenset[str | int]:
    """Find the values that have a place of their own and get another one."""
    if table in PLACED and _stays_in_order(before, after):
        last = next(reversed(before), None)
        places.keep((table,), None if last is None else (table, last))
    elif table in PLACED:
        # Every value is asked about its place, in their order: that is what the places go by.
        return frozenset(name for name in after if places.moves((table, name)))
    return frozenset()


def _stays_in_order(before: Mapping[Any, Value], after: Mapping[Any, Value]) -> bool:
    """Say whether what is in both stands in the same order, and what is new behind it."""
    if isinstance(after, Version) and after.since(before) is not None:
        return True
    names = list(before)
    return names == list(after)[: len(names)]


def _is_as_it_was(before: Value | None, after: Value) -> bool:
    """Say whether a value needs no writing: it is as it was, its readings in the same order: the first may count."""
    return before is after or (before == after and _orders(before) == _orders(after))


def _orders(value: Value | None) -> list[tuple[str, ...]]:
    match value:
        case Quantity(readings=readings):
            return [tuple(readings)]
        case Hypothesis(assumes=assumes):
            return [tuple(assumes[name].readings) for name in sorted(assumes)]
        case _:
            return []


class _Places:
    """Gives siblings growing positions in the order in which they are first asked about.

    A sibling keeps the position it has wherever that is possible, so that a removal or an addition
    at the end changes no other row.
    """

    def __init__(self, image: DebateImage) -> None:
        self._image = image
        self._last: dict[Ref, int] = {}
        self._given: dict[Ref, int] = {}
        self._in_place: set[Ref] = set()

    def keep(self, siblings: Ref, last: Ref | None) -> None:
        """Have siblings that are there stay where they are, up to the last; all others come after it."""
        self._in_place.add(siblings)
        self._last[siblings] = -1 if last is None else self._image.position(last) or 0

    def __call__(self, ref: Ref) -> int:
        if ref not in self._given:
            siblings, position = ref[:-1], self._image.position(ref)
            if siblings in self._in_place and position is not None:
                return position
            lowest = self._last.get(siblings, -1) + 1
            self._given[ref] = self._last[siblings] = lowest if position is None else max(lowest, position)
        return self._given[ref]

    def moves(self, ref: Ref) -> bool:
        """Tell whether a value has a place of its own that is not the one it had."""
        if ref[0] not in PLACED or ref[:-1] in self._in_place:
            return False
        place, position = self(ref), self._image.position(ref)
        return position is not None and place != position
