"""Stated doubts about what the evidence says: ways in which the rule of belief could be wrong, and what follows then.

Each doubt is one pure function of what the evidence adds, with its formula and where it comes from. The span of an
implied plausibility is its lowest and its highest value, as rated and under all of them. It is no confidence interval:
it knows nothing of evidence that was never logged, of ratings that point the wrong way, or of doubts not listed here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from hypotheses.belief import Nats, added, implied_by, nats_by_cluster, prior_odds
from hypotheses.clusters import together
from hypotheses.debate import Debate
from hypotheses.progress import Told, each_told, untold
from hypotheses.schemes import contenders

Odds = Mapping[str, float]
"""Slug -> what orders a hypothesis by the evidence, in nats: what `belief.log_odds` returns."""

LOOSE, TIGHT = 0.25, 0.75
"""The correlations within a cluster under the first two doubts."""
BETWEEN: Final = 0.1
"""The correlation of what different clusters add, under the third."""
_DECIMALS: Final = 9
"""So many decimals of log-odds decide which of two stands first; the last bits of a sum do not."""


class Case(NamedTuple):
    """What follows in one case of a doubt."""

    implied: Mapping[str, float]
    """Slug -> plausibility."""
    odds: Odds
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


@dataclass(frozen=True, slots=True)
class Doubt:
    """One way in which the rule of belief could be wrong."""

    name: str
    """What programs call it."""
    label: str
    formula: str
    reason: str
    """Why one may doubt this, with its source."""
    cases: Callable[[Debate, Mapping[str, Nats]], Iterator[tuple[str, Debate, Odds]]]
    """Yields what it makes of a debate and of what the evidence adds: the debate and its log-odds.

    That is one case without a name, several with theirs, or none if there is nothing to doubt.
    """
    missing: str = ""
    """What is not there if there is nothing to doubt."""
    owners: bool = False
    """Whether it is the owner's to decide: told, but not in the span."""


class Under(NamedTuple):
    """What follows under one doubt."""

    doubt: Doubt
    cases: Mapping[str, Case]
    """Name -> what follows; empty if there is nothing to doubt."""

    def worst(self, slug: str) -> tuple[str, Case]:
        """Return the case in which a hypothesis is least ahead of all others, with its name."""
        return min(self.cases.items(), key=lambda case: case[1].lead(slug) if slug else 0.0)


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
        found = [case.implied[slug] for under in self.counted for case in under.cases.values()]
        return min([self.rated.implied[slug], *found]), max([self.rated.implied[slug], *found])

    def first_under(self, slug: str) -> tuple[str, ...]:
        """Return the names of the doubts under which a hypothesis stands first, in the worst case for the first."""
        return tuple(
            under.doubt.name for under in self.counted if next(iter(under.worst(self.first)[1].order), "") == slug
        )

    def firmness(self, slug: str, other: str = "") -> Firmness:
        """Say under how many doubts, in all of their cases, one stands before another, or before all others."""
        held = [
            all(case.odds[slug] > case.odds[other] if other else case.lead(slug) > 0 for case in under.cases.values())
            for under in self.counted
        ]
        return Firmness(sum(held), len(held))


def how_firmly(says: Doubted, before: str, after: str = "") -> str:
    """Say under how many doubts the evidence puts one hypothesis before another, or before all others."""
    firmness = says.firmness(before, after)
    return f" under {firmness.under}: {firmness.how}" if firmness.of else ""


def doubted(debate: Debate, told: Told = untold) -> Doubted:
    """Return what the evidence says of a debate, as rated and under every doubt."""
    nats = nats_by_cluster(debate)
    taking_part = contenders(debate)

    def follows(changed: Debate, odds: Odds) -> Case:
        rounded = {slug: round(value, _DECIMALS) for slug, value in odds.items()}
        return Case(implied_by(changed, odds), rounded, taking_part)

    under = []
    for doubt in each_told(list(DOUBTS.values()), told):
        cases = {name: follows(changed, odds) for name, changed, odds in doubt.cases(debate, nats)} if nats else {}
        under.append(Under(doubt, cases))
    return Doubted(follows(debate, _odds(debate, nats)), tuple(under))


def _odds(debate: Debate, nats: Mapping[str, Nats], *, between: float = 0.0, part: float = 1.0) -> dict[str, float]:
    return {
        slug: start + part * added(nats[slug], debate.correlation, between)
        for slug, start in prior_odds(debate).items()
    }


def _correlated(correlation: float) -> Callable[[Debate, Mapping[str, Nats]], Iterator[tuple[str, Debate, Odds]]]:
    def cases(debate: Debate, nats: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
        if any(cluster and len(each) > 1 for clusters in nats.values() for cluster, each in clusters.items()):
            changed = replace(debate, correlation=correlation)
            yield "", changed, _odds(changed, nats)

    return cases


def _hang_together(debate: Debate, nats: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
    if any(sum(1 if cluster else len(lone) for cluster, lone in each.items()) > 1 for each in nats.values()):
        yield "", debate, _odds(debate, nats, between=BETWEEN)


def _halved(debate: Debate, nats: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
    if any(map(any, (each.values() for each in nats.values()))):
        yield "", debate, _odds(debate, nats, part=0.5)


def _after_prior(debate: Debate, _: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
    if debate.counts == "all" and any(h.prior_on for h in debate.hypotheses.values()):
        changed = replace(debate, counts="after-prior")
        yield "", changed, _odds(changed, nats_by_cluster(changed))


def _without_one_cluster(debate: Debate, nats: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
    rated = _odds(debate, nats)
    for cluster in dict.fromkeys(cluster for each in nats.values() for cluster in each if cluster):
        left = dict(rated)
        for slug, each in nats.items():
            if cluster in each:
                left[slug] -= math.fsum(together(each[cluster], debate.correlation))
        yield cluster, debate, left


def _even_priors(debate: Debate, nats: Mapping[str, Nats]) -> Iterator[tuple[str, Debate, Odds]]:
    # In an exclusive debate "none of these" has the same share.
    even = 0.5 if debate.mode == "independent" else 1 / (len(debate.hypotheses) + 1)
    changed = replace(debate, hypotheses={slug: replace(h, prior=even) for slug, h in debate.hypotheses.items()})
    yield "", changed, _odds(changed, nats)


_NO_CLUSTERS: Final = "no cluster has two items"
DOUBTS: Final[Mapping[str, Doubt]] = {
    doubt.name: doubt
    for doubt in (
        Doubt(
            "looser",
            f"Clusters looser, ρ {LOOSE}",
            f"the rule with ρ = {LOOSE}",
            "How far evidence of one cluster depends on the rest of it is a guess. Kish, Survey Sampling, 1965.",
            _correlated(LOOSE),
            _NO_CLUSTERS,
        ),
        Doubt(
            "tighter",
            f"Clusters tighter, ρ {TIGHT}",
            f"the rule with ρ = {TIGHT}",
            "How far evidence of one cluster depends on the rest of it is a guess. Kish, Survey Sampling, 1965.",
            _correlated(TIGHT),
            _NO_CLUSTERS,
        ),
        Doubt(
            "between",
            f"Clusters hang together, {BETWEEN:.0%}",
            f"the rule once more over what clusters and lone items add, with ρ = {BETWEEN}",
            "Nothing is quite independent: one field, one fashion, one reader who rates. A little of it takes most of a"
            " long sum. Kish, Survey Sampling, 1965; Good, Probability and the Weighing of Evidence, 1950.",
            _hang_together,
            "there are no two items",
        ),
        Doubt(
            "halved",
            "Every ratio halved",
            "½ · ln ratio for every rating",
            "People who state probabilities overstate them: what they call 90% comes out less often. Lichtenstein,"
            " Fischhoff and Phillips, Calibration of probabilities, 1982.",
            _halved,
            "there is no rating",
        ),
        Doubt(
            "after-prior",
            "Only what came after the prior",
            "the rule without evidence that is older than the prior it moves",
            "Whoever held the prior knew of older evidence, so that it would count twice. Glymour, Theory and Evidence,"
            " 1980, on old evidence.",
            _after_prior,
            "no prior bears a date",
        ),
        Doubt(
            "without-one",
            "Without one cluster",
            "the rule without any one cluster, in the case that is worst for the first",
            "One line of work may be mistaken as a whole.",
            _without_one_cluster,
            "there are no clusters",
        ),
        Doubt(
            "even-priors",
            "Even priors",
            "the rule with a prior of ½, or an even share of 1 in an exclusive debate",
            "What one starts from is one's own.",
            _even_priors,
            owners=True,
        ),
        Doubt(
            "independent",
            "Clusters independent, ρ 0",
            "the rule with ρ = 0",
            "Every item counts in full, as if it stood alone.",
            _correlated(0.0),
            _NO_CLUSTERS,
            owners=True,
        ),
        Doubt(
            "one-per-cluster",
            "One per cluster, ρ 1",
            "the rule with ρ = 1",
            "Of a cluster only the strongest each way counts.",
            _correlated(1.0),
            _NO_CLUSTERS,
            owners=True,
        ),
    )
}
"""Every doubt by its name."""
