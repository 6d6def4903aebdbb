"""What-if: the same debate with another value or reading of one quantity. Nothing is stored."""

from __future__ import annotations

from typing import TypeVar

from hypotheses.debate import OWN_READING, PLAIN_READING, Debate, Quantity, Reading
from hypotheses.estimates.model import suggestion
from hypotheses.estimates.values import cached_value
from hypotheses.problems import Malformed

Value = TypeVar("Value", Debate, Quantity, Reading)


def with_value(debate: Debate, symbol: str, text: str) -> Debate:
    """Return the debate in which a quantity reads a typed value.

    A single reading without a source takes the value; otherwise a reading of one's own is set beside the others and
    chosen. A quantity that was a formula gets one plain reading.

    Raises:
        Malformed: the value cannot be read, or there is no such quantity.
    """
    cached_value(text)
    quantity = _quantity(debate, symbol)
    readings = dict(quantity.readings)
    if quantity.formula or not readings:
        changed = _altered(quantity, formula="", chosen="", readings={PLAIN_READING: Reading(text)})
    elif len(readings) == 1 and not (only := next(iter(readings.values()))).source:
        changed = _altered(quantity, readings={next(iter(readings)): _altered(only, value=text)})
    else:
        own = _altered(readings.get(OWN_READING, Reading("")), value=text)
        changed = _altered(quantity, readings={**readings, OWN_READING: own}, chosen=OWN_READING)
    return _with_quantity(debate, changed)


def with_reading(debate: Debate, symbol: str, name: str) -> Debate:
    """Return the debate in which a quantity's chosen reading is `name`; empty for the convention's.

    Raises:
        Malformed: there is no such quantity or reading.
    """
    quantity = _quantity(debate, symbol)
    if name and name not in quantity.readings:
        readings = ", ".join(quantity.readings) or "none: it is a formula"
        raise Malformed(f"{symbol!r} has no reading {name!r}; expected one of {readings}")
    return _with_quantity(debate, _altered(quantity, chosen=name))


def _quantity(debate: Debate, symbol: str) -> Quantity:
    if symbol not in debate.quantities:
        raise Malformed(f"there is no quantity {symbol!r}; {suggestion(symbol, debate.quantities)}")
    return debate.quantities[symbol]


def _with_quantity(debate: Debate, quantity: Quantity) -> Debate:
    return _altered(debate, quantities={**debate.quantities, quantity.symbol: quantity})


def _altered(what: Value, /, **fields: object) -> Value:
    """Return a value with other fields, as `dataclasses.replace` does in five times the time: at every key typed."""
    new = object.__new__(type(what))
    vars(new).update(vars(what), **fields)
    return new
