"""How the matrix is laid out: what stands left of the cells, how wide a cell is, which columns are in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hypotheses.matrix import Order

Direction = Literal["across", "down"]
"""Where work goes on to after a cell."""
MARK: Final = 2
"""Cells at the start of a row: whether it is retracted."""
CELL: Final = 9
"""Cells that a column takes at least, a blank among them: `≶fragile` has eight."""
WIDER, WIDEST = 13, 20
"""What it grows to before the last things stand beside the title, and at most."""
TITLE: Final = 18
"""Cells of a title at least, where there is more than one column to show beside it."""
ROOMY_TITLE: Final = 34
"""Cells of a title before columns grow or more than one thing stands beside it."""
BESIDE: Final = {"tells": 6, "counts": 7, "date": 8, "cluster": 13, "cred·rel": 10}
"""What stands between title and cells where there is room, the first first, with the cells it takes."""
READ_FOR: Final[Mapping[str, Order]] = {
    "tells": "diagnosticity",
    "counts": "weight",
    "date": "date",
    "cluster": "cluster",
}
"""What stands beside the title -> the order of the rows that a click on its head gives."""
SHOWS: Final = {"weight": "counts", "date": "date", "cluster": "cluster"}
"""Order of the rows -> what is to stand beside the title then."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in cells, for one width of the terminal."""

    width: int
    title: int
    beside: tuple[str, ...]
    """Names of what stands between title and cells."""
    cell: int
    first: int
    """The first column in sight."""
    shown: int
    """How many are."""

    @property
    def left(self) -> int:
        """Where the cells begin."""
        return MARK + self.title + sum(BESIDE[name] for name in self.beside)

    @property
    def columns(self) -> range:
        """The columns in sight."""
        return range(self.first, self.first + self.shown)

    def column_at(self, x: int) -> int | None:
        """Return the column at a place of a line; None beside the cells."""
        column = self.first + (x - self.left) // self.cell
        return column if x >= self.left and column in self.columns else None

    def order_at(self, x: int) -> Order | None:
        """Return the order of the rows that what stands left of the cells is read for; None where there is none."""
        end = MARK + self.title
        if x < end:
            return "title"
        for name in self.beside:
            end += BESIDE[name]
            if x < end:
                return READ_FOR.get(name)
        return None


def arrange(width: int, columns: int, at: int, first: int = 0, by: str = "") -> Layout:
    """Lay out `columns` columns on a line, so that the one numbered `at` is in sight.

    `first` is the one that stood first so far; it stays as long as `at` is in sight. `by` is the order of the rows.
    """
    shown = max(1, min(columns, (width - MARK - TITLE) // CELL)) if columns else 0
    first = max(0, min(max(first, at - shown + 1), at, columns - shown))
    beside: list[str] = []
    title, cell = max(0, width - MARK - shown * CELL), CELL
    names = sorted(BESIDE, key=lambda name: name != SHOWS.get(by))
    for name in names:
        if len(beside) == 3:
            title, cell = _grown(title, cell, shown, WIDER)
        if title - BESIDE[name] >= (ROOMY_TITLE if beside else TITLE):
            beside.append(name)
            title -= BESIDE[name]
    if shown == columns:
        title, cell = _grown(title, cell, shown, WIDEST)
    return Layout(width, title, tuple(beside), cell, first, shown)


def _grown(title: int, cell: int, shown: int, most: int) -> tuple[int, int]:
    """Let the columns take what a roomy title does not need."""
    more = max(0, min(most - cell, (title - ROOMY_TITLE) // shown)) if shown else 0
    return title - more * shown, cell + more


def next_place(place: tuple[int, int], step: int, direction: Direction, rows: int, columns: int) -> tuple[int, int]:
    """Return row and column of the cell so many steps on; from the end of a row or column it goes on to the next."""
    (row, column), last = place, rows * columns - 1
    if direction == "across":
        row, column = divmod(max(0, min(row * columns + column + step, last)), columns)
    else:
        column, row = divmod(max(0, min(column * rows + row + step, last)), rows)
    return row, column
