"""Dates from outside, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; of what says more than that, how it began."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from store.lookup.months import month_number

_YEAR_ALONE: Final = re.compile(r"(?!0000)\d{4}", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})/?(?:[T ].*)?)?)?", re.ASCII | re.DOTALL)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)?(?:T.*)?", re.ASCII | re.DOTALL)
_OF: Final = r"(?:de|di|del|do|d')?\s*"
_MONTH: Final = r"([^\W\d_]{3,12})\.?(?:\s*[-–/]\s*[^\W\d_]{3,12}\.?)?"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s*[-–/]\s*\d{1,2}(?:st|nd|rd|th|\.)?)?"
_DAY_FIRST: Final = re.compile(
    rf"(?:[^\W\d_]{{2,12}}(?:\.?,\s*|\.?\s+))?(?:{_DAY}[\s-]+{_OF})?{_MONTH},?[\s-]+{_OF}(\d{{4}})\b(.*)",
    re.IGNORECASE | re.DOTALL,
)
"""`7 May 2019`, `7. Mai 2019`, `12 de mayo de 2019`, `May 2019`, `30-31 May 2019`, and the date of a mail."""
_MONTH_FIRST: Final = re.compile(rf"{_MONTH}\s+{_DAY},?\s+(\d{{4}})\b(.*)", re.IGNORECASE | re.DOTALL)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}),?[\s/-]+{_MONTH}(?:[\s/-]+(\d{{1,2}}))?(?:/.*|\s.*)?", re.DOTALL)
"""`2019 May 7`, `2019-May-07`, `2019/May/07/`."""
_JAPANESE: Final = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?", re.ASCII)
_BEFORE_CHRIST: Final = re.compile(
    r"^-\s*\d|\d\s*(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?(?:chr|u\. ?z)\.?|av\.\s?j\.?-?c\.?|a\.\s?c\.|до н)(?!\w)",
    re.IGNORECASE,
)
_BEYOND: Final = re.compile(r"y?-?\d{5,7}|y-?\d{5,}", re.IGNORECASE | re.ASCII)
_UNSPECIFIED: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-?[X?u]{2}){1,2}", re.ASCII)
"""`1999-XX`, in the notation of libraries (EDTF)."""
_DECADE: Final = re.compile(r"\d{2,3}[Xu?]{1,2}(?:-.*)?|\d{3}0['’]?s", re.ASCII)
_LETTERED: Final = re.compile(r"(\d{4})\s?[a-z]", re.ASCII)
_RANGE: Final = re.compile(r"\s*(?:--+|[/–—_]|\s-\s|(?<=\d{4})-(?=\d{4}$)|\s(?:to|bis|until|à)\s)\s*")
_BRACKETED: Final = re.compile(r"[\[(]\s*(?:c(?:a|irca)?\.?\s*)?\d{4}\s*[\])]")
_YEAR: Final = re.compile(r"\b(1\d\d\d|20\d\d)\b", re.ASCII)


class Dated(NamedTuple):
    """What is made of a date."""

    date: str
    """Empty if it is none that can be kept."""
    why: str = ""
    """What of it was not kept, to stand behind it in a sentence: `is no date`; empty if all was that can be."""


def read_date(text: str) -> str:
    """Read a date in one of the usual notations, with or without a time behind it."""
    return dated(text).date


def dated(text: str) -> Dated:
    """Read a date in one of the usual notations, and say what of it was not kept."""
    written = " ".join(text[:200].split())[:100].strip(" ,;.")
    if not written or _YEAR_ALONE.fullmatch(written):
        return Dated(written)
    if _BEFORE_CHRIST.search(written):
        return Dated("", "is before Christ, which a date here cannot be")
    if _BEYOND.fullmatch(written) and not _COMPACT.fullmatch(written):
        return Dated("", "is beyond the year 9999")
    if plain := _plain(written):
        return plain
    if rough := _rough(written):
        return Dated(rough, _kept(rough))
    return Dated("", "is no single year" if _DECADE.match(written) else "is no date")


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


def _plain(written: str) -> Dated | None:
    """Read what is one date and nothing else."""
    if (match := _NUMERIC.fullmatch(written) or _JAPANESE.fullmatch(written)) or (
        match := _COMPACT.fullmatch(written) if len(written) != 6 or "01" <= written[4:] <= "12" else None
    ):
        made = date_of(match[1], match[2], match[3])
        parts = 1 + bool(match[2]) + bool(match[3])
        return Dated(made, "" if made.count("-") == parts - 1 else _kept(made)) if made else None
    for look, (year, month, day) in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if (match := look.fullmatch(written)) and (number := month_number(match[month])):
            return Dated(date_of(match[year], number, match[day]))
    return None


def _rough(written: str) -> str:
    """Return what is left of a date that says more: the start of a range, the year at least, if it is but one."""
    if _DECADE.fullmatch(written):
        return ""
    if match := _UNSPECIFIED.fullmatch(written) or _LETTERED.fullmatch(written):
        return date_of(*match.groups())
    sure = re.sub(r"(?<=\d)[?~%]|[?~%](?=\d)", "", written)
    if sure != written:
        return read_date(sure)
    parts = [part for part in _RANGE.split(written) if part.strip(" .[]")]
    if 0 < len(parts) < len(_RANGE.split(written)) or len(parts) == 2:
        start = _plain(parts[0].strip("[] "))
        if start and start.date:
            return start.date
        if len(parts) == 1 or _LETTERED.fullmatch(parts[0]) or any(sign in parts[0] for sign in "?~%"):
            return read_date(parts[0]) if parts[0] != written else ""
    # `[1990] 2002` is a reprint; `Spring 2019`, `c. 1998` have but one year.
    years = set(_YEAR.findall(_BRACKETED.sub("", written))) or set(_YEAR.findall(written))
    return years.pop() if len(years) == 1 else ""


def _kept(made: str) -> str:
    return f"is kept as {made}"


def _whole(part: object) -> int:
    text = str(part).strip()
    text = text.removesuffix(".0") if isinstance(part, float) else text
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
