"""A line of the matrix: all that it shows as a value, how that is written, and the lines that are drawn already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from textual.content import Content
from textual.strip import Strip

from hypotheses.debate import Assessment, Evidence
from hypotheses.matrix import Figures
from tui.matrix.cells import Sheet, cell_parts, fitted, row_start
from tui.matrix.layout import Layout
from tui.matrix.unsaved_ratings import UnsavedRatings
from tui.widgets.rating import ground

MOST_LINES: Final = 2000
"""Drawn lines that are kept at most."""


class MatrixRow(NamedTuple):
    """All that a line hangs on. A tuple, because two of the same objects are compared in no time."""

    evidence: Evidence
    cells: tuple[Assessment | None, ...]
    """Its ratings in the columns in sight."""
    remarks: tuple[int, ...]
    """How many comments each of these cells has."""
    column: int | None
    """Where the cursor is on this line, if it is."""
    numbers: tuple[float | None, float | None]
    """How well the item tells the explanations apart, and how much of it counts."""
    layout: Layout


def row_of(
    evidence: Evidence,
    sheet: Sheet,
    layout: Layout,
    unsaved: UnsavedRatings,
    column: int | None,
) -> MatrixRow:
    """Return what the line of an item shows now."""
    key, figures = evidence.key, sheet.figures
    slugs = [sheet.columns[column].slug for column in layout.columns]
    remarks = tuple(sheet.remarks.get((key, slug), 0) for slug in slugs)
    numbers = figures.diagnosticity.get(key), figures.weights.get(key)
    return MatrixRow(evidence, unsaved.in_row(evidence, slugs), remarks, column, numbers, layout)


def row_text(row: MatrixRow, figures: Figures, *, focused: bool) -> Content:
    """Write a line of the matrix."""
    parts = [row_start(row.evidence, figures, row.layout)]
    for column, cell, remarks in zip(row.layout.columns, row.cells, row.remarks, strict=True):
        behind = ground(cell.ratio) if cell is not None and not row.evidence.retracted else ""
        on = f"on {behind}" if behind else ""
        if column == row.column:
            on = "reverse" if focused else "underline"
        if row.evidence.retracted:
            on += " $label strike"
        written = [(" ", ""), *cell_parts(cell, remarks, row.layout.cell)]
        parts += [fitted(written, row.layout.cell - 1, on.strip()), Content(" ")]
    return Content.assemble(*parts)


class DrawnLines:
    """Lines by their number, each kept until it is to show something else; Textual's LRUCache replaces no entry."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[MatrixRow, Strip]] = {}

    def line(self, index: int, row: MatrixRow, draw: Callable[[MatrixRow], Strip]) -> Strip:
        """Return the line of a row, drawn anew if need be."""
        drawn = self._lines.get(index)
        if drawn is None or drawn[0] != row:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            drawn = self._lines[index] = (row, draw(row))
        return drawn[1]

    def clear(self) -> None:
        """Forget what was drawn."""
        self._lines.clear()
