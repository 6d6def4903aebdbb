"""Likelihood ratios, credibilities and relevances as people write them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from hypotheses.problems import Malformed

RATIO_SIGNS: Final[Mapping[str, float]] = {"++": 10.0, "+": 3.0, "0": 1.0, "-": 1 / 3, "--": 1 / 10}
"""The five signs of an assessment and the likelihood ratios they stand for."""
NOT_APPLICABLE: Final = "n/a"
WEIGHT_WORDS: Final[Mapping[str, float]] = {"low": 0.5, "medium": 0.75, "high": 1.0}
"""The words of credibility and relevance."""

EXPECTED_RATIO: Final = "expected ++, +, 0, -, --, a positive number such as 3 or 1/3, or n/a"
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


def parse_ratio(text: str) -> float | None:
    """Read a likelihood ratio: a sign (`++`), a number, `1/3` or `1:3`, an ACH letter; None means not applicable.

    Raises:
        Malformed: the text is none of these, or the number is not a positive finite one.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if typed in RATIO_SIGNS:
        return RATIO_SIGNS[typed]
    if typed.upper() in _LETTERS:
        return _LETTERS[typed.upper()]
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
    """Read a credibility or relevance: `low`, `medium`, `high`, `0.6` or `60%`, as a number 0..1.

    Raises:
        Malformed: the text is none of these, or lies outside 0..1.
    """
    typed = text.strip().lower()
    if typed in WEIGHT_WORDS:
        return WEIGHT_WORDS[typed]
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
