"""What the evidence says: likelihood ratios, dependent evidence, and the plausibilities it implies.

    logit(p) = logit(prior) + sum over clusters and both directions of  d(k) * credibility * relevance * ln(ratio)

Of the items of a cluster that move the hypothesis the same way, the k-th strongest counts d(k), with the correlation of
the debate (see `clusters`). Turing and Good's deciban, 10 * log10 of a ratio, is the unit in which the pull of evidence
is told (Good, "Probability and the Weighing of Evidence", 1950).

Sums are taken with `math.fsum`, which rounds once, so the order of the evidence never shows in a result.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from hypotheses.clusters import shares, together
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis

DECIBANS_PER_NAT: Final = 10 / math.log(10)
"""A deciban is a tenth of the logarithm to base 10 of a ratio, a nat its natural logarithm."""


Nats = Mapping[str, Sequence[float]]
"""Cluster (empty for none) -> what each item that counts for a hypothesis would add to its log-odds by itself."""


class Pull(NamedTuple):
    """One item of evidence as it bears on one hypothesis."""

    evidence: Evidence
    assessment: Assessment
    decibans: float
    """What it adds to the hypothesis' log-odds after credibility, relevance and its cluster's discount."""
    weight: float
    """How much of its ln ratio that is, 0 to 1."""


def logit(p: float) -> float:
    """Return the log-odds ln(p / (1 - p)); minus and plus infinity at 0 and 1."""
    if p in (0, 1):
        return math.inf if p else -math.inf
    return math.log(p) - math.log1p(-p)


def from_logit(odds: float) -> float:
    """Return the plausibility with these log-odds."""
    if odds >= 0:
        return 1 / (1 + math.exp(-odds))
    return math.exp(odds) / (1 + math.exp(odds))


def difference(stated: float, implied: float) -> float:
    """Return how far one plausibility lies above another, in decibans; infinite when just one is 0 or 1."""
    return 0.0 if stated == implied else (logit(stated) - logit(implied)) * DECIBANS_PER_NAT


def counts_by(date: str, as_of: str) -> bool:
    """Say whether evidence of this date counts as of another; each `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty.

    It counts when its earliest possible day is not after the last day of `as_of`: what is dated
    `2023-03` counts from 1 March, and as of `2023` everything of that year counts. Undated evidence
    always counts, and everything counts as of no date.
    """
    return not date or not as_of or date + "-01-01"[len(date) - 4 :] <= as_of + "-12-31"[len(as_of) - 4 :]


def evidence_for(debate: Debate, slug: str, as_of: str = "") -> tuple[Pull, ...]:
    """Return the evidence that has a cell for this hypothesis, what moves it most first, ties by key.

    Retracted evidence, evidence after `as_of` and cells that are not applicable are there with a pull of 0.
    """
    counting, pulls = weighed(debate, slug, as_of), []
    for e in debate.evidence.values():
        if cell := e.assessments.get(slug):
            item = counting.get(e.key)
            decibans = item.nats * item.share * DECIBANS_PER_NAT if item else 0.0
            pulls.append(Pull(e, cell, decibans, item.weight if item else 0.0))
    return tuple(sorted(pulls, key=pull_order))


def pull_order(pull: Pull) -> tuple[float, str]:
    """Return what orders the evidence for a hypothesis: what moves it most first, ties by key."""
    return -round(abs(pull.decibans), 9), pull.evidence.key


def implied(debate: Debate, as_of: str = "") -> dict[str, float]:
    """Return the plausibility that prior and evidence imply for each hypothesis, by slug.

    In an exclusive debate p is proportional to prior * product of ratio ** weight, and "none of these"
    takes part with the prior the hypotheses leave and a ratio of 1. A prior of 0 or 1 stays what it is
    (in an exclusive debate as long as the priors sum to no more than 1).
    """
    return implied_by(debate, log_odds(debate, as_of))


def implied_by(debate: Debate, odds: Mapping[str, float]) -> dict[str, float]:
    """Return the plausibilities that go with what `log_odds` returns."""
    if debate.mode == "exclusive":
        return _shared(debate, odds)
    return {slug: from_logit(value) for slug, value in odds.items()}


def log_odds(debate: Debate, as_of: str = "") -> dict[str, float]:
    """Return what orders the hypotheses by the evidence, in nats, by slug.

    That is the log-odds of what is implied; in an exclusive debate ln prior plus the same sum, which differs
    from the logarithm of what is implied by one number for all.
    """
    nats = nats_by_cluster(debate, as_of)
    return {slug: start + added(nats[slug], debate.correlation) for slug, start in prior_odds(debate).items()}


def prior_odds(debate: Debate) -> dict[str, float]:
    """Return what `log_odds` returns before any evidence."""
    start = logit if debate.mode == "independent" else _log
    return {slug: start(h.prior) for slug, h in debate.hypotheses.items()}


def _log(p: float) -> float:
    return math.log(p) if p else -math.inf


def _shared(debate: Debate, logs: Mapping[str, float]) -> dict[str, float]:
    """Share 1 between the hypotheses of an exclusive debate and "none of these"."""
    outside = _log(max(0.0, 1 - math.fsum(h.prior for h in debate.hypotheses.values())))
    top = max([outside, *logs.values()])
    if top == -math.inf:
        return dict.fromkeys(logs, 0.0)
    shares = {slug: math.exp(value - top) for slug, value in logs.items()}
    total = math.fsum([math.exp(outside - top), *shares.values()])
    return {slug: share / total for slug, share in shares.items()}


def known_before(evidence: Evidence, hypothesis: Hypothesis) -> bool:
    """Say whether whoever held the prior of a hypothesis could know an item, by the dates of both."""
    return bool(evidence.date and hypothesis.prior_on) and counts_by(evidence.date, hypothesis.prior_on)


def counting(
    debate: Debate, evidence: Iterable[Evidence], slugs: Collection[str]
) -> Iterator[tuple[str, Evidence, float]]:
    """Yield each cell of some evidence that counts for one of these hypotheses, and what it would add by itself.

    That is credibility * relevance * ln(ratio), in nats. What is retracted or not applicable does not count, nor what
    is older than the prior where the debate leaves that out.
    """
    after_prior, log = debate.counts == "after-prior", math.log
    for e in evidence:
        if e.retracted:
            continue
        weight, cells = e.weight, e.assessments
        for slug in slugs if len(slugs) < len(cells) else cells:
            cell = cells.get(slug)
            if cell is None or cell.ratio is None or slug not in slugs:
                continue
            if not (after_prior and known_before(e, debate.hypotheses[slug])):
                yield slug, e, weight * log(cell.ratio)


def _by(debate: Debate, as_of: str) -> Iterable[Evidence]:
    items = debate.evidence.values()
    return (e for e in items if counts_by(e.date, as_of)) if as_of else items


def nats_by_cluster(debate: Debate, as_of: str = "") -> dict[str, Nats]:
    """Return by slug what each item that counts for a hypothesis would add to its log-odds by itself."""
    found: dict[str, defaultdict[str, list[float]]] = {slug: defaultdict(list) for slug in debate.hypotheses}
    for slug, e, nats in counting(debate, _by(debate, as_of), found):
        found[slug][e.cluster].append(nats)
    return dict(found)


def added(nats: Nats, correlation: float) -> float:
    """Return what evidence adds to a hypothesis' log-odds, in nats.

    Args:
        nats: What each item would add by itself.
        correlation: Of the items of a cluster.
    """
    parts = [*nats.get("", ())]
    parts += [part for cluster, each in nats.items() if cluster for part in together(each, correlation)]
    return math.fsum(parts)


def beside(debate: Debate, evidence: Evidence) -> Debate:
    """Return a debate with only the evidence that has a part in what an item counts: what is in its cluster, and it."""
    cluster = evidence.cluster
    items = {key: each for key, each in debate.evidence.items() if each.cluster == cluster} if cluster else {}
    return replace(debate, evidence={**items, evidence.key: evidence})


class Item(NamedTuple):
    """One item of evidence that counts for a hypothesis."""

    key: str
    cluster: str
    ratio: float
    alone: float
    """Its weight by itself: credibility * relevance."""
    share: float
    """How much its cluster leaves of that: 1 for the strongest that points its way."""

    @property
    def weight(self) -> float:
        """How much of its ln ratio counts."""
        return self.alone * self.share

    @property
    def nats(self) -> float:
        """What it would add to the log-odds by itself."""
        return self.alone * math.log(self.ratio)


def weighed(debate: Debate, slug: str, as_of: str = "") -> dict[str, Item]:
    """Return the items that count for a hypothesis with their weights, by key."""
    found = [(e, nats) for _, e, nats in counting(debate, _by(debate, as_of), {slug} & debate.hypotheses.keys())]
    moving = [((slug, e.cluster, nats > 0), abs(nats)) for e, nats in found if e.cluster and nats]
    left = _left(moving, debate.correlation)
    items = {}
    for e, nats in found:
        share = left[slug, e.cluster, nats > 0][abs(nats)] if e.cluster and nats else 1.0
        items[e.key] = Item(e.key, e.cluster, e.assessments[slug].ratio or 1.0, e.weight, share)
    return items


_Side = tuple[str, str, bool]
"""Slug of a hypothesis, a cluster, and whether its items raise the hypothesis."""


def _left(cells: Iterable[tuple[_Side, float]], correlation: float) -> dict[_Side, dict[float, float]]:
    """Return by side, and by strength in nats, how much the others of its side leave of an item."""
    sides: defaultdict[_Side, list[float]] = defaultdict(list)
    for side, strength in cells:
        sides[side].append(strength)
    return {side: shares(strengths, correlation) for side, strengths in sides.items()}


def weights(debate: Debate) -> dict[str, float]:
    """Return by key how much of each item counts, on average over the hypotheses it moves; retracted ones count 0.

    An item that moves none has its own weight.
    """
    cells = [
        (e.key, ((slug, e.cluster, nats > 0), abs(nats)))
        for slug, e, nats in counting(debate, debate.evidence.values(), debate.hypotheses)
        if e.cluster and nats
    ]
    left = _left((cell for _, cell in cells), debate.correlation)
    found: defaultdict[str, list[float]] = defaultdict(list)
    for key, (side, strength) in cells:
        found[key].append(left[side][strength])
    return {
        e.key: 0.0 if e.retracted else e.weight * (math.fsum(each) / len(each) if (each := found.get(e.key)) else 1.0)
        for e in debate.evidence.values()
    }
