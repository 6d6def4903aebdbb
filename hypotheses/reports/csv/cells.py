"""Cells that no spreadsheet takes for a formula, whoever wrote them, and back.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break, or with the wide twin of a sign, gets an apostrophe
before it, by which spreadsheets know text (OWASP ASVS 5.0, 1.2.10). One that begins with apostrophes before such a mark
gets one more, so that taking one off gives back what was there. Two kinds of cells act nowhere and stay: numbers, and
the signs of ratings alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from hypotheses.ratios import RATIO_SIGNS
from hypotheses.reports.text import visible

_ACTIVE: Final = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_QUOTED: Final = re.compile("'+[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_BETWEEN: Final = "\u2502"
"""Stands before each cell of a row where they are looked at together."""
_SIGN: Final = "|".join(map(re.escape, RATIO_SIGNS))
_SUSPECT: Final = re.compile(f"{_BETWEEN}(?!(?:{_SIGN})(?:{_BETWEEN}|\\Z))['=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""What may have to be changed in a row whose characters are all harmless: a cell that begins with a mark."""
_NUMBER: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """Return a cell that shows a text and does nothing."""
    if text in RATIO_SIGNS or _NUMBER.fullmatch(text) or not _ACTIVE.match(text):
        return text
    return f"'{text}"


def as_typed(cell: str) -> str:
    """Return the text that a cell shows: without the apostrophe that `neutral` put before it."""
    return cell[1:] if _QUOTED.match(cell) else cell


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table as CSV (RFC 4180, but for the ends of lines): numbers in full, what is not known empty."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([neutral(visible(name)) for name in head])
    writer.writerows(map(_cells, rows))
    return written.getvalue()


def _cells(row: Sequence[object]) -> list[str]:
    cells = [each if type(each) is str else _cell(each) for each in row]
    # Looked at together, which is a tenth of the work: hardly any row has anything to be done to it. What is harmful,
    # as `text.HARMFUL` says, is not printable.
    together = _BETWEEN + _BETWEEN.join(cells)
    if together.isprintable() and together.count(_BETWEEN) == len(cells) and not _SUSPECT.search(together):
        return cells
    texts = [isinstance(each, str) for each in row]
    return [neutral(visible(cell, multiline=True)) if text else cell for text, cell in zip(texts, cells, strict=True)]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else value if isinstance(value, str) else repr(value)
