"""What follows from a doubt, in one case or in very many."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import sub
from typing import Final, NamedTuple

Odds = Mapping[str, float]
"""Slug -> what orders a hypothesis by the evidence, in nats: what `belief.log_odds` returns."""

DECIMALS: Final = 9
"""So many decimals of log-odds decide which of two stands first; the last bits of a sum do not."""
_NEAR: Final = 1e-8
"""Differences of log-odds nearer than this may come out the other way round when each is rounded."""


class Case(NamedTuple):
    """What follows in one case of a doubt."""

    implied: Mapping[str, float]
    """Slug -> plausibility."""
    odds: Odds
    """Rounded to so many decimals as decide which stands first."""
    contenders: tuple[str, ...]
    """The hypotheses that can come first: the open and accepted ones that some evidence rates."""

    @property
    def order(self) -> tuple[str, ...]:
        """The contenders, the one that the evidence puts first first."""
        return tuple(sorted(self.contenders, key=lambda slug: -self.odds[slug]))

    def lead(self, slug: str) -> float:
        """Return how far a hypothesis is ahead of all other contenders, in nats; below zero if it is not."""
        most = max((self.odds[other] for other in self.contenders if other != slug), default=-math.inf)
        return 0.0 if self.odds[slug] == most else self.odds[slug] - most


class Cases(Mapping[str, Case]):
    """The cases of a doubt by name: one without a name, several with theirs, or none if there is nothing to doubt."""

    @abstractmethod
    def widest(self, slug: str) -> Iterable[Case]:
        """Return cases among which are those where a hypothesis is implied least and most."""

    @abstractmethod
    def closest(self, slug: str, other: str = "") -> Iterable[tuple[str, Case]]:
        """Return cases among which is the one where a hypothesis is least ahead of another, or of any contender."""


class FewCases(dict[str, Case], Cases):
    """Cases that have all been worked out."""

    def widest(self, slug: str) -> Iterable[Case]:
        """Return all."""
        return self.values()

    def closest(self, slug: str, other: str = "") -> Iterable[tuple[str, Case]]:
        """Return all."""
        return self.items()


class WithoutOne(Cases):
    """What follows without each one of the clusters, of which there may be very many: worked out when asked for."""

    def __init__(
        self,
        rated: Odds,
        names: Sequence[str],
        adds: Mapping[str, Sequence[float]],
        contenders: Sequence[str],
        case: Callable[[Odds], Case],
        *,
        apart: bool,
    ) -> None:
        """Take the log-odds as rated, the clusters, what each adds to them by slug, and how a case is worked out.

        `apart` says that what is implied of a hypothesis hangs on its own log-odds alone.
        """
        self._rated, self._names, self._adds, self._contenders = rated, names, adds, contenders
        self._places = {name: place for place, name in enumerate(names)}
        self._case, self._apart = case, apart
        self._known: dict[int, Case] = {}
        self._least: dict[tuple[str, str], tuple[int, ...]] = {}

    def __getitem__(self, name: str) -> Case:
        """Return what follows without a cluster."""
        return self._at(self._places[name])

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the clusters."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many clusters there are."""
        return len(self._names)

    def _at(self, place: int) -> Case:
        case = self._known.get(place)
        if case is None:
            case = self._case({slug: odds - self._adds[slug][place] for slug, odds in self._rated.items()})
            self._known[place] = case
        return case

    def widest(self, slug: str) -> Iterable[Case]:
        """Return those without what raises a hypothesis most, and what lowers it most; or all."""
        if not self._apart:
            return self.values()
        adds = self._adds[slug]
        return [self._at(adds.index(end)) for end in (max(adds), min(adds))]

    def closest(self, slug: str, other: str = "") -> Iterable[tuple[str, Case]]:
        """Return those without what puts a hypothesis before others most."""
        others = [other] if other else [each for each in self._contenders if slug and each != slug]
        places = {place for each in others for place in self._least_ahead(slug, each)} or {0}
        return [(self._names[place], self._at(place)) for place in sorted(places)]

    def _least_ahead(self, slug: str, other: str) -> tuple[int, ...]:
        """Return the clusters that put one hypothesis before another most; of several that add the same, the first."""
        found = self._least.get((slug, other))
        if found is None:
            ours, theirs = self._adds[slug], self._adds[other]
            ahead = list(map(sub, ours, theirs))
            most = max(ahead) - _NEAR
            places = [place for place, each in enumerate(ahead) if each >= most]
            by_adding = {(ours[place], theirs[place]): place for place in reversed(places)}
            found = self._least[slug, other] = tuple(by_adding.values())
        return found
