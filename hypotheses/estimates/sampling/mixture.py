"""One of several results, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.normal_forms import NormalForm
from hypotheses.estimates.results import NormalResult, Result
from hypotheses.estimates.sampling.drawing import power10
from hypotheses.estimates.sampling.drawn_normals import DrawnNormals, lone_normals, mixed, normals_of, single_normal
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.sampled_result import SampledResult, shares_below
from hypotheses.estimates.sampling.sobol_points import REPLICATES, Draws
from hypotheses.estimates.sampling.splitting import outline_of, split

_MIXING: Final = 10**6
"""The dimension that picks the part of a mixture, apart from those of all inputs."""
_TINY: Final = 1e-300
_LAID_OUT: Final = 512
"""Of a result that is not a sum of normals here, so many percentiles stand for it."""


@np.errstate(all="ignore")
def sampled_mixture(parts: Sequence[tuple[float, Result]]) -> SampledResult:
    """Return one of several results, each with its probability: their distributions are weighed, nothing is drawn."""
    power = all(_power(result) for _, result in parts)
    normals = mixed([(share, _normals(result, power)) for share, result in parts])
    sampled = [(share, result) for share, result in parts if isinstance(result, SampledResult)]

    def shares(x: Array) -> Array:
        below = np.zeros((REPLICATES, x.size))
        for share, result in sampled:
            below += share * result.by_replicate(x if power == result.power else np.log10(np.fmax(x, _TINY)))
        return below

    return SampledResult(normals, power, shares)


def _power(result: Result) -> bool:
    return isinstance(result, NormalResult | SampledResult) and result.power


def _normals(result: Result, power: bool) -> DrawnNormals:
    """Return a result, or its logarithm if all are powers, as a sum of normals."""
    if _power(result) == power:
        if isinstance(result, SampledResult):
            return result.normals
        if isinstance(result, NormalResult):
            return single_normal(result.center, result.deviation)
    percentiles = [100 * (place + 0.5) / _LAID_OUT for place in range(_LAID_OUT)]
    values = np.array([result.percentile(p) for p in percentiles])
    return normals_of(outline_of(values[None, :]))


@np.errstate(all="ignore")
def picked_result(parts: Sequence[tuple[float, NormalForm]], draws: Draws) -> SampledResult:
    """Return one of very many forms: each draw is of one of them, picked by a dimension of its own."""
    ends = np.cumsum([weight for weight, _ in parts])
    picked = np.minimum(np.searchsorted(ends, draws.uniforms(_MIXING) * ends[-1]), len(parts) - 1)
    found = [(rows, split(parts[number][1], draws)) for number, rows in _places(picked)]
    power = all(one.power for _, one in found)
    values, widths = np.zeros((2, picked.size))
    for rows, one in found:
        values[rows] = one.core.rows(rows) + one.offset
        if one.power and not power:
            values[rows] = power10(values[rows] + one.width * draws.scores(_MIXING + 1)[rows])
        else:
            widths[rows] = one.width
    return SampledResult(lone_normals(values, widths), power, lambda x: shares_below(values, widths, x))


def _places(picked: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    """Yield each part that is picked, and by which draws."""
    order = np.argsort(picked, kind="stable")
    numbers, starts = np.unique(picked[order], return_index=True)
    yield from zip(numbers.tolist(), np.split(order, starts[1:]))
