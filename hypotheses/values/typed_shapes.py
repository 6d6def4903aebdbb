"""Shapes as they are typed with their numbers in parentheses: `beta(2, 5)`, `triangular(1, 2, 4)`, `poisson(3)`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Final

from hypotheses.arithmetic import LN10, power10
from hypotheses.problems import Malformed
from hypotheses.values.amounts import EXPECTED, parse_number
from hypotheses.values.distributions import INTERVAL, Distribution, Lognormal, Point, half_width
from hypotheses.values.shapes import Beta, Gamma, Pert, Poisson, Samples, Triangular
from hypotheses.values.typed_ranges import RANGED, ascending, ranged, require_width
from hypotheses.values.writing import write_number

EXAMPLES: Final = {
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
"""Name of a shape -> how it is typed."""


def _numbers(parts: Sequence[str], count: int, shape: str) -> list[float]:
    _require_count(parts, count, shape)
    return [parse_number(part) for part in parts]


def _require_count(parts: Sequence[str], count: int, shape: str) -> None:
    if len(parts) != count:
        raise Malformed(f"{shape} has {len(parts)} numbers; expected {count}, such as {EXAMPLES[shape]}")


def _with_mode(shape: str, kind: Callable[[float, float, float], Distribution], parts: Sequence[str]) -> Distribution:
    _require_count(parts, 3, shape)
    low, mode, high = ascending(*parts)
    return kind(low, mode, high) if low < high else Point(low)


def _even(shape: str, parts: Sequence[str]) -> Distribution:
    _require_count(parts, 2, shape)
    low, high = ascending(*parts)
    return ranged(shape, INTERVAL, low, high)


def _beta(parts: Sequence[str]) -> Distribution:
    alpha, beta = _numbers(parts, 2, "beta")
    if not (0.1 <= alpha <= 1e6 and 0.1 <= beta <= 1e6):
        raise Malformed(f"beta({', '.join(parts)}) cannot be read; expected two counts from 0.1 to 1M")
    return Beta(alpha, beta)


def _gamma(parts: Sequence[str]) -> Distribution:
    count, scale = _numbers(parts, 2, "gamma")
    _positive(scale, "gamma")
    if not 0.1 <= count <= 1e6:
        raise Malformed(f"gamma({', '.join(parts)}) cannot be read; expected a count from 0.1 to 1M, then the scale")
    return Gamma(count, scale)


def _poisson(parts: Sequence[str]) -> Distribution:
    (rate,) = _numbers(parts, 1, "poisson")
    if not 0 < rate <= 1e5:
        raise Malformed(f"poisson({', '.join(parts)}) cannot be read; expected a rate above 0 and up to 100K")
    return Poisson(rate)


def _by_deviation(parts: Sequence[str]) -> Distribution:
    """Read `normal(mean, standard deviation)`."""
    mean, deviation = _numbers(parts, 2, "normal")
    _positive(deviation, "normal")
    reach = deviation * half_width(INTERVAL)
    return ranged("normal", INTERVAL, mean - reach, mean + reach)


def _by_log_deviation(parts: Sequence[str]) -> Distribution:
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


def _positive(number: float, shape: str) -> None:
    if number <= 0:
        what = f"the second number of {shape} is {write_number(number)}"
        raise Malformed(f"{what}; expected one above zero, such as {EXAMPLES[shape]}")


def _samples(parts: Sequence[str]) -> Distribution:
    values = tuple(sorted(parse_number(part) for part in parts))
    require_width(values[0], values[-1], values[-1] - values[0])
    return Samples(values) if values[0] < values[-1] else Point(values[0])


CALLED: Final[Mapping[str, Callable[[Sequence[str]], Distribution]]] = {
    "triangular": partial(_with_mode, "triangular", Triangular),
    "pert": partial(_with_mode, "pert", Pert),
    "beta": _beta,
    "samples": _samples,
    "gamma": _gamma,
    "poisson": _poisson,
    "normal": _by_deviation,
    "lognormal": _by_log_deviation,
    "uniform": partial(_even, "uniform"),
    "loguniform": partial(_even, "loguniform"),
}
"""Name of a shape -> how it is made of what stands between its parentheses; of a mixture `values` knows."""


def not_a_shape(word: str) -> str:
    """Say what a word that is not the name of a shape may have meant."""
    if word in RANGED:
        return f"{word!r} takes a range; expected {word} 1 to 2"
    if word in EXAMPLES:
        return f"{word!r} takes its numbers in parentheses; expected {EXAMPLES[word]}"
    near = get_close_matches(word, [*RANGED, *EXAMPLES], 1)
    return f"{word!r} is not a shape; " + (f"did you mean {near[0]}?" if near else EXPECTED)
