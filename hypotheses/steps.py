"""The evidence in the order of its dates: what each date brought, and where that put every hypothesis.

One pass, so that ten thousand items take no longer than drawing them: log-odds are sums, and a sum is carried from one
date to the next without rounding (Shewchuk, "Adaptive precision floating-point arithmetic", Discrete & Computational
Geometry 18, 1997), so that each step is to the last bit what `belief.implied` returns for its date.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hypotheses.belief import DECIBANS_PER_NAT, counting, counts_by, implied_by, prior_odds
from hypotheses.clusters import Both, shares, together
from hypotheses.debate import Debate, Evidence
from hypotheses.timeline import by_last_day


class Step(NamedTuple):
    """Where a date left every hypothesis."""

    date: str
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty for the start: the priors, with what bears no date."""
    implied: Mapping[str, float]
    """Hypothesis slug -> plausibility as of that date."""
    pulls: Mapping[str, Mapping[str, float]]
    """Key of each item that counts since that date -> slug -> what it adds to the log-odds as of it, in decibans."""


def steps(debate: Debate) -> tuple[Step, ...]:
    """Return the start and every date that brought evidence, oldest first; the last is how it stands now.

    Evidence of a month or a year counts from its first day, so it is told with the first date in that month or year.
    """
    standing = [item for item in debate.evidence.values() if not item.retracted]
    dated = sorted((item for item in standing if item.date), key=lambda item: first_day(item.date))
    sums = {slug: _Sum(debate.correlation) for slug in debate.hypotheses}
    made = [_step(debate, sums, "", [item for item in standing if not item.date])]
    place = 0
    for date in sorted({item.date for item in dated}, key=by_last_day):
        news: list[Evidence] = []
        while place < len(dated) and counts_by(dated[place].date, date):
            news.append(dated[place])
            place += 1
        if news:
            made.append(_step(debate, sums, date, news))
    return tuple(made)


def first_day(date: str) -> str:
    """Return the first day of a year, a month or a day, as `YYYY-MM-DD`."""
    return date + "-01-01"[len(date) - 4 :]


def _step(debate: Debate, sums: Mapping[str, _Sum], date: str, news: Sequence[Evidence]) -> Step:
    cells = list(counting(debate, news, sums))
    for slug, item, nats in cells:
        sums[slug].add(item.cluster, nats)
    pulls: dict[str, dict[str, float]] = {item.key: {} for item in news}
    for slug, item, nats in cells:
        pulls[item.key][slug] = sums[slug].pull(item.cluster, nats) * DECIBANS_PER_NAT
    start = prior_odds(debate)
    return Step(date, implied_by(debate, {slug: start[slug] + one.total() for slug, one in sums.items()}), pulls)


class _Sum:
    """What the evidence so far adds to one hypothesis' log-odds."""

    def __init__(self, correlation: float) -> None:
        self._correlation = correlation
        self._alone: list[float] = []
        self._clusters: defaultdict[str, list[float]] = defaultdict(list)
        self._changed: set[str] = set()
        self._parts: dict[str, Both] = {}

    def add(self, cluster: str, nats: float) -> None:
        """Take in what an item would add by itself."""
        if not cluster:
            _add(self._alone, nats)
            return
        self._clusters[cluster].append(nats)
        self._changed.add(cluster)

    def pull(self, cluster: str, nats: float) -> float:
        """Return what an item that was taken in adds, with its cluster as it is by now."""
        if not nats or not cluster:
            return nats
        side = math.copysign(1.0, nats)  # the product of two strengths that are hardly above zero is zero
        same = [abs(each) for each in self._clusters[cluster] if each * side > 0]
        return nats * shares(same, self._correlation)[abs(nats)]

    def total(self) -> float:
        """Return the sum, rounded once."""
        for cluster in self._changed:
            self._parts[cluster] = together(self._clusters[cluster], self._correlation)
        self._changed.clear()
        return math.fsum([*self._alone, *(part for both in self._parts.values() for part in both)])


def _add(parts: list[float], number: float) -> None:
    """Add a number to a sum that is kept as parts which do not overlap, so that nothing is lost."""
    kept = 0
    for part in parts:
        large, small = (number, part) if abs(number) >= abs(part) else (part, number)
        number = large + small
        if lost := small - (number - large):
            parts[kept] = lost
            kept += 1
    parts[kept:] = [number]
