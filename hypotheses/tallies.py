"""How many findings speak for and against each hypothesis, kept up as evidence comes and goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from hypotheses.changed import changed
from hypotheses.debate import Debate, Evidence


class Tallies:
    """The counts of a debate, brought forward from one version of it to the next by the evidence that changed."""

    def __init__(self) -> None:
        self._evidence: Mapping[str, Evidence] = {}
        self._for: Counter[str] = Counter()
        self._against: Counter[str] = Counter()

    def of(self, debate: Debate) -> dict[str, tuple[int, int]]:
        """Return by slug how much standing evidence speaks for a hypothesis (a ratio above 1) and against it."""
        there, gone = changed(self._evidence, debate.evidence)
        self._count((self._evidence[key] for key in (*there, *gone) if key in self._evidence), -1)
        self._count((debate.evidence[key] for key in there), 1)
        self._evidence = debate.evidence
        return {slug: (self._for[slug], self._against[slug]) for slug in debate.hypotheses}

    def _count(self, items: Iterable[Evidence], step: int) -> None:
        for item in items:
            if not item.retracted:
                for slug, cell in item.assessments.items():
                    if cell.ratio is not None and cell.ratio != 1:
                        (self._for if cell.ratio > 1 else self._against)[slug] += step


def tallied(debate: Debate) -> dict[str, tuple[int, int]]:
    """Return by slug how much standing evidence speaks for a hypothesis and against it."""
    return Tallies().of(debate)
