"""Values as they are typed: `890M`, `5 to 10 million`, `10±2`, `normal 1 to 2`; text to distribution without loss.

A suffix is `%`, `K` or `k` (thousand), `M`, `B` or `G` (thousand million) or `T`, in capitals: a small `m` could
be a thousandth and a small `b` a bit, so they are refused with the capital suggested.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hypotheses.problems import Malformed
from hypotheses.values.amounts import EXPECTED, is_plain, parse_number, shared_suffix, suffix_of
from hypotheses.values.distributions import INTERVAL, Distribution, Normal, Point
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import Beta
from hypotheses.values.typed_ranges import (
    RANGED,
    ascending,
    ranged,
    require_width,
    split,
    with_median,
    written_range,
)
from hypotheses.values.typed_shapes import CALLED, EXAMPLES, not_a_shape
from hypotheses.values.writing import write_number

LONGEST: Final = 20_000
"""How many characters a value may have: room for a thousand samples."""
DEEPEST: Final = 8
"""How far mixtures may hold mixtures."""

_WIDTH = re.compile(r"(?P<value>.*\S)\s*@\s*(?P<width>[^@]*?)\s*%", re.DOTALL)
_EITHER_WAY = re.compile(r"(?P<mid>.+?)\s*(?:±|\+/-|\+-)\s*(?P<off>.+)", re.DOTALL)
_OF = re.compile(r"(?P<hits>[0-9,]+)\s+(?:out\s+)?of\s+(?P<tries>[0-9,]+)")
_MEDIAN = re.compile(r"(?P<mid>[^()]+?)\s*\((?P<range>[^()]*)\)")
_CALL = re.compile(r"(?P<shape>[a-z]+)\s*\((?P<arguments>.*)\)", re.DOTALL)
_NAMED = re.compile(r"(?P<shape>[a-z]+)\s+(?P<rest>.+)", re.DOTALL)
_SUPERSCRIPTS: Final = str.maketrans({"⁻": "-", **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))})
_POWER = re.compile(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def parse_value(text: str) -> Distribution:
    """Read any notation of a value.

    Raises:
        Malformed: it is none of them, is ambiguous, not finite, or its low end lies above its high end.
    """
    if len(text) > LONGEST:
        raise Malformed(f"a value of {len(text):,} characters is too long; expected at most {LONGEST:,}")
    # A long run of spaces would be tried from each of its characters.
    spaced = " ".join(text.replace("−", "-").split())
    plain = _POWER.sub(lambda match: "10^" + match[1].translate(_SUPERSCRIPTS), spaced)
    return _parse(plain, DEEPEST)


@lru_cache(maxsize=20_000)
def cached_value(text: str) -> Distribution:
    """Read a value as `parse_value` does, and remember it: the same values are read for every evaluation."""
    return parse_value(text)


def _parse(text: str, depth: int) -> Distribution:
    if not text:
        raise Malformed(f"found nothing; {EXPECTED}")
    value, width = text, INTERVAL
    if "@" in text and (match := _WIDTH.fullmatch(text)):
        value, width = match["value"], _parse_width(match["width"])
    if value[-1] == ")" and (match := _CALL.fullmatch(value)):
        _no_width(text, value)
        return _parse_call(match["shape"], match["arguments"], depth)
    if " of " in value and (match := _OF.fullmatch(value)):
        _no_width(text, value)
        return _share_of(match["hits"], match["tries"])
    shape, rest = "", value
    if (
        value[0].islower()
        and not value.startswith("between ")
        and (match := _NAMED.fullmatch(value))
        and match["shape"] != "to"
    ):
        shape, rest = match["shape"], match["rest"]
        if shape not in RANGED:
            raise Malformed(not_a_shape(shape))
        if shape in ("uniform", "loguniform"):
            _no_width(text, value)
    if rest[-1] == ")" and (match := _MEDIAN.fullmatch(rest)):
        around = match["range"].strip()
        if (ends := written_range(around)) is None:
            raise Malformed(f"{around!r} in {text!r} is not a range; expected two ends, such as 30B to 300B")
        return with_median(shape, width, *ascending(ends[0], match["mid"], ends[1]))
    if ("±" in rest or "+" in rest) and (match := _EITHER_WAY.fullmatch(rest)):
        return _either_way(match["mid"], match["off"], width, shape)
    if ends := written_range(rest):
        return ranged(shape, width, *ascending(*ends))
    if shape:
        raise Malformed(f"{rest!r} is not a range; expected two ends, such as {shape} 1 to 2")
    _no_width(text, value)
    return Point(parse_number(value))


def _parse_width(text: str) -> float:
    percent = parse_number(text)
    if not 1 <= percent <= 99.9:
        raise Malformed(f"an interval of {text}% cannot be read; expected 1% to 99.9%, such as @80%")
    return percent / 100


def _no_width(text: str, value: str) -> None:
    if text != value:
        raise Malformed(f"{value!r} has no interval whose width could be named; expected it without @")


def _either_way(mid: str, off: str, width: float, shape: str) -> Distribution:
    """Read `10±2`, a normal from 8 to 12 unless it says otherwise; a suffix after the second number counts for both."""
    center, reach = parse_number(mid), parse_number(off)
    if suffix_of(off) == "%" and suffix_of(mid) not in ("", "%"):
        reach *= abs(center)  # so many hundredths of it
    suffix = "" if suffix_of(mid) else suffix_of(off)
    if suffix == "%" and center:
        part, points = (
            f"{write_number(center - d)} to {write_number(center + d)}" for d in (center * reach, 100 * reach)
        )
        percent = " to ".join(f"{end}%" for end in points.split(" to "))
        raise Malformed(f"{mid}±{off} could be {part} or {percent}; expected one of these")
    if suffix and is_plain(mid):
        center = parse_number(f"{mid} {suffix}")
    if reach < 0:
        raise Malformed(f"{off} cannot stand after ±; expected a number from 0 on, such as 10±2")
    low, high = center - reach, center + reach
    require_width(low, high, high - low)
    return ranged(shape or "normal", width, low, high)


def remarks(text: str) -> tuple[str, ...]:
    """Say what of a typed value was read in a way that one might not expect."""
    plain = text.strip().replace("−", "-").partition("@")[0].strip()
    said = []
    shape, _, rest = plain.partition(" ")
    if shape not in RANGED:
        rest = plain
    if _EITHER_WAY.fullmatch(rest):
        return () if "@" in text else ("read as the middle 90%; @68% after it makes it one standard deviation",)
    median = _MEDIAN.fullmatch(rest)
    written = written_range(median["range"].strip() if median else rest)
    if written:
        texts = (written[0], median["mid"], written[1]) if median else written
        if suffix := shared_suffix(*texts):
            said.append(f"{suffix} counts for {'all three' if median else 'both ends'}")
    if written and rest is plain and isinstance(parse_value(text), Normal):
        said.append("normal, as it begins at 0 or below; a lognormal needs a low end above 0")
    return tuple(said)


def _parse_call(shape: str, arguments: str, depth: int) -> Distribution:
    if shape not in EXAMPLES:
        raise Malformed(not_a_shape(shape))
    if depth == 0:
        raise Malformed(f"mixtures within {DEEPEST} others are too deep; expected fewer")
    parts = split(arguments)
    return _mixture(parts, depth) if shape == "mixture" else CALLED[shape](parts)


def _share_of(hits: str, tries: str) -> Distribution:
    """Return what so many hits in so many tries tell of a share of which nothing was known (Laplace's rule)."""
    seen, count = parse_number(hits), parse_number(tries)
    if not 0 <= seen <= count <= 1e6 or count == 0:
        raise Malformed(f"{hits} of {tries} cannot be; expected so many of at least as many, such as 3 of 10")
    return Beta(seen + 1, count - seen + 1)


def _mixture(parts: Sequence[str], depth: int) -> Distribution:
    weights, shapes = [], []
    for part in parts:
        weight, colon, value = part.partition(":")
        if not colon:
            raise Malformed(f"{part!r} has no weight; expected {EXAMPLES['mixture']}")
        weights.append(parse_number(weight))
        if weights[-1] <= 0:
            raise Malformed(f"the weight {weight.strip()!r} is not above zero; expected {EXAMPLES['mixture']}")
        shapes.append(_parse(value.strip(), depth - 1))
    return Mixture(tuple(weights), tuple(shapes))
