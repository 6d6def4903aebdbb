"""What doubts ask of the evidence, kept up as items come and go, as `sums` keeps what it adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hypotheses.clusters import Strengths
from hypotheses.debate import Debate
from hypotheses.sums import KeptSum, Sums

LOOSE, TIGHT = 0.25, 0.75
"""The correlations within a cluster under two of the doubts."""
BETWEEN: Final = 0.1
"""The correlation of what different clusters add, under another."""
OTHERS: Final = (LOOSE, TIGHT, 0.0, 1.0)
"""The correlations within a cluster by which the evidence is added up beside the debate's own."""


class DoubtedSum(KeptSum):
    """What the items that are there add to the log-odds of one hypothesis, by every rule that a doubt puts first."""

    def __init__(self, correlation: float) -> None:
        """Begin without any item, by a debate's own correlation and all others."""
        super().__init__(correlation, *OTHERS)
        self.items: dict[str, int] = {}
        """Cluster -> how many items it has."""
        self.several = 0
        """How many clusters have two items or more."""
        self.lone = 0
        """How many items are in no cluster."""
        self.moving = 0
        """How many items move the hypothesis at all."""
        self.by_cluster: dict[str, float] = {}
        """Cluster -> what it adds by the debate's own correlation, as far as it adds anything."""
        self._apart = {True: Strengths(), False: Strengths()}
        """What each cluster and each lone item raises the hypothesis by, and what it lowers it by."""
        self._new: dict[bool, list[float]] = {True: [], False: []}
        self._old: dict[bool, list[float]] = {True: [], False: []}
        self._between: float | None = None

    def put(self, cluster: str, nats: float) -> None:
        """Take in what an item would add by itself."""
        super().put(cluster, nats)
        self._count(cluster, nats, 1)

    def take(self, cluster: str, nats: float) -> None:
        """Take out what was put in."""
        super().take(cluster, nats)
        self._count(cluster, nats, -1)

    def _count(self, cluster: str, nats: float, step: int) -> None:
        self.moving += step if nats else 0
        if not cluster:
            self.lone += step
            return
        before = self.items.get(cluster, 0)
        self.several += (before + step > 1) - (before > 1)
        self.items[cluster] = before + step
        if not before + step:
            del self.items[cluster]

    def between(self) -> float:
        """Return the sum where different clusters and lone items are not quite independent either."""
        self.total()
        if self._between is None:
            for raises, side in self._apart.items():
                side.put_all(self._new[raises])
                for strength in self._old[raises]:
                    side.take(strength)
                self._new[raises], self._old[raises] = [], []
            self._between = self._apart[True].total(BETWEEN) - self._apart[False].total(BETWEEN)
        return self._between

    def _bring_up(self) -> None:
        for places, lone in ((self._new, self._came), (self._old, self._went)):
            for nats in lone:
                if nats:
                    places[nats > 0].append(abs(nats))
        self._between = None
        super()._bring_up()

    def _note(self, key: tuple[str, bool], before: float, now: float) -> None:
        cluster, raises = key
        if now:
            self._new[raises].append(now)
        if before:
            self._old[raises].append(before)
        both = [self._told[cluster, each][0] if (cluster, each) in self._told else 0.0 for each in (True, False)]
        self.by_cluster[cluster] = both[0] - both[1]
        if not any(both):
            del self.by_cluster[cluster]


def doubted_sums(debate: Debate) -> Sums[DoubtedSum]:
    """Return the sums of a debate, without any evidence as yet."""
    return Sums(debate, lambda: DoubtedSum(debate.correlation))


def by_cluster(sums: Sums[DoubtedSum]) -> tuple[Sequence[str], dict[str, list[float]]]:
    """Return the names of all clusters, in order, and by slug what each of them adds to a hypothesis, in nats."""
    kept = sums.by_hypothesis
    for one in kept.values():
        one.total()  # brings them up to what is there
    names = sorted(set().union(*(one.items for one in kept.values())))
    return names, {slug: [one.by_cluster.get(name, 0.0) for name in names] for slug, one in kept.items()}
