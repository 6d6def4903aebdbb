"""What the methods of the store do to a debate, as functions of values: the debate in, the changed one out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypedDict

from hypotheses import rules
from hypotheses.belief import implied
from hypotheses.currency import currency_of
from hypotheses.debate import (
    OWN_READING,
    PLAIN_READING,
    Assessment,
    Assumption,
    Comment,
    Counts,
    Debate,
    Evidence,
    Hypothesis,
    Idea,
    Mode,
    Quantity,
    Reading,
    Status,
    Verdict,
)
from hypotheses.problems import Refused, found
from hypotheses.ranking import moved, with_plausibility

SLUG_LENGTH: Final = 60
"""How long a slug may become that is made from a title."""


class DebateFields(TypedDict, total=False):
    """What can be edited of a debate itself."""

    title: str
    question: str
    mode: Mode
    convention: str
    correlation: float
    counts: Counts
    author: str
    source: str
    note: str


class HypothesisFields(TypedDict, total=False):
    """What can be edited of a hypothesis."""

    title: str
    statement: str
    plausibility: float
    prior: float
    prior_on: str
    status: Status
    effects: Mapping[str, str]
    assumes: Mapping[str, Assumption]
    rivals: tuple[str, ...]
    source: str
    note: str


class EvidenceFields(TypedDict, total=False):
    """What can be edited of evidence."""

    title: str
    authors: tuple[str, ...]
    date: str
    source: str
    doi: str
    arxiv: str
    url: str
    finding: str
    credibility: float | None
    relevance: float | None
    cluster: str
    note: str
    assessments: Mapping[str, Assessment]


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


def debate_edited(debate: Debate, fields: DebateFields) -> Debate:
    """Set fields of the debate itself."""
    if convention := fields.get("convention"):
        found("convention", convention, dict.fromkeys(debate.conventions))
    return replace(debate, **fields)


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


def value_set(debate: Debate, symbol: str, text: str) -> Debate:
    """Let a quantity read a typed value: tried while it is typed, asked for by a what-if, or stored.

    A single reading without a source takes the value; otherwise a reading of one's own is set beside the others and
    chosen. A quantity that was a formula gets one plain reading. A currency sign becomes the unit if there is none.

    Raises:
        Malformed: the value cannot be read.
        NotFound: there is no such quantity.
    """
    rules.value(text)
    quantity = found("quantity", symbol, debate.quantities)
    readings = quantity.readings
    if quantity.formula or not readings:
        changed = replace(quantity, formula="", chosen="", readings={PLAIN_READING: Reading(text)})
    elif len(readings) == 1 and not (only := next(iter(readings.values()))).source:
        changed = replace(quantity, readings={next(iter(readings)): replace(only, value=text)})
    else:
        own = replace(readings.get(OWN_READING, Reading("")), value=text)
        changed = replace(quantity, readings={**readings, OWN_READING: own}, chosen=OWN_READING)
    return _with_quantity(debate, changed if changed.unit else replace(changed, unit=currency_of(text)))


def reading_chosen(debate: Debate, symbol: str, name: str) -> Debate:
    """Make one reading of a quantity count whatever the convention; with no name, the convention's again."""
    quantity = found("quantity", symbol, debate.quantities)
    if name:
        found("reading", name, quantity.readings)
    return _with_quantity(debate, replace(quantity, chosen=name))


def _with_quantity(debate: Debate, quantity: Quantity) -> Debate:
    return replace(debate, quantities={**debate.quantities, quantity.symbol: quantity})


def with_evidence(debate: Debate, evidence: Evidence) -> Debate:
    """Put evidence in, in the place of what has its key or behind all others."""
    return replace(debate, evidence={**debate.evidence, evidence.key: evidence})


def evidence_added(debate: Debate, evidence: Evidence) -> Debate:
    """Add evidence."""
    if evidence.key in debate.evidence:
        raise _key_taken(evidence.key)
    return with_evidence(debate, evidence)


def evidence_items_added(debate: Debate, items: Iterable[Evidence]) -> Debate:
    """Add many items of evidence."""
    evidence = dict(debate.evidence)
    for item in items:
        if item.key in evidence:
            raise _key_taken(item.key)
        evidence[item.key] = item
    return replace(debate, evidence=evidence)


def _key_taken(key: str) -> Refused:
    return Refused(f"there is evidence {key!r} already; choose another key, or edit that one")


def evidence_edited(debate: Debate, key: str, fields: EvidenceFields) -> Debate:
    """Set fields of evidence."""
    return with_evidence(debate, replace(found("evidence", key, debate.evidence), **fields))


def evidence_retracted(debate: Debate, key: str, *, retracted: bool, note: str) -> Debate:
    """Mark evidence as retracted, or not; a note is added below the one that is there."""
    evidence = found("evidence", key, debate.evidence)
    notes = "\n\n".join(part for part in (evidence.note, note) if part)
    return with_evidence(debate, replace(evidence, retracted=retracted, note=notes))


def assessed(debate: Debate, key: str, slug: str, assessment: Assessment | None) -> Debate:
    """Fill one cell of the matrix, or clear it."""
    evidence = found("evidence", key, debate.evidence)
    found("hypothesis", slug, debate.hypotheses)
    cells = {name: cell for name, cell in evidence.assessments.items() if name != slug or assessment is not None}
    if assessment is not None:
        cells[slug] = assessment
    return with_evidence(debate, replace(evidence, assessments=cells))


def idea_submitted(debate: Debate, idea: Idea) -> Debate:
    """Put an idea into the inbox, with the next number."""
    if idea.hypothesis:
        found("hypothesis", idea.hypothesis, debate.hypotheses)
    numbered = replace(idea, number=max(debate.ideas, default=0) + 1)
    return replace(debate, ideas={**debate.ideas, numbered.number: numbered})


def commented(debate: Debate, comment: Comment) -> Debate:
    """Add a comment to the thread of what it is about, with the next number."""
    if comment.hypothesis:
        found("hypothesis", comment.hypothesis, debate.hypotheses)
    if comment.evidence:
        found("evidence", comment.evidence, debate.evidence)
    if comment.idea:
        found("idea", comment.idea, debate.ideas)
    numbered = replace(comment, number=max(debate.comments, default=0) + 1)
    return replace(debate, comments={**debate.comments, numbered.number: numbered})
