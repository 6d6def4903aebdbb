"""Results by drawing, of one seed, and what is remembered from one of them to the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import wraps
from threading import RLock
from typing import Concatenate, Final, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from hypotheses.arithmetic import LN10
from hypotheses.estimates.directions import Basis, log_direction, sum_direction
from hypotheses.estimates.expectation import RARE, Mean
from hypotheses.estimates.means import hangs_on_rare_parts, mean_of
from hypotheses.estimates.normal_forms import NormalForm, support
from hypotheses.estimates.results import Result
from hypotheses.estimates.sampling.convolving import Convolved, SumParts, convolved, parts_of
from hypotheses.estimates.sampling.drawing import Drawing, power10, straight
from hypotheses.estimates.sampling.drawn_variance import drawn_variance
from hypotheses.estimates.sampling.mixture import sampled_mixture
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.pieces import Layer, Normals
from hypotheses.estimates.sampling.runs import runs_of
from hypotheses.estimates.sampling.sampled_result import Drawn, SampledResult, drawn_mean, shares_below
from hypotheses.estimates.sampling.sobol_points import BESIDE, PICKING, POINTS, REPLICATES, Draws
from hypotheses.estimates.sampling.splitting import Core, Split
from hypotheses.estimates.variance import VarianceParts

Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")
REMEMBERED: Final = 64
"""So many cores are remembered."""
SOME: Final = POINTS // 4
"""So many points of each replicate are enough of most parts of a sum that is put together."""
GRAIN: Final = 1 / (REPLICATES * POINTS)
"""So much of the probability one draw stands for."""


def _one_at_a_time(
    work_out: Callable[Concatenate[Sampling, Arguments], Outcome], /
) -> Callable[Concatenate[Sampling, Arguments], Outcome]:
    """Have only one thread draw at a time, as figures may be read late, and no sum warn."""

    @wraps(work_out)
    def alone(sampling: Sampling, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Outcome:
        with sampling.lock, np.errstate(all="ignore"):
            return work_out(sampling, *arguments, **named)

    return alone


class Sampling:
    """Draws results; two of the same forms and seed are the same."""

    def __init__(self, seed: int = 0) -> None:
        self._draws = Draws(seed)
        self.lock = RLock()
        self._cores: dict[Hashable, Core] = {}
        """What has been drawn lately."""

    @_one_at_a_time
    def result(self, form: NormalForm, orders: bool = True) -> SampledResult:
        """Return the result of any form: drawn as often as is enough, in orders of magnitude or in units."""
        parts = parts_of(form) if form.power or orders else None
        together = None if parts is None else self._together(parts)
        if together is not None:
            return SampledResult(together.drawn, form.power, lambda: mean_of(form, self.mean))
        core, offset, width, power = self._split(form, orders)
        runs, redraw = core.runs(width)

        def by_replicate(x: Array) -> Array:
            return shares_below(redraw() + offset, width, x)

        drawn = Drawn((Layer(1.0, runs, offset, width),), (), by_replicate, lambda _: 0.0 if width else GRAIN)
        return SampledResult(drawn, power, lambda: mean_of(form, self.mean))

    def _together(self, parts: SumParts) -> Convolved | None:
        """Put a sum of independent parts together, drawing what has to be as often as is enough."""
        if not parts.drawn:
            return convolved(parts, [])
        splits = [self._split(form) for form in parts.drawn]
        widths = [split.width for split in splits]
        whole = parts._replace(
            offset=parts.offset + sum(split.offset for split in splits), width=math.hypot(parts.width, *widths)
        )
        draws = [split.core.values(SOME) for split in splits]
        together = convolved(whole, draws)
        if together is None or together.enough:
            return together
        return convolved(whole, [split.core.values() for split in splits])

    @_one_at_a_time
    def mean(self, form: NormalForm) -> Mean:
        """Return the mean of a form by drawing it, with what a few of the draws make of it as a part of the error."""
        if hangs_on_rare_parts(form):
            return Mean.unknown(RARE)
        core, offset, width, power = self._split(form)
        values = core.values() + offset
        if power:
            return drawn_mean(power10(values) * 10 ** (LN10 * width * width / 2))
        return drawn_mean(values)

    def mixture(self, parts: Sequence[tuple[float, Result]]) -> SampledResult:
        """Return one of several results, each with its probability."""
        return sampled_mixture(parts)

    @_one_at_a_time
    def picked(self, parts: Sequence[tuple[float, NormalForm]]) -> SampledResult:
        """Return one of very many forms: each draw is of one of them, picked by a dimension of its own."""
        ends = np.cumsum([weight for weight, _ in parts])
        picked = np.minimum(np.searchsorted(ends, self._draws.uniforms(PICKING) * ends[-1]), len(parts) - 1)
        splits = [(rows, self._split(parts[number][1])) for number, rows in _places(picked)]
        power = all(split.power for _, split in splits)
        values, widths = np.zeros((2, picked.size))
        for rows, split in splits:
            values[rows] = split.core.rows(rows) + split.offset
            if split.power and not power:
                values[rows] = power10(values[rows] + split.width * self._draws.scores(BESIDE)[rows])
            else:
                widths[rows] = split.width
        wide = widths > 0
        share = float(np.count_nonzero(wide)) / wide.size
        layers = (Layer(1 - share, runs_of(values[~wide])),) if share < 1 else ()
        normals = (Normals(share, values[wide], widths[wide]),) if share else ()
        drawn = Drawn(layers, normals, lambda x: shares_below(values, widths, x), lambda _: GRAIN)
        means = power10(values + LN10 * widths * widths / 2) if power else values
        return SampledResult(drawn, power, lambda: drawn_mean(means))

    @_one_at_a_time
    def variance(self, form: NormalForm) -> VarianceParts:
        """Return mean and variance of a form, and what each input makes of it."""
        return drawn_variance(form, self._draws)

    def _split(self, form: NormalForm, orders: bool = True) -> Split:
        """Part a form into what has to be drawn and what is normal whatever the rest does.

        `orders` says whether the form is measured in orders of magnitude.
        """
        direction, logarithm = sum_direction(form), False
        if not form.power and not direction.slope and form.terms and support(form).positive:
            direction, logarithm = log_direction(form), True
        basis = Basis(direction.fixed)
        offset, scores, others = straight(form)
        kept = offset if logarithm else 0.0
        inside = tuple(basis.coordinates(scores).items())
        power = form.power or logarithm
        key = (logarithm, orders or power, kept, inside, tuple(others))
        core = self._cores.pop(key, None)
        if core is None:
            drawn = form._replace(constant=form.constant + kept - offset)
            core = Core(Drawing(drawn, basis), basis.size, logarithm, orders or power, self._draws)
        self._cores[key] = core
        if len(self._cores) > REMEMBERED:
            del self._cores[next(iter(self._cores))]
        return Split(core, offset - kept, basis.outside(direction.slope), power)


def _places(picked: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    """Yield each part that is picked, and by which draws."""
    order = np.argsort(picked, kind="stable")
    numbers, starts = np.unique(picked[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, starts[1:]))
