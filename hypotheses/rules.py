"""What may come in, field by field. Each rule returns what it was given, or raises `Malformed`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from datetime import datetime
from typing import Final, get_args
from unicodedata import combining, east_asian_width
from urllib.parse import urlsplit

from hypotheses.formulas import parse_formula
from hypotheses.problems import Malformed
from hypotheses.values import parse_value

TITLE_LENGTH: Final = 300
"""Titles, names and everything else that is one line, in characters; the schema of the database has the same limits."""
TEXT_LENGTH: Final = 50_000
NAME_LENGTH: Final = 100
"""Slugs, keys, symbols and names of readings."""
SHORT_CELLS: Final = 24
"""Short names, in cells of a terminal."""
MOST: Final[Mapping[str, int]] = {
    "quantities": 3000,
    "gaps": 300,
    "hypotheses": 100,
    "schemes": 20,
    "numbers": 100_000,
}
"""How many of each a debate may have."""
MOST_POINTS: Final = 1_000
"""Points and weights of a scheme's table lie between this and minus this."""

_NEVER: Final = re.compile("[\0\ud800-\udfff]")
"""No database keeps these faithfully: NUL and halves of characters."""
_NAME: Final = re.compile(r"\w[\w.:+-]*")
_SYMBOL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN_ADDRESS: Final = re.compile(r"https?://[a-z0-9.-]+(?:[/?#][!-~]*)?")
"""What nearly every address is; of the others it is asked what they are made of."""
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)


def text(value: str) -> str:
    """Require a text of any number of lines that can be kept."""
    if never := _NEVER.search(value):
        raise Malformed(f"found the character U+{ord(never[0]):04X}; expected text")
    if len(value) > TEXT_LENGTH:
        raise Malformed(f"found {len(value):,} characters; expected at most {TEXT_LENGTH:,}")
    return value


def required_text(value: str) -> str:
    """Require a text that says something."""
    if not text(value).strip():
        raise Malformed("found nothing; expected a text")
    return value


def line(value: str) -> str:
    """Require one line of text, which may be empty."""
    text(value)
    if "\n" in value or "\r" in value:
        raise Malformed("found several lines; expected one")
    if len(value) > TITLE_LENGTH:
        raise Malformed(f"found {len(value):,} characters; expected at most {TITLE_LENGTH}")
    return value


def title(value: str) -> str:
    """Require one line of text that says something."""
    if not line(value).strip():
        raise Malformed("found nothing; expected a title")
    return value


def short(value: str) -> str:
    """Require one line that fits where space is small, or nothing."""
    if (width := cell_width(line(value))) > SHORT_CELLS:
        raise Malformed(f"found {width} cells; expected at most {SHORT_CELLS}: a word or two")
    return value


def cell_width(text: str) -> int:
    """Return how many cells a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(mark) else 2 if east_asian_width(mark) in "WF" else 1 for mark in text)


def name(value: str) -> str:
    """Require a slug, a key or the name of a reading."""
    if not _NAME.fullmatch(value) or len(value) > NAME_LENGTH:
        raise Malformed(f"found {_short(value)}; expected a name of letters, digits and - _ . : +")
    return value


def symbol(value: str) -> str:
    """Require a name that can stand in a formula."""
    if not _SYMBOL.fullmatch(value) or len(value) > NAME_LENGTH:
        raise Malformed(f"found {_short(value)}; expected a name of letters, digits and _, such as visual_cortex")
    return value


def day(value: str) -> str:
    """Require a date: a year, a month or a day; or nothing."""
    if value and not (_DATE.fullmatch(value) and _is_real(f"{value}-01-01"[:10])):
        raise Malformed(f"found {_short(value)}; expected a date such as 2023, 2023-03 or 2023-03-21")
    return value


def whole_day(value: str) -> str:
    """Require a date to the day, or nothing."""
    if day(value) and len(value) < 10:
        raise Malformed(f"found {_short(value)}; expected a day such as 2023-03-21")
    return value


def moment(value: str) -> str:
    """Require a time in UTC, or nothing."""
    if value and not (_TIME.fullmatch(value) and _is_real(value.removesuffix("Z"))):
        raise Malformed(f"found {_short(value)}; expected a time such as 2023-04-05T10:00:00Z")
    return value


def url(value: str) -> str:
    """Require the address of a web page, or nothing."""
    if _PLAIN_ADDRESS.fullmatch(value):
        return text(value)
    text(value)
    try:
        parts = urlsplit(value)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if value and (not is_web or not value.isprintable() or " " in value):
        raise Malformed(f"found {_short(value)}; expected an address that begins with https:// or http://")
    return value


def share(value: float) -> float:
    """Require a number 0..1."""
    if not 0 <= value <= 1:
        raise Malformed(f"found {value:g}; expected a number from 0 to 1")
    return value


def ratio(value: float | None) -> float | None:
    """Require a likelihood ratio, or None for not applicable."""
    if value is not None and not 0 < value < float("inf"):
        raise Malformed(f"found {value:g}; expected a likelihood ratio greater than 0")
    return value


def points(value: float) -> float:
    """Require the points or the weight of a scheme's table."""
    if not abs(value) <= MOST_POINTS:
        raise Malformed(f"found {value:g}; expected a number from -{MOST_POINTS} to {MOST_POINTS}")
    return value


def share_or_none(value: float | None) -> float | None:
    """Require a number from 0 to 1, or None for one that nobody has stated."""
    return None if value is None else share(value)


def tolerance(value: float | None) -> float | None:
    """Require a distance from zero, or None for what is usual."""
    if value is not None and not 0 < value < float("inf"):
        raise Malformed(f"found {value:g}; expected a number greater than 0, such as 0.3")
    return value


def rank_correlation(value: float) -> float:
    """Require a rank correlation."""
    if not -1 <= value <= 1:
        raise Malformed(f"found {value:g}; expected a rank correlation from -1 to 1")
    return value


def value(amount: str) -> str:
    """Require an amount in one of the engine's notations."""
    parse_value(text(amount))
    return amount


def formula(written: str) -> str:
    """Require a formula, or nothing."""
    return required_formula(written) if written else written


def required_formula(written: str) -> str:
    """Require a formula."""
    parse_formula(text(written))
    return written


def lines(values: tuple[str, ...]) -> tuple[str, ...]:
    """Require lines of text, not too many."""
    for one in values:
        line(one)
    text("\n".join(values))
    return values


def sizes(quantities: Sized, gaps: Sized, hypotheses: Sized, schemes: Sized) -> dict[str, int]:
    """Return how many of each there are, and how many numbers that makes, which is what costs time.

    The numbers are the quantities and gaps, each by itself and under each hypothesis.
    """
    counts = {"quantities": len(quantities), "gaps": len(gaps), "hypotheses": len(hypotheses), "schemes": len(schemes)}
    return {**counts, "numbers": (len(quantities) + len(gaps)) * (1 + len(hypotheses))}


def size(part: str, count: int) -> int:
    """Require that there are not too many of a part of a debate."""
    if count > MOST[part]:
        counted = ", quantities and gaps by themselves and under each hypothesis" if part == "numbers" else ""
        raise Malformed(f"found {count:,} {part}{counted}; expected at most {MOST[part]:,}")
    return count


def one_of(kind: object) -> Callable[[str], str]:
    """Return the rule that requires one word of a `Literal`."""

    def check(value: str) -> str:
        if value not in get_args(kind):
            raise Malformed(f"found {_short(value)}; expected {', '.join(get_args(kind))}")
        return value

    return check


def _short(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:57]}...")


def _is_real(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
