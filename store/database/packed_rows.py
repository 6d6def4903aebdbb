"""The rows of a table, held in little room: a debate may have a million ratings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from operator import itemgetter
from typing import Any, Final

from store.database.table_columns import columns
from store.database.translation import Cells, Row

CHUNK: Final = 10_000
"""So many rows are read or written at a time: a debate may have a million."""


class PackedRows(MutableMapping[int, Row]):
    """The rows of one table, by their ids. A row that is asked for is made anew: what is done to it is not kept."""

    def __init__(self, table: str) -> None:
        self.columns = tuple(columns()[table])
        self._cells: dict[int, Cells] = {}
        place = next((name for name in ("position", "number") if name in self.columns), "id")
        self._place = itemgetter(self.columns.index(place), 0)

    def take(self, found: Iterable[Sequence[Cells]]) -> None:
        """Take up rows as they are read, some at a time; equal cells of a column become one."""
        shared: list[Callable[[Sequence[Any]], Sequence[Any]]] | None = None
        for rows in found:
            ids, *others = zip(*rows, strict=True)
            if shared is None:
                shared = [_Shared() if _repeats(column) else tuple for column in others]
            once = (share(column) for share, column in zip(shared, others, strict=True))
            self._cells.update(zip(ids, zip(ids, *once, strict=True), strict=True))

    def cells(self) -> Iterable[Cells]:
        """Return the cells of all rows."""
        return self._cells.values()

    def cells_of(self, ids: Iterable[int]) -> list[Cells]:
        """Return the cells of some rows."""
        return [self._cells[row_id] for row_id in ids]

    def in_order(self, ids: Iterable[int]) -> list[int]:
        """Sort the ids of some rows: by position, or number, or age."""
        return [cells[0] for cells in sorted(self.cells_of(ids), key=self._place)]

    def __getitem__(self, row_id: int) -> Row:
        return dict(zip(self.columns, self._cells[row_id], strict=True))

    def __setitem__(self, row_id: int, row: Row) -> None:
        self._cells[row_id] = tuple(row[name] for name in self.columns)

    def __delitem__(self, row_id: int) -> None:
        del self._cells[row_id]

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._cells

    def __iter__(self) -> Iterator[int]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


class _Shared:
    """Gives for equal cells the same object."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, column: Sequence[Any]) -> Sequence[Any]:
        know = self._known.setdefault
        return [know(cell, cell) for cell in column]


def _repeats(column: Sequence[Any]) -> bool:
    """Say whether the cells of a column are mostly ones that came before; lists and tables are not looked at."""
    kinds = set(map(type, column))
    return not kinds & {list, dict} and 2 * len(set(column)) < len(column)
