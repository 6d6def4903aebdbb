"""What the evidence adds to the log-odds of each hypothesis, kept up as items come and go.

An item that comes or goes changes one side of one cluster for each hypothesis that it rates, and nothing else. What is
added up is kept without rounding, in parts that do not overlap (Shewchuk, "Adaptive precision floating-point
arithmetic", Discrete & Computational Geometry 18, 1997), so that every sum is to the last bit what `belief.log_odds`
returns for the items that are there, whatever came and went before.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import neg
from typing import Generic, TypeVar

from hypotheses.belief import counting, prior_odds
from hypotheses.changed import changed
from hypotheses.clusters import Strengths
from hypotheses.debate import Debate, Evidence
from hypotheses.progress import Told, each_told, untold

_Side = tuple[str, bool]
"""A cluster, and whether its items raise the hypothesis."""


class KeptSum:
    """What the items that are there add to the log-odds of one hypothesis, in nats, by one or more correlations."""

    def __init__(self, *correlations: float) -> None:
        """Begin without any item.

        Args:
            correlations: Of the items of a cluster: each is a rule of its own, by which all are added up.
        """
        self._correlations = correlations
        self._sides: dict[_Side, Strengths] = {}
        self._joining: defaultdict[_Side, list[float]] = defaultdict(list)
        self._leaving: defaultdict[_Side, list[float]] = defaultdict(list)
        """The strengths that sides have got and lost since a sum was last asked for."""
        self._came: list[float] = []
        self._went: list[float] = []
        """What items in no cluster have added and taken away since."""
        self._told: dict[_Side, tuple[float, ...]] = {}
        """What each side counted together when a sum was last asked for, by each rule."""
        self._parts: list[list[float]] = [[] for _ in correlations]
        """Each sum as it was: first rounded, then what that leaves, and so on."""

    def put(self, cluster: str, nats: float) -> None:
        """Take in what an item would add by itself."""
        if cluster and nats:
            self._joining[cluster, nats > 0].append(abs(nats))
        else:
            self._came.append(nats)

    def take(self, cluster: str, nats: float) -> None:
        """Take out what was put in."""
        if cluster and nats:
            self._leaving[cluster, nats > 0].append(abs(nats))
        else:
            self._went.append(nats)

    def pull(self, cluster: str, nats: float) -> float:
        """Return what an item that is there adds by the first rule, beside the others of its cluster."""
        if not cluster or not nats:
            return nats
        self._catch_up()
        return nats * self._sides[cluster, nats > 0].share(abs(nats), self._correlations[0])

    def total(self, rule: int = 0) -> float:
        """Return the sum by one of the rules, rounded once."""
        self._catch_up()
        parts = self._parts[rule]
        return parts[0] if parts else 0.0

    def _catch_up(self) -> None:
        """Bring all sums up to what is there."""
        if self._came or self._went or self._joining or self._leaving:
            self._bring_up()

    def _bring_up(self) -> None:
        joining, leaving, sides = self._joining, self._leaving, self._sides
        raised: list[tuple[float, ...]] = []
        lowered: list[tuple[float, ...]] = []
        """What sides that have changed add now and take away no longer, or the other way round, by each rule."""
        for key in joining.keys() | leaving.keys() if leaving else joining:
            if (side := sides.get(key)) is None:
                side = sides[key] = Strengths()
            if key in joining:
                side.put_all(joining[key])
            for strength in leaving.get(key, ()) if leaving else ():
                side.take(strength)
            before, now = self._told.get(key), side.totals(self._correlations)
            (raised if key[1] else lowered).append(now)
            if before is not None:
                (lowered if key[1] else raised).append(before)
            self._told[key] = now
            if not now[0]:
                del sides[key], self._told[key]
            self._note(key, before[0] if before is not None else 0.0, now[0])
        lone = [*self._came, *map(neg, self._went)]
        ups, downs = (list(zip(*each, strict=True)) or [()] * len(self._parts) for each in (raised, lowered))
        for changes in (joining, leaving, self._came, self._went):
            changes.clear()
        self._parts = [
            _without_overlap([*parts, *lone, *up, *map(neg, down)])
            for parts, up, down in zip(self._parts, ups, downs, strict=True)
        ]

    def _note(self, key: _Side, before: float, now: float) -> None:
        """Take note that a side counts something else, by the first rule."""


def _without_overlap(terms: list[float]) -> list[float]:
    parts: list[float] = []
    while part := math.fsum(terms):
        parts.append(part)
        terms.append(-part)
    return parts


Kept = TypeVar("Kept", bound=KeptSum)


class Sums(Generic[Kept]):
    """The sum of every hypothesis, by the rule of one debate: its correlation, and which evidence counts."""

    def __init__(self, debate: Debate, kept: Callable[[], Kept]) -> None:
        """Begin without any evidence."""
        self._debate = debate
        self._kept = kept
        self.by_hypothesis: dict[str, Kept] = {slug: kept() for slug in debate.hypotheses}

    def has_rule_of(self, debate: Debate) -> bool:
        """Say whether the same counts in another version of the debate, for all hypotheses that are in both."""
        before, both = self._debate.hypotheses, self._debate.hypotheses.keys() & debate.hypotheses.keys()
        return (self._debate.correlation, self._debate.counts) == (debate.correlation, debate.counts) and (
            debate.counts == "all" or all(before[slug].prior_on == debate.hypotheses[slug].prior_on for slug in both)
        )

    def exchange_hypotheses(self, debate: Debate, there: Mapping[str, Evidence]) -> None:
        """Take up those of another version of the debate; the evidence that is there counts for the new ones too."""
        before, self._debate = self.by_hypothesis, debate
        self.by_hypothesis = {slug: before.get(slug) or self._kept() for slug in debate.hypotheses}
        if new := self.by_hypothesis.keys() - before.keys():
            for slug, item, nats in counting(debate, there.values(), new):
                self.by_hypothesis[slug].put(item.cluster, nats)

    def put(self, items: Iterable[Evidence]) -> None:
        """Take items in."""
        for slug, item, nats in counting(self._debate, items, self.by_hypothesis):
            self.by_hypothesis[slug].put(item.cluster, nats)

    def take(self, items: Iterable[Evidence]) -> None:
        """Take items out that were put in, just as they were."""
        for slug, item, nats in counting(self._debate, items, self.by_hypothesis):
            self.by_hypothesis[slug].take(item.cluster, nats)

    def pulls(self, item: Evidence) -> dict[str, float]:
        """Return by slug what an item that was put in adds, in nats."""
        counted = counting(self._debate, [item], self.by_hypothesis)
        return {slug: self.by_hypothesis[slug].pull(item.cluster, nats) for slug, _, nats in counted}

    def log_odds(self, debate: Debate, rule: int = 0) -> dict[str, float]:
        """Return what `belief.log_odds` returns of the items that are there, with the priors of a debate."""
        start = prior_odds(debate)
        return {slug: start[slug] + one.total(rule) for slug, one in self.by_hypothesis.items()}


def plain_sums(debate: Debate) -> Sums[KeptSum]:
    """Return the sums of a debate by its own rule, without any evidence as yet."""
    return Sums(debate, lambda: KeptSum(debate.correlation))


class Followed(Generic[Kept]):
    """The sums of a debate, brought forward from one version of it to the next by the evidence that changed."""

    def __init__(self, begin: Callable[[Debate], Sums[Kept]]) -> None:
        """Say how sums of a debate begin."""
        self._begin = begin
        self._evidence: Mapping[str, Evidence] = {}
        self._sums: Sums[Kept] | None = None

    def differs_by(self, debate: Debate) -> int:
        """Return how many items there are to take up for another version of the debate."""
        if self._sums is None or not self._sums.has_rule_of(debate):
            return len(debate.evidence)
        return sum(map(len, changed(self._evidence, debate.evidence)))

    def of(self, debate: Debate, told: Told = untold) -> Sums[Kept]:
        """Return the sums of the evidence of a debate; the same object as before, brought forward, if there was one."""
        sums, evidence = self._sums, self._evidence
        self._sums = None  # until it is whole: `told` may end this
        there, gone = changed(evidence, debate.evidence)
        if sums is None or not sums.has_rule_of(debate) or len(there) == len(debate.evidence):
            # Where nothing is the same, that takes half as long as to take everything out first.
            sums, evidence, there, gone = self._begin(debate), {}, list(debate.evidence), []
        sums.exchange_hypotheses(debate, evidence)
        sums.take(evidence[key] for key in (*there, *gone) if key in evidence)
        sums.put(debate.evidence[key] for key in each_told(there, told))
        self._evidence, self._sums = debate.evidence, sums
        return sums
