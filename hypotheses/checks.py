"""What deserves a second look in a debate, as problems: a code, a place, a sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from hypotheses.belief import difference, implied
from hypotheses.debate import OOM, Debate, Evidence
from hypotheses.estimates import check_claims, check_model, estimate, unit_warnings
from hypotheses.estimates.claims import ClaimCheck
from hypotheses.problems import Problem, listed
from hypotheses.ranking import format_plausibility
from hypotheses.schemes import diagnosticity, untested
from hypotheses.values import format_amount
from hypotheses.versions import marks_in

FAR: Final = 10.0
"""Decibans from which on stated and implied are far apart: a factor of ten in the odds."""


def check(debate: Debate) -> tuple[Problem, ...]:
    """Return what a merge left, what is broken in the numbers, what does not fit or follow, what the matrix lacks."""
    claims = (_claim_problem(debate, claim) for claim in check_claims(debate) if not claim.agrees)
    parts = (_hypotheses(debate), _clusters(debate), _sources(debate), _cells(debate))
    numbers = dict.fromkeys((*check_model(debate), *estimate(debate).not_known()))
    merging = (
        Problem("merge", place, f"left by a merge, to be decided and taken out: {told}")
        for place, told in marks_in(debate)
    )
    return (*merging, *numbers, *unit_warnings(debate), *claims, *(problem for part in parts for problem in part))


def _claim_problem(debate: Debate, claim: ClaimCheck) -> Problem:
    owner = "quantities" if claim.symbol in debate.quantities else "gaps"
    who = claim.claim.source or "the source"
    stated, computed = (_shown(number, claim.unit) for number in (claim.stated, claim.computed))
    quote = f' ("{claim.claim.quote}")' if claim.claim.quote else ""
    said = claim.claim.value if claim.claim.value in (stated, "") else f"{claim.claim.value}, that is {stated}"
    text = f"{who} states {said}{quote}; the numbers under {debate.convention or 'their readings'} give {computed}"
    return Problem("claim", f"{owner}.{claim.symbol}.claim", text)


def _shown(number: float, unit: str) -> str:
    return f"{number:.2f} OOM" if unit == OOM else format_amount(number)


def _hypotheses(debate: Debate) -> Iterator[Problem]:
    says, idle = implied(debate), untested(debate)
    for slug, h in debate.hypotheses.items():
        place = f"hypotheses.{slug}"
        if slug in idle:
            yield Problem("untested", place, "no evidence rates it; rate some, or it only has its prior")
            continue
        if h.prior in (0, 1):
            text = f"a prior of {h.prior:.0%} is moved by no evidence; give it one between 0% and 100%"
            yield Problem("certain-prior", f"{place}.prior", text)
        elif h.prior == h.plausibility and not h.prior_on:
            text = "no prior of its own, so the plausibility stands in for it; give what you held before the evidence"
            yield Problem("missing-prior", f"{place}.prior", text)
        if not h.placeholder and abs(difference(h.plausibility, says[slug])) >= FAR:
            stated, evidence_says = format_plausibility(h.plausibility), format_plausibility(says[slug])
            text = f"stated {stated}, the evidence says {evidence_says}; adopt that, or add the evidence it lacks"
            yield Problem("far-apart", f"{place}.plausibility", text)


def _cells(debate: Debate) -> Iterator[Problem]:
    """Yield evidence that tells nothing apart, or that seems to wait for a rating.

    What is rated for nothing waits for one, and so does what is rated for at least half of the explanations and not for
    all. What is rated for fewer was logged for these.
    """
    taking_part = [slug for slug, h in debate.hypotheses.items() if h.status in ("open", "accepted")]
    for key, item in debate.evidence.items():
        if item.retracted:
            continue
        place = f"evidence.{key}.assessments"
        blank = [slug for slug in taking_part if slug not in item.assessments]
        if blank:
            if len(blank) == len(taking_part) or 2 * len(blank) <= len(taking_part):
                yield Problem("unrated", place, f"not rated for {listed(blank)}; rate it, or say n/a")
        elif len(taking_part) > 1 and diagnosticity(item, taking_part) == 0:
            yield Problem("equal-everywhere", place, "it rates every explanation alike and tells none from another")


def _sources(debate: Debate) -> Iterator[Problem]:
    for key, item in debate.evidence.items():
        if not (item.source or item.doi or item.arxiv or item.url or item.also):
            yield Problem("no-source", f"evidence.{key}", "no source, DOI, arXiv id or address; say where it is from")
        if not item.date:
            yield Problem("no-date", f"evidence.{key}.date", "no date, so it counts as of any; give its year at least")


def _clusters(debate: Debate) -> Iterator[Problem]:
    """Yield evidence of one source that is not marked as one cluster, once for each source."""
    named: set[frozenset[str]] = set()
    for field, of in _SAME_SOURCE.items():
        groups: dict[str, list[Evidence]] = {}
        for item in debate.evidence.values():
            for name in () if item.retracted else {of(item), *map(of, _others(item))} - {""}:
                groups.setdefault(name, []).append(item)
        for items in groups.values():
            keys = frozenset(item.key for item in items)
            apart = len(items) > 1 and ("" in (clusters := {item.cluster for item in items}) or len(clusters) > 1)
            if apart and keys not in named:
                named.add(keys)
                place = f"evidence.{items[-1].key}.cluster"
                others = listed([item.key for item in items[:-1]])
                yield Problem("unmarked-cluster", place, f"the same {field} as {others}; put them into one cluster")


def _others(item: Evidence) -> Iterator[Evidence]:
    """Yield an item for each further source, which has that where its own would stand."""
    for written in item.also:
        bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:|https?://arxiv\.org/abs/|arxiv:)\s*", "", written.lower())
        if bare.startswith("10."):
            yield Evidence(item.key, "", doi=bare)
        elif re.match(r"\d{4}\.\d", bare):
            yield Evidence(item.key, "", arxiv=bare)
        else:
            yield Evidence(item.key, "", url=written)


def _address(item: Evidence) -> str:
    return re.sub(r"^https?://(www\.)?|[#?].*$", "", item.url.lower()).rstrip("/")


_SAME_SOURCE: Final[dict[str, Callable[[Evidence], str]]] = {
    "DOI": lambda item: item.doi.lower(),
    "arXiv id": lambda item: re.sub(r"v\d+$", "", item.arxiv.lower()),
    "address": _address,
}
"""What tells that two items are from one source -> how it is read off an item; empty if it has none."""
