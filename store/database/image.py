"""A debate held as its rows and as its value at once, brought forward change by change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypotheses.changed import Version
from hypotheses.debate import Debate
from hypotheses.people import OWNER, seen_by
from store.database.packed_rows import PackedRows
from store.database.row_change import RowChange
from store.database.row_values import debate_value, value_of, with_debate_row
from store.database.translation import (
    COLLECTIONS,
    OWNERS,
    TABLES,
    Cells,
    Ref,
    Row,
    Value,
    part_names,
)


class DebateImage:
    """The rows of one debate, and the value they stand for.

    Only the values that a change touches are made anew; all others stay the same objects.
    """

    def __init__(self, debate_row: Row, entry: int, creator: str) -> None:
        self.debate_id: int = debate_row["id"]
        self._creator = creator
        self.people: Counter[str] = Counter()
        """How many rows are the words of each person other than the owner."""
        self.entry = entry
        """The last journal entry that is in the image."""
        self.debate: Debate = debate_value(debate_row)
        self.ids: dict[Ref, int] = {("debate",): self.debate_id}
        """Of the debate and its values; `id_of` knows those of parts, too."""
        self.rows: dict[str, PackedRows] = {table: PackedRows(table) for table in TABLES}
        self.rows["debate"][self.debate_id] = debate_row
        self._parts: dict[str, defaultdict[int, list[int]]] = {table: defaultdict(list) for table in OWNERS}
        """Table of parts -> the row they are part of -> their rows."""
        self._names: dict[str, dict[int, str | int]] = {table: {} for table in COLLECTIONS}
        """Table -> row -> the name by which its value is known."""
        self._values: dict[str, dict[int, Value]] = {table: {} for table in COLLECTIONS}
        self._parts_of: tuple[Ref, dict[Ref, int]] = ((), {})
        """Whose parts of which table were asked for last, and their rows: what asks goes on with the same ones."""

    @property
    def owner(self) -> str:
        """Whose the rankings and ratings without a name are: whoever the debate names, or else whoever added it."""
        return self.debate.owner or self._creator

    @classmethod
    def of(cls, tables: Iterable[Iterable[Sequence[Cells]]], entry: int, creator: str) -> DebateImage:
        """Make an image of a debate as of the last journal entry.

        Args:
            tables: The rows of each of `TABLES` in turn, some at a time.
            entry: The last journal entry.
            creator: Who added the debate.
        """
        reading = iter(tables)
        debate = PackedRows("debate")
        debate.take(next(reading))
        (debate_row,) = debate.values()
        image = cls(debate_row, entry, creator)
        for table, found in zip(TABLES[1:], reading, strict=True):
            image.rows[table].take(found)
            image._take_up(table)
        for table in COLLECTIONS:
            if image.rows[table]:
                image._rebuild(table, image.rows[table], in_place=False)
        return image

    def _take_up(self, table: str) -> None:
        """Know the rows of a table, of which none is known as yet, by their names."""
        rows = self.rows[table]
        places = {name: place for place, name in enumerate(rows.columns)}
        if table in COLLECTIONS:
            name = places[COLLECTIONS[table][1]]
            self._names[table] = {cells[0]: cells[name] for cells in rows.cells()}
            self.ids.update(((table, name), row_id) for row_id, name in self._names[table].items())
        else:
            owner, parts = places[OWNERS[table]], self._parts[table]
            for cells in rows.cells():
                parts[cells[owner]].append(cells[0])
        if "person" in places:
            person = places["person"]
            self.people.update(cells[person] for cells in rows.cells() if cells[person])

    def whole(self, changes: Iterable[RowChange]) -> Iterator[RowChange]:
        """Complete changes that the journal has kept, one after the other from where the image stands."""
        known: dict[tuple[str, int], Row | None] = {}
        for change in changes:
            place = change.table, change.row_id
            row = known[place] if place in known else self.rows[change.table].get(change.row_id)
            if change.before is not None and change.after is not None and row is not None:
                known[place] = {**row, **change.after}
                yield RowChange(*place, row, known[place])
            else:
                known[place] = change.after
                yield change

    def apply(self, changes: Iterable[RowChange], entry: int) -> None:
        """Bring the image forward to the state after these changes, the last of them in `entry`."""
        changes = list(changes)
        renaming = any(map(_renames, changes))
        self._parts_of = (), {}
        touched: set[tuple[str, int]] = set()
        moved: set[str] = set()
        for change in changes:
            touched.add(self._apply_row(change))
            if not _stays(change):
                moved.add(change.table)
        if renaming:
            # Its name is in values all over the debate, and may have been another one's.
            self.ids = {("debate",): self.debate_id}
            for table, names in self._names.items():
                self.ids.update(((table, name), row_id) for row_id, name in names.items())
            touched |= {(table, row_id) for table in COLLECTIONS for row_id in self.rows[table]}
        for table in {table for table, _ in touched}:
            ids = {row_id for touched_table, row_id in touched if touched_table == table}
            if table == "debate":
                self.debate = with_debate_row(self.debate, self.rows["debate"][self.debate_id])
            else:
                self._rebuild(table, ids, in_place=table not in moved)
        self.entry = entry

    def _apply_row(self, change: RowChange) -> tuple[str, int]:
        """Change one row, and what it is known by; say which value it belongs to."""
        table, row_id, row = change.table, change.row_id, change.after or change.before or {}
        self._count_person(change)
        if change.after is None:
            del self.rows[table][row_id]
        else:
            self.rows[table][row_id] = row
        if table in COLLECTIONS:
            self._name(table, row_id, None if change.after is None else row[COLLECTIONS[table][1]])
        if (owner := OWNERS.get(table)) is None:
            return table, row_id
        parts = self._parts[table][row[owner]]
        if change.before is None:
            parts.append(row_id)
        elif change.after is None:
            parts.remove(row_id)
            if not parts:
                del self._parts[table][row[owner]]
        return owner.removesuffix("_id"), row[owner]

    def _name(self, table: str, row_id: int, name: str | int | None) -> None:
        """Know a value by its name, or not at all any longer."""
        before = self._names[table].pop(row_id, None)
        if before is not None and before != name:
            self.ids.pop((table, before), None)
        if name is not None:
            self._names[table][row_id] = name
            self.ids[table, name] = row_id

    def _count_person(self, change: RowChange) -> None:
        person = (change.after or change.before or {}).get("person")
        if person:
            self.people[person] += (change.after is not None) - (change.before is not None)
            if not self.people[person]:
                del self.people[person]

    def _rebuild(self, table: str, ids: Collection[int], *, in_place: bool) -> None:
        """Make values anew; if none moved and those that came are the last ones, the others are not looked at."""
        rows, values = self.rows[table], self._values[table]
        field, key = COLLECTIONS[table]
        gone = [values.pop(row_id) for row_id in ids if row_id not in rows and row_id in values]
        came = rows.in_order(row_id for row_id in ids if row_id in rows and row_id not in values)
        owned = [part for part, owner in OWNERS.items() if owner == f"{table}_id"]
        for row_id in ids:
            if row_id in rows:
                parts = {part: self.rows[part].cells_of(self._parts[part].get(row_id, ())) for part in owned}
                values[row_id] = value_of(table, rows[row_id], parts, self._names)
        before = getattr(self.debate, field)
        collection: Version[Any, Any]
        if in_place and self._come_last(table, came, {getattr(value, key) for value in gone}):
            new = set(came)
            stayed = (row_id for row_id in ids if row_id in rows and row_id not in new)
            others = {self.name_of(table, row_id): values[row_id] for row_id in (*stayed, *came)}
            collection = Version(before, others, [getattr(value, key) for value in gone])
        else:
            collection = Version({}, {self.name_of(table, row_id): values[row_id] for row_id in rows.in_order(rows)})
        changed: dict[str, Any] = {field: collection}
        self.debate = replace(self.debate, **changed)

    def _come_last(self, table: str, came: Sequence[int], gone: Collection[str | int]) -> bool:
        """Say whether new rows stand behind all others of a collection that stay."""
        names = reversed(getattr(self.debate, COLLECTIONS[table][0]))
        last = next((name for name in names if name not in gone), None) if came else None
        return last is None or self.rows[table].in_order((self.ids[table, last], came[0]))[0] != came[0]

    def naming(self, table: str, column: str, places: Collection[tuple[str, int]]) -> Iterator[tuple[int, Row]]:
        """Yield the rows of a table that may name one of these rows in a column."""
        if OWNERS.get(table) == column:
            for _, owner in places:
                yield from ((row_id, self.rows[table][row_id]) for row_id in self._parts[table].get(owner, ()))
        else:
            yield from self.rows[table].items()

    def name_of(self, table: str, row_id: int) -> str | int:
        """Return the name by which a value knows this row: a slug, a key or a number."""
        return self._names[table][row_id]

    def id_of(self, ref: Ref) -> int | None:
        """Return the id of the row that is known by these names, if there is one."""
        table = str(ref[0])
        if table not in OWNERS:
            return self.ids.get(ref)
        if ref[:2] != self._parts_of[0]:
            owner = self.ids.get((OWNERS[table].removesuffix("_id"), ref[1]))
            parts = () if owner is None else self._parts[table].get(owner, ())
            named = {(*ref[:2], *part_names(table, self.rows[table][one], self.name_of)): one for one in parts}
            self._parts_of = ref[:2], named
        return self._parts_of[1].get(ref)

    def seen_by(self, actor: str, last: tuple[Debate, Debate] | None = None) -> Debate:
        """Return the debate as somebody sees it; `last` is one as it was kept before, and as they saw it."""
        if not self.people:
            return self.debate
        return replace(seen_by(self.debate, OWNER if actor == self.owner else actor, last), owner=self.owner)

    def row(self, ref: Ref) -> Row | None:
        """Return the row that is known by these names."""
        row_id = self.id_of(ref)
        return None if row_id is None else self.rows[str(ref[0])][row_id]

    def position(self, ref: Ref) -> int | None:
        """Return the position of the row that is known by these names; of a cell, whoever rated it."""
        if ref[0] == "assessment":
            evidence = self.debate.evidence.get(str(ref[1]))
            cell = evidence.assessments.get(str(ref[2])) if evidence else None
            ref = (*ref, cell.by if cell else "")
        row = self.row(ref)
        return None if row is None else row["position"]


def _renames(change: RowChange) -> bool:
    """Say whether a value goes by another name from here on."""
    before, after = change.before, change.after
    if change.table not in COLLECTIONS or before is None or after is None:
        return False
    key = COLLECTIONS[change.table][1]
    return bool(before[key] != after[key])


def _stays(change: RowChange) -> bool:
    """Say whether a value keeps its name and its place, if it did not come or go; the parts of values do not count."""
    before, after = change.before, change.after
    if change.table not in COLLECTIONS or before is None or after is None:
        return True
    return all(before.get(name) == after.get(name) for name in ("position", COLLECTIONS[change.table][1]))
