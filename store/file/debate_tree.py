"""Values to the tree of a debate file, which the schema reads back as the same values.

What is empty or as usual is left out, except where nobody would guess what is usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from hypotheses.belief import format_ratio, format_weight
from hypotheses.debate import (
    PLAIN_READING,
    Assessment,
    Claim,
    Comment,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Idea,
    Quantity,
    Reading,
    Stated,
)
from hypotheses.people import OWNER, seen_by, views
from hypotheses.ranking import parse_plausibility
from store.file.debate_schema import VERSION
from store.file.yaml_writer import PlainScalar, Tree

_SIGNS_AS_NUMBERS: Final[Mapping[str, str]] = {"++": "10", "+": "3", "0": "1", "-": "1/3", "--": "0.1"}
"""Ratios stand side by side in a file; a sign among numbers would have to be looked up."""


def tree_of(debate: Debate) -> dict[str, Tree]:
    """Turn a debate, as anybody sees it, into the tree of its file."""
    debate = seen_by(debate, OWNER)
    hypotheses = sorted(debate.hypotheses.values(), key=lambda hypothesis: hypothesis.position)
    ideas = sorted(debate.ideas.values(), key=lambda idea: idea.number)
    numbers = [0, *(idea.number for idea in ideas)]
    comments = sorted(debate.comments.values(), key=lambda comment: comment.number)
    said = [0, *(comment.number for comment in comments)]
    return _filled(
        abduce=PlainScalar(VERSION),
        debate=_filled(
            slug=debate.slug,
            title=debate.title,
            question=debate.question,
            mode=debate.mode,
            convention=debate.convention,
            correlation=PlainScalar(debate.correlation),
            author=debate.author,
            source=debate.source,
            note=debate.note,
            owner=debate.owner,
        ),
        quantities={symbol: _quantity(quantity) for symbol, quantity in debate.quantities.items()},
        gaps={symbol: _gap(gap) for symbol, gap in debate.gaps.items()},
        hypotheses={each.slug: _hypothesis(each, position) for position, each in enumerate(hypotheses)},
        evidence={key: _evidence(evidence) for key, evidence in debate.evidence.items()},
        ideas=[_idea(idea, number + 1) for idea, number in zip(ideas, numbers)],
        comments=[_comment(comment, number + 1) for comment, number in zip(comments, said)],
    )


def _filled(**fields: Tree) -> dict[str, Tree]:
    return {name: field for name, field in fields.items() if field}


def _yes(flag: bool) -> Tree:
    return PlainScalar("true") if flag else ""


def _share(share: float) -> PlainScalar:
    """Write a number 0..1 as a percentage if that reads back as the same number, else in full."""
    exact = Decimal(repr(share))
    percent = f"{(exact * 100).normalize():f}%"
    return PlainScalar(percent if parse_plausibility(percent) == share else f"{exact:f}")


def _quantity(quantity: Quantity) -> dict[str, Tree]:
    plain = quantity.readings.get(PLAIN_READING)
    if plain is None or plain.note or quantity.chosen or len(quantity.readings) > 1:
        plain = None
    return _filled(
        label=quantity.label,
        unit=quantity.unit,
        **(_reading(plain) if plain else {}),
        readings={} if plain else {name: _reading(reading) for name, reading in quantity.readings.items()},
        chosen=quantity.chosen,
        formula=quantity.formula,
        claim=_claim(quantity.claim) if quantity.claim else {},
        note=quantity.note,
    )


def _reading(reading: Reading) -> dict[str, Tree]:
    together = reading.correlated
    return _filled(
        value=reading.value,
        source=reading.source,
        url=reading.url,
        note=reading.note,
        correlated={"with": together.quantity, "rank": PlainScalar(together.rank)} if together else {},
    )


def _gap(gap: Gap) -> dict[str, Tree]:
    return {
        **_filled(label=gap.label),
        "unit": gap.unit,
        **_filled(
            headline=_yes(gap.headline),
            formula=gap.formula,
            claim=_claim(gap.claim) if gap.claim else {},
            note=gap.note,
        ),
    }


def _claim(claim: Claim) -> dict[str, Tree]:
    return {"value": claim.value, **_filled(source=claim.source, quote=claim.quote)}


def _hypothesis(hypothesis: Hypothesis, position: int) -> dict[str, Tree]:
    moved = hypothesis.prior != hypothesis.plausibility
    return _filled(
        title=hypothesis.title,
        statement=hypothesis.statement,
        plausibility=_share(hypothesis.plausibility),
        prior=_share(hypothesis.prior) if moved else "",
        placeholder=_yes(hypothesis.placeholder),
        position=PlainScalar(hypothesis.position) if hypothesis.position != position else "",
        status=hypothesis.status if hypothesis.status != "open" else "",
        effects=hypothesis.effects,
        assumes=hypothesis.assumes,
        rivals=hypothesis.rivals,
        source=hypothesis.source,
        note=hypothesis.note,
        settled=PlainScalar(hypothesis.settled) if hypothesis.settled else "",
        settled_on=PlainScalar(hypothesis.settled_on) if hypothesis.settled_on else "",
        others={person: _stated(stated, hypothesis.position) for person, stated in sorted(hypothesis.others.items())},
    )


def _stated(stated: Stated, position: int) -> Tree:
    if stated.position == position and not stated.placeholder:
        return _share(stated.plausibility)
    return _filled(
        plausibility=_share(stated.plausibility),
        position=PlainScalar(stated.position) if stated.position != position else "",
        placeholder=_yes(stated.placeholder),
    )


def _evidence(evidence: Evidence) -> dict[str, Tree]:
    return _filled(
        title=evidence.title,
        authors=evidence.authors,
        date=PlainScalar(evidence.date),
        source=evidence.source,
        doi=evidence.doi,
        arxiv=evidence.arxiv,
        url=evidence.url,
        finding=evidence.finding,
        credibility=PlainScalar(format_weight(evidence.credibility)) if evidence.credibility != 1 else "",
        relevance=PlainScalar(format_weight(evidence.relevance)) if evidence.relevance != 1 else "",
        cluster=evidence.cluster,
        note=evidence.note,
        retracted=_yes(evidence.retracted),
        assessments={slug: _assessment(assessment) for slug, assessment in evidence.assessments.items()},
    )


def _assessment(assessment: Assessment) -> Tree:
    ratio = _ratio(assessment)
    if not (assessment.why or assessment.by or assessment.others):
        return ratio
    others = {by: one for by, one in views(assessment).items() if by != assessment.by}
    return {
        "ratio": ratio,
        **_filled(
            why=assessment.why,
            by=assessment.by,
            others={
                by: {"ratio": _ratio(one), "why": one.why} if one.why else _ratio(one) for by, one in others.items()
            },
        ),
    }


def _ratio(assessment: Assessment) -> PlainScalar:
    written = format_ratio(assessment.ratio)
    return PlainScalar(_SIGNS_AS_NUMBERS.get(written, written))


def _idea(idea: Idea, number: int) -> dict[str, Tree]:
    return _filled(
        number=PlainScalar(idea.number) if idea.number != number else "",
        title=idea.title,
        text=idea.text,
        kind=idea.kind,
        **_filled(**{"from": idea.sender}),
        received=PlainScalar(idea.received),
        status=idea.status,
        hypothesis=idea.hypothesis,
        related=idea.related,
        example=_yes(idea.example),
        reason=idea.reason,
    )


def _comment(comment: Comment, number: int) -> dict[str, Tree]:
    return _filled(
        number=PlainScalar(comment.number) if comment.number != number else "",
        hypothesis=comment.hypothesis,
        evidence=comment.evidence,
        idea=PlainScalar(comment.idea) if comment.idea else "",
        by=comment.by,
        at=PlainScalar(comment.at) if comment.at else "",
        text=comment.text,
    )
