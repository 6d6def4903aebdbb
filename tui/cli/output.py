"""Data on stdout: tables for people on a terminal, aligned text in a pipe. Every word in them is cleaned."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from tui.terminal.clean import clean_text

ROOMY: Final = 100
"""From this width on, a terminal shows the columns that are not needed at once."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table."""

    name: str
    right: bool = False
    """Figures stand to the right."""
    fold: bool = False
    """On a terminal it is one that gives way; in a pipe every column is as wide as it must be."""
    roomy: bool = False
    """Left out on a narrow terminal."""


PROSE: Final = 100
"""Cells that a line of prose takes at most."""


def counted(number: int, thing: str, of: str = "") -> str:
    """Write how many there are of something: `1 item of evidence`."""
    return f"{number:,} {thing}{'s' * (number != 1)}{f' of {of}' if of else ''}"


def write(text: str = "") -> None:
    """Write text of one or more lines to stdout."""
    sys.stdout.write(clean_text(text, multiline=True) + "\n")


def write_prose(text: str) -> None:
    """Write paragraphs, each broken anew for the width there is."""
    width = min(PROSE, shutil.get_terminal_size((PROSE, 24)).columns)
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    write("\n\n".join(textwrap.fill(part, width, break_long_words=False) for part in paragraphs))


def write_json(shape: object) -> None:
    """Write JSON to stdout."""
    from hypotheses.reports.json import json_text  # noqa: PLC0415 - only what is asked for as JSON needs it

    sys.stdout.write(json_text(shape))


def write_table(columns: Sequence[TableColumn], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to stdout."""
    columns = [replace(column, name=clean_text(column.name)) for column in columns]  # one may be a person
    cells = [[clean_text(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _write_for_people(columns, cells)
        return
    from hypotheses.rules import cell_width  # noqa: PLC0415 - only a table in a pipe needs it

    lines = [[column.name for column in columns], *cells]
    widths = [max(cell_width(line[number]) for line in lines) for number in range(len(columns))]
    for line in lines:
        padded = (
            cell.rjust(width - cell_width(cell) + len(cell))
            if column.right
            else cell.ljust(width - cell_width(cell) + len(cell))
            for cell, width, column in zip(line, widths, columns, strict=True)
        )
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def _write_for_people(columns: Sequence[TableColumn], rows: list[list[str]]) -> None:
    # Only a terminal needs rich, and it takes 50 ms.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    shown = [number for number, column in enumerate(columns) if console.width >= ROOMY or not column.roomy]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number in shown:
        column = columns[number]
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(Text(_as_shown(column.name)), justify=justify, no_wrap=not column.fold, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_as_shown(row[number])) for number in shown))
    console.print(table)


def _as_shown(text: str) -> str:
    """Return what standard output makes of a text, which may be longer."""
    encoding = sys.stdout.encoding
    return text.encode(encoding, sys.stdout.errors or "strict").decode(encoding)
