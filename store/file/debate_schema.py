"""The shape of a debate file: its fields, their types and their defaults, read into the values."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from hypotheses import rules
from hypotheses.currency import currency_of
from hypotheses.debate import (
    Assessment,
    Claim,
    Comment,
    Debate,
    Evidence,
    Gap,
    Hypothesis,
    Quantity,
    SchemeTable,
    Stated,
)
from hypotheses.fields import FIELDS_IN_FILE
from hypotheses.idea import Idea
from hypotheses.notations import read_number
from hypotheses.people import OWNER, cell_among, one_view
from hypotheses.ratios import parse_ratio, rated
from hypotheses.reading import PLAIN_READING, Assumption, Correlation, Reading
from hypotheses.values.long_form import LONG_FORM
from store.file.debate_fields import Fields, amount, built, parsed, plausibility_of
from store.file.file_tree import Node, Problems, TakenEntry

VERSION: Final = "1"
"""The version of the shape of the file."""
MOST_EVIDENCE: Final = 300_000
"""How many items of evidence a file may have: half a gigabyte of memory, where they say little."""
MOST_INSIDE: Final = 3_000_000
"""How many ratings, authors and further sources all of its evidence may have together."""
_OF_AN_ASSUMPTION: Final = frozenset(
    {"readings", *(key for kind in (Assumption, Reading) for key, _ in FIELDS_IN_FILE[kind])} - LONG_FORM
)
"""The fields of an assumption that its value, in its long form, does not have."""


def debate_of(root: Node, problems: Problems) -> Debate:
    """Read a whole file. Where problems were noted, the debate has defaults in their places."""
    return built(root, _debate, problems)


def _debate(fields: Fields) -> Debate:
    fields.take("abduce")
    head = Fields(fields.take("debate", required=True) or Node(fields.line, {}), fields.problems)
    debate = Debate(
        **head.given(Debate),
        quantities={key: _quantity(key, inner) for key, inner in fields.named_records("quantities", rules.symbol)},
        gaps={key: _gap(key, inner) for key, inner in fields.named_records("gaps", rules.symbol)},
        hypotheses={
            slug: _hypothesis(slug, position, inner)
            for position, (slug, inner) in enumerate(fields.named_records("hypotheses", rules.name))
        },
        evidence=dict(_all_evidence(fields.entries("evidence", rules.name), fields.problems)),
        schemes={name: _scheme(inner) for name, inner in fields.named_records("schemes", rules.name)},
        ideas=_ideas(fields.records("ideas")),
        comments=_comments(fields.records("comments")),
    )
    head.close()
    return debate


def _scheme(fields: Fields) -> SchemeTable:
    def numbers(entries: Iterator[tuple[str, Node]]) -> dict[str, float]:
        return {name: parsed(node, read_number, 0.0, fields.problems) for name, node in entries}

    return SchemeTable(
        numbers(fields.entries("points", rules.line)),
        numbers(fields.entries("credibility", rules.line)),
        numbers(fields.entries("relevance", rules.line)),
        fields.text("source", rules.text),
    )


def _quantity(key: str, fields: Fields) -> Quantity:
    ways = [way for way in ("value", "readings", "formula") if way in fields]
    if len(ways) > 1:
        fields.problems.add(fields.line, f"found {' and '.join(ways)}; expected one of value, readings and formula")
    readings = {
        name: _correlated(inner, _reading(inner, note=inner.text("note", rules.text)))
        for name, inner in fields.named_records("readings", rules.name)
    }
    if "value" in ways:
        # The note beside a plain value is the quantity's.
        readings[PLAIN_READING] = _correlated(fields, _reading(fields, note=""))
    given = fields.given(Quantity)
    if not given.get("unit"):
        given["unit"] = next(filter(None, (currency_of(reading.value) for reading in readings.values())), "")
    return Quantity(key, readings=readings, claim=fields.record("claim", _claim), **given)


def _reading(fields: Fields, *, note: str) -> Reading:
    value = fields.take("value", required=True)
    return Reading(
        value=amount(value, fields.problems) if value else "",
        note=note,
        **fields.given(Reading, without=("value", "note")),
    )


def _correlated(fields: Fields, reading: Reading) -> Reading:
    return replace(reading, correlated=fields.record("correlated", _correlation))


def _correlation(fields: Fields) -> Correlation:
    return Correlation(**fields.given(Correlation))


def _gap(key: str, fields: Fields) -> Gap:
    return Gap(key, claim=fields.record("claim", _claim), **fields.given(Gap))


def _claim(fields: Fields) -> Claim:
    return Claim(**fields.given(Claim))


def _hypothesis(slug: str, position: int, fields: Fields) -> Hypothesis:
    given = {"position": position, **fields.given(Hypothesis)}
    others = {
        person: _stated(node, given["position"], fields.problems)
        for person, node in sorted(fields.entries("others", rules.title))
    }
    return Hypothesis(
        slug,
        effects={
            target: parsed(node, rules.required_formula, "", fields.problems)
            for target, node in fields.entries("effects", rules.symbol)
        },
        assumes={name: _assumption(node, fields.problems) for name, node in fields.entries("assumes", rules.symbol)},
        others=others,
        **{"prior": given.get("plausibility", 0.5), **given},
    )


def _assumption(node: Node, problems: Problems) -> Assumption:
    """Return an assumption: a value as text or in its long form, one with its source, or several readings."""
    keys = node.value.keys() if isinstance(node.value, dict) else set[str]()
    if beside := [key for key in keys if key in _OF_AN_ASSUMPTION]:
        long_form = [key for key in keys if key in LONG_FORM]
        if not long_form or "value" in keys or "readings" in keys:
            return built(node, _assumed, problems)
        found = f"{', '.join(long_form)} beside {', '.join(beside)}"
        problems.add(node.line, f"found {found}; expected the value under `value:` there")
        return Assumption({PLAIN_READING: Reading("")})
    return Assumption({PLAIN_READING: Reading(amount(node, problems))})


def _assumed(fields: Fields) -> Assumption:
    given = fields.given(Assumption)
    if "readings" not in fields:
        return Assumption({PLAIN_READING: _reading(fields, note=fields.text("note", rules.text))}, **given)
    line = fields.line_of("readings")
    readings = {
        name: _reading(inner, note=inner.text("note", rules.text))
        for name, inner in fields.named_records("readings", rules.name)
    }
    if not readings:
        fields.problems.add(line, "found no reading; expected one or more")
        return Assumption({PLAIN_READING: Reading("")})
    return Assumption(readings, **given)


def _stated(node: Node, position: int, problems: Problems) -> Stated:
    if isinstance(node.value, str):
        return Stated(parsed(node, plausibility_of, 0.5, problems), position)
    return built(node, lambda fields: Stated(**{"position": position, **fields.given(Stated)}), problems)


class TakenEvidence:
    """Takes the evidence of a file item by item while it is read: as values it needs a tenth of the room."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._count = self._inside = 0

    def __call__(self, root: dict[str, Node], key: str, node: Node) -> bool:
        """Take an item, unless the file has not said before that it is a debate."""
        version = root.get("abduce")
        if version is None or version.value != VERSION or not isinstance(node.value, dict):
            return False
        self._count += 1
        if self._count > MOST_EVIDENCE:
            self._problems.stop(node.line, f"the file has more than {MOST_EVIDENCE:,} items of evidence")
        cells = node.value.get("assessments")
        rated = cells.value if cells is not None and isinstance(cells.value, dict) else {}
        item = built(node, partial(_evidence, key), self._problems)
        lines = array("Q", (rated[slug].line if slug in rated else node.line for slug in item.assessments))
        self._inside += len(lines) + len(item.authors) + len(item.also)
        if self._inside > MOST_INSIDE:
            self._problems.stop(node.line, f"the evidence has more than {MOST_INSIDE:,} ratings, authors and sources")
        node.value = TakenEntry(item, lines)
        return True


def inside_of(taken: TakenEntry) -> dict[str, Node]:
    """Return what stood in an item of evidence that was taken, as far as somebody may ask for its line."""
    slugs = taken.value.assessments if isinstance(taken.value, Evidence) else ()
    cells = {slug: Node(line, "") for slug, line in zip(slugs, taken.lines, strict=True)}
    return {"assessments": Node(0, {**cells})}


def _all_evidence(entries: Iterator[tuple[str, Node]], problems: Problems) -> Iterator[tuple[str, Evidence]]:
    for key, node in entries:
        if isinstance(node.value, TakenEntry) and isinstance(node.value.value, Evidence):
            yield key, node.value.value
        else:
            yield key, built(node, partial(_evidence, key), problems)


def _evidence(key: str, fields: Fields) -> Evidence:
    return Evidence(
        key,
        assessments={
            slug: _assessment(node, fields.problems)
            for slug, node in fields.entries("assessments", rules.name)
            if node.value  # a blank cell is no assessment
        },
        **fields.given(Evidence),
    )


def _assessment(node: Node, problems: Problems) -> Assessment:
    if isinstance(node.value, str):
        cell = parsed(node, rated, Assessment(None), problems)
        return one_view(cell.ratio, cell.why, given=cell.given)
    return built(node, _rated, problems)


def _rated(fields: Fields) -> Assessment:
    by = fields.text("by", rules.line)
    said = {by: _rating(fields, by)}
    for person, node in fields.entries("others", rules.title):
        if person in said:
            fields.problems.add(node.line, f"{person!r} has rated this cell already; expected one rating of each")
        said[person] = replace(_assessment(node, fields.problems), by=person)
    return cell_among(said, OWNER)


def _rating(fields: Fields, by: str) -> Assessment:
    """Return a rating whose ratio may be two probabilities; of a program, the ratio and what it was given by."""
    node, pair = fields.take("ratio", required=True), fields.take("given")
    told = pair or node
    cell = parsed(told, rated, Assessment(None), fields.problems) if told else Assessment(None)
    if pair and node and cell.given:
        ratio = parsed(node, parse_ratio, None, fields.problems)
        if ratio is None or cell.ratio is None or not math.isclose(ratio, cell.ratio, rel_tol=1e-6):
            fields.problems.add(pair.line, f"{cell.given!r} is another ratio than {node.value!r}; expected one of both")
    return one_view(cell.ratio, by=by, given=cell.given, **fields.given(Assessment, without=("ratio", "given")))


def _ideas(records: Iterator[Fields]) -> dict[int, Idea]:
    ideas: dict[int, Idea] = {}
    for fields in records:
        idea = Idea(**{"number": max(ideas, default=0) + 1, **fields.given(Idea)})
        if idea.number in ideas:
            fields.problems.add(fields.line, f"there are two ideas of number {idea.number}; expected one")
        ideas[idea.number] = idea
    return ideas


def _comments(records: Iterator[Fields]) -> dict[int, Comment]:
    comments: dict[int, Comment] = {}
    for fields in records:
        comment = Comment(**{"number": max(comments, default=0) + 1, **fields.given(Comment)})
        if comment.number in comments:
            fields.problems.add(fields.line, f"there are two comments of number {comment.number}; expected one")
        if bool(comment.idea) == bool(comment.hypothesis or comment.evidence):
            fields.problems.add(fields.line, "expected a hypothesis, evidence, both (a cell) or an idea to comment on")
        comments[comment.number] = comment
    return comments
