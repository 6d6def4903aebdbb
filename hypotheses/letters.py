"""The matrix in letters, as those who score it see it: the letter of an ACH matrix that is nearest to each ratio."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from hypotheses.debate import Debate

LETTERS: Final = ("II", "I", "N", "C", "CC")
_BOUNDS: Final = (math.log(3) / 2, (math.log(3) + math.log(10)) / 2)
"""Where N gives way to C or I, and these to CC or II, in nats."""


class Rating(NamedTuple):
    """One cell that counts, as a scheme sees it."""

    letter: str
    credibility: float | None
    relevance: float | None


class Column(NamedTuple):
    """One hypothesis' cells of standing evidence."""

    ratings: tuple[Rating, ...]
    not_applicable: int
    unrated: int

    @property
    def items(self) -> int:
        """How many items of standing evidence there are."""
        return len(self.ratings) + self.not_applicable + self.unrated


@lru_cache(1024)
def letter(ratio: float) -> str:
    """Return the letter that is nearest to a likelihood ratio in logarithm; half way, the weaker one."""
    log = math.log(ratio)
    strength = bisect_left(_BOUNDS, abs(log))
    return LETTERS[2 + strength if log > 0 else 2 - strength]


def columns(debate: Debate) -> dict[str, Column]:
    """Return the cells of the matrix by hypothesis."""
    standing = [item for item in debate.evidence.values() if item.has_weight]
    by_scheme = {}
    for slug in debate.hypotheses:
        cells = [(item, cell) for item in standing if (cell := item.assessments.get(slug))]
        ratings = tuple(
            _rating(cell.ratio, item.credibility, item.relevance) for item, cell in cells if cell.ratio is not None
        )
        by_scheme[slug] = Column(ratings, len(cells) - len(ratings), len(standing) - len(cells))
    return by_scheme


@lru_cache(1024)  # a matrix of 80,000 cells has a few dozen different ones
def _rating(ratio: float, credibility: float | None, relevance: float | None) -> Rating:
    return Rating(letter(ratio), credibility, relevance)
