"""What one entry of the journal did to very many rows, kept as some compressed rows instead of a row for each.

A pack holds JSON: groups of changes of one table that name the same cells, so that these are named once. Evidence and
its parts are packed and nothing else, and of what is said of each hypothesis the first change stays a row: so whoever
asks about a hypothesis, or about what somebody stated, finds it among the rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import lt
from sys import intern
from typing import Any, Final, NamedTuple

from store.database.row_change import RowChange
from store.database.translation import OWNERS, Row

SINCE: Final = 15
"""The version of the schema from which on there are packs."""
LEAST: Final = 1_000
"""So many changes that are written at once are packed."""
MOST: Final = 5_000
"""So many changes are in a pack at most."""
MOST_BYTES: Final = 1 << 23
"""A pack of more than one change has no more than this before it is compressed."""
_LONGEST: Final = 2 * MOST_BYTES
"""More than the longest row there can be takes: what is longer was made by somebody else."""
_TIMES: Final = 20
"""So many times the bytes of a pack its content has at most, that no small file makes much of itself; 4 as a rule."""
_PACKED: Final = frozenset({"evidence", *(part for part, owner in OWNERS.items() if owner == "evidence_id")})
_LEVEL: Final = 1


class _Group(NamedTuple):
    """Changes of one table that name the same cells."""

    table: str
    before: list[str] | None
    """The names of the cells before, if the row was there; and after."""
    after: list[str] | None
    rows: list[list[Any]]
    """Of each change its position, the row's id, the cells before and those after."""

    def widened(self, new: Mapping[str, Any]) -> _Group:
        """Return it with more cells in each image, and what they hold."""
        middle = 2 + len(self.before or ())
        before, after = (None if names is None else [*names, *new] for names in (self.before, self.after))
        of_before, of_after = ([] if names is None else list(new.values()) for names in (before, after))
        rows = [[*row[:middle], *of_before, *row[middle:], *of_after] for row in self.rows]
        return _Group(self.table, before, after, rows)


class NotAPack(ValueError):
    """What should be a pack is none."""


class Placed(NamedTuple):
    """A change of a row, and its place among those of its entry."""

    position: int
    change: RowChange


def divided(rows: Sequence[Row]) -> tuple[Sequence[Row], list[Row]]:
    """Divide what an entry did into rows of `journal_change` that are kept as they are, and packs of the others."""
    if len(rows) < LEAST:
        return rows, []
    kept, others, known = [], [], set()
    for row in rows:
        about = row["hypothesis_id"]
        if row["table_name"] not in _PACKED or (about is not None and about not in known):
            known.add(about)
            kept.append(row)
        else:
            others.append(row)
    return kept, list(packed(others))


def packed(rows: Sequence[Row]) -> Iterator[Row]:
    """Pack rows of `journal_change` of one entry, which stand in the order of their positions."""
    for start in range(0, len(rows), MOST):
        yield from _packed(rows[start : start + MOST])


def _packed(rows: Sequence[Row]) -> Iterator[Row]:
    content = _json(_groups(rows))
    if len(content) <= MOST_BYTES or len(rows) == 1:
        first, packed = rows[0], _compressed(content)
        yield {"entry_id": first["entry_id"], "position": first["position"], "changes": len(rows), "packed": packed}
    else:
        half = len(rows) // 2
        yield from _packed(rows[:half])
        yield from _packed(rows[half:])


def _compressed(content: bytes) -> bytes:
    packed = zlib.compress(content, _LEVEL)
    return packed if len(content) <= _TIMES * len(packed) else zlib.compress(content, 0)


def unpacked(pack: bytes, position: int, changes: int) -> list[Placed]:
    """Return the changes that a pack holds: so many, from a position on.

    Raises:
        NotAPack: it is none.
    """
    try:
        groups = _read(pack)
        if not 0 < changes == sum(len(group.rows) for group in groups) <= MOST:
            raise NotAPack
        found = [placed for group in groups for placed in _placed(group)]
    except (ValueError, TypeError, LookupError) as error:
        raise NotAPack from error
    places = [placed.position for placed in found]
    if places[0] != position or not all(map(lt, places, places[1:])):
        raise NotAPack
    return found


def widened(pack: bytes, table: str, new: Mapping[str, Any]) -> bytes:
    """Return a pack with more columns in the images of the rows of a table, and what they hold.

    Raises:
        NotAPack: it is none.
    """
    groups = [group.widened(new) if group.table == table else group for group in _read(pack)]
    return _compressed(_json(groups))


def _read(pack: bytes) -> list[_Group]:
    content = zlib.decompressobj()
    try:
        text = content.decompress(pack, min(_LONGEST, _TIMES * len(pack)))
        if not content.eof:
            raise NotAPack
        return [_Group(*group) for group in json.loads(text)]
    except (zlib.error, ValueError, TypeError, RecursionError) as error:
        raise NotAPack from error


def _json(groups: Sequence[_Group]) -> bytes:
    return json.dumps(groups, separators=(",", ":"), check_circular=False).encode()


def _groups(rows: Sequence[Row]) -> list[_Group]:
    return [
        _Group(
            *named, [[row["position"], row["row_id"], *_cells(row["before"]), *_cells(row["after"])] for row in group]
        )
        for named, group in groupby(rows, key=_named)
    ]


def _named(row: Row) -> tuple[str, list[str] | None, list[str] | None]:
    before, after = row["before"], row["after"]
    return row["table_name"], None if before is None else list(before), None if after is None else list(after)


def _cells(image: Row | None) -> Sequence[Any]:
    return () if image is None else tuple(image.values())


def _placed(group: _Group) -> Iterator[Placed]:
    table, before, after, rows = group
    table = intern(table)
    of_before, of_after = (None if names is None else tuple(map(intern, names)) for names in (before, after))
    middle = 2 + len(before or ())
    for row in rows:
        position, row_id = row[:2]
        images = _image(of_before, row[2:middle]), _image(of_after, row[middle:])
        if not (type(position) is type(row_id) is int):
            raise NotAPack
        yield Placed(position, RowChange(table, row_id, *images))


def _image(names: Sequence[str] | None, cells: Sequence[Any]) -> Row | None:
    if names is None:
        if cells:
            raise NotAPack
        return None
    return dict(zip(names, cells, strict=True))
