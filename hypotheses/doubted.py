"""What the evidence says as rated and under every doubt, how far that is apart, and how firmly it orders."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hypotheses.debate import Debate
from hypotheses.doubt_cases import Case, Cases, FewCases
from hypotheses.doubted_sums import doubted_sums
from hypotheses.doubts import DOUBTS, Doubt, Rated, only_after_prior
from hypotheses.progress import Told, untold, within
from hypotheses.schemes import contenders, untested
from hypotheses.sums import Followed, plain_sums


class Under(NamedTuple):
    """What follows under one doubt."""

    doubt: Doubt
    cases: Cases
    """What follows; empty if there is nothing to doubt."""

    def worst(self, slug: str) -> tuple[str, Case]:
        """Return the case in which a hypothesis is least ahead of all others, with its name."""
        return min(self.cases.closest(slug), key=lambda case: case[1].lead(slug) if slug else 0.0)


class Firmness(NamedTuple):
    """Under how many doubts the evidence puts one hypothesis before another."""

    doubts: int
    of: int
    """How many there are."""

    @property
    def firm(self) -> bool:
        """Whether under all of them."""
        return self.doubts == self.of

    @property
    def under(self) -> str:
        """Write how many: `5 of 6 doubts`."""
        return f"{self.doubts} of {self.of} doubt{'' if self.of == 1 else 's'}"

    @property
    def how(self) -> str:
        """Write how firm that is."""
        return "firm" if self.firm else "not firm"


class Doubted(NamedTuple):
    """What the evidence says, as rated and under every doubt."""

    rated: Case
    under: tuple[Under, ...]

    @property
    def first(self) -> str:
        """The slug that stands first as rated; empty if there is no contender."""
        return next(iter(self.rated.order), "")

    @property
    def counted(self) -> tuple[Under, ...]:
        """The doubts that are in the span, as far as there is something to doubt."""
        return tuple(under for under in self.under if under.cases and not under.doubt.owners)

    def span(self, slug: str) -> tuple[float, float]:
        """Return the lowest and the highest implied plausibility."""
        found = [case.implied[slug] for under in self.counted for case in under.cases.widest(slug)]
        return min([self.rated.implied[slug], *found]), max([self.rated.implied[slug], *found])

    def first_under(self, slug: str) -> tuple[str, ...]:
        """Return the names of the doubts under which a hypothesis stands first, in the worst case for the first."""
        return tuple(
            under.doubt.name for under in self.counted if next(iter(under.worst(self.first)[1].order), "") == slug
        )

    def firmness(self, slug: str, other: str = "") -> Firmness:
        """Say under how many doubts, in all of their cases, one stands before another, or before all others."""
        held = [
            all(
                case.odds[slug] > case.odds[other] if other else case.lead(slug) > 0
                for _, case in under.cases.closest(slug, other)
            )
            for under in self.counted
        ]
        return Firmness(sum(held), len(held))


def how_firmly(says: Doubted, before: str, after: str = "") -> str:
    """Say under how many doubts the evidence puts one hypothesis before another, or before all others."""
    firmness = says.firmness(before, after)
    return f" under {firmness.under}: {firmness.how}" if firmness.of else ""


class FollowedDoubts:
    """What the evidence says under every doubt, brought forward from one version of a debate to the next."""

    def __init__(self) -> None:
        self._sums = Followed(doubted_sums)
        self._after_prior = Followed(plain_sums)

    def differs_by(self, debate: Debate) -> int:
        """Return how many items of evidence there are to take up for a debate."""
        after_prior = only_after_prior(debate)
        others = 0 if after_prior is None else self._after_prior.differs_by(after_prior)
        return max(self._sums.differs_by(debate), others)

    def of(self, debate: Debate, idle: Collection[str], told: Told = untold) -> Doubted:
        """Return what the evidence says of a debate; `idle` are the hypotheses that no standing evidence rates."""
        sums = self._sums.of(debate, within(told, 0.0, 0.9))
        taking_part = contenders(debate, idle)
        rated = Rated(debate, taking_part, sums, lambda changed: self._after_prior.of(changed).log_odds(changed))
        under = [Under(doubt, doubt.cases(rated) if debate.hypotheses else FewCases()) for doubt in DOUBTS.values()]
        return Doubted(rated.case(debate, rated.odds), tuple(under))


def doubted(debate: Debate, told: Told = untold) -> Doubted:
    """Return what the evidence says of a debate, as rated and under every doubt."""
    return FollowedDoubts().of(debate, untested(debate), told)
