"""What the evidence says: likelihood ratios, dependent evidence, and the plausibilities it implies.

    logit(p) = logit(prior) + sum over clusters of  w * sum of  credibility * relevance * ln(ratio)

A cluster of n items that rate the hypothesis counts as n_eff = n / (1 + (n - 1) * rho) independent
ones, so w = n_eff / n; rho is `Debate.correlation`. That is Kish's design effect for clustered samples
("Survey Sampling", 1965). Turing and Good's deciban, 10 * log10 of a ratio, is the unit in which the
pull of evidence is told (Good, "Probability and the Weighing of Evidence", 1950).

Sums are taken with `math.fsum`, which rounds once, so the order of the evidence never shows in a result.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.problems import Malformed

RATIO_SIGNS: Final[Mapping[str, float]] = {"++": 10.0, "+": 3.0, "0": 1.0, "-": 1 / 3, "--": 1 / 10}
"""The five signs of an assessment and the likelihood ratios they stand for."""
NOT_APPLICABLE: Final = "n/a"
WEIGHT_WORDS: Final[Mapping[str, float]] = {"low": 0.5, "medium": 0.75, "high": 1.0}
"""The words of credibility and relevance."""

EXPECTED_RATIO: Final = "expected ++, +, 0, -, --, a positive number such as 3 or 1/3, or n/a"
EXPECTED_WEIGHT: Final = "expected low, medium, high, or a number from 0 to 1"

_LETTERS: Final[Mapping[str, float | None]] = {
    "CC": 10.0,
    "C": 3.0,
    "N": 1.0,
    "I": 1 / 3,
    "II": 1 / 10,
    "NA": None,
    "N/A": None,
    "*": None,
}
"""The letters of an ACH matrix, from very consistent to very inconsistent, and the ways to say "not applicable"."""

_NUMBER = r"((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)"
_RATIO = re.compile(rf"{_NUMBER}(?:\s*[/:]\s*{_NUMBER})?", re.ASCII)
_WEIGHT = re.compile(rf"{_NUMBER}\s*(%?)", re.ASCII)
DECIBANS_PER_NAT: Final = 10 / math.log(10)
"""A deciban is a tenth of the logarithm to base 10 of a ratio, a nat its natural logarithm."""


class Pull(NamedTuple):
    """One item of evidence as it bears on one hypothesis."""

    evidence: Evidence
    assessment: Assessment
    decibans: float
    """What it adds to the hypothesis' log-odds after credibility, relevance and its cluster's discount."""


def parse_ratio(text: str) -> float | None:
    """Read a likelihood ratio: a sign (`++`), a number, `1/3` or `1:3`, an ACH letter; None means not applicable.

    Raises:
        Malformed: the text is none of these, or the number is not a positive finite one.
    """
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if typed in RATIO_SIGNS:
        return RATIO_SIGNS[typed]
    if typed.upper() in _LETTERS:
        return _LETTERS[typed.upper()]
    match = _RATIO.fullmatch(typed)
    if match is None:
        raise Malformed(f"{text!r} is not a likelihood ratio; {EXPECTED_RATIO}")
    below = float(match[2]) if match[2] else 1.0
    ratio = float(match[1]) / below if below else math.inf
    if not 0 < ratio < math.inf:
        raise Malformed(f"{text!r} is not a positive likelihood ratio; {EXPECTED_RATIO}")
    return ratio


def format_ratio(ratio: float | None) -> str:
    """Write a likelihood ratio as it would be typed; `parse_ratio` reads the same number back."""
    if ratio is None:
        return NOT_APPLICABLE
    for sign, value in RATIO_SIGNS.items():
        if ratio == value:
            return sign
    if float(short := f"{ratio:g}") == ratio:
        return short
    turned = round(1 / ratio) if 1e-9 < ratio < 1 else 0
    return f"1/{turned}" if turned and 1 / turned == ratio else repr(ratio)


def parse_weight(text: str) -> float:
    """Read a credibility or relevance: `low`, `medium`, `high`, `0.6` or `60%`, as a number 0..1.

    Raises:
        Malformed: the text is none of these, or lies outside 0..1.
    """
    typed = text.strip().lower()
    if typed in WEIGHT_WORDS:
        return WEIGHT_WORDS[typed]
    match = _WEIGHT.fullmatch(typed)
    value = float(match[1]) / (100 if match[2] else 1) if match else math.inf
    if value > 1:
        raise Malformed(f"{text!r} is not a weight; {EXPECTED_WEIGHT}")
    return value


def format_weight(weight: float) -> str:
    """Write a credibility or relevance as it would be typed; `parse_weight` reads the same number back."""
    for name, value in WEIGHT_WORDS.items():
        if weight == value:
            return name
    short = f"{weight:g}"
    return short if float(short) == weight else repr(weight)


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
    counting = weighed(debate, slug, as_of)
    pulls = [
        Pull(e, cell, item.weight * math.log(item.ratio) * DECIBANS_PER_NAT if (item := counting.get(e.key)) else 0.0)
        for e in debate.evidence.values()
        if (cell := e.assessments.get(slug))
    ]
    return tuple(sorted(pulls, key=lambda pull: (-round(abs(pull.decibans), 9), pull.evidence.key)))


def tally(debate: Debate, slug: str) -> tuple[int, int]:
    """Count the standing evidence that speaks for a hypothesis (ratio above 1) and against it (below 1)."""
    ratios = [
        cell.ratio
        for e in debate.evidence.values()
        if not e.retracted and (cell := e.assessments.get(slug)) and cell.ratio is not None
    ]
    return sum(ratio > 1 for ratio in ratios), sum(ratio < 1 for ratio in ratios)


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
    return {slug: start + _moved(debate, slug, as_of) for slug, start in prior_odds(debate).items()}


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


def _moved(debate: Debate, slug: str, as_of: str) -> float:
    """Return what the evidence adds to a hypothesis' log-odds, in nats."""
    clusters: defaultdict[str, list[float]] = defaultdict(list)
    log = math.log
    for e in debate.evidence.values():
        cell = e.assessments.get(slug)
        if cell is None or cell.ratio is None or e.retracted or (as_of and not counts_by(e.date, as_of)):
            continue
        clusters[e.cluster].append(e.credibility * e.relevance * log(cell.ratio))
    alone = clusters.pop("", [])
    return math.fsum([*alone, *(math.fsum(nats) * discount(debate, len(nats)) for nats in clusters.values())])


def discount(debate: Debate, n: int) -> float:
    """Return how much each of `n` items of one cluster counts: n_eff / n."""
    return 1 / (1 + (n - 1) * debate.correlation)


class Item(NamedTuple):
    """One item of evidence that counts for a hypothesis."""

    key: str
    cluster: str
    ratio: float
    alone: float
    """Its weight by itself: credibility * relevance."""
    share: float
    """How much its cluster leaves of that, n_eff / n."""

    @property
    def weight(self) -> float:
        """How much of its ln ratio counts."""
        return self.alone * self.share


def weighed(debate: Debate, slug: str, as_of: str = "") -> dict[str, Item]:
    """Return the items that count for a hypothesis with their weights, by key."""
    counting = {
        e.key: (e, cell.ratio)
        for e in debate.evidence.values()
        if (cell := e.assessments.get(slug)) and cell.ratio is not None and not e.retracted and counts_by(e.date, as_of)
    }
    sizes = Counter(e.cluster for e, _ in counting.values())
    return {
        key: Item(
            key,
            e.cluster,
            ratio,
            e.credibility * e.relevance,
            discount(debate, sizes[e.cluster]) if e.cluster else 1.0,
        )
        for key, (e, ratio) in counting.items()
    }


def weights(debate: Debate) -> dict[str, float]:
    """Return by key how much of each item counts, on average over the hypotheses it rates; retracted ones count 0.

    An item that rates none has the weight it would have with its cluster as it is.
    """
    sizes = Counter(
        (e.cluster, slug)
        for e in debate.evidence.values()
        if e.cluster and not e.retracted
        for slug, cell in e.assessments.items()
        if cell.ratio is not None
    )
    items = {}
    for e in debate.evidence.values():
        alone = 0.0 if e.retracted else e.credibility * e.relevance
        rated = [slug for slug, cell in e.assessments.items() if cell.ratio is not None]
        if e.cluster and rated and alone:
            alone *= math.fsum(discount(debate, sizes[e.cluster, slug]) for slug in rated) / len(rated)
        items[e.key] = alone
    return items
