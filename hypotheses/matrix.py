"""The matrix as a whole: what is worked out of its cells, in which order its rows stand, and which are left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any, Final, Literal, TypeVar

from hypotheses.belief import weighed, weights
from hypotheses.debate import Debate, Evidence
from hypotheses.people import cell_disagreement
from hypotheses.schemes import Scores, diagnosticity, fragile, score
from hypotheses.summed import Cluster, clustered, summed

Row = TypeVar("Row", Evidence, Evidence | Cluster)
"""What rows stand for: all of them evidence, or some clusters."""
Order = Literal["diagnosticity", "date", "cluster", "weight", "rating", "title", "logged"]
ORDERS: Final[Mapping[Order, str]] = {
    "diagnosticity": "what tells the explanations apart best comes first",
    "date": "the newest first",
    "cluster": "what hangs together stands together, what stands alone comes last",
    "weight": "what counts most comes first",
    "rating": "what speaks most for the explanation under the cursor comes first, what says nothing of it last",
    "title": "from A to Z",
    "logged": "as it was entered",
}
"""Each order of the rows, and what it does."""
Part = Literal["all", "to rate", "to rate here", "people differ", "standing"]
PARTS: Final[Mapping[Part, str]] = {
    "all": "all",
    "to rate": "with a blank cell",
    "to rate here": "blank for this explanation",
    "people differ": "on which people differ",
    "standing": "not retracted",
}
"""Each part of the rows that can be shown, in words."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is worked out of all cells together."""

    diagnosticity: Mapping[str, float] = field(default_factory=dict)
    """Key -> how well an item tells the hypotheses apart."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Key -> how much of an item counts, on average over what it rates."""
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    """Name -> what the evidence of a cluster adds up to, where it has two or more items."""
    scores: Mapping[str, Scores] = field(default_factory=dict)
    """Scheme -> what it says."""
    fragile: tuple[str, ...] = ()
    """Slugs on whose place the schemes do not agree."""

    @property
    def untested(self) -> tuple[str, ...]:
        """The hypotheses that no standing evidence rates."""
        return next((tuple(each.order[len(each.places) :]) for each in self.scores.values()), ())

    def telling(self, row: Evidence | Cluster) -> float:
        """Return how well what stands in a row tells the hypotheses apart."""
        return row.diagnosticity if isinstance(row, Cluster) else self.diagnosticity.get(row.key, 0.0)

    def weight(self, row: Evidence | Cluster) -> float | None:
        """Return how much of what stands in a row counts: of a cluster, all its items together; None if not known."""
        if isinstance(row, Evidence):
            return self.weights.get(row.key)
        return math.fsum(self.weights.get(key, 0.0) for key in row.keys)

    def share(self, debate: Debate, evidence: Evidence, slug: str) -> float:
        """Return how much its cluster leaves of an item under a hypothesis; all of it where it moves nothing."""
        item = weighed(replace(debate, evidence=self.fellows(debate, evidence)), slug).get(evidence.key)
        return item.share if item else 1.0

    def fellows(self, debate: Debate, evidence: Evidence) -> dict[str, Evidence]:
        """Return the items of the cluster of an item by key, itself among them; none where it stands alone."""
        cluster = self.clusters.get(evidence.cluster)
        return {key: debate.evidence[key] for key in cluster.keys if key in debate.evidence} if cluster else {}


class Workings:
    """Works out the figures, and keeps those of an item until it changes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Evidence, float]] = {}
        self._hypotheses: tuple[str, ...] = ()
        self._clusters: dict[str, tuple[tuple[Evidence, ...], Cluster]] = {}
        self._counted: object = None
        """What else the sums of clusters hang on."""

    def figures(self, debate: Debate) -> Figures:
        """Return the figures of a debate."""
        slugs = tuple(debate.hypotheses)
        kept = self._known if slugs == self._hypotheses else {}
        worked_out = {}
        for key, item in debate.evidence.items():
            was = kept.get(key)
            worked_out[key] = was if was is not None and was[0] is item else (item, diagnosticity(item, slugs))
        self._known, self._hypotheses = worked_out, slugs
        scores = score(debate)
        return Figures(
            {key: value for key, (_, value) in worked_out.items()},
            weights(debate),
            self._summed(debate),
            scores,
            fragile(scores),
        )

    def _summed(self, debate: Debate) -> dict[str, Cluster]:
        counted = (debate.counts, debate.correlation, [(h.slug, h.prior_on) for h in debate.hypotheses.values()])
        kept = self._clusters if counted == self._counted else {}
        worked_out = {}
        for name, items in clustered(debate).items():
            was = kept.get(name)
            same = was is not None and len(was[0]) == len(items) and all(map(is_, was[0], items))
            worked_out[name] = was if was is not None and same else (items, summed(debate, items))
        self._clusters, self._counted = worked_out, counted
        return {name: cluster for name, (_, cluster) in worked_out.items()}


def in_order(rows: Iterable[Row], figures: Figures, by: Order, slug: str) -> list[Row]:
    """Put evidence and clusters, as they were entered, into an order; what is equal stays as it was entered.

    `slug` is the hypothesis one is at.
    """
    key: Mapping[Order, Callable[[Row], Any]] = {
        "diagnosticity": lambda row: (_falling(figures.telling(row)), *gaps_in(row)),
        "weight": lambda row: _falling(figures.weight(row)),
        "date": lambda row: row.date,
        "cluster": lambda row: (not row.cluster, row.cluster, _falling(figures.telling(row))),
        "rating": lambda row: _by_rating(row, slug),
        "title": lambda row: row.title.casefold(),
        "logged": lambda _: 0,
    }
    return sorted(rows, key=key[by], reverse=by == "date")


def gaps_in(row: Evidence | Cluster) -> tuple[bool, int, int]:
    """Return what orders rows that tell as much: what stands first, then fewer n/a, then fewer blank cells.

    The last two are those of Open Synthesis.
    """
    if isinstance(row, Cluster):
        return not row.sums, sum(each.nats is None for each in row.sums.values()), -len(row.sums)
    return row.retracted, sum(cell.ratio is None for cell in row.assessments.values()), -len(row.assessments)


def _by_rating(row: Evidence | Cluster, slug: str) -> tuple[bool, float]:
    """Return what puts first what adds most, and last what does not rate the hypothesis or counts nothing."""
    if isinstance(row, Cluster):
        nats = row.sums[slug].nats if slug in row.sums else None
    else:
        cell = row.assessments.get(slug) if row.has_weight else None
        nats = None if cell is None or cell.ratio is None else row.weight * math.log(cell.ratio)
    return (True, 0.0) if nats is None else (False, _falling(nats))


def _falling(figure: float | None) -> float:
    """Return what puts the largest first; the last bits of a sum decide nothing."""
    return -round(figure or 0.0, 9)


def in_part(item: Evidence, part: Part, slugs: Collection[str], slug: str) -> bool:
    """Say whether an item belongs to a part of the rows; `slug` is the hypothesis one is at."""
    match part:
        case "to rate":
            return not item.retracted and any(each not in item.assessments for each in slugs)
        case "to rate here":
            return not item.retracted and slug not in item.assessments
        case "people differ":
            return any(cell.others and cell_disagreement(cell) > 0 for cell in item.assessments.values())
        case "standing":
            return not item.retracted
        case "all":
            return True


def has_words(item: Evidence, words: Sequence[str]) -> bool:
    """Say whether an item has all these words, given in small letters."""
    text = " ".join((item.key, item.title, item.cluster, item.source, item.finding, *item.authors)).casefold()
    return all(word in text for word in words)
