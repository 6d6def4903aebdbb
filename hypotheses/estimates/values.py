"""Values as they are typed: `890M`, `5 to 10 million`, `10±2`, `normal 1 to 2`; text to distribution without loss.

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

from hypotheses.estimates.amounts import EXPECTED, is_plain, parse_number, shared_suffix, suffix_of
from hypotheses.estimates.arithmetic import LN10, power10
from hypotheses.estimates.distributions import INTERVAL, Distribution, Lognormal, Normal, Point, TwoPiece, half_width
from hypotheses.estimates.shapes import Beta, Gamma, Mixture, Pert, Poisson, Samples, Triangular, Uniform
from hypotheses.estimates.writing import write_number
from hypotheses.problems import Malformed

LONGEST: Final = 20_000
"""How many characters a value may have: room for a thousand samples."""
DEEPEST: Final = 8
"""How far mixtures may hold mixtures."""

_WIDTH = re.compile(r"(?P<value>.*\S)\s*@\s*(?P<width>[^@]*?)\s*%", re.DOTALL)
_RANGE = re.compile(r"(?P<low>.+?)\s*(?:\bto\b|\.{2,}|…|->|→)\s*(?P<high>.+)", re.DOTALL)
_BETWEEN = re.compile(r"between\s+(?P<low>.+?)\s+and\s+(?P<high>.+)", re.DOTALL)
_DASHED = re.compile(
    r"(?P<low>[^-–—](?:[^-–—]|(?<=[eE^*])-)*?)\s*(?<![eE^*])[-–—]\s*(?P<high>[^-–—\d]?[0-9.].*)", re.DOTALL
)
_EITHER_WAY = re.compile(r"(?P<mid>.+?)\s*(?:±|\+/-|\+-)\s*(?P<off>.+)", re.DOTALL)
_OF = re.compile(r"(?P<hits>[0-9,]+)\s+(?:out\s+)?of\s+(?P<tries>[0-9,]+)")
_BRACKETS = re.compile(r"\[(?P<ends>[^\[\]]*)\]")
_AROUND = re.compile(r"(?P<mid>[^()]+?)\s*\((?P<range>[^()]*)\)")
_CALL = re.compile(r"(?P<shape>[a-z]+)\s*\((?P<arguments>.*)\)", re.DOTALL)
_NAMED = re.compile(r"(?P<shape>[a-z]+)\s+(?P<rest>.+)", re.DOTALL)
_GLUED = re.compile(r"[0-9],[0-9]{3}(?![0-9])")
_SUPERSCRIPTS: Final = str.maketrans({"⁻": "-", **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))})
_POWER = re.compile(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


def parse_value(text: str) -> Distribution:
    """Read any notation of a value.

    Raises:
        Malformed: it is none of them, is ambiguous, not finite, or its low end lies above its high end.
    """
    if len(text) > LONGEST:
        raise Malformed(f"a value of {len(text):,} characters is too long; expected at most {LONGEST:,}")
    plain = _POWER.sub(lambda match: "10^" + match[1].translate(_SUPERSCRIPTS), text.strip().replace("−", "-"))
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
        if shape not in _RANGED:
            raise Malformed(not_a_shape(shape))
    if rest[-1] == ")" and (match := _AROUND.fullmatch(rest)):
        low, mid, high = _ends(match["range"].strip(), match["mid"], text)
        return _two_piece(low, mid, high, width, shape)
    if ("±" in rest or "+" in rest) and (match := _EITHER_WAY.fullmatch(rest)):
        return _either_way(match["mid"], match["off"], width, shape)
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


def _ends(text: str, mid: str, whole: str) -> tuple[float, float, float]:
    """Read `low to high` in any of its notations, with the middle before it."""
    if (ends := _written_range(text)) is None:
        raise Malformed(f"{text!r} in {whole!r} is not a range; expected two ends, such as 30B to 300B")
    low, middle, high = _with_suffix(ends[0], mid, ends[1])
    _ascending(low, high)
    return low, middle, high


def _range(text: str) -> tuple[float, float] | None:
    """Read `low to high` in any of its notations; None if it is none of them."""
    if (ends := _written_range(text)) is None:
        return None
    low, high = _with_suffix(*ends)
    _ascending(low, high)
    return low, high


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
    _ascending(center - reach, center + reach)
    return _RANGED[shape or "normal"](center - reach, center + reach, width)


def _written_range(text: str) -> tuple[str, str] | None:
    """Return the two ends of a range as they are written; None if it is none."""
    if text[:1] == "[" and (match := _BRACKETS.fullmatch(text)):
        parts = _split(match["ends"])
        if len(parts) != 2:
            raise Malformed(f"{text!r} has {len(parts)} ends; expected two, such as [30B, 300B]")
        return parts[0], parts[1]
    for pattern in (_RANGE, _BETWEEN, _DASHED):
        if match := pattern.fullmatch(text):
            return match["low"].strip(), match["high"].strip()
    return None


def _with_suffix(*texts: str) -> tuple[float, ...]:
    """Read numbers of which the last one's suffix counts for those that have none: `5 to 10M` is 5M to 10M.

    Where they would not ascend so, as in `900 to 1M`, it counts for the last one alone.

    Raises:
        Malformed: one is no number, or a percentage could be meant either way.
    """
    numbers = tuple(map(parse_number, texts))
    if texts[-1][-1:].isdigit() or not (suffix := shared_suffix(*texts)):
        return numbers
    scaled = tuple(
        parse_number(f"{text} {suffix}") if is_plain(text) else number
        for text, number in zip(texts, numbers, strict=True)
    )
    if suffix == "%" and 0 < numbers[0] <= numbers[-1]:
        one, other = (f"{write_number(low * 100)}% to {texts[-1]}" for low in (scaled[0], numbers[0]))
        raise Malformed(f"{texts[0]} to {texts[-1]} could be {one} or {other}; expected a % on both ends")
    return scaled


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


def remarks(text: str) -> tuple[str, ...]:
    """Say what of a typed value was read in a way that one might not expect."""
    plain = text.strip().replace("−", "-").partition("@")[0].strip()
    said = []
    shape, _, rest = plain.partition(" ")
    if shape not in _RANGED:
        rest = plain
    if _EITHER_WAY.fullmatch(rest):
        return () if "@" in text else ("read as the middle 90%; @68% after it makes it one standard deviation",)
    around = _AROUND.fullmatch(rest)
    written = _written_range(around["range"].strip() if around else rest)
    if written:
        texts = (written[0], around["mid"], written[1]) if around else written
        if suffix := shared_suffix(*texts):
            said.append(f"{suffix} counts for {'all three' if around else 'both ends'}")
    if written and rest is plain and isinstance(parse_value(text), Normal):
        said.append("normal, as it begins at 0 or below; a lognormal needs a low end above 0")
    return tuple(said)


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


def _ascending_numbers(parts: Sequence[str], count: int, shape: str) -> tuple[float, ...]:
    """Read numbers that ascend, of which the last one's suffix counts for all, as in a range."""
    _numbers(parts, count, shape)
    return _with_suffix(*parts)


def _triangular(parts: Sequence[str], _depth: int) -> Distribution:
    low, mode, high = _ascending_numbers(parts, 3, "triangular")
    _ascending(low, mode, high)
    return Triangular(low, mode, high) if low < high else Point(low)


def _pert(parts: Sequence[str], _depth: int) -> Distribution:
    low, mode, high = _ascending_numbers(parts, 3, "pert")
    _ascending(low, mode, high)
    return Pert(low, mode, high) if low < high else Point(low)


def _share_of(hits: str, tries: str) -> Distribution:
    """Return what so many hits in so many tries tell of a share of which nothing was known (Laplace's rule)."""
    seen, count = parse_number(hits), parse_number(tries)
    if not 0 <= seen <= count <= 1e6 or count == 0:
        raise Malformed(f"{hits} of {tries} cannot be; expected so many of at least as many, such as 3 of 10")
    return Beta(seen + 1, count - seen + 1)


def _by_deviation(parts: Sequence[str], _depth: int) -> Distribution:
    """Read `normal(mean, standard deviation)`."""
    mean, deviation = _numbers(parts, 2, "normal")
    _positive(deviation, "normal")
    reach = deviation * half_width(INTERVAL)
    return _normal(mean - reach, mean + reach, INTERVAL)


def _by_log_deviation(parts: Sequence[str], _depth: int) -> Distribution:
    """Read `lognormal(mean, standard deviation)`, both of the natural logarithm."""
    mean, deviation = _numbers(parts, 2, "lognormal")
    _positive(deviation, "lognormal")
    reach = deviation * half_width(INTERVAL)
    ends = [power10(end / LN10) for end in (mean - reach, mean + reach)]
    if not 0 < ends[0] < ends[1] < math.inf:
        raise Malformed(
            f"lognormal({', '.join(parts)}) reaches too far to compute with; expected logarithms nearer to 0"
        )
    return Lognormal(ends[0], ends[1])


def _evenly(parts: Sequence[str], _depth: int) -> Distribution:
    low, high = _ascending_numbers(parts, 2, "uniform")
    _ascending(low, high)
    return _uniform(low, high, INTERVAL)


def _evenly_in_orders(parts: Sequence[str], _depth: int) -> Distribution:
    low, high = _ascending_numbers(parts, 2, "loguniform")
    _ascending(low, high)
    return _loguniform(low, high, INTERVAL)


def _gamma(parts: Sequence[str], _depth: int) -> Distribution:
    count, scale = _numbers(parts, 2, "gamma")
    _positive(scale, "gamma")
    if not 0.1 <= count <= 1e6:
        raise Malformed(f"gamma({', '.join(parts)}) cannot be read; expected a count from 0.1 to 1M, then the scale")
    return Gamma(count, scale)


def _poisson(parts: Sequence[str], _depth: int) -> Distribution:
    (rate,) = _numbers(parts, 1, "poisson")
    if not 0 < rate <= 1e5:
        raise Malformed(f"poisson({', '.join(parts)}) cannot be read; expected a rate above 0 and up to 100K")
    return Poisson(rate)


def _positive(number: float, shape: str) -> None:
    if number <= 0:
        what = f"the second number of {shape} is {write_number(number)}"
        raise Malformed(f"{what}; expected one above zero, such as {_EXAMPLES[shape]}")


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
    "gamma": _gamma,
    "poisson": _poisson,
    "normal": _by_deviation,
    "lognormal": _by_log_deviation,
    "uniform": _evenly,
    "loguniform": _evenly_in_orders,
}
_EXAMPLES: Final = {
    "triangular": "triangular(1, 2, 4)",
    "pert": "pert(1, 2, 4)",
    "beta": "beta(2, 5)",
    "samples": "samples(1, 2, 3)",
    "mixture": "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
    "gamma": "gamma(2, 3)",
    "poisson": "poisson(3)",
    "normal": "normal(5, 2) or normal 1 to 9",
    "lognormal": "lognormal(1, 2) or lognormal 1 to 9",
    "uniform": "uniform(1, 10)",
    "loguniform": "loguniform(1, 10)",
}
