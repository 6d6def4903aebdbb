"""How each kind of field is typed and read by people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from hypotheses.authors import read_authors, show_authors
from hypotheses.problems import Malformed
from hypotheses.ranking import format_plausibility, parse_plausibility
from hypotheses.ratios import format_ratio, format_weight, parse_ratio, parse_weight


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """How a kind of field is typed and read by people. Each is one of its own: two may read and show the same way."""

    read: Callable[[str], Any]
    """Raises Malformed."""
    show: Callable[[Any], str] = str
    several: bool = False
    """Whether it is a list, which files keep as one."""


def read_number(text: str) -> float:
    """Read a number.

    Raises:
        Malformed: it is none.
    """
    try:
        return float(text)
    except ValueError:
        raise Malformed(f"found {text!r}; expected a number") from None


def read_whole(text: str) -> int:
    """Read a whole number from 0 on.

    Raises:
        Malformed: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed(f"found {text!r}; expected a whole number such as 0, 1 or 2")
    return int(text)


def read_flag(text: str) -> bool:
    """Read `true` or `false`.

    Raises:
        Malformed: it is neither.
    """
    if text not in ("true", "false"):
        raise Malformed(f"found {text!r}; expected true or false")
    return text == "true"


def read_list(text: str) -> tuple[str, ...]:
    """Read entries with commas or semicolons between."""
    return tuple(entry.strip() for entry in re.split(r"[;,]", text) if entry.strip())


def read_lines(text: str) -> tuple[str, ...]:
    """Read entries on a line each."""
    return tuple(entry.strip() for entry in text.splitlines() if entry.strip())


TEXT: Final = Notation(str)
WORD: Final = Notation(str)
"""One of a few words, or a date: what needs no quotes in a file."""
LIST: Final = Notation(read_list, ", ".join, several=True)
AUTHORS: Final = Notation(read_authors, show_authors, several=True)
LINES: Final = Notation(read_lines, "\n".join, several=True)
NUMBER: Final = Notation(read_number, "{:g}".format)
WHOLE: Final = Notation(read_whole)
FLAG: Final = Notation(read_flag, lambda flag: "true" if flag else "false")
PLAUSIBILITY: Final = Notation(parse_plausibility, format_plausibility)
WEIGHT: Final = Notation(parse_weight, format_weight)
RATIO: Final = Notation(parse_ratio, format_ratio)
