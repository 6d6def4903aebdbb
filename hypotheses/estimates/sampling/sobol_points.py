"""The points that everything is drawn from: 8 independently scrambled Sobol sets, dimension by dimension."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from hypotheses.estimates.sampling.normal import Array, normal_scores
from hypotheses.estimates.sobol_sequence import BITS, DIMENSIONS, direction_numbers

Words = npt.NDArray[np.uint64]

REPLICATES: Final = 8
LOG_POINTS: Final = 12
POINTS: Final = 1 << LOG_POINTS
"""Points per replicate, where it takes all of them."""
FEW: Final = 1 << 8
"""Points per replicate to begin with: the first ones, which are as evenly spread as all."""
PICKING: Final = 10**6
"""The dimension that picks one of many forms; this and the next two lie beyond those of all inputs."""
BESIDE: Final = PICKING + 1
"""The dimension of the normal beside a form that was picked."""
MIXING: Final = PICKING + 2
"""The dimension that mixes up what is equal."""
KEPT: Final = 512
"""So many dimensions are kept of the first points, and those of Sobol's table of all: of more there is seldom need."""
_HASH: Final = (
    (0x893D, 16, 4),
    (1, 8, 0),
    (0xEB3F, 23, 1),
    (0, 0, 0),
    (0xFA69, 0, 11),
    (0xB303, 0, 2),
    (0x1CC3, 0, 2),
    (0xA3DF, 0, 0),
)
"""The rounds of the hash that shuffles: a factor (0: one of the key), then shifts of the key and of the number."""


class Draws:
    """The points of one seed: standard normal scores, dimension by dimension, drawn when needed."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._scores: dict[tuple[int, int], Array] = {}

    def uniforms(self, dimension: int, points: int = POINTS) -> Array:
        """Return the draws of a dimension, evenly spread over 0..1, replicate after replicate."""
        if dimension >= DIMENSIONS:
            return (_shuffled(self._seed, dimension, points).ravel() + 0.5) / points
        return (self._points(dimension, points).ravel().astype(np.float64) + 0.5) / 2.0**BITS

    def scores(self, dimension: int, points: int = POINTS) -> Array:
        """Return the draws of a dimension as standard normal scores, replicate after replicate."""
        key = dimension, points
        if key in self._scores:
            return self._scores[key]
        if dimension >= DIMENSIONS:
            scores = _middles(points)[_shuffled(self._seed, dimension, points).ravel()]
        else:
            scores = normal_scores(self.uniforms(dimension, points))
        if dimension < (KEPT if points <= 2 * FEW else DIMENSIONS):
            self._scores[key] = scores
        return scores

    def _points(self, dimension: int, points: int) -> Words:
        """Scramble one dimension of the Sobol set, once for each replicate.

        The scramble is Matousek's: a random lower triangular matrix of bits times the direction numbers, then a
        random digital shift ("On the L2-discrepancy for anchored boxes", J. Complexity 14, 1998).
        """
        directions = np.array(direction_numbers(dimension)[:LOG_POINTS], dtype=np.uint64)
        keys = random_words(self._seed, dimension, REPLICATES * (BITS + 1)).reshape(REPLICATES, BITS + 1)
        places = np.arange(BITS, dtype=np.uint64)
        diagonal = np.uint64(1) << (np.uint64(BITS - 1) - places)
        above = ~((diagonal << np.uint64(1)) - np.uint64(1))
        rows = (keys[:, :BITS] & above & np.uint64(0xFFFFFFFF)) | diagonal
        parities = _parity(rows[:, :, None] & directions)
        scrambled = (parities * diagonal[:, None]).sum(axis=1, dtype=np.uint64)
        bits = (keys[:, BITS] >> np.uint64(32))[:, None]
        for place in range(points.bit_length() - 1):
            bits = np.concatenate((bits, bits ^ scrambled[:, place : place + 1]), axis=1)
        return bits


def _shuffled(seed: int, dimension: int, points: int) -> npt.NDArray[np.uint16]:
    """Return so many numbers in a random order, once for each replicate: for the dimensions beyond the table.

    The order is a hash that is one to one (Kensler, "Correlated Multi-Jittered Sampling", Pixar 13-01, 2013), and
    far faster than sorting random numbers. Only the lowest 16 bits of its factors and keys count.
    """
    keys = (random_words(seed, dimension, REPLICATES) >> np.uint64(32)).astype(np.uint32)[:, None]
    mask = np.uint16(points - 1)
    order = np.arange(points, dtype=np.uint16) ^ keys.astype(np.uint16)
    for factor, key_shift, shift in _HASH:
        order *= np.uint16(factor) if factor else (np.uint32(1) | keys >> np.uint32(27)).astype(np.uint16)
        if key_shift:
            order ^= (keys >> np.uint32(key_shift)).astype(np.uint16)
        if shift:
            order ^= (order & mask) >> np.uint16(shift)
    order &= mask
    order ^= order >> np.uint16(5)
    return (order + keys.astype(np.uint16)) & mask


@lru_cache(maxsize=8)
def _middles(points: int) -> Array:
    """Return the normal score in the middle of each of so many equal parts, scaled to a variance of 1."""
    scores = normal_scores((np.arange(points) + 0.5) / points)
    return scores / math.sqrt(float((scores * scores).mean()))


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
