"""The shape of a debate file: its fields, their types and their defaults, read into the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from hypotheses import rules
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
    Quantity,
    Reading,
    Stated,
    Status,
    Verdict,
)
from hypotheses.people import OWNER, cell_among
from store.file.debate_fields import Fields, amount, built, number, parsed, plausibility_of, whole, yes_no
from store.file.file_tree import Node, Problems

VERSION: Final = "1"
"""The version of the shape of the file."""


def debate_of(root: Node, problems: Problems) -> Debate:
    """Read a whole file. Where problems were noted, the debate has defaults in their places."""
    return built(root, _debate, problems)


def _debate(fields: Fields) -> Debate:
    fields.take("abduce")
    head = Fields(fields.take("debate", required=True) or Node(fields.line, {}), fields.problems)
    debate = Debate(
        slug=head.text("slug", rules.name, required=True),
        title=head.text("title", rules.title, required=True),
        question=head.text("question", rules.text),
        mode=cast("Mode", head.parsed("mode", rules.one_of(Mode), "independent")),
        convention=head.text("convention", rules.line),
        correlation=head.parsed("correlation", number(rules.share), 0.5),
        author=head.text("author", rules.line),
        source=head.text("source", rules.text),
        note=head.text("note", rules.text),
        owner=head.text("owner", rules.line),
        quantities={key: _quantity(key, inner) for key, inner in fields.named_records("quantities", rules.symbol)},
        gaps={key: _gap(key, inner) for key, inner in fields.named_records("gaps", rules.symbol)},
        hypotheses={
            slug: _hypothesis(slug, position, inner)
            for position, (slug, inner) in enumerate(fields.named_records("hypotheses", rules.name))
        },
        evidence={key: _evidence(key, inner) for key, inner in fields.named_records("evidence", rules.name)},
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
        reading: _reading(inner, inner.text("note", rules.text))
        for reading, inner in fields.named_records("readings", rules.name)
    }
    if "value" in ways:
        # The note beside a plain value is the quantity's.
        readings[PLAIN_READING] = _reading(fields, "")
    return Quantity(
        symbol=key,
        label=fields.text("label", rules.line),
        unit=fields.text("unit", rules.line),
        readings=readings,
        formula=fields.text("formula", rules.formula),
        chosen=fields.text("chosen", rules.line),
        note=fields.text("note", rules.text),
        claim=fields.record("claim", _claim),
    )


def _reading(fields: Fields, note: str) -> Reading:
    value = fields.take("value", required=True)
    return Reading(
        value=amount(value, fields.problems) if value else "",
        source=fields.text("source", rules.text),
        url=fields.text("url", rules.url),
        note=note,
        correlated=fields.record("correlated", _correlation),
    )


def _correlation(fields: Fields) -> Correlation:
    return Correlation(
        quantity=fields.text("with", rules.symbol, required=True),
        rank=fields.parsed("rank", number(rules.rank_correlation), 0.0, required=True),
    )


def _gap(key: str, fields: Fields) -> Gap:
    return Gap(
        symbol=key,
        formula=fields.text("formula", rules.required_formula, required=True),
        label=fields.text("label", rules.line),
        unit=fields.parsed("unit", rules.line, OOM),
        headline=fields.parsed("headline", yes_no, False),
        claim=fields.record("claim", _claim),
        note=fields.text("note", rules.text),
    )


def _claim(fields: Fields) -> Claim:
    return Claim(
        value=fields.text("value", rules.line, required=True),
        source=fields.text("source", rules.text),
        quote=fields.text("quote", rules.text),
    )


def _hypothesis(slug: str, position: int, fields: Fields) -> Hypothesis:
    plausibility = fields.parsed("plausibility", plausibility_of, 0.5)
    place = fields.parsed("position", whole, position)
    others = {
        person: _stated(node, place, fields.problems) for person, node in sorted(fields.entries("others", rules.title))
    }
    return Hypothesis(
        slug=slug,
        title=fields.text("title", rules.title, required=True),
        statement=fields.text("statement", rules.text),
        plausibility=plausibility,
        prior=fields.parsed("prior", plausibility_of, plausibility),
        placeholder=fields.parsed("placeholder", yes_no, False),
        position=place,
        status=cast("Status", fields.parsed("status", rules.one_of(Status), "open")),
        effects={
            target: parsed(node, rules.required_formula, "", fields.problems)
            for target, node in fields.entries("effects", rules.symbol)
        },
        assumes={assumed: amount(node, fields.problems) for assumed, node in fields.entries("assumes", rules.symbol)},
        rivals=fields.texts("rivals", rules.name),
        source=fields.text("source", rules.text),
        note=fields.text("note", rules.text),
        settled=cast("Verdict", fields.parsed("settled", rules.one_of(Verdict), "")),
        settled_on=fields.text("settled_on", rules.whole_day),
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
        title=fields.text("title", rules.title, required=True),
        authors=fields.texts("authors", rules.line),
        date=fields.text("date", rules.day),
        source=fields.text("source", rules.text),
        doi=fields.text("doi", rules.line),
        arxiv=fields.text("arxiv", rules.line),
        url=fields.text("url", rules.url),
        finding=fields.text("finding", rules.text),
        credibility=fields.parsed("credibility", parse_weight, 1.0),
        relevance=fields.parsed("relevance", parse_weight, 1.0),
        cluster=fields.text("cluster", rules.line),
        note=fields.text("note", rules.text),
        retracted=fields.parsed("retracted", yes_no, False),
        assessments={
            slug: _assessment(node, fields.problems)
            for slug, node in fields.entries("assessments", rules.name)
            if node.value  # a blank cell is no assessment
        },
    )


def _assessment(node: Node, problems: Problems) -> Assessment:
    if isinstance(node.value, str):
        return Assessment(parsed(node, parse_ratio, None, problems))
    return built(node, _rated, problems)


def _rated(fields: Fields) -> Assessment:
    by = fields.text("by", rules.line)
    said = {
        by: Assessment(fields.parsed("ratio", parse_ratio, None, required=True), fields.text("why", rules.text), by)
    }
    for person, node in fields.entries("others", rules.title):
        if person in said:
            fields.problems.add(node.line, f"{person!r} has rated this cell already; expected one rating of each")
        said[person] = replace(_assessment(node, fields.problems), by=person)
    return cell_among(said, OWNER)


def _ideas(records: Iterator[Fields]) -> dict[int, Idea]:
    ideas: dict[int, Idea] = {}
    for fields in records:
        idea = Idea(
            number=fields.parsed("number", whole, max(ideas, default=0) + 1),
            title=fields.text("title", rules.title, required=True),
            text=fields.text("text", rules.text),
            kind=cast("IdeaKind", fields.parsed("kind", rules.one_of(IdeaKind), "comment")),
            sender=fields.text("from", rules.line),
            received=fields.text("received", rules.moment),
            status=cast("IdeaStatus", fields.parsed("status", rules.one_of(IdeaStatus), "new")),
            hypothesis=fields.text("hypothesis", rules.line),
            related=fields.texts("related", rules.line),
            example=fields.parsed("example", yes_no, False),
            reason=fields.text("reason", rules.text),
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
            text=fields.text("text", rules.required_text, required=True),
            by=fields.text("by", rules.title, required=True),
            at=fields.text("at", rules.moment),
            hypothesis=fields.text("hypothesis", rules.line),
            evidence=fields.text("evidence", rules.line),
            idea=fields.parsed("idea", whole, 0),
        )
        if comment.number in comments:
            fields.problems.add(fields.line, f"there are two comments of number {comment.number}; expected one")
        if bool(comment.idea) == bool(comment.hypothesis or comment.evidence):
            fields.problems.add(fields.line, "expected a hypothesis, evidence, both (a cell) or an idea to comment on")
        comments[comment.number] = comment
    return comments
