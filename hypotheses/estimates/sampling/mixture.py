"""One of several results, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.normal_forms import NormalForm
from hypotheses.estimates.outcomes import NormalOutcome, Outcome
from hypotheses.estimates.sampling.bells import Bells, bells_of, lone_bells, mixed, single_bell
from hypotheses.estimates.sampling.drawing import power10
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.outcome import SampledOutcome, shares_below
from hypotheses.estimates.sampling.sobol_points import REPLICATES, Draws
from hypotheses.estimates.sampling.splitting import outline_of, plan

_MIXING: Final = 10**6
"""The dimension that picks the part of a mixture, apart from those of all inputs."""
_TINY: Final = 1e-300
_LAID_OUT: Final = 512
"""Of an outcome that is not a sum of normals here, so many percentiles stand for it."""


@np.errstate(all="ignore")
def sampled_mixture(parts: Sequence[tuple[float, Outcome]]) -> SampledOutcome:
    """Return one of several outcomes, each with its probability: their distributions are weighed, nothing is drawn."""
    power = all(_power(outcome) for _, outcome in parts)
    bells = mixed([(share, _bells(outcome, power)) for share, outcome in parts])
    sampled = [(share, outcome) for share, outcome in parts if isinstance(outcome, SampledOutcome)]

    def shares(x: Array) -> Array:
        below = np.zeros((REPLICATES, x.size))
        for share, outcome in sampled:
            below += share * outcome.by_replicate(x if power == outcome.power else np.log10(np.fmax(x, _TINY)))
        return below

    return SampledOutcome(bells, power, shares)


def _power(outcome: Outcome) -> bool:
    return isinstance(outcome, NormalOutcome | SampledOutcome) and outcome.power


def _bells(outcome: Outcome, power: bool) -> Bells:
    """Return an outcome, or its logarithm if all are powers, as a sum of normals."""
    if _power(outcome) == power:
        if isinstance(outcome, SampledOutcome):
            return outcome.bells
        if isinstance(outcome, NormalOutcome):
            return single_bell(outcome.center, outcome.deviation)
    percentiles = [100 * (place + 0.5) / _LAID_OUT for place in range(_LAID_OUT)]
    values = np.array([outcome.percentile(p) for p in percentiles])
    return bells_of(outline_of(values[None, :]))


@np.errstate(all="ignore")
def picked_outcome(parts: Sequence[tuple[float, NormalForm]], draws: Draws) -> SampledOutcome:
    """Return one of very many forms: each draw is of one of them, picked by a dimension of its own."""
    ends = np.cumsum([weight for weight, _ in parts])
    picked = np.minimum(np.searchsorted(ends, draws.uniforms(_MIXING) * ends[-1]), len(parts) - 1)
    found = [(rows, plan(parts[number][1], draws)) for number, rows in _places(picked)]
    power = all(one.power for _, one in found)
    values, widths = np.zeros((2, picked.size))
    for rows, one in found:
        values[rows] = one.core.rows(rows) + one.offset
        if one.power and not power:
            values[rows] = power10(values[rows] + one.width * draws.scores(_MIXING + 1)[rows])
        else:
            widths[rows] = one.width
    return SampledOutcome(lone_bells(values, widths), power, lambda x: shares_below(values, widths, x))


def _places(picked: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    """Yield each part that is picked, and by which draws."""
    order = np.argsort(picked, kind="stable")
    numbers, starts = np.unique(picked[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, starts[1:]))
