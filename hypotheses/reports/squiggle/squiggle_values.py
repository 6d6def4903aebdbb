"""Values as expressions of Squiggle. Where it has no such shape, the value is made of a standard normal or of a share.

What is drawn is always a set of samples, so that a name stands for the same draws wherever it occurs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from hypotheses.arithmetic import LN10
from hypotheses.values import Distribution
from hypotheses.values.distributions import Lognormal, Normal, Point, TwoPiece
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import Beta, Gamma, Pert, Poisson, Samples, Triangular, Uniform


def number(value: float) -> str:
    """Write a number in full; a negative one in parentheses."""
    written = repr(float(value)).removesuffix(".0")
    return f"({written})" if value < 0 else written


def shape(value: Distribution) -> str:
    """Write a value; of a number that is known, the number."""
    return _SHAPES[type(value)](value)


def from_score(value: Distribution, score: str) -> str:
    """Write a value as what its standard normal score makes it, which goes along with that of another value."""
    if (log_normal := value.log_normal) is not None:
        mean, deviation = (LN10 * each for each in log_normal)
        return f"exp({number(mean)} + {number(deviation)} * {score})"
    if (normal := value.normal) is not None:
        return f"{number(normal[0])} + {number(normal[1])} * {score}"
    if isinstance(value, TwoPiece):
        return _mapped(score, "z", _two_piece(value, "z"))
    if isinstance(value, Samples):
        return _mapped(_mapped(score, "z", "cdf(normal(0, 1), z)"), "u", _interpolated(value, "u"))
    # A set of samples has no exact inverse, a symbolic one has.
    return _mapped(score, "z", f"inv({_symbolic(value)}, cdf(Sym.normal(0, 1), z))")


def _mapped(samples: str, name: str, body: str) -> str:
    return f"SampleSet.map({samples}, {{|{name}| {body}}})"


def _two_piece(value: TwoPiece, z: str) -> str:
    below, above = value.deviations
    if value.log:
        low, high = number(LN10 * below), number(LN10 * above)
        return f"{number(value.mid)} * exp((if {z} < 0 then {low} else {high}) * {z})"
    return f"{number(value.mid)} + (if {z} < 0 then {number(below)} else {number(above)}) * {z}"


def _interpolated(value: Samples, u: str) -> str:
    """Write the quantile of draws, interpolated as `Samples.quantile` does, as a sum of slopes between its corners."""
    count, draws = len(value.values), value.values
    steps = [
        f"{number(high - low)} * min([1, max([0, {u} * {count} - {number(place + 0.5)}])])"
        for place, (low, high) in enumerate(pairwise(draws))
        if high != low
    ]
    return " + ".join([number(draws[0]), *steps])


def _uniform(value: Uniform) -> str:
    if value.log:
        return f"exp(uniform({number(math.log(value.low))}, {number(math.log(value.high))}))"
    return f"uniform({number(value.low)}, {number(value.high)})"


def _pert(value: Pert) -> str:
    beta = value.shape
    width = number(value.high - value.low)
    return f"{number(value.low)} + {width} * beta({number(beta.alpha)}, {number(beta.beta)})"


def _mixture(value: Mixture) -> str:
    parts, weights = ", ".join(map(shape, value.parts)), ", ".join(map(number, value.shares))
    return f"mixture([{parts}], [{weights}])"


def _symbolic(value: Distribution) -> str:
    written = shape(value)
    for name in ("uniform", "triangular", "beta", "gamma"):
        written = re.sub(rf"\b{name}\(", f"Sym.{name}(", written)
    return written.removeprefix("SampleSet.fromDist") if isinstance(value, Poisson) else written


SCORE: Final = "SampleSet.fromDist(normal(0, 1))"
"""A standard normal score of its own."""
_SHARE: Final = "SampleSet.fromDist(uniform(0, 1))"
_SHAPES: Final[dict[type[Distribution], Callable[[Any], str]]] = {
    Point: lambda value: number(value.value),
    Normal: lambda value: f"normal({number(value.normal[0])}, {number(value.normal[1])})",
    Lognormal: lambda value: f"lognormal({', '.join(number(LN10 * each) for each in value.log_normal)})",
    TwoPiece: lambda value: _mapped(SCORE, "z", _two_piece(value, "z")),
    Uniform: _uniform,
    Triangular: lambda value: f"triangular({number(value.low)}, {number(value.mode)}, {number(value.high)})",
    Beta: lambda value: f"beta({number(value.alpha)}, {number(value.beta)})",
    Pert: _pert,
    Gamma: lambda value: f"gamma({number(value.count)}, {number(value.scale)})",
    Poisson: lambda value: f"SampleSet.fromDist(Danger.poissonDist({number(value.rate)}))",
    Samples: lambda value: _mapped(_SHARE, "u", _interpolated(value, "u")),
    Mixture: _mixture,
}
