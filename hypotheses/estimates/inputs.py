"""The uncertain inputs of a debate: which reading of each quantity counts, what it says, what it goes along with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress
from operator import is_not
from typing import NamedTuple

from hypotheses.arithmetic import FAULTS, reason
from hypotheses.debate import Debate, Hypothesis, Quantity
from hypotheses.estimates.model import TAKING_PART, assumption, suggestion, taking_part
from hypotheses.estimates.normal_forms import Atom, NormalForm, constant, single
from hypotheses.problems import Malformed, Problem
from hypotheses.reading import HasReadings
from hypotheses.values.distributions import Distribution, Point
from hypotheses.values.typed_values import cached_value

Loadings = tuple[tuple[int, float], ...]


class Input(NamedTuple):
    """Where an input's value stands and what it says."""

    place: str
    text: str


def quantity_input(quantity: Quantity, reading: str) -> Input:
    """Return a reading of a quantity."""
    return _input(f"quantities.{quantity.symbol}", quantity, reading)


def assumption_input(hypothesis: Hypothesis, name: str, reading: str) -> Input:
    """Return a reading of an assumption of a hypothesis."""
    return _input(f"hypotheses.{hypothesis.slug}.assumes.{name}", hypothesis.assumes[name], reading)


def _input(place: str, read: HasReadings, reading: str) -> Input:
    return Input(f"{place}.readings.{reading}.value", read.readings[reading].value)


def read_inputs(debate: Debate) -> dict[str, Input]:
    """Return every input: the quantities with readings, and the assumptions of the hypotheses that take part."""
    inputs = {
        symbol: quantity_input(quantity, quantity.reading_name(debate.convention))
        for symbol, quantity in debate.quantities.items()
        if quantity.readings and not quantity.formula
    }
    for hypothesis in taking_part(debate):
        for name, assumed in hypothesis.assumes.items():
            given = assumption_input(hypothesis, name, assumed.reading_name(debate.convention))
            inputs[assumption(hypothesis.slug, name)] = given
    return inputs


def fallen_back(debate: Debate, inputs: Iterable[str]) -> dict[str, str]:
    """Return the inputs that the debate's convention has no reading of, each with the reading that counts instead."""
    instead = {name: _read_of(debate, name).falls_back_on(debate.convention) for name in inputs}
    return {name: reading for name, reading in instead.items() if reading}


def _read_of(debate: Debate, name: str) -> HasReadings:
    slug, _, assumed = name.rpartition(".")
    return debate.hypotheses[slug].assumes[assumed] if slug else debate.quantities[assumed]


def changed_inputs(old: Debate, new: Debate) -> dict[str, Input] | None:
    """Return the inputs that differ between two debates, as they are in the new one.

    None if more than values, plausibilities and texts differ: formulas, effects, correlations, who takes part.
    """
    same_names = (
        old.quantities.keys() == new.quantities.keys()
        and old.hypotheses.keys() == new.hypotheses.keys()
        and (old.gaps is new.gaps or _formulas(old) == _formulas(new))
    )
    if not same_names:
        return None
    changed: dict[str, Input] = {}
    other_readings = old.convention != new.convention
    for symbol in new.quantities if other_readings else _others(old.quantities, new.quantities):
        before, quantity = old.quantities[symbol], new.quantities[symbol]
        name, name_before = quantity.reading_name(new.convention), before.reading_name(old.convention)
        if _structure(before, name_before) != _structure(quantity, name):
            return None
        given = quantity_input(quantity, name) if name and not quantity.formula else None
        if given is not None and given != quantity_input(before, name_before):
            changed[symbol] = given
    for slug in new.hypotheses if other_readings else _others(old.hypotheses, new.hypotheses):
        earlier, hypothesis = old.hypotheses[slug], new.hypotheses[slug]
        if _part(earlier) != _part(hypothesis):
            return None
        if hypothesis.status in TAKING_PART:
            for name, assumed in hypothesis.assumes.items():
                given = assumption_input(hypothesis, name, assumed.reading_name(new.convention))
                before_name = earlier.assumes[name].reading_name(old.convention)
                if given != assumption_input(earlier, name, before_name):
                    changed[assumption(slug, name)] = given
    return changed


def _others(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of values that are not the same objects."""
    return compress(new, map(is_not, map(old.__getitem__, new), new.values()))


def _structure(quantity: Quantity, name: str) -> tuple[object, ...]:
    """Return what of a quantity, with the reading that counts, is part of the graph."""
    return quantity.formula, quantity.unit, name and quantity.readings[name].correlated


def _part(hypothesis: Hypothesis) -> tuple[object, ...]:
    """Return what of a hypothesis is part of the graph."""
    return hypothesis.effects, list(hypothesis.assumes), hypothesis.status, hypothesis.rivals


def _formulas(debate: Debate) -> list[tuple[str, str, str]]:
    return [(gap.symbol, gap.formula, gap.unit) for gap in debate.gaps.values()]


def read_form(name: str, given: Input, loadings: Loadings) -> NormalForm | Problem:
    """Return an input as a form: a number, or one atom; a problem if it cannot be read."""
    try:
        distribution: Distribution = cached_value(given.text)
        if isinstance(distribution, Point):
            return constant(distribution.value)
        return single(Atom(name, distribution, loadings))
    except FAULTS as error:
        return Problem("bad-value", given.place, reason(error))


def unread_values(debate: Debate) -> list[Problem]:
    """Return a problem for every value that cannot be read, also of readings that do not count now."""
    every = [quantity_input(quantity, name) for quantity in debate.quantities.values() for name in quantity.readings]
    for hypothesis in debate.hypotheses.values():
        for name, assumed in hypothesis.assumes.items():
            every += [assumption_input(hypothesis, name, reading) for reading in assumed.readings]
    problems = []
    for given in every:
        try:
            cached_value(given.text)
        except Malformed as error:
            problems.append(Problem("bad-value", given.place, str(error)))
    return problems


def correlations(debate: Debate) -> dict[str, tuple[str, float]]:
    """Return for each quantity whose counting reading names another: that one and the rank correlation."""
    pairs = {}
    for symbol, quantity in debate.quantities.items():
        reading = quantity.reading(debate.convention)
        if reading is not None and reading.correlated is not None:
            pairs[symbol] = (reading.correlated.quantity, reading.correlated.rank)
    return pairs


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
