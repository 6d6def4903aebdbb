"""The matrix as a whole: what is worked out of its cells, in which order its rows stand, and which are left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from hypotheses.belief import weighed, weights
from hypotheses.debate import Debate, Evidence
from hypotheses.people import cell_disagreement
from hypotheses.schemes import Scores, diagnosticity, fragile, score

Order = Literal["diagnosticity", "date", "cluster", "weight", "rating", "title", "logged"]
ORDERS: Final[Mapping[Order, str]] = {
    "diagnosticity": "what tells the explanations apart best comes first",
    "date": "the newest first",
    "cluster": "what hangs together stands together, what stands alone comes last",
    "weight": "what counts most comes first",
    "rating": "what speaks most for the explanation under the cursor comes first, what does not rate it last",
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
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Cluster -> keys of its items."""
    scores: Mapping[str, Scores] = field(default_factory=dict)
    """Scheme -> what it says."""
    fragile: tuple[str, ...] = ()
    """Slugs on whose place the schemes do not agree."""

    @property
    def untested(self) -> tuple[str, ...]:
        """The hypotheses that no standing evidence rates."""
        return next((tuple(each.order[len(each.places) :]) for each in self.scores.values()), ())

    def share(self, debate: Debate, evidence: Evidence, slug: str) -> float:
        """Return how much its cluster leaves of an item under a hypothesis; all of it where it moves nothing."""
        fellows = {
            key: debate.evidence[key] for key in self.members.get(evidence.cluster, ()) if key in debate.evidence
        }
        item = weighed(replace(debate, evidence=fellows), slug).get(evidence.key)
        return item.share if item else 1.0


class Workings:
    """Works out the figures, and keeps those of an item until it changes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Evidence, float]] = {}
        self._hypotheses: tuple[str, ...] = ()

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
            _members(debate),
            scores,
            fragile(scores),
        )


def _members(debate: Debate) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for item in debate.evidence.values():
        if item.cluster:
            members.setdefault(item.cluster, []).append(item.key)
    return members


def in_order(items: Iterable[Evidence], figures: Figures, by: Order, slug: str) -> list[Evidence]:
    """Put evidence, as it was entered, into an order; what is equal stays as it was entered.

    `slug` is the hypothesis one is at.
    """
    weight, telling = figures.weights, figures.diagnosticity
    key: Mapping[Order, Callable[[Evidence], Any]] = {
        "diagnosticity": lambda item: (_falling(telling, item), *gaps_in(item)),
        "weight": lambda item: _falling(weight, item),
        "date": lambda item: item.date,
        "cluster": lambda item: (not item.cluster, item.cluster, _falling(telling, item)),
        "rating": lambda item: _by_rating(item, slug),
        "title": lambda item: item.title.casefold(),
        "logged": lambda _: 0,
    }
    return sorted(items, key=key[by], reverse=by == "date")


def gaps_in(item: Evidence) -> tuple[bool, int, int]:
    """Return what orders items that tell as much: what stands first, then fewer n/a, then fewer blank cells.

    The last two are those of Open Synthesis.
    """
    return item.retracted, sum(cell.ratio is None for cell in item.assessments.values()), -len(item.assessments)


def _by_rating(item: Evidence, slug: str) -> tuple[bool, float]:
    """Return what puts the largest ratio first, and last what does not rate the hypothesis or no longer counts."""
    cell = item.assessments.get(slug)
    if cell is None or cell.ratio is None or item.retracted:
        return True, 0.0
    return False, -cell.ratio


def _falling(figure: Mapping[str, float], item: Evidence) -> float:
    """Return what puts the largest first; the last bits of a sum decide nothing."""
    return -round(figure.get(item.key, 0.0), 9)


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
