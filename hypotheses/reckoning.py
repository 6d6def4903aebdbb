"""After the fact: how good everybody's plausibilities were, and which evidence misled.

Brier's score of a plausibility p is (p - outcome)^2 with an outcome of 1 or 0 ("Verification of forecasts expressed in
terms of probability", Monthly Weather Review 78, 1950); the log score is -ln of the plausibility given to what happened
(Good, "Rational decisions", J. R. Statist. Soc. B 14, 1952). Of both, lower is better; 50% scores 0.25 and 0.69.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hypotheses.belief import evidence_for
from hypotheses.debate import Debate, Hypothesis
from hypotheses.people import statements
from hypotheses.timeline import Stand


class Score(NamedTuple):
    """How good a person's plausibilities were, on average over the settled hypotheses that the person stated."""

    at: datetime | None
    """Since when they stood so, in UTC; None for now."""
    brier: float
    log: float
    """Infinite if something was held impossible that happened, or certain that did not."""
    hypotheses: int
    """How many it is the average of."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How one person did."""

    person: str
    """Empty for the owner."""
    last: Score
    """By what the person held when each was settled."""
    over_time: tuple[Score, ...]
    """By what the person held at each time before, oldest first; a hypothesis counts until it was settled."""


class Misleading(NamedTuple):
    """Evidence that spoke for what turned out false, or against what turned out true."""

    evidence: str
    """Key."""
    hypothesis: str
    """Slug."""
    decibans: float
    """How far it pulled the wrong way."""


def brier(plausibility: float, outcome: bool) -> float:
    """Return Brier's score: 0 at best, 1 at worst."""
    return (plausibility - outcome) ** 2


def log_score(plausibility: float, outcome: bool) -> float:
    """Return -ln of the plausibility given to what happened: 0 at best, infinite at worst."""
    given = plausibility if outcome else 1 - plausibility
    return -math.log(given) if given > 0 else math.inf


def settled(debate: Debate) -> tuple[Hypothesis, ...]:
    """Return the hypotheses of which it is known how they turned out."""
    return tuple(h for h in debate.hypotheses.values() if h.settled)


def reckon(debate: Debate, stands: Sequence[Stand] = ()) -> tuple[Reckoning, ...]:
    """Return how everybody did who stated a plausibility of a settled hypothesis, the best by Brier's score first.

    Args:
        debate: The debate, as anybody sees it.
        stands: The journal's states, oldest first; without them what is stated now counts.
    """
    done = settled(debate)
    people = dict.fromkeys(person for h in done for person in statements(h))
    scored = [one for person in people if (one := _reckoning(person, done, stands))]
    return tuple(sorted(scored, key=lambda one: (one.last.brier, one.last.log, one.person)))


def _reckoning(person: str, done: Sequence[Hypothesis], stands: Sequence[Stand]) -> Reckoning | None:
    last = {h.slug: p for h in done if (p := _held_last(h, person, stands)) is not None}
    if not last:
        return None
    over_time: list[Score] = []
    for stand in stands:
        day, own = stand.at.strftime("%Y-%m-%d"), stand.stated.get(person, {})
        open_then = {h.slug: own[h.slug] for h in done if h.slug in own and (not h.settled_on or day <= h.settled_on)}
        if open_then:
            score = _score(stand.at, open_then, done)
            if not over_time or score[1:] != over_time[-1][1:]:
                over_time.append(score)
    return Reckoning(person, _score(None, last, done), tuple(over_time))


def _held_last(hypothesis: Hypothesis, person: str, stands: Sequence[Stand]) -> float | None:
    """Return what a person held of a hypothesis by the end of the day it was settled, else the first or only figure."""
    held = [
        (stand.at.strftime("%Y-%m-%d"), own[hypothesis.slug])
        for stand in stands
        if hypothesis.slug in (own := stand.stated.get(person, {}))
    ]
    by_then = [p for day, p in held if not hypothesis.settled_on or day <= hypothesis.settled_on]
    if by_then or held:
        return by_then[-1] if by_then else held[0][1]
    said = statements(hypothesis).get(person)
    return said.plausibility if said else None


def _score(at: datetime | None, held: dict[str, float], done: Sequence[Hypothesis]) -> Score:
    pairs = [(held[h.slug], h.settled == "true") for h in done if h.slug in held]
    n = len(pairs)
    return Score(
        at,
        math.fsum(brier(p, outcome) for p, outcome in pairs) / n,
        math.fsum(log_score(p, outcome) for p, outcome in pairs) / n,
        n,
    )


def misleading(debate: Debate) -> tuple[Misleading, ...]:
    """Return the evidence that pulled a settled hypothesis the wrong way, the strongest first."""
    misled = [
        Misleading(pull.evidence.key, h.slug, abs(pull.decibans))
        for h in settled(debate)
        for pull in evidence_for(debate, h.slug)
        if pull.decibans and (pull.decibans > 0) != (h.settled == "true")
    ]
    return tuple(sorted(misled, key=lambda one: (-one.decibans, one.evidence, one.hypothesis)))
