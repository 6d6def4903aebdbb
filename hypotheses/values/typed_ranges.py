"""Ranges as they are typed: `5 to 10M`, `between 5 and 10`, `5-10`, `[5, 10]`; and what shapes make of the ends."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Final

from hypotheses.problems import Malformed
from hypotheses.values.amounts import is_plain, parse_number, shared_suffix
from hypotheses.values.distributions import Distribution, Lognormal, Normal, Point, TwoPiece
from hypotheses.values.shapes import Uniform
from hypotheses.values.writing import write_number

_RANGE = re.compile(r"(?P<low>.+?)\s*(?:\bto\b|\.{2,}|…|->|→)\s*(?P<high>.+)", re.DOTALL)
_BETWEEN = re.compile(r"between\s+(?P<low>.+?)\s+and\s+(?P<high>.+)", re.DOTALL)
_DASHED = re.compile(
    r"(?P<low>[^-–—](?:[^-–—]|(?<=[eE^*])-)*?)\s*(?<![eE^*])[-–—]\s*(?P<high>[^-–—\d]?[0-9.].*)", re.DOTALL
)
_BRACKETS = re.compile(r"\[(?P<ends>[^\[\]]*)\]")
_GLUED = re.compile(r"[0-9],[0-9]{3}(?![0-9])")

RANGED: Final = ("", "lognormal", "normal", "uniform", "loguniform")
"""The shapes that are made of a range; one that is not named is a lognormal above zero, else a normal."""


def written_range(text: str) -> tuple[str, str] | None:
    """Return the two ends of a range as they are written; None if it is none."""
    if text[:1] == "[" and (match := _BRACKETS.fullmatch(text)):
        parts = split(match["ends"])
        if len(parts) != 2:
            raise Malformed(f"{text!r} has {len(parts)} ends; expected two, such as [30B, 300B]")
        return parts[0], parts[1]
    for pattern in (_RANGE, _BETWEEN, _DASHED):
        if match := pattern.fullmatch(text):
            return match["low"].strip(), match["high"].strip()
    return None


def split(text: str) -> list[str]:
    """Split at the commas outside parentheses and brackets; refuse commas that could also group thousands."""
    if match := _GLUED.search(text):
        raise Malformed(f"the comma in {match[0]!r} could separate or group; expected a space after it, or no comma")
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    parts.append(text[start:].strip())
    return parts


def ascending(*texts: str) -> tuple[float, ...]:
    """Read numbers of which the last one's suffix counts for those that have none: `5 to 10M` is 5M to 10M.

    Where they would not ascend so, as in `900 to 1M`, it counts for the last one alone.

    Raises:
        Malformed: one is no number, they do not ascend, or a percentage could be meant either way.
    """
    numbers = tuple(map(parse_number, texts))
    if not texts[-1][-1:].isdigit() and (suffix := shared_suffix(*texts)):
        scaled = tuple(
            parse_number(f"{text} {suffix}") if is_plain(text) else number
            for text, number in zip(texts, numbers, strict=True)
        )
        if suffix == "%" and 0 < numbers[0] <= numbers[-1]:
            one, other = (f"{write_number(low * 100)}% to {texts[-1]}" for low in (scaled[0], numbers[0]))
            raise Malformed(f"{texts[0]} to {texts[-1]} could be {one} or {other}; expected a % on both ends")
        numbers = scaled
    for low, high in pairwise(numbers):
        if low > high:
            wrong = f"{write_number(low)} comes before {write_number(high)}"
            raise Malformed(f"{wrong}; expected the lower value first")
    require_width(numbers[0], numbers[-1], numbers[-1] - numbers[0])
    return numbers


def require_width(low: float, high: float, *widths: float) -> None:
    """Require widths that can be computed with, of what lies between two ends."""
    if not all(map(math.isfinite, widths)):
        wrong = f"from {write_number(low)} to {write_number(high)} is too wide a range to compute with"
        raise Malformed(f"{wrong}; expected ends that are nearer to each other")


def ranged(shape: str, width: float, low: float, high: float) -> Distribution:
    """Return what a shape of `RANGED` makes of two ends, which are the middle `width` of a normal or lognormal.

    Raises:
        Malformed: it cannot be computed with, or cannot reach down to zero.
    """
    _require_above_zero(shape, low)
    if low == high:
        return Point(low)
    match shape:
        case "uniform" | "loguniform":
            return Uniform(low, high, log=shape == "loguniform")
        case "lognormal" | "" if low > 0:
            return Lognormal(low, high, width)
    value = Normal(low, high, width)
    require_width(low, high, *value.normal)
    return value


def with_median(shape: str, width: float, low: float, mid: float, high: float) -> Distribution:
    """Return what a shape of `RANGED` makes of two ends and the median between them.

    Raises:
        Malformed: it has no such median, cannot be computed with, or cannot reach down to zero.
    """
    if shape not in ("", "normal", "lognormal"):
        raise Malformed(f"a {shape} has no middle value; expected {shape} {write_number(low)} to {write_number(high)}")
    _require_above_zero(shape, low)
    if low == high:
        return Point(mid)
    value = TwoPiece(low, mid, high, width, log=low > 0 and shape != "normal")
    require_width(low, high, *value.deviations)
    return value


def _require_above_zero(shape: str, low: float) -> None:
    if shape in ("lognormal", "loguniform") and low <= 0:
        raise Malformed(f"a {shape} cannot reach down to {write_number(low)}; expected a low end above zero")
