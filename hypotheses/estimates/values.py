"""Values as they are typed: `890M`, `30B to 300B`, `normal 1 to 2`; text to distribution and back without loss.

A suffix is `%`, `K` or `k` (thousand), `M`, `B` or `G` (thousand million) or `T`, in capitals: a small `m` could
be a thousandth and a small `b` a bit, so they are refused with the capital suggested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Final

from hypotheses.estimates.distributions import INTERVAL, Distribution, Lognormal, Normal, Point, TwoPiece
from hypotheses.estimates.shapes import Beta, Mixture, Pert, Samples, Triangular, Uniform
from hypotheses.estimates.writing import SUFFIXES, write_number
from hypotheses.problems import Malformed

EXPECTED: Final = "expected a value such as 890M, 8.9e8, 45% or 30B to 300B"
LONGEST: Final = 20_000
"""How many characters a value may have: room for a thousand samples."""
DEEPEST: Final = 8
"""How far mixtures may hold mixtures."""

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)\s*(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?P<part>\.[0-9]*)?"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,4}))?\s*(?P<suffix>[A-Za-z%]?)"
)
_BAD_GROUPS = re.compile(r"[-+]?[0-9]+(,[0-9]*)+(\.[0-9]*)?\s*[A-Za-z%]?")
_WIDTH = re.compile(r"(?P<value>.*\S)\s*@\s*(?P<width>[^@]*?)\s*%", re.DOTALL)
_RANGE = re.compile(r"(?P<low>.+?)\s*(?:\bto\b|\.\.|->|→)\s*(?P<high>.+)", re.DOTALL)
_BRACKETS = re.compile(r"\[(?P<ends>[^\[\]]*)\]")
_AROUND = re.compile(r"(?P<mid>[^()]+?)\s*\((?P<range>[^()]*)\)")
_CALL = re.compile(r"(?P<shape>[a-z]+)\s*\((?P<arguments>.*)\)", re.DOTALL)
_NAMED = re.compile(r"(?P<shape>[a-z]+)\s+(?P<rest>.+)", re.DOTALL)
_GLUED = re.compile(r"[0-9],[0-9]{3}(?![0-9])")


def parse_value(text: str) -> Distribution:
    """Read any notation of a value.

    Raises:
        Malformed: it is none of them, is ambiguous, not finite, or its low end lies above its high end.
    """
    if len(text) > LONGEST:
        raise Malformed(f"a value of {len(text):,} characters is too long; expected at most {LONGEST:,}")
    return _parse(text.strip().replace("−", "-"), DEEPEST)


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
    shape, rest = "", value
    if value[0].islower() and (match := _NAMED.fullmatch(value)) and match["shape"] != "to":
        shape, rest = match["shape"], match["rest"]
        if shape not in _RANGED:
            raise Malformed(not_a_shape(shape))
    if rest[-1] == ")" and (match := _AROUND.fullmatch(rest)):
        low, high = _ends(match["range"].strip(), text)
        return _two_piece(low, parse_number(match["mid"]), high, width, shape)
    if ends := _range(rest):
        if shape in ("uniform", "loguniform"):
            _no_width(text, value)
        return _RANGED[shape](*ends, width)
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


def _ends(text: str, whole: str) -> tuple[float, float]:
    """Read `low to high` in any of its notations."""
    if ends := _range(text):
        return ends
    raise Malformed(f"{text!r} in {whole!r} is not a range; expected two ends, such as 30B to 300B")


def _range(text: str) -> tuple[float, float] | None:
    """Read `low to high` in any of its notations; None if it is none of them."""
    if text[:1] == "[" and (match := _BRACKETS.fullmatch(text)):
        parts = _split(match["ends"])
        if len(parts) != 2:
            raise Malformed(f"{text!r} has {len(parts)} ends; expected two, such as [30B, 300B]")
        low, high = map(parse_number, parts)
    elif match := _RANGE.fullmatch(text):
        low, high = map(parse_number, match.groups())
    else:
        return None
    _ascending(low, high)
    return low, high


def _ascending(*values: float) -> None:
    for low, high in pairwise(values):
        if low > high:
            wrong = f"{write_number(low)} comes before {write_number(high)}"
            raise Malformed(f"{wrong}; expected the lower value first")
    _not_too_wide(values[0], values[-1], values[-1] - values[0])


def _not_too_wide(low: float, high: float, *widths: float) -> None:
    if not all(map(math.isfinite, widths)):
        wrong = f"from {write_number(low)} to {write_number(high)} is too wide a range to compute with"
        raise Malformed(f"{wrong}; expected ends that are nearer to each other")


def parse_number(text: str) -> float:
    """Read one number: digits, thousands groups, decimals, an exponent and a suffix.

    Raises:
        Malformed: it is not a number or too large or small to be kept.
    """
    typed = text.strip()
    match = _NUMBER.fullmatch(typed)
    sign, whole, part, exponent, suffix = match.groups("") if match else ("",) * 5
    mantissa = whole.replace(",", "") + part
    if mantissa in ("", "."):
        raise Malformed(_not_a_number(typed))
    if suffix not in SUFFIXES:
        capital = f" (did you mean {typed[:-1]}{suffix.upper()}?)" if suffix.upper() in SUFFIXES else ""
        raise Malformed(f"{typed!r} ends in an unknown suffix{capital}; expected %, K, M, B, G or T")
    value = float(f"{sign}{mantissa}e{int(exponent or 0) + SUFFIXES[suffix]}")
    if math.isinf(value) or (value == 0 and mantissa.strip("0.")):
        raise Malformed(f"{typed!r} is too {'large' if value else 'small'} to compute with; {EXPECTED}")
    return value


def _not_a_number(typed: str) -> str:
    if not typed:
        return f"a number is missing; {EXPECTED}"
    if _BAD_GROUPS.fullmatch(typed):
        plain = typed.replace(",", "")
        decimal = f" or {typed.replace(',', '.')}" if typed.count(",") == 1 and "." not in typed else ""
        return f"{typed!r} has a comma that does not group thousands; expected {plain}{decimal}"
    return f"{typed!r} is not a number; {EXPECTED}"


def _two_piece(low: float, mid: float, high: float, width: float, shape: str) -> Distribution:
    _ascending(low, mid, high)
    if shape not in ("", "normal", "lognormal"):
        raise Malformed(f"a {shape} has no middle value; expected {shape} {write_number(low)} to {write_number(high)}")
    if shape == "lognormal":
        _above_zero(low, shape)
    if low == high:
        return Point(mid)
    value = TwoPiece(low, mid, high, width, log=low > 0 and shape != "normal")
    _not_too_wide(low, high, *value.deviations)
    return value


def _above_zero(low: float, shape: str) -> None:
    if low <= 0:
        raise Malformed(f"a {shape} cannot reach down to {write_number(low)}; expected a low end above zero")


def _plain_range(low: float, high: float, width: float) -> Distribution:
    if low == high:
        return Point(low)
    return Lognormal(low, high, width) if low > 0 else _normal(low, high, width)


def _normal(low: float, high: float, width: float) -> Distribution:
    if low == high:
        return Point(low)
    value = Normal(low, high, width)
    _not_too_wide(low, high, *value.normal)
    return value


def _lognormal(low: float, high: float, width: float) -> Distribution:
    _above_zero(low, "lognormal")
    return Lognormal(low, high, width) if low < high else Point(low)


def _uniform(low: float, high: float, _width: float) -> Distribution:
    return Uniform(low, high) if low < high else Point(low)


def _loguniform(low: float, high: float, _width: float) -> Distribution:
    _above_zero(low, "loguniform")
    return Uniform(low, high, log=True) if low < high else Point(low)


_RANGED: Final[Mapping[str, Callable[[float, float, float], Distribution]]] = {
    "": _plain_range,
    "lognormal": _lognormal,
    "normal": _normal,
    "uniform": _uniform,
    "loguniform": _loguniform,
}


def _parse_call(shape: str, arguments: str, depth: int) -> Distribution:
    if shape not in _CALLED:
        raise Malformed(not_a_shape(shape))
    if depth == 0:
        raise Malformed(f"mixtures within {DEEPEST} others are too deep; expected fewer")
    return _CALLED[shape](_split(arguments), depth)


def not_a_shape(word: str) -> str:
    """Say what a word that is not the name of a shape may have meant."""
    if word in _RANGED:
        return f"{word!r} takes a range; expected {word} 1 to 2"
    if word in _CALLED:
        return f"{word!r} takes its numbers in parentheses; expected {_EXAMPLES[word]}"
    near = get_close_matches(word, [*_RANGED, *_CALLED], 1)
    return f"{word!r} is not a shape; " + (f"did you mean {near[0]}?" if near else EXPECTED)


def _split(text: str) -> list[str]:
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


def _numbers(parts: Sequence[str], count: int, shape: str) -> list[float]:
    if len(parts) != count:
        raise Malformed(f"{shape} has {len(parts)} numbers; expected {count}, such as {_EXAMPLES[shape]}")
    return [parse_number(part) for part in parts]


def _triangular(parts: Sequence[str], _depth: int) -> Distribution:
    low, mode, high = _numbers(parts, 3, "triangular")
    _ascending(low, mode, high)
    return Triangular(low, mode, high) if low < high else Point(low)


def _pert(parts: Sequence[str], _depth: int) -> Distribution:
    low, mode, high = _numbers(parts, 3, "pert")
    _ascending(low, mode, high)
    return Pert(low, mode, high) if low < high else Point(low)


def _beta(parts: Sequence[str], _depth: int) -> Distribution:
    alpha, beta = _numbers(parts, 2, "beta")
    if not (0.1 <= alpha <= 1e6 and 0.1 <= beta <= 1e6):
        raise Malformed(f"beta({', '.join(parts)}) cannot be read; expected two counts from 0.1 to 1M")
    return Beta(alpha, beta)


def _samples(parts: Sequence[str], _depth: int) -> Distribution:
    values = tuple(sorted(parse_number(part) for part in parts))
    _ascending(values[0], values[-1])
    return Samples(values) if values[0] < values[-1] else Point(values[0])


def _mixture(parts: Sequence[str], depth: int) -> Distribution:
    weights, shapes = [], []
    for part in parts:
        weight, colon, value = part.partition(":")
        if not colon:
            raise Malformed(f"{part!r} has no weight; expected {_EXAMPLES['mixture']}")
        weights.append(parse_number(weight))
        if weights[-1] <= 0:
            raise Malformed(f"the weight {weight.strip()!r} is not above zero; expected {_EXAMPLES['mixture']}")
        shapes.append(_parse(value.strip(), depth - 1))
    return Mixture(tuple(weights), tuple(shapes))


_CALLED: Final[Mapping[str, Callable[[Sequence[str], int], Distribution]]] = {
    "triangular": _triangular,
    "pert": _pert,
    "beta": _beta,
    "samples": _samples,
    "mixture": _mixture,
}
_EXAMPLES: Final = {
    "triangular": "triangular(1, 2, 4)",
    "pert": "pert(1, 2, 4)",
    "beta": "beta(2, 5)",
    "samples": "samples(1, 2, 3)",
    "mixture": "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
}
