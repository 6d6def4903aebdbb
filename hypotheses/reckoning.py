"""After the fact: how good everybody's plausibilities were, and which evidence misled.

Brier's score of a plausibility p is (p - outcome)^2 with an outcome of 1 or 0 ("Verification of forecasts expressed in
terms of probability", Monthly Weather Review 78, 1950); the log score is -ln of the plausibility given to what happened
(Good, "Rational decisions", J. R. Statist. Soc. B 14, 1952). Of both, lower is better; 50% scores 0.25 and 0.69.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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
    last: Score | None
    """By what the person held when each was settled; None if nothing was held then."""
    over_time: tuple[Score, ...]
    """By what the person held at each time before, oldest first; a hypothesis counts until it was settled."""
    not_held: tuple[str, ...] = ()
    """Slugs of what the person stated, but not before it was settled: it is not scored."""


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


def reckon(debate: Debate, stands: Sequence[Stand]) -> tuple[Reckoning, ...]:
    """Return how everybody did who stated a plausibility of a settled hypothesis, the best by Brier's score first.

    What counts is what was held by the end of the day on which it turned out, and before that was written down: nobody
    is scored on what was said afterwards, or on a starting figure.

    Args:
        debate: The debate, as anybody sees it.
        stands: The journal's states, oldest first.
    """
    done = settled(debate)
    people = dict.fromkeys(person for h in done for person, one in statements(h).items() if not one.placeholder)
    before = {h.slug: _before(h, stands) for h in done}
    scored = [_reckoning(person, done, stands, before) for person in people]
    return tuple(sorted(scored, key=lambda one: (*(one.last[1:3] if one.last else (math.inf, math.inf)), one.person)))


def _before(hypothesis: Hypothesis, stands: Sequence[Stand]) -> int:
    """Return how many of the states count for a hypothesis: those of before it was settled, in both senses."""
    settling = len(stands)
    while settling and hypothesis.slug in stands[settling - 1].settled:
        settling -= 1
    by_then = [number for number, stand in enumerate(stands) if _day(stand) <= (hypothesis.settled_on or "9")]
    return min(settling, by_then[-1] + 1 if by_then else 0)


def _day(stand: Stand) -> str:
    return f"{stand.at:%Y-%m-%d}"


def _reckoning(
    person: str, done: Sequence[Hypothesis], stands: Sequence[Stand], before: Mapping[str, int]
) -> Reckoning:
    said = [stand.said(person) for stand in stands]
    last: dict[str, float] = {}
    for h in done:
        held = said[before[h.slug] - 1] if before[h.slug] else {}
        if h.slug in held:
            last[h.slug] = held[h.slug]
    over_time: list[Score] = []
    for number, (stand, own) in enumerate(zip(stands, said, strict=True)):
        open_then = {h.slug: own[h.slug] for h in done if h.slug in own and number < before[h.slug]}
        if open_then:
            score = _score(stand.at, open_then, done)
            if not over_time or score[1:] != over_time[-1][1:]:
                over_time.append(score)
    stated = [h.slug for h in done if (one := statements(h).get(person)) and not one.placeholder]
    not_held = tuple(slug for slug in stated if slug not in last)
    return Reckoning(person, _score(None, last, done) if last else None, tuple(over_time), not_held)


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
