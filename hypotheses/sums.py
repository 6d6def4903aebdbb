"""What the evidence adds to the log-odds of each hypothesis, kept up as items come and go.

An item that comes or goes changes one side of one cluster for each hypothesis that it rates, and nothing else. What is
added up is kept without rounding, in parts that do not overlap (Shewchuk, "Adaptive precision floating-point
arithmetic", Discrete & Computational Geometry 18, 1997), so that every sum is to the last bit what `belief.log_odds`
returns for the items that are there, whatever came and went before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from hypotheses.belief import counting, prior_odds
from hypotheses.changed import changed
from hypotheses.clusters import Strengths
from hypotheses.debate import Debate, Evidence

_Side = tuple[str, bool]
"""A cluster, and whether its items raise the hypothesis."""


class KeptSum:
    """What the items that are there add to the log-odds of one hypothesis, in nats."""

    def __init__(self, correlation: float) -> None:
        self._correlation = correlation
        self._sides: dict[_Side, Strengths] = {}
        self._changed: dict[Strengths, int] = {}
        """The sides that have changed since the sum was last asked for: 1 if they raise the hypothesis, else -1."""
        self._news: list[float] = []
        """What items in no cluster have added since; what they took away is below zero."""
        self._parts: list[float] = []
        """The sum as it was: first rounded, then what that leaves, and so on."""

    def put(self, cluster: str, nats: float) -> None:
        """Take in what an item would add by itself."""
        if cluster and nats:
            self._changing(cluster, nats).put(abs(nats))
        else:
            self._news.append(nats)

    def take(self, cluster: str, nats: float) -> None:
        """Take out what was put in."""
        if cluster and nats:
            self._changing(cluster, nats).take(abs(nats))
        else:
            self._news.append(-nats)

    def _changing(self, cluster: str, nats: float) -> Strengths:
        key = cluster, nats > 0
        side = self._sides.get(key)
        if side is None:
            side = self._sides[key] = Strengths(self._correlation)
        self._changed[side] = 1 if nats > 0 else -1
        return side

    def pull(self, cluster: str, nats: float) -> float:
        """Return what an item that is there adds, beside the others of its cluster."""
        return nats * self._sides[cluster, nats > 0].share(abs(nats)) if cluster and nats else nats

    def total(self) -> float:
        """Return the sum, rounded once."""
        if self._news or self._changed:
            terms = [*self._parts, *self._news]
            for side, sign in self._changed.items():
                total = side.total()
                terms += (sign * total, -sign * side.told)
                side.told = total
            self._news.clear()
            self._changed.clear()
            self._parts = []
            while part := math.fsum(terms):
                self._parts.append(part)
                terms.append(-part)
        return self._parts[0] if self._parts else 0.0


class Sums:
    """The sum of every hypothesis, by the rule of one debate: its correlation, and which evidence counts."""

    def __init__(self, debate: Debate) -> None:
        """Begin without any evidence."""
        self._debate = debate
        self._by_hypothesis = {slug: KeptSum(debate.correlation) for slug in debate.hypotheses}

    def put(self, items: Iterable[Evidence]) -> None:
        """Take items in."""
        for slug, item, nats in counting(self._debate, items, self._by_hypothesis):
            self._by_hypothesis[slug].put(item.cluster, nats)

    def take(self, items: Iterable[Evidence]) -> None:
        """Take items out that were put in, just as they were."""
        for slug, item, nats in counting(self._debate, items, self._by_hypothesis):
            self._by_hypothesis[slug].take(item.cluster, nats)

    def pulls(self, item: Evidence) -> dict[str, float]:
        """Return by slug what an item that was put in adds, in nats."""
        counted = counting(self._debate, [item], self._by_hypothesis)
        return {slug: self._by_hypothesis[slug].pull(item.cluster, nats) for slug, _, nats in counted}

    def log_odds(self, debate: Debate) -> dict[str, float]:
        """Return what `belief.log_odds` returns of the items that are there, with the priors of a debate."""
        start = prior_odds(debate)
        return {slug: start[slug] + one.total() for slug, one in self._by_hypothesis.items()}


class Followed:
    """The log-odds of a debate, brought forward from one version of it to the next by the evidence that changed."""

    def __init__(self) -> None:
        self._rule: object = None
        self._evidence: Mapping[str, Evidence] = {}
        self._sums: Sums | None = None

    def log_odds(self, debate: Debate) -> dict[str, float]:
        """Return what `belief.log_odds` returns."""
        rule = debate.correlation, debate.counts, [(slug, h.prior_on) for slug, h in debate.hypotheses.items()]
        if self._sums is None or rule != self._rule:
            self._rule, self._evidence, self._sums = rule, {}, Sums(debate)
        there, gone = changed(self._evidence, debate.evidence)
        self._sums.take(self._evidence[key] for key in (*there, *gone) if key in self._evidence)
        self._sums.put(debate.evidence[key] for key in there)
        self._evidence = debate.evidence
        return self._sums.log_odds(debate)
