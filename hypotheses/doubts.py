"""Stated doubts about what the evidence says: ways in which the rule of belief could be wrong, and what follows then.

Each doubt is one pure function of what the evidence adds, with its formula and where it comes from. The span of an
implied plausibility is its lowest and its highest value, as rated and under all of them. It is no confidence interval:
it knows nothing of evidence that was never logged, of ratings that point the wrong way, or of doubts not listed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from hypotheses.belief import implied_by, prior_odds
from hypotheses.debate import Debate
from hypotheses.doubt_cases import DECIMALS, Case, Cases, FewCases, Odds, WithoutOne
from hypotheses.doubted_sums import BETWEEN, LOOSE, OTHERS, TIGHT, DoubtedSum, by_cluster
from hypotheses.sums import Sums


class Rated(NamedTuple):
    """A debate with what its evidence adds."""

    debate: Debate
    contenders: tuple[str, ...]
    sums: Sums[DoubtedSum]
    after_prior: Callable[[Debate], Odds]
    """What `belief.log_odds` returns of a debate in which only what came after the priors counts."""

    def case(self, changed: Debate, odds: Odds) -> Case:
        """Return what follows from log-odds in a debate."""
        rounded = {slug: round(value, DECIMALS) for slug, value in odds.items()}
        return Case(implied_by(changed, odds), rounded, self.contenders)

    @property
    def odds(self) -> Odds:
        """The log-odds as rated."""
        return self.sums.log_odds(self.debate)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One way in which the rule of belief could be wrong."""

    name: str
    """What programs call it."""
    label: str
    formula: str
    reason: str
    """Why one may doubt this, with its source."""
    cases: Callable[[Rated], Cases]
    """Returns what follows; no case if there is nothing to doubt."""
    missing: str = ""
    """What is not there if there is nothing to doubt."""
    owners: bool = False
    """Whether it is the owner's to decide: told, but not in the span."""


def _one(rated: Rated, changed: Debate, odds: Odds) -> Cases:
    return FewCases({"": rated.case(changed, odds)})


def _correlated(correlation: float) -> Callable[[Rated], Cases]:
    rule = 1 + OTHERS.index(correlation)

    def cases(rated: Rated) -> Cases:
        if not any(one.several for one in rated.sums.by_hypothesis.values()):
            return FewCases()
        return _one(rated, rated.debate, rated.sums.log_odds(rated.debate, rule))

    return cases


def _hang_together(rated: Rated) -> Cases:
    kept, start = rated.sums.by_hypothesis, prior_odds(rated.debate)
    if not any(len(one.items) + one.lone > 1 for one in kept.values()):
        return FewCases()
    return _one(rated, rated.debate, {slug: start[slug] + one.between() for slug, one in kept.items()})


def _halved(rated: Rated) -> Cases:
    kept, start = rated.sums.by_hypothesis, prior_odds(rated.debate)
    if not any(one.moving for one in kept.values()):
        return FewCases()
    return _one(rated, rated.debate, {slug: start[slug] + 0.5 * one.total() for slug, one in kept.items()})


def only_after_prior(debate: Debate) -> Debate | None:
    """Return a debate in which only what came after the priors counts; None if that is so, or no prior bears a date."""
    if debate.counts != "all" or not any(h.prior_on for h in debate.hypotheses.values()):
        return None
    return replace(debate, counts="after-prior")


def _after_prior(rated: Rated) -> Cases:
    changed = only_after_prior(rated.debate)
    return FewCases() if changed is None else _one(rated, changed, rated.after_prior(changed))


def _without_one_cluster(rated: Rated) -> Cases:
    debate = rated.debate
    names, adds = by_cluster(rated.sums)
    if not names:
        return FewCases()
    apart = debate.mode == "independent"
    return WithoutOne(rated.odds, names, adds, rated.contenders, lambda odds: rated.case(debate, odds), apart=apart)


def _even_priors(rated: Rated) -> Cases:
    # In an exclusive debate "none of these" has the same share.
    debate = rated.debate
    even = 0.5 if debate.mode == "independent" else 1 / (len(debate.hypotheses) + 1)
    changed = replace(debate, hypotheses={slug: replace(h, prior=even) for slug, h in debate.hypotheses.items()})
    return _one(rated, changed, rated.sums.log_odds(changed))


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
