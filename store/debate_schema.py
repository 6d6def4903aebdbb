"""The shape of a debate file: its fields, their types and their defaults, read into the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from hypotheses.belief import parse_ratio, parse_weight
from hypotheses.debate import (
    OOM,
    PLAIN_READING,
    Assessment,
    Claim,
    Comment,
    Correlation,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Idea,
    IdeaKind,
    IdeaStatus,
    Mode,
    Outcome,
    Quantity,
    Reading,
    Stated,
    Status,
)
from hypotheses.people import OWNER, cell_among
from store import door
from store.debate_fields import Fields, amount, built, number, parsed, plausibility_of, whole, yes_no
from store.file_tree import Node, Problems

VERSION: Final = "1"
"""The version of the shape of the file."""


def debate_of(root: Node, problems: Problems) -> Debate:
    """Read a whole file. Where problems were noted, the debate has defaults in their places."""
    return built(root, _debate, problems)


def _debate(fields: Fields) -> Debate:
    fields.take("abduce")
    head = Fields(fields.take("debate", required=True) or Node(fields.line, {}), fields.problems)
    debate = Debate(
        slug=head.text("slug", door.name, required=True),
        title=head.text("title", door.title, required=True),
        question=head.text("question", door.text),
        mode=cast("Mode", head.parsed("mode", door.one_of(Mode), "independent")),
        convention=head.text("convention", door.line),
        correlation=head.parsed("correlation", number(door.share), 0.5),
        author=head.text("author", door.line),
        source=head.text("source", door.text),
        note=head.text("note", door.text),
        owner=head.text("owner", door.line),
        quantities={key: _quantity(key, inner) for key, inner in fields.named_records("quantities", door.symbol)},
        gaps={key: _gap(key, inner) for key, inner in fields.named_records("gaps", door.symbol)},
        hypotheses={
            slug: _hypothesis(slug, position, inner)
            for position, (slug, inner) in enumerate(fields.named_records("hypotheses", door.name))
        },
        evidence={key: _evidence(key, inner) for key, inner in fields.named_records("evidence", door.name)},
        ideas=_ideas(fields.records("ideas")),
        comments=_comments(fields.records("comments")),
    )
    head.close()
    return debate


def _quantity(key: str, fields: Fields) -> Quantity:
    ways = [way for way in ("value", "readings", "formula") if way in fields]
    if len(ways) > 1:
        fields.problems.add(fields.line, f"found {' and '.join(ways)}; expected one of value, readings and formula")
    readings = {
        reading: _reading(inner, inner.text("note", door.text))
        for reading, inner in fields.named_records("readings", door.name)
    }
    if "value" in ways:
        # The note beside a plain value is the quantity's.
        readings[PLAIN_READING] = _reading(fields, "")
    return Quantity(
        symbol=key,
        label=fields.text("label", door.line),
        unit=fields.text("unit", door.line),
        readings=readings,
        formula=fields.text("formula", door.formula),
        chosen=fields.text("chosen", door.line),
        note=fields.text("note", door.text),
        claim=fields.record("claim", _claim),
    )


def _reading(fields: Fields, note: str) -> Reading:
    value = fields.take("value", required=True)
    return Reading(
        value=amount(value, fields.problems) if value else "",
        source=fields.text("source", door.text),
        url=fields.text("url", door.url),
        note=note,
        correlated=fields.record("correlated", _correlation),
    )


def _correlation(fields: Fields) -> Correlation:
    return Correlation(
        quantity=fields.text("with", door.symbol, required=True),
        rank=fields.parsed("rank", number(door.rank_correlation), 0.0, required=True),
    )


def _gap(key: str, fields: Fields) -> Gap:
    return Gap(
        symbol=key,
        formula=fields.text("formula", door.required_formula, required=True),
        label=fields.text("label", door.line),
        unit=fields.parsed("unit", door.line, OOM),
        headline=fields.parsed("headline", yes_no, False),
        claim=fields.record("claim", _claim),
        note=fields.text("note", door.text),
    )


def _claim(fields: Fields) -> Claim:
    return Claim(
        value=fields.text("value", door.line, required=True),
        source=fields.text("source", door.text),
        quote=fields.text("quote", door.text),
    )


def _hypothesis(slug: str, position: int, fields: Fields) -> Hypothesis:
    plausibility = fields.parsed("plausibility", plausibility_of, 0.5)
    place = fields.parsed("position", whole, position)
    others = {
        person: _stated(node, place, fields.problems) for person, node in sorted(fields.entries("others", door.title))
    }
    return Hypothesis(
        slug=slug,
        title=fields.text("title", door.title, required=True),
        statement=fields.text("statement", door.text),
        plausibility=plausibility,
        prior=fields.parsed("prior", plausibility_of, plausibility),
        placeholder=fields.parsed("placeholder", yes_no, False),
        position=place,
        status=cast("Status", fields.parsed("status", door.one_of(Status), "open")),
        effects={
            target: parsed(node, door.required_formula, "", fields.problems)
            for target, node in fields.entries("effects", door.symbol)
        },
        assumes={assumed: amount(node, fields.problems) for assumed, node in fields.entries("assumes", door.symbol)},
        rivals=fields.texts("rivals", door.name),
        source=fields.text("source", door.text),
        note=fields.text("note", door.text),
        settled=cast("Outcome", fields.parsed("settled", door.one_of(Outcome), "")),
        settled_on=fields.text("settled_on", door.whole_day),
        others=others,
    )


def _stated(node: Node, position: int, problems: Problems) -> Stated:
    if isinstance(node.value, str):
        return Stated(parsed(node, plausibility_of, 0.5, problems), position)
    return built(
        node,
        lambda fields: Stated(
            fields.parsed("plausibility", plausibility_of, 0.5, required=True),
            fields.parsed("position", whole, position),
            fields.parsed("placeholder", yes_no, False),
        ),
        problems,
    )


def _evidence(key: str, fields: Fields) -> Evidence:
    return Evidence(
        key=key,
        title=fields.text("title", door.title, required=True),
        authors=fields.texts("authors", door.line),
        date=fields.text("date", door.day),
        source=fields.text("source", door.text),
        doi=fields.text("doi", door.line),
        arxiv=fields.text("arxiv", door.line),
        url=fields.text("url", door.url),
        finding=fields.text("finding", door.text),
        credibility=fields.parsed("credibility", parse_weight, 1.0),
        relevance=fields.parsed("relevance", parse_weight, 1.0),
        cluster=fields.text("cluster", door.line),
        note=fields.text("note", door.text),
        retracted=fields.parsed("retracted", yes_no, False),
        assessments={
            slug: _assessment(node, fields.problems)
            for slug, node in fields.entries("assessments", door.name)
            if node.value  # a blank cell is no assessment
        },
    )


def _assessment(node: Node, problems: Problems) -> Assessment:
    if isinstance(node.value, str):
        return Assessment(parsed(node, parse_ratio, None, problems))
    return built(node, _rated, problems)


def _rated(fields: Fields) -> Assessment:
    by = fields.text("by", door.line)
    said = {by: Assessment(fields.parsed("ratio", parse_ratio, None, required=True), fields.text("why", door.text), by)}
    for person, node in fields.entries("others", door.title):
        if person in said:
            fields.problems.add(node.line, f"{person!r} has rated this cell already; expected one rating of each")
        said[person] = replace(_assessment(node, fields.problems), by=person)
    return cell_among(said, OWNER)


def _ideas(records: Iterator[Fields]) -> dict[int, Idea]:
    ideas: dict[int, Idea] = {}
    for fields in records:
        idea = Idea(
            number=fields.parsed("number", whole, max(ideas, default=0) + 1),
            title=fields.text("title", door.title, required=True),
            text=fields.text("text", door.text),
            kind=cast("IdeaKind", fields.parsed("kind", door.one_of(IdeaKind), "comment")),
            sender=fields.text("from", door.line),
            received=fields.text("received", door.moment),
            status=cast("IdeaStatus", fields.parsed("status", door.one_of(IdeaStatus), "new")),
            hypothesis=fields.text("hypothesis", door.line),
            related=fields.texts("related", door.line),
            example=fields.parsed("example", yes_no, False),
            reason=fields.text("reason", door.text),
        )
        if idea.number in ideas:
            fields.problems.add(fields.line, f"there are two ideas of number {idea.number}; expected one")
        ideas[idea.number] = idea
    return ideas


def _comments(records: Iterator[Fields]) -> dict[int, Comment]:
    comments: dict[int, Comment] = {}
    for fields in records:
        comment = Comment(
            number=fields.parsed("number", whole, max(comments, default=0) + 1),
            text=fields.text("text", door.required_text, required=True),
            by=fields.text("by", door.title, required=True),
            at=fields.text("at", door.moment),
            hypothesis=fields.text("hypothesis", door.line),
            evidence=fields.text("evidence", door.line),
            idea=fields.parsed("idea", whole, 0),
        )
        if comment.number in comments:
            fields.problems.add(fields.line, f"there are two comments of number {comment.number}; expected one")
        if bool(comment.idea) == bool(comment.hypothesis or comment.evidence):
            fields.problems.add(fields.line, "expected a hypothesis, evidence, both (a cell) or an idea to comment on")
        comments[comment.number] = comment
    return comments
