"""Dates from outside, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what is no date becomes nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMERIC: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?", re.ASCII | re.DOTALL)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?", re.ASCII | re.DOTALL)
_DAY_FIRST: Final = re.compile(
    r"(?:[a-z]{3,9}\.?,\s*)?(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})\b.*",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
"""`7 May 2019`, `May 2019`, and the date of a mail."""
_MONTH_FIRST: Final = re.compile(
    r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*", re.ASCII | re.IGNORECASE | re.DOTALL
)
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b", re.ASCII)


def read_date(text: str) -> str:
    """Read a date in one of the usual notations, with or without a time behind it."""
    written = text.strip()[:100]
    if match := _NUMERIC.fullmatch(written) or _COMPACT.fullmatch(written):
        return date_of(match[1], match[2], match[3])
    if (match := _MONTH_FIRST.fullmatch(written)) and (month := month_number(match[1])):
        return date_of(match[3], month, match[2])
    if (match := _DAY_FIRST.fullmatch(written)) and (month := month_number(match[2])):
        return date_of(match[3], month, match[1])
    # `Spring 2019`, `c. 1998`: the year at least, if it is but one.
    years = set(_YEAR.findall(written))
    return years.pop() if len(years) == 1 else ""


def date_of(year: object, month: object = None, day: object = None) -> str:
    """Make a date of its parts, as numbers or text, as far as they are a date."""
    numbers = [_whole(year), _whole(month), _whole(day)]
    if not 1 <= numbers[0] <= 9999:
        return ""
    written = f"{numbers[0]:04}"
    if not 1 <= numbers[1] <= 12:
        return written
    written += f"-{numbers[1]:02}"
    try:
        return date(*numbers).isoformat()
    except ValueError:
        return written


def month_number(name: str) -> int:
    """Return the number of an English month by its name or the start of it; 0 if there is none."""
    start = name.strip().lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def _whole(part: object) -> int:
    text = str(part).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
