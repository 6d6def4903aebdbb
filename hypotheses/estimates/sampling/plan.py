"""How a form is drawn: in as few dimensions as it needs, turned the way it runs, and no more often than is enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.forms import Form, support
from hypotheses.estimates.motion import Basis, log_motion, sum_motion
from hypotheses.estimates.sampling.drawing import Axis, Drawing, log10
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.points import FEW, KEPT, REPLICATES, Draws

SMOOTH: Final = 8
"""Few draws are enough where the width around them is at least the range of their middle 90% divided by this,"""
PLAIN: Final = 3
"""in up to this many dimensions."""
_STEPS: Final = 8
"""Into how many steps the way of the draws is rounded: so coarse that the last bits of a machine cannot change it."""


class Sample(NamedTuple):
    """Draws of a sum, replicate after replicate. To each belongs a normal around it, alike and independent of them."""

    values: Array
    width: float
    """The standard deviation of that normal."""
    power: bool
    """Whether the value is ten to the power of the sum."""


class Plan:
    """How one form is drawn; `draw` says the same whenever it is asked."""

    def __init__(self, form: Form, draws: Draws) -> None:
        self._form = form
        self._draws = draws
        motion, self._logarithm = sum_motion(form), False
        if not form.power and not motion.slope and form.terms and support(form).positive:
            motion, self._logarithm = log_motion(form), True
        self._basis = Basis(motion.fixed)
        self._width = self._basis.outside(motion.slope)

    def draw(self, points: int) -> Sample:
        """Draw so many points of each replicate."""
        if points == FEW or self._way is None:
            return self._drawn(lambda place: self._draws.scores(place, points), REPLICATES * points)
        axes = [self._draws.scores(place, points) for place in range(self._basis.size)]
        return self._drawn(_turned(self._way, axes), REPLICATES * points)

    def rows(self, rows: npt.NDArray[np.int64]) -> Sample:
        """Draw some of the points."""
        return self._drawn(lambda place: self._draws.scores(place)[rows], rows.size)

    def enough(self, few: Sample) -> bool:
        """Return whether a few draws are enough."""
        low, high = _middle(few.values)
        return self._width * SMOOTH >= high - low and self._basis.size <= PLAIN

    @np.errstate(all="ignore")
    def _drawn(self, axis: Axis, size: int) -> Sample:
        values = Drawing(self._form, self._basis, axis, size).sum()
        return Sample(log10(values) if self._logarithm else values, self._width, self._form.power or self._logarithm)

    @cached_property
    def _way(self) -> Array | None:
        """The direction of the line through the draws without their extremes: roughly is enough."""
        if not 1 < self._basis.size <= KEPT:
            return None
        values = self.draw(FEW).values
        low, high = _middle(values)
        if not -math.inf < low < high < math.inf:
            return None
        values = np.clip(values, low, high) - (low + high) / 2
        # Not `@`: its threads cost more than they save here, and sum in another order on every machine.
        places = range(self._basis.size)
        way = np.array([float(np.einsum("i,i->", values, self._draws.scores(place, FEW))) for place in places])
        largest = float(np.abs(way).max())
        return np.rint(way / largest * _STEPS) if largest > 0 else None


def _middle(values: Array) -> tuple[float, float]:
    """Return the 5th and 95th percentile of some draws."""
    ends = values.size // 20, values.size - 1 - values.size // 20
    found = np.partition(values, ends)
    return float(found[ends[0]]), float(found[ends[1]])


def _turned(way: Array, axes: Sequence[Array]) -> Callable[[int], Array]:
    """Return axes of which the first, the most even dimension, runs along a direction.

    Turning is a reflection that swaps the first axis with that direction (Householder 1958).
    """
    mirror = way / math.sqrt(float(np.einsum("i,i->", way, way)))
    mirror[0] -= 1.0
    size = float(np.einsum("i,i->", mirror, mirror))
    if size == 0:
        return axes.__getitem__
    along = np.zeros_like(axes[0])
    for part, scores in zip(mirror.tolist(), axes, strict=True):
        along += part * scores
    along *= 2 / size
    return [scores - part * along for part, scores in zip(mirror.tolist(), axes, strict=True)].__getitem__
