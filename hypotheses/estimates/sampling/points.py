"""The points that everything is drawn from: 8 independently scrambled Sobol sets, dimension by dimension."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.sampling.normal import Array, normal_scores
from hypotheses.estimates.sobol import BITS, DIMENSIONS, direction_numbers

Words = npt.NDArray[np.uint64]

REPLICATES: Final = 8
LOG_POINTS: Final = 12
POINTS: Final = 1 << LOG_POINTS
"""Points per replicate, where it takes all of them."""
FEW: Final = 1 << 8
"""Points per replicate to begin with: the first ones, which are as evenly spread as all."""
KEPT: Final = 2 * DIMENSIONS
"""So many dimensions are kept; there is seldom need of more, and more are drawn again whenever needed."""


class Draws:
    """The points of one seed: standard normal scores, dimension by dimension, drawn when needed."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._scores: dict[tuple[int, int], Array] = {}
        self.cores: dict[Hashable, object] = {}
        """What has been drawn lately, kept here by `plan`."""

    def uniforms(self, dimension: int, points: int = POINTS) -> Array:
        """Return the draws of a dimension, evenly spread over 0..1, replicate after replicate."""
        return (self._points(dimension, points).ravel().astype(np.float64) + 0.5) / 2.0**BITS

    def scores(self, dimension: int, points: int = POINTS) -> Array:
        """Return the draws of a dimension as standard normal scores, replicate after replicate."""
        key = dimension, points
        if key in self._scores:
            return self._scores[key]
        scores = normal_scores(self.uniforms(dimension, points))
        if dimension < KEPT:
            self._scores[key] = scores
        return scores

    def _points(self, dimension: int, points: int) -> Words:
        """Scramble one dimension of the Sobol set, once for each replicate.

        The scramble is Matousek's: a random lower triangular matrix of bits times the direction numbers, then a
        random digital shift ("On the L2-discrepancy for anchored boxes", J. Complexity 14, 1998). Beyond the last
        dimension of the table they are used again, their points in a random order.
        """
        block, column = divmod(dimension, DIMENSIONS)
        directions = np.array(direction_numbers(column)[:LOG_POINTS], dtype=np.uint64)
        keys = random_words(self._seed, dimension, REPLICATES * (BITS + 1)).reshape(REPLICATES, BITS + 1)
        places = np.arange(BITS, dtype=np.uint64)
        diagonal = np.uint64(1) << (np.uint64(BITS - 1) - places)
        above = ~((diagonal << np.uint64(1)) - np.uint64(1))
        rows = (keys[:, :BITS] & above & np.uint64(0xFFFFFFFF)) | diagonal
        parities = _parity(rows[:, :, None] & directions)
        scrambled = (parities * diagonal[:, None]).sum(axis=1, dtype=np.uint64)
        found = (keys[:, BITS] >> np.uint64(32))[:, None]
        for place in range(points.bit_length() - 1):
            found = np.concatenate((found, found ^ scrambled[:, place : place + 1]), axis=1)
        if block:
            order = np.argsort(random_words(self._seed, -dimension, found.size).reshape(found.shape), axis=1)
            found = np.take_along_axis(found, order, axis=1)
        return found


def random_words(seed: int, stream: int, count: int) -> Words:
    """Return 64-bit words of SplitMix64 (Steele, Lea and Flood 2014), one stream of them for each seed and number."""
    start = (seed * 0x9E3779B97F4A7C15 + stream * 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF
    words = np.uint64(start) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cast("Words", words ^ (words >> np.uint64(31)))


def _parity(words: Words) -> Words:
    """Return 1 where a 32-bit word has an odd number of ones."""
    for shift in (16, 8, 4, 2, 1):
        words = words ^ (words >> np.uint64(shift))
    return words & np.uint64(1)
