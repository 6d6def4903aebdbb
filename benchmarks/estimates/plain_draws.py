"""Random models of a few families, and what plain draws of them give: by numpy's generator and operators alone."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import Result, estimate
from hypotheses.reading import PLAIN_READING, Reading

Array = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Array]

SHOWN: Final = (5, 50, 95)
SURE: Final = 3.0
"""So many standard errors plain draws may be off themselves."""
_Z: Final = NormalDist().inv_cdf(0.95)
_NAMES: Final = "abcd"


def _lognormal(chance: random.Random) -> tuple[str, Draw]:
    low = 10 ** chance.uniform(-1, 1)
    high = low * 10 ** chance.choice([0.2, 0.6, 1, 2, 3])
    center, deviation = np.log(low * high) / 2, np.log(high / low) / 2 / _Z
    return f"{low:.6g} to {high:.6g}", lambda rng, n: np.exp(center + deviation * rng.standard_normal(n))


def _normal(chance: random.Random) -> tuple[str, Draw]:
    center, deviation = chance.uniform(1, 20), chance.uniform(0.1, 1)
    low, high = center - _Z * deviation, center + _Z * deviation
    return f"normal {low:.9g} to {high:.9g}", lambda rng, n: center + deviation * rng.standard_normal(n)


def _two_piece(chance: random.Random) -> tuple[str, Draw]:
    mid = chance.uniform(1, 10)
    low, high = mid / chance.uniform(1.05, 5), mid * chance.uniform(1.05, 100)

    def draw(rng: np.random.Generator, n: int) -> Array:
        z = rng.standard_normal(n)
        return np.asarray(mid * np.exp(z / _Z * np.where(z > 0, np.log(high / mid), np.log(mid / low))))

    return f"{mid:.9g} ({low:.9g} to {high:.9g})", draw


def _uniform(chance: random.Random) -> tuple[str, Draw]:
    low = chance.uniform(0.1, 5)
    high = low + chance.uniform(0.5, 10)
    return f"uniform {low:.9g} to {high:.9g}", lambda rng, n: rng.uniform(low, high, n)


def _beta(chance: random.Random) -> tuple[str, Draw]:
    alpha, beta = chance.uniform(0.5, 5), chance.uniform(0.5, 20)
    return f"beta({alpha:.9g}, {beta:.9g})", lambda rng, n: rng.beta(alpha, beta, n)


def _triangular(chance: random.Random) -> tuple[str, Draw]:
    low = chance.uniform(0.1, 5)
    mode, high = low + chance.uniform(0, 5), low + 5 + chance.uniform(0.1, 5)
    text = f"triangular({low:.9g}, {mode:.9g}, {high:.9g})"
    return text, lambda rng, n: rng.triangular(low, mode, high, n)


def _samples(chance: random.Random) -> tuple[str, Draw]:
    values = sorted({round(10 ** chance.uniform(-0.5, 1.5), 3) for _ in range(chance.randint(3, 8))})
    places = (np.arange(len(values)) + 0.5) / len(values)
    return f"samples({', '.join(map(str, values))})", lambda rng, n: np.interp(rng.random(n), places, values)


def _mixture(chance: random.Random) -> tuple[str, Draw]:
    first, draw_first = chance.choice([_lognormal, _uniform])(chance)
    second, draw_second = chance.choice([_normal, _triangular])(chance)
    share = chance.choice([0.05, 0.3, 0.5, 0.8])

    def draw(rng: np.random.Generator, n: int) -> Array:
        return np.where(rng.random(n) < share, draw_first(rng, n), draw_second(rng, n))

    return f"mixture({share}: {first}, {1 - share:.9g}: {second})", draw


SHAPES: Final = (_lognormal, _normal, _two_piece, _uniform, _beta, _triangular, _samples, _mixture)
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "corners": ("max(a, b) - c", "abs(a - b)", "max(a * b, c)", "min(a, b, c)", "max(0, a - b) + c", "abs(a - b) * c"),
    "differences": ("a - b", "a * b - c", "a - b * c", "(a - b) * c", "a * b - c * d"),
    "squares": ("(a * b) ** 2 - 3", "(a - b) ** 2", "a ** 2 + b ** 2", "(a + b) ** 2 - c", "sqrt(a) * b - c ** 2"),
    "least and greatest": ("min(a * b, c)", "max(a, b, c)", "min(a, 5) * max(b, 2)", "min(a + b, c + d)"),
    "quotients": ("a / (a + b)", "a / b - c / d", "(a + b) / c", "1 / (a + b) + c", "(a - b) / c"),
    "exponentials": ("exp(-a) * b", "exp(a / 10) - b", "a * exp(-b / 5) + c", "1 - exp(-a / 20) * b", "2 ** (a / b)"),
    "sums": ("a + b", "a + b + c", "a * b + c", "(a + b) * c + d"),
    "three shapes": ("a * b * c", "a * b / c", "a + b + c", "a * b + c", "(a + b) * c"),
}


@dataclass(frozen=True)
class RandomModel:
    """A debate of one gap, and how to draw its inputs plainly."""

    debate: Debate
    draws: Mapping[str, Draw]

    @property
    def gap(self) -> Gap:
        """The gap."""
        return self.debate.gaps["g"]


def random_model(family: str, seed: int) -> RandomModel:
    """Return a model of a family; the same for the same seed."""
    chance = random.Random(f"{family} {seed}")
    formula = chance.choice(FAMILIES[family])
    shapes = chance.sample(SHAPES, 4) if family == "three shapes" else [chance.choice(SHAPES) for _ in range(4)]
    inputs = {name: shape(chance) for name, shape in zip(_NAMES, shapes, strict=True)}
    factor = round(10 ** chance.uniform(-1, 1), 3)
    hypothesis = Hypothesis("h", "H", plausibility=0.4, effects={"a": f"a * {factor}"})
    numbers = Debate(
        "random",
        formula,
        quantities={
            name: Quantity(name, readings={PLAIN_READING: Reading(text)}) for name, (text, _) in inputs.items()
        },
        gaps={"g": Gap("g", formula, unit="points")},
        hypotheses={"h": hypothesis},
    )
    draws = {name: draw for name, (_, draw) in inputs.items()}
    return RandomModel(numbers, {**draws, "factor": lambda _, n: np.full(n, factor)})


@dataclass(frozen=True)
class Plain:
    """Draws of the gap now, under the hypothesis, of what it explains, and of the gap weighed by its plausibility."""

    now: Array
    under: Array
    explained: Array
    weighed: Array


def plainly(model: RandomModel, count: int, seed: int = 1) -> Plain:
    """Draw a model by numpy's generator; formulas are numpy's too."""
    rng = np.random.default_rng(seed)
    values = {name: draw(rng, count) for name, draw in model.draws.items()}
    now = _worked_out(model.gap.formula, values)
    under = _worked_out(model.gap.formula, {**values, "a": values["a"] * values["factor"]})
    weighed = np.where(rng.random(count) < model.debate.hypotheses["h"].plausibility, under, now)
    return Plain(now, under, now - under, weighed)


_FUNCTIONS: Final = {
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "min": lambda *values: np.minimum.reduce(np.broadcast_arrays(*values)),
    "max": lambda *values: np.maximum.reduce(np.broadcast_arrays(*values)),
}


@np.errstate(all="ignore")
def _worked_out(formula: str, values: Mapping[str, Array]) -> Array:
    return np.asarray(eval(formula, {"__builtins__": {}}, {**_FUNCTIONS, **values}))


class Off(NamedTuple):
    """A figure that is shown, and how it compares with plain draws."""

    figure: str
    shown: float
    error: float
    """The error that is shown with it."""
    low: float
    """Where the right value lies, by plain draws: three standard errors to either side."""
    high: float

    @property
    def outside(self) -> bool:
        """Whether the right value lies outside of the error."""
        slack = self.error + 1e-9 * max(abs(self.low), abs(self.high))
        return not self.low - slack <= self.shown <= self.high + slack


def compared(result: Result, draws: Array) -> Iterator[Off]:
    """Yield p5, median, p95 and the mean, if it is known, of a result, beside what plain draws of it give."""
    ordered = np.sort(draws)
    for p, error in zip(SHOWN, result.errors or (0.0, 0.0, 0.0), strict=True):
        share = p / 100
        reach = SURE * math.sqrt(draws.size * share * (1 - share))
        low, high = (float(ordered[int(draws.size * share + side * reach)]) for side in (-1, 1))
        yield Off(f"p{p}", result.percentile(p), error, low, high)
    mean = result.mean
    if not mean.reason:
        right, unsure = float(draws.mean()), SURE * float(draws.std()) / math.sqrt(draws.size)
        yield Off("mean", mean.value, mean.error or 0.0, right - unsure, right + unsure)


def held(family: str, seed: int, count: int) -> dict[str, list[Off]]:
    """Return how the figures of a random model compare with so many plain draws, by what they are of.

    Left out is what plain draws cannot tell, as some of them are beyond floats.
    """
    model = random_model(family, seed)
    gap, plain = estimate(model.debate).gaps["g"], plainly(model, count)
    pairs = {
        "now": (gap.now, plain.now),
        "under": (gap.under["h"], plain.under),
        "explained": (gap.explained["h"], plain.explained),
        "weighed": (gap.weighed, plain.weighed),
    }
    return {
        name: list(compared(result, draws))
        for name, (result, draws) in pairs.items()
        if result is not None and np.isfinite(draws).all()
    }
