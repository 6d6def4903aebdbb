"""The evidence for one hypothesis, brought forward from one version of a debate to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from hypotheses.belief import Pull, evidence_for, pull_order
from hypotheses.changed import changed
from hypotheses.debate import Debate, Evidence

_PART: Final = 16
"""Where more than one in so many items changed, all are worked out anew."""
_FEW: Final = 64
"""So many items are sooner put in their places one by one than all in order."""


class FollowedPulls:
    """What `evidence_for` returns, of which only items that changed, and what is in their clusters, are made anew."""

    def __init__(self) -> None:
        self._rule: object = None
        """Whose pulls they are, and what else they hang on than the evidence."""
        self._evidence: Mapping[str, Evidence] = {}
        self._pulls: Sequence[Pull] = ()
        self._orders: list[tuple[float, str]] = []
        """What they are ordered by, and so the place of each."""
        self._order_of: dict[str, tuple[float, str]] = {}
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        """Cluster -> the keys of what is in it."""

    def of(self, debate: Debate, slug: str) -> Sequence[Pull]:
        """Return the evidence that has a cell for this hypothesis; the same object as before if it is the same."""
        rule = slug, debate.correlation, debate.counts, debate.hypotheses[slug].prior_on
        there, gone = changed(self._evidence, debate.evidence)
        both = (*there, *gone)
        if rule != self._rule or _PART * len(both) > len(debate.evidence):
            self._begin(debate, slug)
        elif both:
            self._follow(debate, slug, both)
        self._rule, self._evidence = rule, debate.evidence
        return self._pulls

    def _begin(self, debate: Debate, slug: str) -> None:
        self._take(evidence_for(debate, slug))
        self._members.clear()
        for pull in self._pulls:
            self._members[pull.evidence.cluster].add(pull.evidence.key)

    def _follow(self, debate: Debate, slug: str, keys: Sequence[str]) -> None:
        before = [self._evidence[key] for key in keys if key in self._evidence]
        now = [debate.evidence[key] for key in keys if key in debate.evidence]
        clusters = {item.cluster for item in (*before, *now)} - {""}
        moving = {*keys, *(key for cluster in clusters for key in self._members[cluster])}
        for item in before:
            self._members[item.cluster].discard(item.key)
        # What is in other clusters, or in none, has no part in what these count.
        evidence = {key: debate.evidence[key] for key in moving if key in debate.evidence}
        news = evidence_for(replace(debate, evidence=evidence), slug)
        for pull in news:
            self._members[pull.evidence.cluster].add(pull.evidence.key)
        if len(moving) <= _FEW:
            self._exchange(moving, news)
        else:
            self._take([*(pull for pull in self._pulls if pull.evidence.key not in moving), *news])

    def _take(self, pulls: Iterable[Pull]) -> None:
        """Put all in order."""
        by_order = sorted((pull_order(pull), pull) for pull in pulls)
        self._pulls = tuple(pull for _, pull in by_order)
        self._orders = [order for order, _ in by_order]
        self._order_of = {order[1]: order for order in self._orders}

    def _exchange(self, gone: Iterable[str], news: Iterable[Pull]) -> None:
        """Take some out, and put others in where they belong."""
        orders, pulls = self._orders, list(self._pulls)
        for key in gone:
            if (before := self._order_of.pop(key, None)) is not None:
                place = bisect_left(orders, before)
                del orders[place], pulls[place]
        for pull in news:
            order = self._order_of[pull.evidence.key] = pull_order(pull)
            place = bisect_left(orders, order)
            orders.insert(place, order)
            pulls.insert(place, pull)
        self._pulls = tuple(pulls)
