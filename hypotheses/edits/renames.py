"""Other names for what there is, everywhere at once; what is given is a debate as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from hypotheses import rules
from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits.uses import goes_with, reads, with_formulas, with_readings_of
from hypotheses.formulas import substituted
from hypotheses.idea import Idea
from hypotheses.problems import Refused, found
from hypotheses.reading import Correlation, Reading

T = TypeVar("T")


def debate_renamed(debate: Debate, slug: str) -> Debate:
    """Give the debate another slug."""
    return debate if slug == debate.slug else replace(debate, slug=rules.name(slug))


def hypothesis_renamed(debate: Debate, slug: str, new: str) -> Debate:
    """Give a hypothesis another slug: rivals, ratings, ideas and comments follow."""
    hypothesis = found("hypothesis", slug, debate.hypotheses)
    if new == slug:
        return debate
    _refuse_taken("hypothesis", rules.name(new), debate.hypotheses)
    hypotheses = _named(debate.hypotheses, slug, new, replace(hypothesis, slug=new))
    return replace(
        debate,
        hypotheses={name: _with_rival(each, slug, new) for name, each in hypotheses.items()},
        evidence={
            key: replace(item, assessments=_named(item.assessments, slug, new, item.assessments[slug]))
            if slug in item.assessments
            else item
            for key, item in debate.evidence.items()
        },
        ideas=_became(
            {
                number: replace(idea, hypothesis=new) if idea.hypothesis == slug else idea
                for number, idea in debate.ideas.items()
            },
            f"hypothesis:{slug}",
            f"hypothesis:{new}",
        ),
        comments={
            number: replace(comment, hypothesis=new) if comment.hypothesis == slug else comment
            for number, comment in debate.comments.items()
        },
    )


def _with_rival(hypothesis: Hypothesis, slug: str, new: str) -> Hypothesis:
    if slug not in hypothesis.rivals:
        return hypothesis
    return replace(hypothesis, rivals=tuple(new if each == slug else each for each in hypothesis.rivals))


def evidence_renamed(debate: Debate, key: str, new: str) -> Debate:
    """Give evidence another key: comments follow, and ideas that mention it."""
    item = found("evidence", key, debate.evidence)
    if new == key:
        return debate
    _refuse_taken("evidence", rules.name(new), debate.evidence)
    return replace(
        debate,
        evidence=_named(debate.evidence, key, new, replace(item, key=new)),
        ideas=_became(
            {
                number: replace(idea, related=tuple(new if each == key else each for each in idea.related))
                if key in idea.related
                else idea
                for number, idea in debate.ideas.items()
            },
            f"evidence:{key}",
            f"evidence:{new}",
        ),
        comments={
            number: replace(comment, evidence=new) if comment.evidence == key else comment
            for number, comment in debate.comments.items()
        },
    )


def _became(ideas: Mapping[int, Idea], ref: str, new: str) -> dict[int, Idea]:
    """Let what was made of ideas go by its new name."""
    return {
        number: replace(idea, became=tuple(new if each == ref else each for each in idea.became))
        if ref in idea.became
        else idea
        for number, idea in ideas.items()
    }


def quantity_renamed(debate: Debate, symbol: str, new: str) -> Debate:
    """Give a quantity another symbol: formulas, effects and correlations follow."""
    quantity = found("quantity", symbol, debate.quantities)
    if new == symbol:
        return debate
    debate = _with_symbol(debate, symbol, new)
    moved = replace(debate, quantities=_named(debate.quantities, symbol, new, replace(quantity, symbol=new)))
    hypotheses = {
        slug: replace(each, effects=_named(each.effects, symbol, new, each.effects[symbol]))
        if symbol in each.effects
        else each
        for slug, each in debate.hypotheses.items()
    }
    quantities = with_readings_of(moved, lambda reading: _with_correlation(reading, symbol, new))
    return replace(moved, hypotheses=hypotheses, quantities=quantities)


def gap_renamed(debate: Debate, symbol: str, new: str) -> Debate:
    """Give a gap another symbol: formulas follow."""
    gap = found("gap", symbol, debate.gaps)
    if new == symbol:
        return debate
    debate = _with_symbol(debate, symbol, new)
    return replace(debate, gaps=_named(debate.gaps, symbol, new, replace(gap, symbol=new)))


def _with_symbol(debate: Debate, symbol: str, new: str) -> Debate:
    """Write another name in the place of a quantity or a gap in all formulas."""
    rules.symbol(new)
    _refuse_taken("quantity", new, debate.quantities)
    _refuse_taken("gap", new, debate.gaps)
    for each in debate.hypotheses.values():
        if new in each.assumes and any(reads(each, formula, symbol) for formula in each.effects.values()):
            raise Refused(f"{each.slug} assumes something called {new!r} already; choose another name")
    return with_formulas(debate, symbol, lambda formula: substituted(formula, symbol, new))


def _with_correlation(reading: Reading, symbol: str, new: str) -> Reading:
    if not goes_with(reading, symbol) or reading.correlated is None:
        return reading
    return replace(reading, correlated=Correlation(new, reading.correlated.rank))


def _refuse_taken(kind: str, new: str, names: Mapping[str, object]) -> None:
    if new in names:
        raise Refused(f"there is {'a ' if kind != 'evidence' else ''}{kind} {new!r} already; choose another name")


def _named(values: Mapping[str, T], name: str, new: str, value: T) -> dict[str, T]:
    """Put a value under its new name in the place that it had."""
    return {new if each == name else each: value if each == name else other for each, other in values.items()}
