"""Dependent evidence: what the items of a cluster count together, and each beside the stronger ones.

The items of a cluster that move a hypothesis the same way are ordered by strength. The first k of them count as

    n_eff(k) = k / (1 + (k - 1) * rho)

independent ones, which is Kish's design effect for clustered samples ("Survey Sampling", 1965); so the k-th counts

    d(k) = n_eff(k) - n_eff(k - 1) = (1 - rho) / ((1 + (k - 1) * rho) * (1 + (k - 2) * rho)),   d(1) = 1

of its own. As d falls with k, the sum is the largest that any order of the items would give, and never falls when an
item becomes stronger or is added. (Such sums
are ordered weighted averages: Yager, "On ordered weighted averaging aggregation operators in multicriteria
decisionmaking", IEEE Transactions on Systems, Man, and Cybernetics 18, 1988.) It is added up by its steps, as the sum
over k of n_eff(k) * (s(k) - s(k + 1)): none of these is below zero, so it is right to 4 parts in 10^16, and equal items
make one step, however many they are.

Strengths are in nats, weighted by credibility and relevance. Sums are taken with `math.fsum`, which rounds once.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import mul, neg, sub
from typing import Final, NamedTuple

_FEW: Final = 32
"""So many strengths that are taken into a cluster are sooner taken in one by one than all sorted anew."""
_EQUAL: Final = 1e-9
"""Strengths this near to each other, relative to them, are equal: rounding puts no item before another."""


class Both(NamedTuple):
    """What some items add to a hypothesis' log-odds in each direction, in nats."""

    up: float
    down: float
    """Zero or less."""


def together(nats: Iterable[float], correlation: float) -> Both:
    """Return what the items of one cluster add together, from what each would add by itself, in any order."""
    ordered = sorted(nats)
    if len(ordered) == 1:
        return Both(max(ordered[0], 0.0), min(ordered[0], 0.0))
    ups = [each for each in reversed(ordered) if each > 0]
    downs = [each for each in ordered if each < 0]
    return Both(_summed(ups, correlation), _summed(downs, correlation))


def _summed(strongest_first: Sequence[float], correlation: float) -> float:
    if len(strongest_first) < 2:
        return strongest_first[0] if strongest_first else 0.0
    steps = map(sub, strongest_first, [*strongest_first[1:], 0.0])
    return math.fsum(map(mul, steps, _numbers(len(strongest_first), correlation)[1:]))


def _numbers(count: int, correlation: float) -> tuple[float, ...]:
    """Return n_eff(0), n_eff(1), and so on, at least up to a count."""
    return _kept(1 << max(4, count.bit_length()), correlation)[0]


def _parts(count: int, correlation: float) -> tuple[float, ...]:
    """Return d(1), d(2), and so on: at least so many."""
    return _kept(1 << max(4, count.bit_length()), correlation)[1]


@lru_cache(64)
def _kept(count: int, correlation: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    later = [
        (1 - correlation) / ((1 + (k - 1) * correlation) * (1 + (k - 2) * correlation)) for k in range(2, count + 1)
    ]
    return tuple(effective(k, correlation) for k in range(count + 1)), (1.0, *later)


def effective(count: int, correlation: float) -> float:
    """Return n_eff: how many independent items that many equal ones of a cluster are worth."""
    return count / (1 + (count - 1) * correlation) if count else 0.0


def shares(strengths: Iterable[float], correlation: float) -> dict[float, float]:
    """Return for each strength how much an item of it counts, 0..1, among all that point its way.

    Equal ones share what they count together.
    """
    counts = sorted(Counter(strengths).items(), reverse=True)
    found: dict[float, float] = {}
    stronger = start = 0
    while start < len(counts):
        end = start + 1
        while end < len(counts) and counts[start][0] - counts[end][0] <= _EQUAL * counts[start][0]:
            end += 1
        equal = sum(count for _, count in counts[start:end])
        part = (effective(stronger + equal, correlation) - effective(stronger, correlation)) / equal
        found |= dict.fromkeys((strength for strength, _ in counts[start:end]), part)
        stronger, start = stronger + equal, end
    return found


class Strengths:
    """The strengths of the items of a cluster that point one way, kept in order as items come and go."""

    __slots__ = ("_counts", "_items", "_steps", "_turned")

    def __init__(self) -> None:
        self._items = 0
        self._turned: list[float] = []
        """Each strength once, the strongest first, with its sign turned: so they ascend."""
        self._counts: list[int] = []
        """How many items have it."""
        self._steps: list[float] = []
        """How far it is above the next."""

    def put(self, strength: float) -> None:
        """Take one in, above zero."""
        turned = self._turned
        place = bisect_left(turned, -strength)
        self._items += 1
        if place < len(turned) and turned[place] == -strength:
            self._counts[place] += 1
            return
        turned.insert(place, -strength)
        self._counts.insert(place, 1)
        self._steps.insert(place, 0.0)
        self._set_steps(place)

    def put_all(self, strengths: Sequence[float]) -> None:
        """Take many in: at once if they are a large part of all."""
        if len(strengths) == 1 and not self._items:
            (one,) = strengths
            self._items, self._turned, self._counts, self._steps = 1, [-one], [1], [one]
            return
        if len(strengths) < max(_FEW, len(self._turned) / 8):
            for strength in strengths:
                self.put(strength)
            return
        counts = Counter(map(neg, strengths))
        counts.update(dict(zip(self._turned, self._counts, strict=True)))
        self._items += len(strengths)
        self._turned = sorted(counts)
        self._counts = [counts[each] for each in self._turned]
        self._steps = list(map(sub, [*self._turned[1:], 0.0], self._turned))

    def take(self, strength: float) -> None:
        """Take one out that is there."""
        place = bisect_left(self._turned, -strength)
        self._items -= 1
        self._counts[place] -= 1
        if not self._counts[place]:
            del self._turned[place], self._counts[place], self._steps[place]
            self._set_steps(place)

    def _set_steps(self, place: int) -> None:
        """Set the step at a place, and the one before."""
        for each in range(max(0, place - 1), min(place + 1, len(self._turned))):
            following = self._turned[each + 1] if each + 1 < len(self._turned) else 0.0
            self._steps[each] = following - self._turned[each]

    def total(self, correlation: float) -> float:
        """Return what they count together: to the last bit what `together` returns."""
        if self._items == 1:
            return self._steps[0]
        numbers = _numbers(self._items, correlation)
        if self._items == len(self._steps):
            return math.fsum(map(mul, self._steps, numbers[1:]))
        return math.fsum(map(mul, self._steps, map(numbers.__getitem__, accumulate(self._counts))))

    def totals(self, correlations: Sequence[float]) -> tuple[float, ...]:
        """Return `total` for several correlations; where there are two items at most, as mostly, that is quick."""
        steps, items = self._steps, self._items
        if items == 1:
            return (steps[0],) * len(correlations)
        if items == 2:
            first, rest = steps if len(steps) == 2 else (0.0, steps[0])
            return tuple(first + rest * _numbers(2, correlation)[2] for correlation in correlations)
        return tuple(map(self.total, correlations))

    def share(self, strength: float, correlation: float) -> float:
        """Return how much an item that is there counts: to the last bit what `shares` returns."""
        turned = self._turned
        first = bisect_left(turned, -strength)
        while first and turned[first] - turned[first - 1] <= _EQUAL * -turned[first - 1]:
            first -= 1
        while True:  # from the strongest of those near to each other down to the ones that are equal to this one
            end = first + 1
            while end < len(turned) and turned[end] - turned[first] <= _EQUAL * -turned[first]:
                end += 1
            if end == len(turned) or turned[end] > -strength:
                break
            first = end
        stronger, equal = sum(self._counts[:first]), sum(self._counts[first:end])
        both = effective(stronger + equal, correlation), effective(stronger, correlation)
        return (both[0] - both[1]) / equal


class Side:
    """The items of a cluster that point one way, and what they count together if one of them were another."""

    def __init__(self, strengths: Iterable[float], correlation: float) -> None:
        """Take strengths, all of them above zero."""
        ordered = sorted(strengths, reverse=True)
        self._ordered = ordered
        self._weakest_first = ordered[::-1]
        parts = _parts(len(ordered) + 1, correlation)
        self._parts = parts
        # Up to a place: what each counts where it is, one place further up, and one further down.
        self._here: list[float] = [0.0, *accumulate(map(mul, ordered, parts))]
        self._up: list[float] = [0.0, 0.0, *accumulate(map(mul, ordered[1:], parts))]
        self._down: list[float] = [0.0, *accumulate(map(mul, ordered, parts[1:]))]

    def place(self, strength: float) -> int:
        """Return the place of an item of this side: what `total` and `needed` take for `without`."""
        return len(self._ordered) - bisect_right(self._weakest_first, strength)

    def added_by(self, place: int) -> float:
        """Return what the item at a place adds to what they count together."""
        return self._here[-1] - self._here[place] - (self._up[-1] - self._up[place + 1])

    def total(self, strength: float = 0.0, without: int | None = None) -> float:
        """Return what the items count together, without one of them and with another one of some strength."""
        place = len(self._ordered) - bisect_right(self._weakest_first, strength)
        if without is not None and place > without:
            place -= 1
        before, after = self._around(place, without)
        return before + self._parts[place] * strength + after

    def _around(self, place: int, without: int | None) -> tuple[float, float]:
        """Return what counts before and after one that comes to a place among the others."""
        here, up, down = self._here, self._up, self._down
        if without is None:
            return here[place], down[-1] - down[place]
        if place <= without:
            return here[place], down[without] - down[place] + here[-1] - here[without + 1]
        return here[without] + up[place + 1] - up[without + 1], here[-1] - here[place + 1]

    def needed(self, total: float, without: int | None = None) -> float | None:
        """Return the least strength with which `total` is reached; None if it is passed with any."""
        if total < self.total(0.0, without):
            return None
        others = len(self._ordered) - (without is not None)
        # The first of the others with whose strength less than the total is reached: the item comes right before it.
        low, high = 0, others
        while low < high:
            middle = (low + high) // 2
            if self.total(self._other(middle, without), without) >= total:
                low = middle + 1
            else:
                high = middle
        before, after = self._around(low, without)
        # Where such an item counts nothing, it makes no difference how strong it is.
        return max((total - before - after) / self._parts[low], 0.0) if self._parts[low] else 0.0

    def _other(self, place: int, without: int | None) -> float:
        """Return the strength of the one at a place among the others."""
        return self._ordered[place + (without is not None and place >= without)]

    def middle(self, low: float, high: float) -> float | None:
        """Return the middle one of the strengths between two, both left out; None if there is none."""
        start, end = bisect_right(self._weakest_first, low), bisect_left(self._weakest_first, high)
        return self._weakest_first[(start + end) // 2] if start < end else None
