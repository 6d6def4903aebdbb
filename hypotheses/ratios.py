"""Likelihood ratios, credibilities and relevances as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from hypotheses.debate import Assessment
from hypotheses.problems import Malformed

RATIO_SIGNS: Final[Mapping[str, float]] = {"++": 10.0, "+": 3.0, "0": 1.0, "-": 1 / 3, "--": 1 / 10}
"""The five signs of an assessment and the likelihood ratios they stand for."""
NOT_APPLICABLE: Final = "n/a"
WEIGHT_WORDS: Final[Mapping[str, float]] = {"low": 0.5, "medium": 0.75, "high": 1.0}
"""The words of credibility and relevance."""

CERTAIN: Final = 1e12
"""The ratio that a probability of 0 counts as, or one over it: finite, so that no single rating settles a question
whatever else is found (Cromwell's rule: Lindley, Making Decisions, 1985)."""

EXPECTED_RATIO: Final = (
    "expected ++, +, 0, -, --, a positive number such as 3 or 1/3, two probabilities such as 0.8 vs 0.1, or n/a"
)
EXPECTED_WEIGHT: Final = "expected low, medium, high, or a number from 0 to 1"

_LETTERS: Final[Mapping[str, float | None]] = {
    "CC": 10.0,
    "C": 3.0,
    "N": 1.0,
    "I": 1 / 3,
    "II": 1 / 10,
    "NA": None,
    "N/A": None,
    "*": None,
}
"""The letters of an ACH matrix, from very consistent to very inconsistent, and the ways to say "not applicable"."""

_NUMBER = r"((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)"
_RATIO = re.compile(rf"{_NUMBER}(?:\s*[/:]\s*{_NUMBER})?", re.ASCII)
_WEIGHT = re.compile(rf"{_NUMBER}\s*(%?)", re.ASCII)
_PAIR = re.compile(rf"({_NUMBER}\s*%?)\s*vs\.?\s*({_NUMBER}\s*%?)", re.ASCII | re.IGNORECASE)


def rated(text: str, why: str = "") -> Assessment:
    """Read a rating, in any way that `parse_ratio` reads; two probabilities are kept as typed.

    Raises:
        Malformed: the text is no rating.
    """
    ratio, given = _ratio_as_given(text)
    return Assessment(ratio, why, given=given)


@lru_cache(maxsize=1_000)
def _ratio_as_given(text: str) -> tuple[float | None, str]:
    pair = _PAIR.fullmatch(_spaced(text))
    return parse_ratio(text), f"{pair[1].strip()} vs {pair[3].strip()}" if pair else ""


def _spaced(text: str) -> str:
    """Return a text with single spaces: a long run of them would be tried from each of its characters."""
    return " ".join(text.split())


def format_rating(cell: Assessment) -> str:
    """Write a rating as it was typed, or as it would be; `rated` reads the same back."""
    return cell.given or format_ratio(cell.ratio)


def short_ratio(ratio: float | None) -> str:
    """Write a likelihood ratio in few cells: as it would be typed, or with two digits."""
    written = format_ratio(ratio)
    return written if ratio is None or len(written) < 6 else f"{ratio:.2g}"


def zero_means(cell: Assessment) -> str:
    """Say what a probability of 0 does that a rating was given by; nothing if there is none."""
    if not cell.given or cell.ratio not in (CERTAIN, 1 / CERTAIN):
        return ""
    says = "0 if true rules it out" if cell.ratio < 1 else "0 if not true makes it certain"
    return f"{says}: it counts as a ratio of {format_ratio(cell.ratio)}"


def _of_pair(text: str, true: str, false: str) -> float:
    """Return the ratio of two probabilities.

    Raises:
        Malformed: one is none, or both are 0.
    """
    chances = [float(one.rstrip("% ")) / (100 if one.endswith("%") else 1) for one in (true, false)]
    if max(chances) > 1:
        raise Malformed(f"{text!r} has a probability above 1; expected two from 0 to 1, or 0% to 100%")
    if not max(chances):
        raise Malformed(f"{text!r} says that it could not have been found at all; expected one probability above 0")
    if not min(chances):
        return CERTAIN if chances[0] else 1 / CERTAIN
    return min(max(chances[0] / chances[1], 1 / CERTAIN), CERTAIN)


@lru_cache(maxsize=1_000)
def parse_ratio(text: str) -> float | None:
    """Read a likelihood ratio; None means not applicable.

    That is a sign (`++`), a number, `1/3` or `1:3`, an ACH letter, or the two probabilities of the evidence if the
    hypothesis is true and if it is not: `0.8 vs 0.096`, `80% vs 10%`.

    Raises:
        Malformed: the text is none of these, or the number is not a positive finite one.
    """
    typed = _spaced(text).replace("\N{MINUS SIGN}", "-")
    if typed in RATIO_SIGNS:
        return RATIO_SIGNS[typed]
    if typed.upper() in _LETTERS:
        return _LETTERS[typed.upper()]
    pair = _PAIR.fullmatch(typed)
    if pair is not None:
        return _of_pair(text, pair[1].strip(), pair[3].strip())
    match = _RATIO.fullmatch(typed)
    if match is None:
        raise Malformed(f"{text!r} is not a likelihood ratio; {EXPECTED_RATIO}")
    below = float(match[2]) if match[2] else 1.0
    ratio = float(match[1]) / below if below else math.inf
    if not 0 < ratio < math.inf:
        raise Malformed(f"{text!r} is not a positive likelihood ratio; {EXPECTED_RATIO}")
    return ratio


def format_ratio(ratio: float | None) -> str:
    """Write a likelihood ratio as it would be typed; `parse_ratio` reads the same number back."""
    if ratio is None:
        return NOT_APPLICABLE
    for sign, value in RATIO_SIGNS.items():
        if ratio == value:
            return sign
    if float(short := f"{ratio:g}") == ratio:
        return short
    turned = round(1 / ratio) if 1e-9 < ratio < 1 else 0
    return f"1/{turned}" if turned and 1 / turned == ratio else repr(ratio)


def parse_weight(text: str) -> float:
    """Read a credibility or relevance: `low`, `medium`, `high` or a word's beginning, `0.6`, `60%`, as a number 0..1.

    Raises:
        Malformed: the text is none of these, or lies outside 0..1.
    """
    typed = text.strip().lower()
    if word := next((word for word in WEIGHT_WORDS if typed and word.startswith(typed)), ""):
        return WEIGHT_WORDS[word]
    match = _WEIGHT.fullmatch(typed)
    value = float(match[1]) / (100 if match[2] else 1) if match else math.inf
    if value > 1:
        raise Malformed(f"{text!r} is not a weight; {EXPECTED_WEIGHT}")
    return value


def told_weight(weight: float | None) -> str:
    """Write a credibility or relevance for a sentence, also one that nobody has stated."""
    return "not stated" if weight is None else format_weight(weight)


def format_weight(weight: float) -> str:
    """Write a credibility or relevance as it would be typed; `parse_weight` reads the same number back."""
    for name, value in WEIGHT_WORDS.items():
        if weight == value:
            return name
    short = f"{weight:g}"
    return short if float(short) == weight else repr(weight)
