"""Step lines drawn with braille: eight dots a cell, so that a few lines of text show what moved when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille character: four rows of two."""
BLANK: Final = 0x2800
MARK_EVERY: Final = 18
"""Cells between two marks of one line."""

NOBODY: Final = -1


@dataclass(slots=True)
class Cell:
    """One character of a plot, and which line it belongs to (`NOBODY`: none)."""

    char: str = " "
    line: int = NOBODY


Levels = Sequence[float | None]
"""The height of a line at each point, 0 (bottom) to 1 (top); None before it begins."""


def plot(lines: Sequence[tuple[str, Levels]], places: Sequence[float], width: int, height: int) -> list[list[Cell]]:
    """Draw lines, each with its mark on it here and there; where two meet, the earlier one lies on top.

    Args:
        lines: The mark and the levels of each.
        places: Where each point stands across, 0 (left) to 1 (right), ascending.
        width: Cells across.
        height: Cells down.
    """
    cells = [[Cell() for _ in range(width)] for _ in range(height)]
    if width < 1 or height < 1 or not places:
        return cells
    bits = [[0] * width for _ in range(height)]
    runs = [_runs(levels, places, width * 2, height * 4) for _, levels in lines]
    for number in reversed(range(len(lines))):
        for x, run in enumerate(runs[number]):
            if run is None:
                continue
            for y in range(run[0], run[1] + 1):
                bits[y // 4][x // 2] |= DOTS[y % 4][x % 2]
                cells[y // 4][x // 2].line = number
    for row, row_bits in zip(cells, bits, strict=True):
        for cell, bit in zip(row, row_bits, strict=True):
            cell.char = chr(BLANK + bit) if bit else " "
    _mark(cells, [mark for mark, _ in lines], runs)
    return cells


def _runs(levels: Levels, places: Sequence[float], width: int, height: int) -> list[tuple[int, int] | None]:
    """Return the highest and the lowest dot of a step line in each column of dots; None where it is not there yet."""
    runs: list[tuple[int, int] | None] = [None] * width
    before, at = -1, 0
    for level, place in zip(levels, places, strict=True):
        x = dot(place, width)
        if before >= 0:
            # At its old height up to here, and in this column from there to the new one.
            runs[at + 1 : x + 1] = [(before, before)] * (x - at)
        if level is None:
            before = -1
            continue
        y = dot(1 - level, height)
        there = runs[x]
        runs[x] = (min(there[0], y), max(there[1], y)) if there else (y, y)
        before, at = y, x
    if before >= 0:
        runs[at + 1 :] = [(before, before)] * (width - at - 1)
    return runs


def dot(share: float, count: int) -> int:
    """Return which of `count` dots (or cells) a share of the way is at."""
    return max(0, min(count - 1, round(share * (count - 1))))


def _mark(cells: list[list[Cell]], marks: Sequence[str], runs: Sequence[Sequence[tuple[int, int] | None]]) -> None:
    """Write the mark of each line on it, at places that differ from line to line, where it runs level."""
    width = len(cells[0])
    taken: set[tuple[int, int]] = set()
    for number, (mark, run) in enumerate(zip(marks, runs, strict=True)):
        start = 2 + number * MARK_EVERY // max(1, min(len(marks), MARK_EVERY // 2))
        for wanted in range(start, width - 1, MARK_EVERY):
            for x in range(wanted, min(wanted + MARK_EVERY // 2, width - 1)):
                there = run[2 * x]
                if there is None or there != run[2 * x + 1] or there[0] != there[1]:
                    continue
                y = there[0] // 4
                if not taken & {(x - 1, y), (x, y), (x + 1, y)}:
                    cells[y][x] = Cell(mark, number)
                    taken.add((x, y))
                    break


def spread(wanted: Sequence[int], height: int) -> list[int]:
    """Return rows for labels, ascending like the wanted ones and each of its own, as near as may be.

    There may be no more labels than rows.
    """
    rows: list[int] = []
    for row in wanted:
        rows.append(max(row, rows[-1] + 1 if rows else 0))
    limit = height - 1
    for index in reversed(range(len(rows))):
        rows[index] = min(rows[index], limit)
        limit = rows[index] - 1
    return rows
