"""A distribution as a sum of many normals: what is kept of a sample."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from hypotheses.estimates.arithmetic import LARGEST, LN10
from hypotheses.estimates.quantile_search import ROUNDS, Search
from hypotheses.estimates.sampling.normal import Array, normal_cdf
from hypotheses.estimates.sampling.splitting import FINE, OVERLAP, Outline, apart, unit_of

_SHARP: Final = 1e-13
"""The width of a single value, as a part of its size or of the range of the middle 90%."""
_NEAR: Final = 1e-3
"""The last step of a search, as a part of that range."""
LEAST: Final = (32, 256)
"""The fewest that stand for a part of a mixture: if there were few before, and else."""
_NINETY: Final = 3.29
"""How many standard deviations the middle 90% of a normal are wide."""
_ROOT: Final = math.sqrt(2 * math.pi)
_REACH: Final = 9.0
"""So many widths from its centre a normal has ended."""


class DrawnNormals(NamedTuple):
    """Normals in ascending order of their centers, each with its weight."""

    centers: Array
    widths: Array
    weights: Array
    below: float
    """The weight of what lies below every number. What is missing from a whole of 1 lies above every number."""

    def cdf(self, x: Array) -> Array:
        """Return the probability that it is at most `x`."""
        steps = (x[:, None] - self.centers) / self.widths
        return np.asarray(self.below + np.einsum("ij,j->i", normal_cdf(steps), self.weights))

    def density(self, x: Array) -> Array:
        """Return the density at `x`."""
        return _densities((x[:, None] - self.centers) / self.widths, self.weights / (self.widths * _ROOT))

    @property
    def mean(self) -> float:
        """The mean of all that lies among the numbers."""
        whole = float(self.weights.sum())
        return float((self.weights * self.centers).sum()) / whole if whole else math.nan

    @property
    def mean_power(self) -> float:
        """The mean of ten to its power: of 10 ** (x + s z) over z it is 10 ** (x + ln(10) s**2 / 2)."""
        powers = np.exp((self.centers + LN10 / 2 * self.widths**2) * LN10)
        kept = np.isfinite(powers)
        whole = float(self.weights[kept].sum())
        return float((self.weights[kept] * powers[kept]).sum()) / whole if whole else math.nan

    def quantiles(self, probabilities: Sequence[float]) -> list[float]:
        """Return where each probability is reached."""
        above = self.below + float(self.weights.sum())
        asked = [p for p in probabilities if self.below < p < above]
        solved = iter(self._solved(np.array(asked)) if asked else ())
        return [-math.inf if p <= self.below else next(solved) if p < above else math.inf for p in probabilities]

    @np.errstate(all="ignore")
    def _solved(self, goals: Array) -> list[float]:
        """Search for all at once."""
        low, high = (float(edge) for edge in self._edges())
        spread, x = self._start(goals)
        asked = [Search(float(goal) - self.below, low, high, at) for goal, at in zip(goals, x)]
        sharpness = 1 / self.widths
        peaks = self.weights * sharpness / _ROOT
        for _ in range(ROUNDS):
            steps = np.array([[one.x] for one in asked]) - self.centers
            steps *= sharpness
            shares = np.einsum("ij,j->i", normal_cdf(steps), self.weights)
            heights = np.exp(-0.5 * steps * steps) * peaks
            slopes = -np.einsum("ij,j->i", heights * steps, sharpness)
            reached = zip(shares.tolist(), heights.sum(axis=1).tolist(), slopes.tolist())
            done = [one.step(*place, spread, _NEAR) for one, place in zip(asked, reached)]
            if all(done):
                break
        return [one.x for one in asked]

    def _edges(self) -> tuple[float, float]:
        reach = _REACH * self.widths
        low, high = float((self.centers - reach).min()), float((self.centers + reach).max())
        return max(low, -LARGEST), min(high, LARGEST)

    def _start(self, goals: Array) -> tuple[float, list[float]]:
        """Return the range of the middle 90%, and where to begin: the centers there, drawn apart by the widths."""
        reached = np.cumsum(self.weights) + self.below
        places = np.minimum(np.searchsorted(reached, (0.05, 0.5, 0.95, *goals)), self.centers.size - 1)
        low, middle, high, *others = self.centers[places].tolist()
        spread, width = high / _NINETY - low / _NINETY, float(self.widths[places[1]])
        apart = math.hypot(spread, width) / spread if spread > 0 else 1.0
        # In this order nothing is beyond a float that has not come out so.
        starts = [at * apart + middle * (1 - apart) for at in others]
        return min(high - low + width, LARGEST), [min(max(at, -LARGEST), LARGEST) for at in starts]


def _densities(steps: Array, peaks: Array) -> Array:
    """Return the sums of normal densities so many steps away from their centers, where they have these heights."""
    steps = steps * steps
    steps *= -0.5
    return np.asarray(np.einsum("ij,j->i", np.exp(steps, out=steps), peaks))


def single_normal(center: float, width: float) -> DrawnNormals:
    """Return one normal, or one value if the width is zero."""
    centers = np.array([center])
    return DrawnNormals(centers, np.maximum(width, _sharp(centers)), np.ones(1), 0.0)


def mixed(parts: Sequence[tuple[float, DrawnNormals]]) -> DrawnNormals:
    """Return one of several distributions, each with its probability; a small part needs fewer normals."""
    thin = [(share, _thinned(normals, share)) for share, normals in parts]
    centers = np.concatenate([normals.centers for _, normals in thin])
    order = np.argsort(centers, kind="stable")
    return DrawnNormals(
        centers[order],
        np.concatenate([normals.widths for _, normals in thin])[order],
        np.concatenate([share * normals.weights for share, normals in thin])[order],
        sum(share * normals.below for share, normals in thin),
    )


def _thinned(normals: DrawnNormals, share: float) -> DrawnNormals:
    """Have one normal stand for several neighbours, the more of them the less they count."""
    size = normals.centers.size
    run = int(min(1 / share, size // LEAST[size >= FINE]))
    if run < 2:
        return normals
    starts = np.arange(0, size, run)
    weights = np.add.reduceat(normals.weights, starts)
    centers = np.add.reduceat(normals.weights * normals.centers, starts) / weights
    apart_by = np.hypot(normals.widths, normals.centers - np.repeat(centers, run)[:size])
    unit = unit_of(apart_by)
    widths = np.sqrt(np.add.reduceat(normals.weights * (apart_by / unit) ** 2, starts) / weights) * unit
    return DrawnNormals(centers, np.maximum(widths, OVERLAP * apart(centers)), weights, normals.below)


def lone_normals(values: Array, widths: Array) -> DrawnNormals:
    """Return draws that each have a width of their own; one without reaches as far as the next."""
    order = np.argsort(values, kind="stable")
    below = int(np.count_nonzero(values == -np.inf))
    kept = order[below : below + int(np.count_nonzero(np.isfinite(values)))]
    centers = values[kept]
    widths = np.maximum(np.where(widths[kept] > 0, widths[kept], OVERLAP * apart(centers)), _sharp(centers))
    return DrawnNormals(centers, widths, np.full(centers.size, 1 / values.size), below / values.size)


def _sharp(centers: Array) -> Array:
    """Return the widths of single values."""
    last = centers.size - 1
    middle = centers[last - last // 20] - centers[last // 20] if centers.size else 0.0
    return _SHARP * np.maximum(np.maximum(np.abs(centers), middle), 1e-280)


def normals_of(outline: Outline, offset: float = 0.0, width: float = 0.0) -> DrawnNormals:
    """Return draws, moved by a number and with a normal around each, as one normal for each run of neighbours."""
    centers = outline.centers + offset
    widths = np.maximum(np.hypot(outline.widths, width), _sharp(centers))
    return DrawnNormals(centers, widths, outline.weights, outline.below)
