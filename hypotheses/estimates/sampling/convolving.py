"""A sum of independent parts: their distributions are put together, which leaves little or nothing to be drawn.

Products and quotients of inputs of any shape are such sums, in orders of magnitude. Each part is laid out on a lattice
of equal steps, and the distribution of the sum is their convolution, by Fourier transforms (Embrechts and Frei, "Panjer
recursion versus FFT for compound distributions", Mathematical Methods of Operations Research 69, 2009). An input is
laid out by its quantiles. What hangs on several inputs at once is drawn 8 times; convolved with the rest its draws make
far less noise than by themselves. What the steps cost is told by a lattice of twice the step.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from hypotheses.estimates.exact import normal_of
from hypotheses.estimates.independence import independent
from hypotheses.estimates.normal_forms import NormalForm, Variable
from hypotheses.estimates.sampling.drawing import log10
from hypotheses.estimates.sampling.inverse import at_scores
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.pieces import Layer, pieces_of
from hypotheses.estimates.sampling.runs import SHOWN, Runs
from hypotheses.estimates.sampling.sampled_result import Drawn
from hypotheses.estimates.sampling.sobol_points import REPLICATES
from hypotheses.estimates.sampling.splitting import ENOUGH, NARROW, replicate_error
from hypotheses.values.distributions import Distribution
from hypotheses.values.mixtures import Mixture

_SCORES: Final = np.linspace(-6.0, 6.0, 769)
"""The normal scores at which a shape is laid out;"""
_LIKELY: Final = slice(128, -128)
"""where no two values may be equal, from -4 to 4;"""
_REACHED: Final = np.append(normal_cdf(_SCORES)[:-1], 1.0)
"""and the probability up to each."""
_STEPS: Final = 100
"""So many steps of the lattice the standard deviation of the widest shape is long, if the whole fits into"""
_LONGEST: Final = 1 << 14
"""so many."""
_TABLES: Final = 2e-5
"""What lines between the scores at which shapes are laid out may cost of a probability: 1/8 of a step squared."""
_EVENLY: Final = 500
"""The result is told in so many equally likely steps, so that every figure that is shown is the end of one;"""
_HALVINGS: Final = 10
"""the first and the last are parted so often."""
_FEWEST: Final = 20
"""With fewer steps in it all is drawn."""


class Line(NamedTuple):
    """A shape laid out."""

    share: float
    """How likely it is, where a part is one of several."""
    values: Array
    """At ever higher normal scores; they may ascend or descend."""


class SumParts(NamedTuple):
    """A sum of independent parts and a number."""

    offset: float
    width: float
    """Of a normal around zero."""
    lines: Sequence[Sequence[Line]]
    """Of each input: one shape, or one of several."""
    drawn: Sequence[NormalForm]
    """What hangs on several inputs at once."""


def parts_of(form: NormalForm) -> SumParts | None:
    """Part a sum; None if there are no two parts, or all but a normal have to be drawn: then nothing is gained."""
    offset, width = form.constant, 0.0
    lines, drawn = [], []
    for group in independent([(variable,) for variable in form.terms]):
        part = NormalForm(True, 0.0, {variable: form.terms[variable] for variable in group})
        if (normal := normal_of(part)) is not None:
            offset, width = offset + normal[0], math.hypot(width, normal[1])
        elif len(group) == 1 and (laid_out := _laid_out(group[0], part.terms[group[0]])) is not None:
            lines.append(laid_out)
        else:
            drawn.append(part)
    return SumParts(offset, width, lines, drawn) if lines and len(lines) + len(drawn) + (width > 0) > 1 else None


def _laid_out(variable: Variable, weight: float) -> list[Line] | None:
    """Lay an input out, or its logarithm; None if it is something else, or some value has a probability of its own."""
    atom = variable.source
    if atom is None:
        return None
    lines = []
    for share, shape in _shapes(atom.distribution):
        if shape.support[0] == shape.support[1]:
            return None
        values = _values(shape)
        values = weight * (values if variable is atom else log10(values))
        if not np.isfinite(values).all() or not np.diff(values[_LIKELY]).all():
            return None
        lines.append(Line(share, values))
    return lines


@lru_cache(maxsize=128)
def _values(shape: Distribution) -> Array:
    """Return the values of a shape: most stay as they were from one edit to the next."""
    return at_scores(shape, _SCORES)


def _shapes(distribution: Distribution) -> Iterable[tuple[float, Distribution]]:
    if not isinstance(distribution, Mixture):
        yield 1.0, distribution
        return
    for share, part in zip(distribution.shares, distribution.parts, strict=True):
        for inner, shape in _shapes(part):
            yield share * inner, shape


class _Lattice(NamedTuple):
    """A distribution on equal steps, in one row for each replicate, or in one for all."""

    ends: Array
    """The left end of the first step, and the right end of each."""
    reached: Array
    """The probability up to each of these, row by row."""

    def below(self, x: Array) -> Array:
        """Return the probability below some values, one row for each replicate."""
        rows = [np.interp(x, self.ends, row) for row in self.reached]
        return np.array(rows * (REPLICATES // len(rows)))


class Convolved(NamedTuple):
    """The distribution of a sum."""

    drawn: Drawn
    enough: bool
    """Whether what was drawn was drawn often enough."""


def convolved(parts: SumParts, draws: Sequence[Array]) -> Convolved | None:
    """Put the parts of a sum together; None if a lattice is too coarse for them.

    Args:
        parts: The parts.
        draws: Of each part that has to be drawn, its values replicate after replicate.
    """
    lines = [*parts.lines, *([[Line(1.0, parts.width * _SCORES)]] if parts.width else [])]
    ends = [_ends(line.values for line in part) for part in lines] + [_ends([values]) for values in draws]
    if not all(math.isfinite(low) and math.isfinite(high) for low, high in ends):
        return None
    # What is drawn may have a value with a probability of its own: what evens that out is the widest of the shapes.
    spread = math.sqrt(max(map(_variance, lines)))
    step = max(spread / _STEPS, sum(high - low for low, high in ends) / (_LONGEST - 2 * len(ends)))
    if not 0 < step * _FEWEST < spread:
        return None
    fine = _lattice(lines, draws, ends, parts.offset, step)
    layers = (Layer(1.0, _told(fine.reached.mean(axis=0), fine.ends)),)

    def grain(x: Array) -> Array:
        """What is told is off by what a lattice of twice the step would be, and by what the runs are."""
        coarse = _lattice(lines, draws, ends, parts.offset, 2 * step)
        below, coarsely = fine.below(x).mean(axis=0), coarse.below(x).mean(axis=0)
        return np.asarray(np.abs(coarsely - below) + np.abs(pieces_of(layers).cdf(x) - below) + _TABLES)

    figures = np.array([np.interp(SHOWN, row, fine.ends) for row in fine.reached])
    low, _, high = figures.mean(axis=0)
    enough = len(figures) == 1 or replicate_error(figures).max() <= min(ENOUGH, NARROW * (high - low))
    return Convolved(Drawn(layers, (), fine.below, grain), bool(enough))


def _ends(values: Iterable[Array]) -> tuple[float, float]:
    every = list(values)
    return float(min(one.min() for one in every)), float(max(one.max() for one in every))


def _variance(part: Sequence[Line]) -> float:
    weights = np.diff(_REACHED, prepend=0.0)
    means = [(line.share, float(weights @ line.values), float(weights @ line.values**2)) for line in part]
    mean = sum(share * first for share, first, _ in means)
    return max(0.0, sum(share * second for share, _, second in means) - mean * mean)


def _lattice(
    lines: Sequence[Sequence[Line]],
    draws: Sequence[Array],
    ends: Sequence[tuple[float, float]],
    offset: float,
    step: float,
) -> _Lattice:
    """Convolve everything on a lattice.

    Of a shape, what lies in a step is moved to its middle. A draw is parted between the two steps whose middles are
    nearest, so that it keeps its place on average. The sum is even over each step.
    """
    sizes = [math.ceil((high - low) / step) + 2 for low, high in ends]
    count = sum(sizes) - len(sizes) + 1
    size = 1 << (count - 1).bit_length()
    whole = np.ones((1, size // 2 + 1), dtype=np.complex128)
    for part, (low, _), steps in zip(lines, ends, sizes, strict=False):
        whole = whole * np.fft.rfft(_masses(part, low, step, steps), size)
    for values, (low, _), steps in zip(draws, ends[len(lines) :], sizes[len(lines) :], strict=True):
        whole = whole * np.fft.rfft(_counted(values, low, step, steps), size, axis=1)
    masses = np.maximum(np.fft.irfft(whole, size, axis=1)[:, :count], 0.0)
    reached = np.cumsum(np.pad(masses, ((0, 0), (1, 0))), axis=1)
    start = offset + sum(low for low, _ in ends) + (len(lines) - 1) * step / 2
    return _Lattice(np.asarray(start + step * np.arange(count + 1)), np.asarray(reached / reached[:, -1:]))


def _masses(part: Sequence[Line], low: float, step: float, steps: int) -> Array:
    """Return the probability of each step of an input."""
    reached = np.zeros(steps + 1)
    ends = low + step * np.arange(steps + 1)
    for share, values in part:
        up = values[0] < values[-1]
        reached += share * (
            np.interp(ends, values, _REACHED) if up else 1 - np.interp(ends, values[::-1], _REACHED[::-1])
        )
    reached[0], reached[-1] = 0.0, 1.0
    return np.diff(reached)


def _counted(values: Array, low: float, step: float, steps: int) -> Array:
    """Return the part of the draws that falls to each step, one row for each replicate; the first is around `low`."""
    places = ((values - low) / step).reshape(REPLICATES, -1)
    before = places.astype(np.intp)
    after = (places - before).ravel()
    rows = (before + steps * np.arange(REPLICATES)[:, None]).ravel()
    size = REPLICATES * steps
    counts = np.bincount(rows, 1 - after, size) + np.bincount(rows + 1, after, size)
    return np.asarray(counts.reshape(REPLICATES, -1) / places.shape[1])


def _told(reached: Array, ends: Array) -> Runs:
    """Tell a distribution in runs that are equally likely, and ever less likely towards its ends."""
    tails = [1 / _EVENLY / 2**halving for halving in range(_HALVINGS, 0, -1)]
    shares = np.array([*tails, *(np.arange(1, _EVENLY) / _EVENLY), *(1 - tail for tail in tails[::-1])])
    inside = np.interp(shares, reached, ends)
    first, last = np.searchsorted(reached, 0.0, side="right") - 1, np.searchsorted(reached, 1 - 1e-12)
    places = np.concatenate(([min(ends[first], inside[0])], inside, [max(ends[last], inside[-1])]))
    weights = np.diff(np.concatenate(([0.0], shares, [1.0])))
    return Runs(places[:-1], places[1:], (places[:-1] + places[1:]) / 2, weights, 0.0)
