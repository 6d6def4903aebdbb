"""What is done to evidence and its ratings, and what people send in and say about it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import cast

from hypotheses.changed import Version
from hypotheses.debate import Assessment, Comment, Debate, Evidence
from hypotheses.edits.editable import EvidenceFields
from hypotheses.idea import Idea
from hypotheses.problems import Refused, found


def with_evidence(debate: Debate, evidence: Evidence) -> Debate:
    """Put evidence in, in the place of what has its key or behind all others."""
    return replace(debate, evidence=Version(debate.evidence, {evidence.key: evidence}))


def evidence_added(debate: Debate, evidence: Evidence) -> Debate:
    """Add evidence."""
    if evidence.key in debate.evidence:
        raise _key_taken(evidence.key)
    return with_evidence(debate, evidence)


def evidence_items_added(
    debate: Debate, items: Iterable[Evidence], lacking: Mapping[str, EvidenceFields] = MappingProxyType({})
) -> Debate:
    """Add many items of evidence, and fill in what is empty of others that are there."""
    others: dict[str, Evidence] = {}
    for item in items:
        if item.key in debate.evidence or item.key in others:
            raise _key_taken(item.key)
        others[item.key] = item
    for key, fields in lacking.items():
        if there := others.get(key) or debate.evidence.get(key):
            empty = {name: value for name, value in fields.items() if not getattr(there, name)}
            others[key] = replace(there, **cast("EvidenceFields", empty))
    return replace(debate, evidence=Version(debate.evidence, others))


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
    return ideas_submitted(debate, [idea])


def ideas_submitted(debate: Debate, ideas: Iterable[Idea]) -> Debate:
    """Put ideas into the inbox, with the next numbers."""
    numbered = {}
    for number, idea in enumerate(ideas, max(debate.ideas, default=0) + 1):
        if idea.hypothesis:
            found("hypothesis", idea.hypothesis, debate.hypotheses)
        numbered[number] = replace(idea, number=number)
    return replace(debate, ideas=Version(debate.ideas, numbered))


def commented(debate: Debate, comment: Comment) -> Debate:
    """Add a comment to the thread of what it is about, with the next number."""
    if comment.hypothesis:
        found("hypothesis", comment.hypothesis, debate.hypotheses)
    if comment.evidence:
        found("evidence", comment.evidence, debate.evidence)
    if comment.idea:
        found("idea", comment.idea, debate.ideas)
    numbered = replace(comment, number=max(debate.comments, default=0) + 1)
    return replace(debate, comments=Version(debate.comments, {numbered.number: numbered}))
