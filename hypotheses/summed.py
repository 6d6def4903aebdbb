"""What the evidence of a cluster adds up to: one row of the matrix in place of all of its rows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from hypotheses.belief import added, counting
from hypotheses.debate import Debate, Evidence
from hypotheses.schemes import deviation

_LARGEST: Final = 700.0
"""Nats of which the exponential is still a number."""


class Sum(NamedTuple):
    """What the findings of a cluster add up to for one hypothesis."""

    nats: float | None
    """What they add to its log-odds; None if they are not applicable."""
    findings: int
    """How many of them count for it."""

    @property
    def ratio(self) -> float | None:
        """The likelihood ratio of one finding that would add as much."""
        return None if self.nats is None else math.exp(max(-_LARGEST, min(self.nats, _LARGEST)))


@dataclass(frozen=True, slots=True)
class Cluster:
    """The evidence of a cluster, taken together."""

    name: str
    keys: tuple[str, ...]
    """Of its items, as they were entered: two or more."""
    sums: Mapping[str, Sum]
    """Slug -> what they add up to, where any of them counts for the hypothesis."""
    diagnosticity: float
    """How well they tell the hypotheses apart together: the standard deviation of what they add to each."""
    dates: tuple[str, ...]
    """The first and the last; empty if none is dated."""

    @property
    def title(self) -> str:
        """Its name, which stands where an item has its title."""
        return self.name

    @property
    def cluster(self) -> str:
        """Its name, which stands where an item has its cluster."""
        return self.name

    @property
    def date(self) -> str:
        """The date of the newest."""
        return self.dates[-1] if self.dates else ""


def clustered(debate: Debate) -> dict[str, tuple[Evidence, ...]]:
    """Return the items of each cluster that has two or more."""
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for item in debate.evidence.values():
        if item.cluster:
            found[item.cluster].append(item)
    return {name: tuple(items) for name, items in found.items() if len(items) > 1}


def summed(debate: Debate, items: Sequence[Evidence]) -> Cluster:
    """Take the items of one cluster together."""
    sums = sums_of(debate, items)
    told = [sums[slug].nats or 0.0 if slug in sums else 0.0 for slug in debate.hypotheses]
    dates = sorted(item.date for item in items if item.date)
    return Cluster(
        items[0].cluster,
        tuple(item.key for item in items),
        sums,
        deviation(told) if sums else 0.0,
        (dates[0], dates[-1]) if dates else (),
    )


def sums_of(debate: Debate, items: Sequence[Evidence]) -> dict[str, Sum]:
    """Return by slug what the items of one cluster add to the log-odds, by the rule of what the evidence implies."""
    nats: defaultdict[str, list[float]] = defaultdict(list)
    for slug, _, each in counting(debate, items, debate.hypotheses):
        nats[slug].append(each)
    beside = Counter(
        slug
        for item in items
        if not item.retracted
        for slug, cell in item.assessments.items()
        if cell.ratio is None and slug not in nats
    )
    sums = {slug: Sum(added({items[0].cluster: each}, debate.correlation), len(each)) for slug, each in nats.items()}
    return sums | {slug: Sum(None, findings) for slug, findings in beside.items()}
