"""Whether a changed debate may be kept: every changed value by the rules of its fields, then the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from hypotheses import rules
from hypotheses.changed import changed
from hypotheses.debate import Assessment, Claim, Comment, Debate, Evidence, Gap, Hypothesis, Quantity, SchemeTable
from hypotheses.fields import FIELDS
from hypotheses.idea import Idea
from hypotheses.letters import LETTERS
from hypotheses.people import views
from hypotheses.problems import Malformed, NotFound, Refused
from hypotheses.ratios import WEIGHT_WORDS, rated
from hypotheses.reading import Assumption, HasReadings
from hypotheses.schemes import SCHEMES

Value = Quantity | Gap | Hypothesis | Evidence | Idea | Comment

_COLLECTIONS: Final = {
    "quantities": ("quantity", "symbol"),
    "gaps": ("gap", "symbol"),
    "hypotheses": ("hypothesis", "slug"),
    "evidence": ("evidence", "key"),
    "ideas": ("idea", "number"),
    "comments": ("comment", "number"),
}
"""Field of a debate -> what one of its values is called, and the value's own name for itself."""


NAMING: Final[Mapping[str, frozenset[str]]] = {
    "quantity": frozenset({"quantity"}),
    "gap": frozenset(),
    "hypothesis": frozenset({"quantity", "hypothesis"}),
    "evidence": frozenset({"hypothesis"}),
    "idea": frozenset({"hypothesis"}),
    "comment": frozenset({"hypothesis", "evidence", "idea"}),
}
"""What a value is called -> what the values are called that it may name."""


def admit(before: Debate, after: Debate) -> None:
    """Let a changed debate in.

    Only what differs is looked at, so that an edit is not refused for what it did not do.

    Raises:
        Refused: a value, a reference or the model is not acceptable; says where and what was expected.
    """
    _check("the debate", after)
    for name, table in after.schemes.items():
        _check_scheme(name, table)
    lost: set[str] = set()
    sound: set[int] = set()
    for field, (kind, own_name) in _COLLECTIONS.items():
        olds, news = getattr(before, field), getattr(after, field)
        if olds is news:
            continue
        there, gone = changed(olds, news)
        lost |= {kind} if gone else set()
        for name in there:
            value = news[name]
            place = f"{kind} {name!r}"
            if getattr(value, own_name) != name:
                raise Refused(f"{place} is filed under another name than its own, {getattr(value, own_name)!r}")
            _check_value(place, value)
            if isinstance(value, Evidence):
                _check_cells(place, value, sound)
            _check_references(place, value, after)
    for field, (kind, _) in _COLLECTIONS.items():
        for name, value in getattr(after, field).items() if lost & NAMING[kind] else ():
            _check_references(f"{kind} {name!r}", value, after)
    _check_sizes(before, after)
    _check_whole(before, after)
    if _model(before) != _model(after):
        _check_model(before, after)


def _check_scheme(name: str, table: SchemeTable) -> None:
    place = f"scheme {name!r}"
    _apply(rules.name, name, place)
    if name in SCHEMES:
        raise Refused(f"{place} has the name of one that every debate has; expected another name")
    _apply(rules.text, table.source, f"source of {place}")
    expected = (("points", table.points, LETTERS), ("credibility", table.credibility, WEIGHT_WORDS))
    for part, given, names in (*expected, ("relevance", table.relevance, WEIGHT_WORDS)):
        if set(given) != set(names) and (given or part == "points"):
            raise Refused(f"{part} of {place}: found {', '.join(given) or 'nothing'}; expected {', '.join(names)}")
        for each, number in given.items():
            _apply(rules.points, number, f"{each} in {part} of {place}")


def _check(place: str, value: object) -> None:
    for field in FIELDS[type(value)]:
        _apply(field.rule, getattr(value, field.name), f"{field.name} of {place}")


def _apply(rule: Callable[[Any], object], cell: object, place: str) -> None:
    try:
        rule(cell)
    except Malformed as error:
        raise Refused(f"{place}: {error}") from error


def _check_value(place: str, value: Value) -> None:
    _check(place, value)
    match value:
        case Quantity(readings=readings, formula=formula):
            _check_readings(place, value)
            for name, reading in readings.items():
                if reading.correlated:
                    _check(f"the correlation in reading {name!r} of {place}", reading.correlated)
            if bool(readings) == bool(formula):
                raise Refused(f"{place} needs either readings or a formula")
            if value.claim is not None:
                _check(f"the claim of {place}", value.claim)
        case Gap(claim=Claim() as claim):
            _check(f"the claim of {place}", claim)
        case Hypothesis():
            _check_hypothesis(place, value)
        case Comment(hypothesis=slug, evidence=key, idea=number):
            if bool(number) == bool(slug or key):
                raise Refused(f"{place}: expected a hypothesis, evidence, both (a cell) or an idea to comment on")


def _check_readings(place: str, value: HasReadings) -> None:
    for name, reading in value.readings.items():
        _apply(rules.name, name, f"a reading of {place}")
        _check(f"reading {name!r} of {place}", reading)
    if value.chosen and value.chosen not in value.readings:
        raise Refused(f"{place}: {NotFound('reading', value.chosen, value.readings)}")


def _check_cells(place: str, item: Evidence, sound: set[int]) -> None:
    """Require that every rating of an item is sound; those that were found to be stay in `sound`, by their identity."""
    for slug, cell in item.assessments.items():
        if id(cell) in sound:  # of a million, most say what others do
            continue
        for person, view in views(cell).items():
            _apply(rules.line, person, f"a person in {place}")
            _check(f"the assessment of {place} under {slug!r}", view)
            _check_given(f"the assessment of {place} under {slug!r}", view)
        sound.add(id(cell))


def _check_given(place: str, cell: Assessment) -> None:
    if cell.given:
        _apply(rated, cell.given, place)
        if rated(cell.given) != Assessment(cell.ratio, given=cell.given):
            raise Refused(f"{place}: found {cell.given!r} beside another ratio; expected the ratio that it makes")


def _check_hypothesis(place: str, hypothesis: Hypothesis) -> None:
    for symbol, formula in hypothesis.effects.items():
        _apply(rules.required_formula, formula, f"the effect on {symbol!r} of {place}")
    for name, assumed in hypothesis.assumes.items():
        _apply(rules.symbol, name, f"an assumption of {place}")
        _check_assumption(f"the assumption {name!r} of {place}", assumed)
    for person, stated in hypothesis.others.items():
        _apply(rules.title, person, f"a person in {place}")
        _check(f"what {person} states of {place}", stated)


def _check_assumption(place: str, assumed: Assumption) -> None:
    _check_readings(place, assumed)
    if not assumed.readings:
        raise Refused(f"{place} has no reading; expected one or more")
    for name, reading in assumed.readings.items():
        if reading.correlated:
            raise Refused(f"reading {name!r} of {place} is correlated; expected that of quantities only")


def _check_references(place: str, value: Value, debate: Debate) -> None:
    """Require that what a value names is there."""
    for kind, name, names in _references(value, debate):
        if name not in names:
            raise Refused(f"{place}: {NotFound(kind, name, names)}")


def _references(value: Value, debate: Debate) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    match value:
        case Quantity(readings=readings):
            for reading in readings.values():
                if reading.correlated:
                    yield "quantity", reading.correlated.quantity, debate.quantities
        case Hypothesis(effects=effects, rivals=rivals):
            yield from (("quantity", symbol, debate.quantities) for symbol in effects)
            yield from (("hypothesis", slug, debate.hypotheses) for slug in rivals)
        case Evidence(assessments=assessments):
            yield from (("hypothesis", slug, debate.hypotheses) for slug in assessments)
        case Idea(hypothesis=slug) if slug:
            yield "hypothesis", slug, debate.hypotheses
        case Comment(hypothesis=slug, evidence=key, idea=number):
            if slug:
                yield "hypothesis", slug, debate.hypotheses
            if key:
                yield "evidence", key, debate.evidence
            if number:
                there = (number,) if number in debate.ideas else debate.ideas  # of many, only to name the nearest one
                yield "idea", str(number), {str(one): one for one in there}


def _check_sizes(before: Debate, after: Debate) -> None:
    """Require that nothing has grown to more than a debate may have."""
    olds, news = (
        rules.sizes(debate.quantities, debate.gaps, debate.hypotheses, debate.schemes) for debate in (before, after)
    )
    for part, count in news.items():
        if count > olds[part]:
            _apply(partial(rules.size, part), count, "the debate")


def _check_whole(before: Debate, after: Debate) -> None:
    if sum(gap.headline for gap in after.gaps.values()) > 1:
        raise Refused("more than one gap is marked as the headline")
    if _without_readings(after) and not (_without_readings(before) and before.convention == after.convention):
        raise Refused(f"the debate: {NotFound('convention', after.convention, after.conventions)}")
    total = sum(hypothesis.plausibility for hypothesis in after.hypotheses.values())
    # The last bits of a sum of shares are not anybody's decision.
    if after.mode == "exclusive" and total > 1 + 1e-9:
        raise Refused(f"the plausibilities of an exclusive debate sum to 100% at most; found {total:.1%}")


def _without_readings(debate: Debate) -> bool:
    """Say whether the convention is one that nothing has a reading of."""
    return bool(debate.convention) and debate.convention not in debate.conventions


def _model(debate: Debate) -> tuple[object, ...]:
    """Return what the numbers depend on."""
    effects = {
        slug: (h.effects, h.assumes, h.status) for slug, h in debate.hypotheses.items() if h.effects or h.assumes
    }
    return debate.convention, debate.quantities, debate.gaps, effects


def _check_model(before: Debate, after: Debate) -> None:
    from hypotheses.estimates import check_model  # noqa: PLC0415 -- belief and edits do without the engine (29 ms)

    before_it = {(problem.code, problem.place) for problem in check_model(before)}
    for problem in check_model(after):
        if (problem.code, problem.place) not in before_it:
            raise Refused(str(problem))
