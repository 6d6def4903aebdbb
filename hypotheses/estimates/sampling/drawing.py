"""The draws of a form along given axes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from hypotheses.estimates.distributions import LN10
from hypotheses.estimates.forms import Atom, Form, Variable
from hypotheses.estimates.motion import Basis, Vector
from hypotheses.estimates.sampling.inverse import at_scores
from hypotheses.estimates.sampling.normal import Array

Axis = Callable[[int], Array]
"""The draws along one direction of a basis."""


class Drawing:
    """The draws of one form along given axes."""

    def __init__(self, form: Form, basis: Basis, axis: Axis, size: int) -> None:
        self._form = form
        self._basis = basis
        self._axis = axis
        self._size = size
        self._often = _met_often(form)
        self._known: dict[Variable, Array] = {}

    def sum(self) -> Array:
        """Return the draws of the form's sum: of the exponent, if it is a power."""
        return self._sum(self._form)

    def _sum(self, form: Form) -> Array:
        offset, scores, others = straight(form)
        values = self.line(scores, offset)
        for variable, weight in others:
            values += self._variable(variable) if weight == 1 else weight * self._variable(variable)
        return values

    def _value(self, form: Form) -> Array:
        values = self._sum(form)
        return power10(values) if form.power else values

    def line(self, vector: Vector, offset: float = 0.0) -> Array:
        """Return the draws of a sum of scores."""
        values = np.full(self._size, offset)
        for place, part in self._basis.coordinates(vector).items():
            values += part * self._axis(place)
        return values

    def _variable(self, variable: Variable) -> Array:
        if variable in self._known:
            return self._known[variable]
        if isinstance(variable, Atom):
            values = at_scores(variable.distribution, self.line(dict(variable.loadings)))
        else:
            values = _OPERATIONS[variable.operator](*map(self._value, variable.arguments))
        if variable in self._often:
            self._known[variable] = values
        return values


def _met_often(form: Form) -> frozenset[Variable]:
    """Return the variables that are needed more than once, and so are worth keeping."""
    met: Counter[Variable] = Counter()
    waiting = [form]
    while waiting:
        for variable in waiting.pop().terms:
            met[variable] += 1
            if met[variable] == 1:
                waiting += variable.arguments
    return frozenset(variable for variable, times in met.items() if times > 1)


def straight(form: Form) -> tuple[float, dict[int, float], list[tuple[Variable, float]]]:
    """Split a form's sum: a constant and a sum of scores, which is its normal part, and the other variables."""
    offset, scores, others = form.constant, dict[int, float](), list[tuple[Variable, float]]()
    for variable, weight in form.terms.items():
        source, parameters = variable.source, variable.normal
        if source is None or parameters is None:
            others.append((variable, weight))
            continue
        offset += weight * parameters[0]
        for number, loading in source.loadings:
            scores[number] = scores.get(number, 0.0) + weight * parameters[1] * loading
    return offset, scores, others


def power10(exponents: Array) -> Array:
    """Return ten to the power of each exponent."""
    return np.exp(exponents * LN10)


def log10(values: Array) -> Array:
    """Return log10, and minus infinity for what is not above zero: it lies below every order of magnitude."""
    return np.asarray(np.log(np.fmax(values, 0.0)) * (1 / LN10))


def _least(*values: Array) -> Array:
    return np.asarray(np.minimum.reduce(values))


def _greatest(*values: Array) -> Array:
    return np.asarray(np.maximum.reduce(values))


_OPERATIONS: Final[Mapping[str, Callable[..., Array]]] = {
    "*": np.multiply,
    "reciprocal": np.reciprocal,
    "**": np.power,
    "log10": log10,
    "power10": lambda power: power,
    "abs": np.abs,
    "min": _least,
    "max": _greatest,
}
