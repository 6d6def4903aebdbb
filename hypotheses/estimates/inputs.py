"""The uncertain inputs of a debate: which reading of each quantity counts, what it says, what it goes along with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from hypotheses.debate import Debate, Hypothesis, Quantity
from hypotheses.estimates.distributions import Distribution, Point
from hypotheses.estimates.forms import Atom, Form, constant, single
from hypotheses.estimates.model import TAKING_PART, assumption, suggestion
from hypotheses.estimates.values import cached_value
from hypotheses.problems import Malformed, Problem

Loadings = tuple[tuple[int, float], ...]


class Input(NamedTuple):
    """Where an input's value stands and what it says."""

    place: str
    text: str


def quantity_input(debate: Debate, symbol: str) -> Input:
    """Return the reading of a quantity with readings that counts."""
    quantity = debate.quantities[symbol]
    reading = quantity.reading_name(debate.convention)
    return Input(f"quantities.{symbol}.readings.{reading}.value", quantity.readings[reading].value)


def assumption_input(hypothesis: Hypothesis, name: str) -> Input:
    """Return an assumption of a hypothesis."""
    return Input(f"hypotheses.{hypothesis.slug}.assumes.{name}", hypothesis.assumes[name])


def read_inputs(debate: Debate) -> dict[str, Input]:
    """Return every input: the quantities with readings, and the assumptions of the hypotheses that take part."""
    found = {
        symbol: quantity_input(debate, symbol)
        for symbol, quantity in debate.quantities.items()
        if quantity.readings and not quantity.formula
    }
    for hypothesis in debate.hypotheses.values():
        if hypothesis.status in TAKING_PART:
            for name in hypothesis.assumes:
                found[assumption(hypothesis.slug, name)] = assumption_input(hypothesis, name)
    return found


def changed_inputs(old: Debate, new: Debate) -> dict[str, Input] | None:
    """Return the inputs that differ between two debates, as they are in the new one.

    None if more than values, plausibilities and texts differ: formulas, effects, correlations, who takes part.
    """
    same_names = (
        old.quantities.keys() == new.quantities.keys()
        and (old.hypotheses is new.hypotheses or list(old.hypotheses) == list(new.hypotheses))
        and (old.gaps is new.gaps or _formulas(old) == _formulas(new))
    )
    if not same_names:
        return None
    found: dict[str, Input] = {}
    moved = old.convention != new.convention
    for symbol, quantity in new.quantities.items():
        before = old.quantities[symbol]
        if quantity is before and not moved:
            continue
        if _structure(before, old) != _structure(quantity, new):
            return None
        if quantity.readings and not quantity.formula:
            given = quantity_input(new, symbol)
            if given != quantity_input(old, symbol):
                found[symbol] = given
    for slug, hypothesis in new.hypotheses.items() if new.hypotheses is not old.hypotheses else ():
        earlier = old.hypotheses[slug]
        if hypothesis is earlier:
            continue
        if _part(earlier) != _part(hypothesis):
            return None
        if hypothesis.status in TAKING_PART:
            for name in hypothesis.assumes:
                if hypothesis.assumes[name] != earlier.assumes[name]:
                    found[assumption(slug, name)] = assumption_input(hypothesis, name)
    return found


def _structure(quantity: Quantity, debate: Debate) -> tuple[object, ...]:
    """Return what of a quantity is part of the graph."""
    reading = quantity.reading(debate.convention)
    correlated = None if reading is None else reading.correlated
    return quantity.formula, quantity.unit, bool(quantity.readings), correlated


def _part(hypothesis: Hypothesis) -> tuple[object, ...]:
    """Return what of a hypothesis is part of the graph."""
    return hypothesis.effects, list(hypothesis.assumes), hypothesis.status, hypothesis.rivals


def _formulas(debate: Debate) -> list[tuple[str, str, str]]:
    return [(gap.symbol, gap.formula, gap.unit) for gap in debate.gaps.values()]


def read_form(name: str, given: Input, loadings: Loadings) -> Form | Problem:
    """Return an input as a form: a number, or one atom; a problem if it cannot be read."""
    try:
        distribution: Distribution = cached_value(given.text)
    except Malformed as error:
        return Problem("bad-value", given.place, str(error))
    if isinstance(distribution, Point):
        return constant(distribution.value)
    return single(Atom(name, distribution, loadings))


def unread_values(debate: Debate) -> list[Problem]:
    """Return a problem for every value that cannot be read, also of readings that do not count now."""
    places = {
        f"quantities.{symbol}.readings.{name}.value": reading.value
        for symbol, quantity in debate.quantities.items()
        for name, reading in quantity.readings.items()
    }
    for slug, hypothesis in debate.hypotheses.items():
        places |= {f"hypotheses.{slug}.assumes.{name}": text for name, text in hypothesis.assumes.items()}
    problems = []
    for place, text in places.items():
        try:
            cached_value(text)
        except Malformed as error:
            problems.append(Problem("bad-value", place, str(error)))
    return problems


def correlations(debate: Debate) -> dict[str, tuple[str, float]]:
    """Return for each quantity whose counting reading names another: that one and the rank correlation."""
    found = {}
    for symbol, quantity in debate.quantities.items():
        reading = quantity.reading(debate.convention)
        if reading is not None and reading.correlated is not None:
            found[symbol] = (reading.correlated.quantity, reading.correlated.rank)
    return found


def find_loadings(debate: Debate, inputs: Mapping[str, Input]) -> tuple[dict[str, Loadings], list[Problem]]:
    """Write the normal score of every input as a sum of independent ones.

    An input that names another gets score = rho * the other's + sqrt(1 - rho²) * its own, with
    rho = 2 sin(pi r / 6) the correlation of normals whose rank correlation is r (Pearson 1907). Two inputs that
    name the same third one are independent given that one, so the whole always fits together.
    """
    numbers = {name: number for number, name in enumerate(inputs)}
    loadings: dict[str, Loadings] = {name: ((number, 1.0),) for name, number in numbers.items()}
    named = correlations(debate)
    problems = []
    for symbol in list(named):
        if text := _correlation_problem(symbol, named, debate.quantities):
            reading = debate.quantities[symbol].reading_name(debate.convention)
            problems.append(Problem("bad-correlation", f"quantities.{symbol}.readings.{reading}.correlated", text))
            del named[symbol]
    while named:
        for symbol in [symbol for symbol, (other, _) in named.items() if other not in named]:
            other, rank = named.pop(symbol)
            rho = 2 * math.sin(math.pi * rank / 6)
            shared = {number: rho * weight for number, weight in loadings[other]}
            shared[numbers[symbol]] = math.sqrt(max(0.0, 1 - rho**2))
            loadings[symbol] = tuple(shared.items())
    return loadings, problems


def _correlation_problem(
    symbol: str, named: Mapping[str, tuple[str, float]], quantities: Mapping[str, Quantity]
) -> str:
    """Say what is wrong with the correlation that a quantity names; empty if nothing."""
    other, rank = named[symbol]
    if other not in quantities:
        return f"{other!r} is not known; {suggestion(other, quantities)}"
    if quantities[other].formula:
        return f"{other!r} is a formula; expected a quantity with a value"
    if not -1 <= rank <= 1:
        return f"a rank correlation of {rank:g} is not possible; expected -1 to 1"
    path = [symbol]
    while path[-1] in named:
        path.append(named[path[-1]][0])
        if path[-1] in path[:-1]:
            return f"{' -> '.join(path)} is a circle; expected each pair to be named once"
    return ""
