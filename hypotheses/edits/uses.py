"""What hangs on a name in formulas: found, told in words, and changed everywhere at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.formulas import names, parse_formula
from hypotheses.problems import Malformed
from hypotheses.reading import Reading

Figure = TypeVar("Figure", Quantity, Gap)


def mentions(formula: str, symbol: str) -> bool:
    """Say whether a formula reads a name; one that cannot be read does not."""
    try:
        return bool(formula) and symbol in names(parse_formula(formula))
    except Malformed:
        return False


def reads(hypothesis: Hypothesis, formula: str, symbol: str) -> bool:
    """Say whether the formula of an effect reads a quantity: an assumption of its name goes before it."""
    return symbol not in hypothesis.assumes and mentions(formula, symbol)


def formulas_reading(debate: Debate, symbol: str) -> list[str]:
    """Name, in words, what reads a quantity or a gap in its formula."""
    quantities = [
        f"the quantity {each.symbol!r}" for each in debate.quantities.values() if mentions(each.formula, symbol)
    ]
    gaps = [f"the gap {each.symbol!r}" for each in debate.gaps.values() if mentions(each.formula, symbol)]
    effects = [
        f"the effect of {each.slug!r} on {on!r}"
        for each in debate.hypotheses.values()
        for on, formula in each.effects.items()
        if on != symbol and reads(each, formula, symbol)
    ]
    return [*quantities, *gaps, *effects]


def others_naming(debate: Debate, symbol: str) -> list[str]:
    """Name, in words, what else hangs on a quantity: effects on it, and readings that go together with it."""
    effects = [f"the effect of {each.slug!r} on it" for each in debate.hypotheses.values() if symbol in each.effects]
    correlated = [
        f"the correlation of {each.symbol!r} with it"
        for each in debate.quantities.values()
        if any(goes_with(reading, symbol) for reading in each.readings.values())
    ]
    return [*effects, *correlated]


def goes_with(reading: Reading, symbol: str) -> bool:
    """Say whether a reading is correlated with a quantity."""
    return reading.correlated is not None and reading.correlated.quantity == symbol


def with_formulas(debate: Debate, symbol: str, change: Callable[[str], str]) -> Debate:
    """Change every formula that reads a quantity or a gap."""
    quantities = _changed(debate.quantities, symbol, change)
    gaps = _changed(debate.gaps, symbol, change)
    hypotheses = dict(debate.hypotheses)
    for slug, each in debate.hypotheses.items():
        read = {on: formula for on, formula in each.effects.items() if reads(each, formula, symbol)}
        if read:
            effects = {**each.effects, **{on: change(formula) for on, formula in read.items()}}
            hypotheses[slug] = replace(each, effects=effects)
    return replace(debate, quantities=quantities, gaps=gaps, hypotheses=hypotheses)


def _changed(values: Mapping[str, Figure], symbol: str, change: Callable[[str], str]) -> dict[str, Figure]:
    return {
        name: replace(value, formula=change(value.formula)) if mentions(value.formula, symbol) else value
        for name, value in values.items()
    }


def with_readings_of(debate: Debate, change: Callable[[Reading], Reading]) -> dict[str, Quantity]:
    """Return the quantities with each reading changed; what stays as it is stays the same object."""
    quantities = dict(debate.quantities)
    for symbol, each in debate.quantities.items():
        readings = {name: change(reading) for name, reading in each.readings.items()}
        if readings != each.readings:
            quantities[symbol] = replace(each, readings=readings)
    return quantities
