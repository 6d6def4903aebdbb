"""What a gap hangs on: each input's share of the variance, where it leads at its ends, where it breaks even."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hypotheses.arithmetic import FAULTS, power10
from hypotheses.debate import OOM, Gap
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.form_values import value_at
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.normal_forms import Atom, NormalForm
from hypotheses.estimates.sampler import Sampler
from hypotheses.estimates.variance import inputs_in_order

_ORDERS: Final = 12
"""Over so many orders of magnitude to either side a break-even is looked for; at 16 a float rounds a sum off."""
_WIDTHS: Final = 20
"""Over so many interval widths, where an input can be below zero."""
_NEAR: Final = 1e-6
"""So near to 0 OOM is 0 OOM;"""
_EXACTLY: Final = 1e-12
"""so near it comes where that costs nothing,"""
_SAMPLED: Final = 1e-4
"""and so near where the median is sampled: no nearer than it is known."""
_REACHES: Final = (0.0, 0.25, 0.4, 0.45, 0.49, 0.499)
"""How far from the median the percentiles lie between which a zero of the median is looked for if all else fails."""
_STEPS: Final = 60
"""So many steps by secants, and then"""
_HALVINGS: Final = 100
"""so many halvings are made towards a zero."""
_WIDENINGS: Final = 24
"""So often the way around a first guess is widened to find the median's own break-even,"""
_WIDER: Final = 1.5
"""each time by this factor."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much one input matters to a gap."""

    quantity: str
    """The quantity's symbol, or `slug.name` for an assumption of a hypothesis in the scenario."""
    variance_share: float | None
    """The part of the gap's variance that goes, on average, once this input is known (first order); None if unknown."""
    break_even: float | None
    """The value nearest to its median at which the gap's median is 0 OOM; None if no value that it can have does it."""
    low: float
    """The gap's median with this input at its 5th percentile."""
    high: float
    """The gap's median with this input at its 95th percentile."""


def sensitivities(evaluation: Evaluation, gap: Gap, scenario: int, sampler: Sampler) -> tuple[Sensitivity, ...]:
    """Return the sensitivity of a gap to each input it needs, those with the largest share of the variance first.

    Args:
        evaluation: Where the gap comes from.
        gap: The gap.
        scenario: The set of hypotheses it is looked at under.
        sampler: How to work out results.

    Raises:
        Unavailable: the gap is broken.
    """
    form = evaluation.shown(gap, scenario)
    shares, used = sampler.shares(form), set(inputs_in_order(form))
    enough = _NEAR if sampler.result(form, gap.unit == OOM).method == "exact" else _SAMPLED
    by_input = []
    for name in evaluation.inputs_of(gap.symbol, scenario):
        given = evaluation.given(name)
        if isinstance(given, Atom) and given not in used:
            continue
        median = _Median(evaluation, gap, scenario, sampler, name)
        if isinstance(given, Atom):
            low, high = (median(given.distribution.quantile(p)) for p in (0.05, 0.95))
            share = shares.get(given, 0.0)
        else:
            low = high = median(given)
            share = 0.0
        even = _break_even(median, enough) if gap.unit == OOM else None
        by_input.append(Sensitivity(name, share, even, low, high))
    return tuple(sorted(by_input, key=lambda one: -(one.variance_share or 0.0)))


Function = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class _Median:
    """How the gap's median follows one input, were that known."""

    evaluation: Evaluation
    gap: Gap
    scenario: int
    sampler: Sampler
    name: str

    def __call__(self, value: float) -> float:
        """Return the median at a value; not a number where it has none."""
        try:
            form = self.evaluation.known(self.name, value).shown(self.gap, self.scenario)
            return self.sampler.result(form, self.gap.unit == OOM).median
        except (Unavailable, *FAULTS):
            return math.nan

    def freed(self) -> tuple[Atom, NormalForm] | None:
        """Return the input as an uncertain one, and the gap as a form of it; None if it has none."""
        given = self.evaluation.given(self.name)
        try:
            if isinstance(given, Atom):
                return given, self.evaluation.shown(self.gap, self.scenario)
            freed, atom = self.evaluation.freed(self.name, given)
            return atom, freed.shown(self.gap, self.scenario)
        except Unavailable:
            return None


def _break_even(median: _Median, enough: float) -> float | None:
    """Return the value of one input, of those that it can have, at which the gap's median is 0 OOM: the nearest one.

    It is first looked for with all other inputs at their medians, outwards from the input's own, and then moved to
    where the gap's median itself is zero.
    """
    if (freed := median.freed()) is None:
        return None
    atom, form = freed
    here = atom.distribution.quantile(0.5)

    def at_medians(value: float) -> float:
        return value_at(form, {atom: value})

    roots = [root for side in (1, -1) for root in _roots(at_medians, _outwards(atom, side))]
    for root in sorted(roots, key=lambda one: _distance(atom, here, one)):
        if abs(median(root)) <= enough:
            return _possible(median, root)
        if (moved := _moved(median, atom, root, enough)) is not None:
            return _possible(median, moved)
    return _possible(median, _within(median, atom, enough)) if enough == _SAMPLED else None


def _possible(median: _Median, value: float | None) -> float | None:
    """Return a value that an uncertain input can have; None of any other."""
    given = median.evaluation.given(median.name)
    impossible = value is not None and isinstance(given, Atom) and not given.distribution.possible(value)
    return None if impossible else value


def _within(median: Function, atom: Atom, enough: float) -> float | None:
    """Return the nearest value at which the gap's median is zero between the percentiles of an uncertain input."""
    if atom.distribution.quantile(0.01) == atom.distribution.quantile(0.99):
        return None
    for side in (1, -1):
        values = [atom.distribution.quantile(0.5 + side * reach) for reach in _REACHES]
        medians = [median(value) for value in values]
        for (near, low), (far, high) in pairwise(zip(values, medians, strict=True)):
            if low * high <= 0:
                return _zero(median, near, far, enough)
    return None


def _distance(atom: Atom, here: float, value: float) -> float:
    return abs(math.log(value / here)) if atom.support.positive else abs(value - here)


def _outwards(atom: Atom, side: int) -> list[float]:
    """Return values further and further from an input's median to one side, none of which it cannot have."""
    here, reach = atom.distribution.quantile(0.5), atom.support
    powers = [power10(step / 4) for step in range(4 * _ORDERS + 1)]
    if reach.positive:
        values = [here * power if side > 0 else here / power for power in powers]
    else:
        width = (atom.interval.high - atom.interval.low) or max(1.0, abs(here))
        values = [here + side * step * width / 4 for step in range(4 * _WIDTHS + 1)]
        if here * side < 0:  # towards zero, where what is above it alone has an order of magnitude
            values += [here / power for power in powers]
    inside = sorted({value for value in values if reach.low < value < reach.high}, reverse=side < 0)
    end = reach.high if side > 0 else reach.low
    return [*inside, end] if math.isfinite(end) and (end or not reach.positive) else inside


def _roots(function: Function, values: list[float]) -> Iterator[float]:
    """Yield the first value at which a function is zero: a value itself, or between two at which its sign differs."""
    for near, far in pairwise(values):
        low, high = function(near), function(far)
        if low * high <= 0 and abs(function(root := _zero(function, near, far))) <= _NEAR:
            yield root
            return


def _moved(median: Function, atom: Atom, root: float, enough: float) -> float | None:
    """Return where the gap's median is zero near to a first guess; None if it is not within reach."""
    here, size = median(root), 0.01 * (math.log(10) if atom.support.positive else (abs(root) or 1.0))
    ends = {1: (root, here), -1: (root, here)}
    for _ in range(_WIDENINGS):
        for side, (last, value) in ends.items():
            far = root * math.exp(side * size) if atom.support.positive else root + side * size
            far = min(max(far, atom.support.low), atom.support.high)
            there = median(far)
            if value * there <= 0:
                return _zero(median, last, far, enough)
            ends[side] = (far, there)
        size *= _WIDER
    return None


def _zero(function: Function, near: float, far: float, enough: float = _EXACTLY) -> float:
    """Return where a function is nearly zero between two values at which its sign differs.

    Secants that keep the bracket and halve the value at an end that stays (the Illinois algorithm: Dowell and Jarratt
    1971), and halving where that is slow.
    """
    low, high = function(near), function(far)
    for step in range(_STEPS):
        if abs(low) <= enough or not math.isfinite(low + high):
            break
        middle = far - high * (far - near) / (high - low) if step % 4 else near + (far - near) / 2
        if not min(near, far) < middle < max(near, far):
            break
        value = function(middle)
        if value * high <= 0:
            near, low = far, high
        else:
            low /= 2
        far, high = middle, value
        if abs(high) <= enough:
            return far
    return near if abs(low) <= enough else _halved(function, near, far)


def _halved(function: Function, near: float, far: float) -> float:
    """Return where a function changes sign between two values, by halving."""
    start = function(near)
    for _ in range(_HALVINGS):
        middle = near + (far - near) / 2
        if middle in (near, far):
            break
        if function(middle) * start > 0:
            near = middle
        else:
            far = middle
    return far
