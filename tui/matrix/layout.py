"""How the matrix is laid out: what stands left of the cells, how wide a cell is, which columns are in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hypotheses.matrix import Order

Direction = Literal["across", "down"]
"""Where work goes on to after a cell."""
MARK: Final = 3
"""Cells at the start of a row: the cursor's bar, a mark (folded, open, retracted), and a blank."""
CELL, WIDE_CELL = 10, 11
"""Cells that a column takes at least, a blank among them: `1 ◆73 ●60` has nine; from ten columns on ten."""
WIDER, WIDEST = 15, 20
"""What it grows to before a third thing stands beside the title, and at most."""
TITLE: Final = 18
"""Cells of a title at least, where there is more than one column to show beside it."""
FAIR_TITLE, ROOMY_TITLE = 24, 34
"""Cells of a title before anything stands beside it, and before columns grow or more than one thing does."""
BESIDE: Final = {"tells": 8, "dated": 8, "counts": 7, "cred·rel": 10}
"""What stands between title and cells where there is room, the first first, with the cells it takes."""
READ_FOR: Final[Mapping[str, Order]] = {"tells": "diagnosticity", "dated": "date", "counts": "weight"}
"""What stands beside the title -> the order of the rows that a click on its head gives."""
SHOWS: Final = {"weight": "counts", "date": "dated"}
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
    cell = CELL if columns < 10 else WIDE_CELL
    shown = max(1, min(columns, (width - MARK - TITLE) // cell)) if columns else 0
    first = max(0, min(max(first, at - shown + 1), at, columns - shown))
    beside: list[str] = []
    title = max(0, width - MARK - shown * cell)
    wanted = SHOWS.get(by, "")
    for name in sorted(BESIDE, key=lambda name: name != wanted):
        if len(beside) == 2:
            title, cell = _grown(title, cell, shown, WIDER)
        least = TITLE if name == wanted else ROOMY_TITLE if beside else FAIR_TITLE
        if title - BESIDE[name] >= least:
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
