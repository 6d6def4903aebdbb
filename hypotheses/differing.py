"""Where what people state and what the evidence implies part: by how much, and whether the order does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypotheses.belief import difference
from hypotheses.debate import Debate, Hypothesis
from hypotheses.doubted import Doubted
from hypotheses.ranking import ranked


class Difference(NamedTuple):
    """One hypothesis, stated beside implied."""

    rank: int
    hypothesis: Hypothesis
    implied: float
    span: tuple[float, float]
    """The lowest and the highest that is implied over the doubts."""
    decibans: float
    """How far the implied plausibility lies above the stated one; infinite when just one of them is 0 or 1."""


def differences(debate: Debate, says: Doubted) -> tuple[Difference, ...]:
    """Return every hypothesis with what is stated beside what the evidence says, the largest difference first."""
    implied = says.rated.implied
    apart = [
        Difference(
            rank, each, implied[each.slug], says.span(each.slug), difference(implied[each.slug], each.plausibility)
        )
        for rank, each in enumerate(ranked(debate), 1)
    ]
    return tuple(sorted(apart, key=lambda one: -abs(one.decibans)))


def parting(implied_by_rank: Sequence[float]) -> tuple[int, int] | None:
    """Return the first ranks (from 1) that the evidence has the other way round: (5, 1) if it puts 5 before 1.

    Args:
        implied_by_rank: What is implied for each hypothesis, in the order of the ranking.
    """
    order = sorted(range(len(implied_by_rank)), key=lambda place: -round(implied_by_rank[place], 9))
    return next(((there + 1, place + 1) for place, there in enumerate(order) if there != place), None)
