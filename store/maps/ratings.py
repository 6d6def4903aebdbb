"""The cells of somebody's matrix: letters, signs, words, ratios or scores, and what the numbers among them are."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hypotheses.debate import Assessment
from hypotheses.problems import Malformed
from hypotheses.ratios import RATIO_SIGNS, rated

Seen = Assessment | float | str | None
"""A cell as it looks by itself: a rating, a number, words that are none of these, or nothing."""

_LONGEST: Final = 200
"""How many characters of a cell may be a rating; the rest could be its reason."""
_WORDS: Final[Mapping[str, str]] = {
    "very consistent": "CC",
    "highly consistent": "CC",
    "strongly consistent": "CC",
    "strongly supports": "CC",
    "consistent": "C",
    "supports": "C",
    "neutral": "N",
    "inconsistent": "I",
    "contradicts": "I",
    "very inconsistent": "II",
    "highly inconsistent": "II",
    "strongly inconsistent": "II",
    "strongly contradicts": "II",
    "not applicable": "NA",
    "n.a.": "NA",
}
_BLANK: Final = frozenset({"", "?", "—", "…", "..."})
"""How people write that they have no view."""
_SPACED: Final[Mapping[str, str]] = {"C C": "CC", "I I": "II", "N A": "NA"}
_MINUS: Final = str.maketrans({"−": "-", "–": "-", "－": "-", "＋": "+"})
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?", re.ASCII)
_DECIMAL_COMMA: Final = re.compile(r"([-+]?\d{1,30}),(\d{1,30})", re.ASCII)
_REASONED: Final = re.compile(r"([^\s(:;,]{1,20})(?:\s*[:;,]\s+|\s+[–—-]\s+|\s+(?=\())(\S.*)", re.DOTALL)
"""`I (the tide was low)`, `CC: as one would expect`."""
_SCORES: Final[Mapping[float, str]] = {2: "++", 1: "+", 0: "0", -1: "-", -2: "--"}
_RATIOS: Final[Mapping[str, str]] = {"++": "10", "+": "3", "0": "1", "-": "1/3", "--": "1/10"}
_TOPS: Final = (1, 3, 5, 10, 100)
"""Up to what scores may go where they are not the usual five."""
_FIVE: Final = frozenset({1.0, 2.0, 3.0, 4.0, 5.0})


@dataclass(frozen=True, slots=True)
class RatingScale:
    """What the numbers of a matrix are."""

    told: str
    """In words, for who gave the file; empty if there are none."""
    read: Callable[[float], float | None]
    """Number -> likelihood ratio; None for one that is none."""


@lru_cache(4096)  # a matrix of a million cells has a few dozen different ones
def seen(text: str, *, comma: bool = False) -> Seen:
    """Look at one cell; with `comma`, one between digits is a decimal point."""
    typed = " ".join(text.split()).translate(_MINUS)
    typed = typed.strip("*_` ") if any(mark.isalnum() or mark in "+-" for mark in typed.strip("*_` ")) else typed
    if typed in _BLANK:
        return None
    if comma and (match := _DECIMAL_COMMA.fullmatch(typed)):
        typed = f"{match[1]}.{match[2]}"
    if _NUMBER.fullmatch(typed):
        number = float(typed)
        return number if math.isfinite(number) else text
    if (plain := _rating(typed)) is not None:
        return plain
    reasoned = _REASONED.fullmatch(typed)
    if reasoned and (rating := _rating(reasoned[1])) is not None:
        return Assessment(rating.ratio, _bare(reasoned[2]), given=rating.given)
    return text


def _rating(typed: str) -> Assessment | None:
    if len(typed) > _LONGEST:
        return None
    word = _WORDS.get(typed.lower()) or _SPACED.get(typed.upper()) or typed
    try:
        return rated(word)
    except Malformed:
        return None


def _bare(reason: str) -> str:
    inner = reason[1:-1]
    return inner if reason[0] == "(" and reason[-1] == ")" and "(" not in inner else reason


def is_signed(text: str) -> bool:
    """Say whether a number is written with its plus, as scores are and ratios are not."""
    return text.translate(_MINUS).startswith("+") and isinstance(seen(text), float)


def scale_of(numbers: Iterable[float], *, signed: bool = False) -> RatingScale:
    """Say what the numbers of one matrix are: scores if one is negative or `signed`, else likelihood ratios."""
    each = set(numbers)
    top = max((abs(number) for number in each), default=0.0)
    if not (signed or min(each, default=0.0) < 0):
        return RatingScale(_ratios_told(each), _as_ratio)
    if each <= _SCORES.keys():
        told = ", ".join(f"{score:g} is {sign} ({_RATIOS[sign]})" for score, sign in _shown(each))
        return RatingScale(f"the numbers were taken for scores: {told}", lambda number: RATIO_SIGNS[_SCORES[number]])
    if top > _TOPS[-1]:
        told = f"the numbers, from {min(each):g} to {max(each):g}, are no likelihood ratios and no scores"
        return RatingScale(told, lambda _: None)
    most = next(bound for bound in _TOPS if top <= bound)
    told = f"the numbers were taken for scores from -{most} to {most}: {most} is ++ (10), -{most} is -- (1/10)"
    return RatingScale(f"{told}, and others lie between in proportion", lambda number: 10 ** (number / most))


def _shown(scores: set[float]) -> list[tuple[float, str]]:
    return [(score, sign) for score, sign in _SCORES.items() if score in scores]


def _ratios_told(numbers: set[float]) -> str:
    if numbers <= {0.0}:
        return ""  # a sign among others
    told = "the numbers were taken for likelihood ratios: 3 is three times likelier if the explanation is true"
    told += ", and 0 is the sign for neither" if 0.0 in numbers else ""
    if numbers <= _FIVE and {1.0, 5.0} & numbers and len(numbers) > 2:
        told += "; if they are scores from 1 to 5, write II, I, N, C, CC instead"
    return told


def _as_ratio(number: float) -> float | None:
    return number if number > 0 else RATIO_SIGNS["0"]
