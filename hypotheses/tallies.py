"""How many findings speak for and against each hypothesis, and who rates: kept up as evidence comes and goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hypotheses.changed import changed
from hypotheses.debate import Debate, Evidence
from hypotheses.people import OWNER


class Tallies:
    """The counts of a debate, brought forward from one version of it to the next by the evidence that changed."""

    def __init__(self) -> None:
        self._evidence: Mapping[str, Evidence] = {}
        self._for: Counter[str] = Counter()
        self._against: Counter[str] = Counter()
        self._rating: Counter[str] = Counter()
        self._people: Counter[str] = Counter()
        self._members: Counter[str] = Counter()

    def of(self, debate: Debate) -> dict[str, tuple[int, int]]:
        """Return by slug how much standing evidence speaks for a hypothesis (a ratio above 1) and against it."""
        self._follow(debate)
        return {slug: (self._for[slug], self._against[slug]) for slug in debate.hypotheses}

    def untested(self, debate: Debate) -> tuple[str, ...]:
        """Return what `schemes.untested` does: the hypotheses that no standing evidence rates."""
        self._follow(debate)
        return tuple(slug for slug in debate.hypotheses if not self._rating[slug])

    def people(self, debate: Debate) -> tuple[str, ...]:
        """Return what `people.people` does: everybody who has stated or rated something, the owner first."""
        self._follow(debate)
        stating = (by for each in debate.hypotheses.values() for by in (each.by, *each.others))
        return tuple(sorted({OWNER, *stating, *(person for person, count in self._people.items() if count)}))

    def members(self, debate: Debate) -> Mapping[str, int]:
        """Return how many standing items each cluster has."""
        self._follow(debate)
        return dict(self._members)

    def _follow(self, debate: Debate) -> None:
        there, gone = changed(self._evidence, debate.evidence)
        self._count((self._evidence[key] for key in (*there, *gone) if key in self._evidence), -1)
        self._count((debate.evidence[key] for key in there), 1)
        self._evidence = debate.evidence

    def _count(self, items: Iterable[Evidence], step: int) -> None:
        for item in items:
            stands, has_weight = not item.retracted, item.has_weight
            if stands and item.cluster:
                self._members[item.cluster] += step
            for slug, cell in item.assessments.items():
                if cell.ratio is not None:
                    if has_weight:
                        self._rating[slug] += step
                    if stands and cell.ratio != 1:
                        (self._for if cell.ratio > 1 else self._against)[slug] += step
                if cell.by or cell.others:
                    for person in (cell.by, *cell.others):
                        self._people[person] += step


def tallied(debate: Debate) -> dict[str, tuple[int, int]]:
    """Return by slug how much standing evidence speaks for a hypothesis and against it."""
    return Tallies().of(debate)
