"""One of several results, each with its probability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from hypotheses.estimates.results import NormalResult, Result
from hypotheses.estimates.sampling.drawn_normals import DrawnNormals, mixed, normals_of, single_normal
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.sampled_result import SampledResult
from hypotheses.estimates.sampling.sobol_points import REPLICATES
from hypotheses.estimates.sampling.splitting import outline_of

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
