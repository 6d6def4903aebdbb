"""One of several results, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from hypotheses.estimates.expectation import mixed_mean
from hypotheses.estimates.results import NormalResult, Result
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.pieces import Layer, Normals
from hypotheses.estimates.sampling.runs import Runs, runs_through
from hypotheses.estimates.sampling.sampled_result import Drawn, SampledResult
from hypotheses.estimates.sampling.sobol_points import REPLICATES

_TINY: Final = 1e-300
_LAID_OUT: Final = 512
"""A result that is not a sum of normals here is laid out in so many equally likely steps."""


@np.errstate(all="ignore")
def sampled_mixture(parts: Sequence[tuple[float, Result]]) -> SampledResult:
    """Return one of several results, each with its probability: their distributions are weighed, nothing is drawn."""
    power = all(_power(result) for _, result in parts)
    stands = list(_weighed(parts, power))
    layers = tuple(each for each in stands if isinstance(each, Layer))
    normals = tuple(each for each in stands if isinstance(each, Normals))
    sampled = [(share, result) for share, result in parts if isinstance(result, SampledResult)]

    def shares(x: Array) -> Array:
        below = np.zeros((REPLICATES, x.size))
        for share, result in sampled:
            at = x if power == result.power else np.log10(np.fmax(x, _TINY))
            below += share * result.drawn.by_replicate(at)
        return below

    def grain(x: Array) -> Array | float:
        total: Array | float = 0.0
        for share, result in sampled:
            at = x if power == result.power else np.log10(np.fmax(x, _TINY))
            total = total + share * result.drawn.grain(at)
        return total

    drawn = Drawn(layers, normals, shares, grain)
    return SampledResult(drawn, power, lambda: mixed_mean([(share, result.mean) for share, result in parts]))


def _power(result: Result) -> bool:
    return isinstance(result, NormalResult | SampledResult) and result.power


def _weighed(parts: Sequence[tuple[float, Result]], power: bool) -> Iterator[Layer | Normals]:
    """Yield what stands for each result, or for its logarithm if all are powers."""
    for share, result in parts:
        if isinstance(result, SampledResult) and result.power == power:
            yield from (layer._replace(share=share * layer.share) for layer in result.drawn.layers)
            yield from (normals._replace(share=share * normals.share) for normals in result.drawn.normals)
        elif isinstance(result, NormalResult) and result.power == power:
            yield Normals(share, np.array([result.center]), np.array([result.deviation]))
        else:
            yield from (Layer(share * part, runs) for part, runs in _laid_out(result))


_KNOWN: Final[WeakKeyDictionary[Result, Sequence[tuple[float, Runs]]]] = WeakKeyDictionary()
"""How results were laid out: those under a set of hypotheses outlast a change of plausibilities."""


def _laid_out(result: Result) -> Sequence[tuple[float, Runs]]:
    """Return a result as runs, in parts that have a probability each; this searches for hundreds of percentiles."""
    known = _KNOWN.get(result)
    if known is None:
        known = _raised(result) or [(part, runs_through(values)) for part, values in result.spread(_LAID_OUT)]
        _KNOWN[result] = known
    return known


def _raised(result: Result) -> Sequence[tuple[float, Runs]] | None:
    """Return what is ten to the power of runs as runs, run by run; None if it is nothing of that kind."""
    if not (isinstance(result, SampledResult) and result.power) or result.drawn.normals:
        return None
    raised = []
    for share, runs, offset, width in result.drawn.layers:
        lows, highs, means = (10.0 ** (column + offset) for column in (runs.lows, runs.highs, runs.means))
        if width or not np.isfinite(highs).all():
            return None
        raised.append((share, Runs(lows, highs, means, runs.weights, runs.below)))
    return raised
