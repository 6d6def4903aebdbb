"""Tables as people keep them: values with commas, semicolons, tabs or bars between, or a table of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from hypotheses.reports.csv import as_typed

DELIMITERS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 50
"""How many rows are looked at to find out what stands between the values."""
_RULE: Final = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_LONGEST_RULE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """Where it begins, from 1."""
    cells: tuple[str, ...]
    """Without the space around them."""

    def __getitem__(self, column: int) -> str:
        """Return the cell in a column; rows that are too short end in blank ones."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


def rows_of(text: str, delimiter: str, first_line: int = 1) -> Iterator[Row]:
    """Yield the rows of values with a delimiter between.

    A quote that is never closed, or has more behind it, is a character like any other: nothing is swallowed.
    """
    mark = re.escape(delimiter)
    field = re.compile(rf'[ ]*+"((?:[^"]|"")*+)"[ ]*+(?={mark}|\n|\Z)|([^{mark}\n]*+)')
    at, line, cells, began = 0, first_line, [], first_line
    while at <= len(text):
        match = field.match(text, at)
        if match is None:  # never: the second way takes anything
            return
        quoted = match[1]
        cells.append(_cell(match[2] if quoted is None else quoted.replace('""', '"')))
        line += 0 if quoted is None else quoted.count("\n")
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        yield Row(began, tuple(cells))
        at, line, cells = at + 1, line + 1, []
        began = line


def _cell(text: str) -> str:
    return as_typed(text.strip())  # the apostrophe that keeps a spreadsheet from reckoning


def delimiter_of(text: str) -> str:
    """Return what stands between the values of a table: what parts most of its rows into as many, two at least."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows = [row for row in islice(rows_of(text, delimiter), _LOOKED_AT) if not row.is_blank]
        widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
        if not widths:
            return 0, 0
        width, count = max(widths.items(), key=lambda each: (each[1], each[0]))
        return count, width

    return max(DELIMITERS, key=fit)


def markdown_tables(text: str) -> Iterator[tuple[Row, ...]]:
    """Yield the tables of a Markdown text, each as its rows, the head first."""
    lines = text.split("\n")
    at = 0
    while at + 1 < len(lines):
        if "|" in lines[at] and is_rule(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield tuple(Row(number + 1, _cells(lines[number])) for number in (at, *range(at + 2, end)))
            at = end
        else:
            at += 1


def is_rule(line: str) -> bool:
    """Say whether a line is what stands under the head of a table of Markdown."""
    return "|" in line and "-" in line and len(line) <= _LONGEST_RULE and _RULE.fullmatch(line) is not None


def _cells(line: str) -> tuple[str, ...]:
    parts = [part.replace("\\|", "|").strip() for part in _BAR.split(line.strip())]
    if parts and not parts[0]:
        parts = parts[1:]
    if parts and not parts[-1]:
        parts = parts[:-1]
    return tuple(parts)


def turned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return a table with its columns as rows; each is said to begin in the line of the head."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(Row(rows[0].line, tuple(row[column] for row in rows)) for column in range(width))
