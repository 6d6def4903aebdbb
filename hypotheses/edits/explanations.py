"""What is done to explanations: added, edited, ranked, settled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from hypotheses.belief import implied
from hypotheses.debate import Debate, Hypothesis, Verdict
from hypotheses.edits.editable import HypothesisFields
from hypotheses.problems import Refused, found
from hypotheses.ranking import moved, with_plausibility
from hypotheses.reading import PLAIN_READING, Assumption, Reading

SLUG_LENGTH: Final = 60
"""How long a slug may become that is made from a title."""


def slug_for(title: str, taken: Collection[str], fallback: str) -> str:
    """Make a slug from a title: ASCII, words joined by hyphens, unlike any that is taken."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_title.lower().replace("'", "")))
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    slug = slug or fallback
    number = 2
    unique = slug
    while unique in taken:
        unique, number = f"{slug}-{number}", number + 1
    return unique


def hypothesis_added(debate: Debate, hypothesis: Hypothesis) -> Debate:
    """Add a hypothesis behind all others of its plausibility; in an exclusive debate the others give way."""
    last = max((other.position for other in debate.hypotheses.values()), default=-1)
    seated = replace(hypothesis, position=last + 1, plausibility=0.0)
    widened = replace(debate, hypotheses={**debate.hypotheses, hypothesis.slug: seated})
    added = plausibility_set(widened, hypothesis.slug, hypothesis.plausibility)
    now = replace(added.hypotheses[hypothesis.slug], placeholder=hypothesis.placeholder)
    return replace(added, hypotheses={**added.hypotheses, hypothesis.slug: now})


def hypothesis_edited(debate: Debate, slug: str, fields: HypothesisFields) -> Debate:
    """Set fields of a hypothesis."""
    others: HypothesisFields = {**fields}
    plausibility = others.pop("plausibility", None)
    edited = replace(found("hypothesis", slug, debate.hypotheses), **others)
    debate = replace(debate, hypotheses={**debate.hypotheses, slug: edited})
    return debate if plausibility is None else plausibility_set(debate, slug, plausibility)


def plausibility_set(debate: Debate, slug: str, plausibility: float) -> Debate:
    """Set a plausibility; in an exclusive debate the others make room."""
    found("hypothesis", slug, debate.hypotheses)
    if not 0 <= plausibility <= 1:
        raise Refused(f"found a plausibility of {plausibility:.0%}; expected 0% to 100%")
    return replace(debate, hypotheses={**debate.hypotheses, **with_plausibility(debate, slug, plausibility)})


def implied_adopted(debate: Debate, slug: str) -> Debate:
    """Take what the evidence implies for a hypothesis as its plausibility."""
    found("hypothesis", slug, debate.hypotheses)
    return plausibility_set(debate, slug, implied(debate)[slug])


def hypothesis_settled(debate: Debate, slug: str, verdict: Verdict, on: str) -> Debate:
    """Write down how a hypothesis turned out, and when; with no verdict, that it is open again.

    In an exclusive debate one that is true makes the others false, on the same day.
    """
    found("hypothesis", slug, debate.hypotheses)
    verdicts = {slug: verdict}
    if verdict == "true":
        verdicts |= dict.fromkeys(made_false(debate, slug), "false")
    settled = {
        name: replace(debate.hypotheses[name], settled=how, settled_on=on if how else "")
        for name, how in verdicts.items()
    }
    return replace(debate, hypotheses={**debate.hypotheses, **settled})


def made_false(debate: Debate, slug: str) -> tuple[str, ...]:
    """Return the hypotheses that are false if this one is true: of an exclusive debate, all others not settled so."""
    if debate.mode != "exclusive":
        return ()
    return tuple(h.slug for h in debate.hypotheses.values() if h.slug != slug and h.settled != "false")


def hypothesis_moved(debate: Debate, slug: str, rank: int) -> Debate:
    """Move a hypothesis to a rank."""
    found("hypothesis", slug, debate.hypotheses)
    return replace(debate, hypotheses={**debate.hypotheses, **moved(debate, slug, rank)})


def effect_set(debate: Debate, slug: str, symbol: str, formula: str) -> Debate:
    """Say what a hypothesis does to a quantity if it is true."""
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    found("quantity", symbol, debate.quantities)
    return _with_hypothesis(debate, replace(hypothesis, effects={**hypothesis.effects, symbol: formula}))


def effect_cleared(debate: Debate, slug: str, symbol: str) -> Debate:
    """Say that a hypothesis does nothing to a quantity."""
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    found("effect", symbol, hypothesis.effects)
    effects = {on: formula for on, formula in hypothesis.effects.items() if on != symbol}
    return _with_hypothesis(debate, replace(hypothesis, effects=effects))


def assumption_set(debate: Debate, slug: str, name: str, reading: Reading, of: str = PLAIN_READING) -> Debate:
    """Give a hypothesis an assumption for its effects, or set one reading of an assumption that it has."""
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    before = hypothesis.assumes.get(name, Assumption({}))
    assumed = replace(before, readings={**before.readings, of: reading})
    return _with_hypothesis(debate, replace(hypothesis, assumes={**hypothesis.assumes, name: assumed}))


def _with_hypothesis(debate: Debate, hypothesis: Hypothesis) -> Debate:
    return replace(debate, hypotheses={**debate.hypotheses, hypothesis.slug: hypothesis})
