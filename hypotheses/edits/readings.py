"""What is done to the readings of quantities and assumptions, and to conventions, which are readings of one name.

What has readings goes by its symbol, if it is a quantity, or by `SLUG.NAME`, if it is an assumption of a hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hypotheses import rules
from hypotheses.debate import Debate, Quantity
from hypotheses.edits.editable import ReadingFields
from hypotheses.edits.quantities import with_quantity
from hypotheses.edits.removals import InUse, assumption_cleared, quantity_removed
from hypotheses.edits.whole import with_convention
from hypotheses.problems import Refused, found
from hypotheses.reading import OWN_READING, PLAIN_READING, Assumption, HasReadings, Reading


def read_of(debate: Debate, name: str) -> Quantity | Assumption:
    """Return the quantity, or the assumption `SLUG.NAME`, of a name.

    Raises:
        NotFound: there is none.
    """
    slug, dot, assumed = name.rpartition(".")
    if dot:
        return found("assumption", assumed, found("hypothesis", slug, debate.hypotheses).assumes)
    return found("quantity", name, debate.quantities)


def reading_added(debate: Debate, of: str, name: str, reading: Reading) -> Debate:
    """Add a reading to a quantity or an assumption; which one counts is left to the convention."""
    target = read_of(debate, of)
    if isinstance(target, Quantity) and target.formula:
        raise Refused(f"{of} is a formula, {target.formula}; give it a value before it can have readings")
    if name in target.readings:
        raise Refused(f"{of} has a reading {name!r} already; choose another name, or edit that one")
    return _with_readings(debate, of, {**target.readings, name: reading}, target.chosen)


def reading_edited(debate: Debate, of: str, name: str, fields: ReadingFields) -> Debate:
    """Set fields of a reading."""
    target = read_of(debate, of)
    edited = replace(found("reading", name, target.readings), **fields)
    return _with_readings(debate, of, {**target.readings, name: edited}, target.chosen)


def reading_chosen(debate: Debate, of: str, name: str) -> Debate:
    """Make one reading count whatever the convention; with no name, the convention's again."""
    target = read_of(debate, of)
    if name:
        found("reading", name, target.readings)
    return _with_readings(debate, of, target.readings, name)


def reading_removed(debate: Debate, of: str, name: str) -> Debate:
    """Remove a reading; never the only one."""
    target = read_of(debate, of)
    found("reading", name, target.readings)
    if len(target.readings) == 1:
        raise Refused(f"{name!r} is the only reading of {of}; give it another one first, or remove {of} itself")
    left = {each: reading for each, reading in target.readings.items() if each != name}
    return with_convention(debate, _with_readings(debate, of, left, "" if target.chosen == name else target.chosen))


def convention_added(debate: Debate, name: str, readings: Mapping[str, Reading]) -> Debate:
    """Give quantities and assumptions a reading under a new convention; which convention counts stays as it is."""
    _check_new_convention(debate, name)
    if not readings:
        raise Refused(f"the convention {name!r} reads nothing; expected a quantity with its value, or more")
    for of, reading in readings.items():
        debate = reading_added(debate, of, name, reading)
    return debate


def convention_renamed(debate: Debate, name: str, new: str) -> Debate:
    """Call a convention otherwise, wherever something is read so."""
    found("convention", name, dict.fromkeys(debate.conventions))
    _check_new_convention(debate, new)
    for of, target in _read_under(debate, name):
        readings = {new if each == name else each: reading for each, reading in target.readings.items()}
        debate = _with_readings(debate, of, readings, new if target.chosen == name else target.chosen)
    return replace(debate, convention=new) if debate.convention == name else debate


def convention_removed(debate: Debate, name: str, *, along: bool = False) -> Debate:
    """Remove the readings of a convention; what has no other goes along, or all is refused.

    If it is the one that counts, the first of those that are left counts then.
    """
    found("convention", name, dict.fromkeys(debate.conventions))
    only = {of: target for of, target in _read_under(debate, name) if len(target.readings) == 1}
    if only and not along:
        raise InUse(f"the convention {name!r}", [f"{of!r}, which has no other reading" for of in only])
    for of, target in _read_under(debate, name):
        if of not in only:
            debate = reading_removed(debate, of, name)
        elif isinstance(target, Assumption):
            slug, _, assumed = of.rpartition(".")
            debate = assumption_cleared(debate, slug, assumed, along=True)
        elif of in debate.quantities:
            debate = quantity_removed(debate, of, along=True)
    return debate


def _check_new_convention(debate: Debate, name: str) -> None:
    rules.name(name)
    if name in (PLAIN_READING, OWN_READING):
        raise Refused(f"{name!r} is what a value without a source is called; expected another name")
    if name in debate.conventions:
        raise Refused(f"there is a convention {name!r} already; expected another name")


def _read_under(debate: Debate, convention: str) -> Iterator[tuple[str, HasReadings]]:
    """Yield what has a reading of a convention, by name."""
    for symbol, quantity in debate.quantities.items():
        if convention in quantity.readings:
            yield symbol, quantity
    for slug, hypothesis in debate.hypotheses.items():
        for name, assumed in hypothesis.assumes.items():
            if convention in assumed.readings:
                yield f"{slug}.{name}", assumed


def _with_readings(debate: Debate, of: str, readings: Mapping[str, Reading], chosen: str) -> Debate:
    target = read_of(debate, of)
    if isinstance(target, Quantity):
        return with_quantity(debate, replace(target, readings=readings, chosen=chosen))
    slug, _, name = of.rpartition(".")
    hypothesis = debate.hypotheses[slug]
    assumes = {**hypothesis.assumes, name: replace(target, readings=readings, chosen=chosen)}
    return replace(debate, hypotheses={**debate.hypotheses, slug: replace(hypothesis, assumes=assumes)})
