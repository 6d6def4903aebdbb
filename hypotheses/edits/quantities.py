"""What is done to quantities and gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from hypotheses import rules
from hypotheses.currency import currency_of
from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.edits.editable import GapFields, QuantityFields
from hypotheses.edits.explanations import slug_for
from hypotheses.edits.whole import with_convention
from hypotheses.problems import Refused, found
from hypotheses.reading import OWN_READING, PLAIN_READING, Reading

T = TypeVar("T")
FORMULA_SIGN = "="
"""What begins a formula where a value is typed."""


def counts_parameters(quantity: Quantity) -> bool:
    """Say whether a quantity could be the size of a model."""
    return quantity.unit.casefold() in ("parameter", "parameters")


def symbol_for(label: str, taken: Collection[str]) -> str:
    """Make a symbol from a label, unlike any that is taken; empty if the label has no letter or digit of ASCII."""
    plain = slug_for(label, (), "").replace("-", "_")
    symbol = f"_{plain}" if plain[:1].isdigit() else plain
    unlike = (symbol, *(f"{symbol}_{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in unlike if each not in taken) if symbol else ""


def quantity_added(
    debate: Debate, quantity: Quantity, text: str, reading: Reading | None = None, name: str = ""
) -> Debate:
    """Add a quantity that reads a typed value, or a formula after `=`.

    Args:
        debate: Where it comes in, behind all others.
        quantity: What it is called, its unit and so on; without a unit it has the currency of the value.
        text: The value or the formula.
        reading: What else is known of the value, such as its source.
        name: What the reading is called; empty for a plain value.
    """
    _refuse_taken(debate, quantity.symbol)
    bare = replace(quantity, readings={}, formula="", chosen="")
    written = value_set(with_quantity(debate, bare), quantity.symbol, text)
    made = written.quantities[quantity.symbol]
    if reading is None and not name:
        return written
    if made.formula:
        raise Refused(f"{quantity.symbol} is a formula, {made.formula}, which no source gives; expected a value")
    kept = replace(reading or Reading(""), value=text)
    return with_quantity(debate, replace(made, readings={name or PLAIN_READING: kept}))


def quantity_edited(debate: Debate, symbol: str, fields: QuantityFields) -> Debate:
    """Set fields of a quantity. A formula takes the place of its readings."""
    quantity = replace(found("quantity", symbol, debate.quantities), **fields)
    if not fields.get("formula"):
        return with_quantity(debate, quantity)
    return with_convention(debate, with_quantity(debate, replace(quantity, readings={}, chosen="")))


def quantity_moved(debate: Debate, symbol: str, place: int) -> Debate:
    """Let a quantity stand at a place among the quantities; 1 is the first."""
    found("quantity", symbol, debate.quantities)
    return replace(debate, quantities=_moved_to(debate.quantities, symbol, place))


def gap_added(debate: Debate, gap: Gap) -> Debate:
    """Add a gap; one that is to be the headline takes the place of the one that was."""
    _refuse_taken(debate, gap.symbol)
    added = replace(debate, gaps={**debate.gaps, gap.symbol: gap})
    return headline_set(added, gap.symbol) if gap.headline else added


def gap_edited(debate: Debate, symbol: str, fields: GapFields) -> Debate:
    """Set fields of a gap."""
    gap = replace(found("gap", symbol, debate.gaps), **fields)
    return replace(debate, gaps={**debate.gaps, symbol: gap})


def gap_moved(debate: Debate, symbol: str, place: int) -> Debate:
    """Let a gap stand at a place among the gaps; 1 is the first."""
    found("gap", symbol, debate.gaps)
    return replace(debate, gaps=_moved_to(debate.gaps, symbol, place))


def headline_set(debate: Debate, symbol: str) -> Debate:
    """Make a gap the headline, and no other."""
    found("gap", symbol, debate.gaps)
    gaps = {each.symbol: replace(each, headline=each.symbol == symbol) for each in debate.gaps.values()}
    return replace(debate, gaps=gaps)


def _refuse_taken(debate: Debate, symbol: str) -> None:
    for kind, names in (("quantity", debate.quantities), ("gap", debate.gaps)):
        if symbol in names:
            raise Refused(f"there is a {kind} {symbol!r} already; choose another name, or edit that one")


def _moved_to(values: Mapping[str, T], name: str, place: int) -> dict[str, T]:
    if not 1 <= place <= len(values):
        raise Refused(f"there is no place {place}; expected 1 to {len(values)}")
    order = [each for each in values if each != name]
    order.insert(place - 1, name)
    return {each: values[each] for each in order}


def value_set(debate: Debate, symbol: str, text: str) -> Debate:
    """Let a quantity read a typed value: tried while it is typed, asked for by a what-if, or stored.

    A single reading without a source takes the value; otherwise a reading of one's own is set beside the others and
    chosen. A quantity that was a formula gets one plain reading. A currency sign becomes the unit if there is none.
    After `=`, a formula takes the place of all readings.

    Raises:
        Malformed: the value or the formula cannot be read.
        NotFound: there is no such quantity.
    """
    if text.startswith(FORMULA_SIGN):
        return quantity_edited(debate, symbol, {"formula": rules.required_formula(text[1:].strip())})
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
    return with_quantity(debate, changed if changed.unit else replace(changed, unit=currency_of(text)))


def with_quantity(debate: Debate, quantity: Quantity) -> Debate:
    """Put a quantity in the place of the one of its name, or behind all others."""
    return replace(debate, quantities={**debate.quantities, quantity.symbol: quantity})
