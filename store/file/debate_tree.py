"""Values to the tree of a debate file, which the schema reads back as the same values.

What is empty or as usual is left out, except where nobody would guess what is usual.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Final, cast

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Gap, Hypothesis, Quantity, SchemeTable, Stated
from hypotheses.fields import FIELDS_IN_FILE, USUAL, Field
from hypotheses.idea import Idea
from hypotheses.notations import NUMBER, PLAUSIBILITY, TEXT, WHOLE
from hypotheses.people import OWNER, seen_by, views
from hypotheses.ranking import parse_plausibility
from hypotheses.ratios import format_rating
from hypotheses.reading import PLAIN_READING, Assumption, Reading
from store.file.debate_schema import VERSION
from store.file.yaml_writer import PlainScalar, Tree

_SIGNS_AS_NUMBERS: Final[Mapping[str, str]] = {"++": "10", "+": "3", "0": "1", "-": "1/3", "--": "0.1"}
"""Ratios stand side by side in a file; a sign among numbers would have to be looked up."""


def tree_of(debate: Debate, *, in_full: bool = False) -> dict[str, Tree]:
    """Turn a debate, as anybody sees it, into the tree of its file.

    In full it says also what follows from the rest: priors that are as the plausibilities, numbers that can be counted.
    """
    debate = seen_by(debate, OWNER)
    hypotheses = sorted(debate.hypotheses.values(), key=lambda hypothesis: hypothesis.position)
    ideas = sorted(debate.ideas.values(), key=lambda idea: idea.number)
    counted = -1 if in_full else 1
    numbers = [0, *(idea.number for idea in ideas)]
    comments = sorted(debate.comments.values(), key=lambda comment: comment.number)
    said = [0, *(comment.number for comment in comments)]
    return _filled(
        abduce=PlainScalar(VERSION),
        debate=_written(debate),
        quantities={symbol: _quantity(quantity) for symbol, quantity in debate.quantities.items()},
        gaps={symbol: _gap(gap) for symbol, gap in debate.gaps.items()},
        hypotheses={
            each.slug: _hypothesis(each, position, in_full=in_full) for position, each in enumerate(hypotheses)
        },
        evidence={key: _evidence(evidence) for key, evidence in debate.evidence.items()},
        schemes={name: _scheme(table) for name, table in debate.schemes.items()},
        ideas=[_idea(idea, number + counted) for idea, number in zip(ideas, numbers)],
        comments=[_comment(comment, number + counted) for comment, number in zip(comments, said)],
    )


def _scheme(table: SchemeTable) -> dict[str, Tree]:
    numbers = {"points": table.points, "credibility": table.credibility, "relevance": table.relevance}
    written: dict[str, Tree] = {
        part: {name: PlainScalar(number) for name, number in given.items()} for part, given in numbers.items() if given
    }
    return {**written, **_filled(source=table.source)}


def _filled(**fields: Tree) -> dict[str, Tree]:
    return {name: field for name, field in fields.items() if field}


def _written(value: object, *, without: Collection[str] = ()) -> dict[str, Tree]:
    """Write the fields of a value, but for what is as usual."""
    kind = type(value)
    as_usual = USUAL[kind]
    tree: dict[str, Tree] = {}
    for key, field in FIELDS_IN_FILE[kind]:
        held = getattr(value, field.name)
        if (field.always or held != as_usual.get(field.name, "")) and field.name not in without:
            tree[key] = _as_tree(field, held)
    return tree


def _as_tree(field: Field, held: object) -> Tree:
    if field.notation is TEXT or field.notation.several:
        return cast("Tree", held)
    if field.notation is PLAUSIBILITY:
        return _share(cast("float", held))
    return PlainScalar(held if field.notation in (NUMBER, WHOLE) else field.notation.show(held))


def _taken(tree: dict[str, Tree], *names: str) -> dict[str, Tree]:
    """Take fields out of a tree."""
    return {name: tree.pop(name) for name in names if name in tree}


def _share(share: float) -> PlainScalar:
    """Write a number 0..1 as a percentage if that reads back as the same number, else in full."""
    exact = Decimal(repr(share))
    percent = f"{(exact * 100).normalize():f}%"
    return PlainScalar(percent if parse_plausibility(percent) == share else f"{exact:f}")


def _quantity(quantity: Quantity) -> dict[str, Tree]:
    plain = quantity.readings.get(PLAIN_READING)
    if plain is None or plain.note or quantity.chosen or len(quantity.readings) > 1:
        plain = None
    own = _written(quantity)
    note = _taken(own, "note")
    return {
        **_taken(own, "label", "unit", "group"),
        **(_reading(plain) if plain else {}),
        **_filled(readings={} if plain else {name: _reading(reading) for name, reading in quantity.readings.items()}),
        **own,
        **_filled(claim=_written(quantity.claim) if quantity.claim else {}),
        **note,
    }


def _reading(reading: Reading) -> dict[str, Tree]:
    return {**_written(reading), **_filled(correlated=_written(reading.correlated) if reading.correlated else {})}


def _gap(gap: Gap) -> dict[str, Tree]:
    own = _written(gap)
    note = _taken(own, "note")
    return {**own, **_filled(claim=_written(gap.claim) if gap.claim else {}), **note}


def _hypothesis(hypothesis: Hypothesis, position: int, *, in_full: bool) -> dict[str, Tree]:
    as_told = {
        "prior": hypothesis.prior == hypothesis.plausibility and not in_full,
        "position": hypothesis.position == position or in_full,
    }
    own = _written(hypothesis, without=[name for name, is_told in as_told.items() if is_told])
    last = _taken(own, "rivals", "source", "note", "settled", "settled_on")
    others = {person: _stated(stated, hypothesis.position) for person, stated in sorted(hypothesis.others.items())}
    return {
        **own,
        **_filled(
            effects=hypothesis.effects,
            assumes={name: _assumption(assumed) for name, assumed in hypothesis.assumes.items()},
        ),
        **last,
        **_filled(others=others),
    }


def _assumption(assumed: Assumption) -> Tree:
    plain = assumed.readings.get(PLAIN_READING)
    if plain is None or assumed.chosen or len(assumed.readings) > 1:
        readings: Tree = {name: _reading(reading) for name, reading in assumed.readings.items()}
        return {"readings": readings, **_written(assumed)}
    return plain.value if plain == Reading(plain.value) else _reading(plain)


def _stated(stated: Stated, position: int) -> Tree:
    if stated.position == position and not stated.placeholder:
        return _share(stated.plausibility)
    return _written(stated, without=["position"] if stated.position == position else [])


def _evidence(evidence: Evidence) -> dict[str, Tree]:
    assessments = {slug: _assessment(assessment) for slug, assessment in evidence.assessments.items()}
    return {**_written(evidence), **_filled(assessments=assessments)}


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
    written = format_rating(assessment)
    return PlainScalar(_SIGNS_AS_NUMBERS.get(written, written))


def _idea(idea: Idea, number: int) -> dict[str, Tree]:
    return _written(idea, without=["number"] if idea.number == number else [])


def _comment(comment: Comment, number: int) -> dict[str, Tree]:
    return _written(comment, without=["number"] if comment.number == number else [])
