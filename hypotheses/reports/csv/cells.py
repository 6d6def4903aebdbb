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
from hypotheses.reports.text import HARMFUL, visible

_ACTIVE: Final = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_QUOTED: Final = re.compile("'+[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_PLAIN: Final = re.compile(f"[^'=+\\-@\uff1d\uff0b\uff0d\uff20{HARMFUL.pattern[1:-1]}][^{HARMFUL.pattern[1:-1]}]*")
"""What needs nothing done to it, which is nearly everything."""
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
    writer.writerows([_cell(each) for each in row] for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        if not value or _PLAIN.fullmatch(value):
            return value
        return neutral(visible(value, multiline=True))
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else repr(value)
