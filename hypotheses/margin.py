"""How far apart the two hypotheses are that the evidence puts first, and how they would stand without each item."""

from __future__ import annotations

import math
from typing import NamedTuple

from hypotheses.belief import DECIBANS_PER_NAT, log_odds
from hypotheses.debate import Debate
from hypotheses.places import places
from hypotheses.progress import Told, each_told, untold
from hypotheses.schemes import contenders, untested


class Margin(NamedTuple):
    """The two hypotheses that the evidence puts first, and how far apart."""

    first: str
    second: str
    nats: float
    """The difference of their log-odds, at least 0 (in an exclusive debate of their log-plausibilities)."""


class LeftOut(NamedTuple):
    """What one item of evidence does: how things would stand without it."""

    evidence: str
    """Key."""
    shift: float
    """By how many decibans the first would be further ahead of the second (negative: less far) without it."""
    first: str
    """Slug of the hypothesis that would be first."""
    flips: bool
    """Whether another one would be first, or the second another one."""


def margin(debate: Debate) -> Margin | None:
    """Return the first two that take part and are tested, ties by the debate's order; None if there are not two."""
    odds = _odds(debate)
    first, second, *_ = [*sorted(odds, key=lambda slug: -odds[slug]), "", ""]
    if not second or math.isinf(odds[first]) or math.isinf(odds[second]):
        return None
    return Margin(first, second, odds[first] - odds[second])


def _odds(debate: Debate) -> dict[str, float]:
    """Return the log-odds of the open and accepted hypotheses that some evidence rates."""
    taking_part = contenders(debate, untested(debate))
    return {slug: value for slug, value in log_odds(debate).items() if slug in taking_part}


def leave_one_out(debate: Debate, told: Told = untold) -> tuple[LeftOut, ...]:
    """Return for every item that counts how things would stand without it; what flips comes first, then by size."""
    apart = margin(debate)
    if apart is None:
        return ()
    odds = _odds(debate)
    without: dict[str, dict[str, float]] = {}
    for count, slug in enumerate(odds):
        told(0.8 * count / len(odds))
        for key, place in places(debate, slug).items():
            without.setdefault(key, {})[slug] = -place.added
    left_out = []
    for key in each_told(list(without), told, 0.8):
        changes = without[key]
        after = {slug: value + changes.get(slug, 0.0) for slug, value in odds.items()}
        first, second = sorted(after, key=lambda slug: -after[slug])[:2]
        shift = changes.get(apart.first, 0.0) - changes.get(apart.second, 0.0)
        left_out.append(LeftOut(key, shift * DECIBANS_PER_NAT, first, (first, second) != apart[:2]))
    return tuple(sorted(left_out, key=lambda one: (not one.flips, -abs(one.shift), one.evidence)))
