"""The draws of a form along given axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Final, NamedTuple

import numpy as np

from hypotheses.arithmetic import LN10
from hypotheses.estimates.directions import Basis, Vector
from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable
from hypotheses.estimates.sampling.inverse import at_scores
from hypotheses.estimates.sampling.normal import Array

Axis = Callable[[int], Array]
"""The draws along one direction of a basis."""


class _Line(NamedTuple):
    """A sum of scores and a number."""

    offset: float
    parts: tuple[tuple[int, float], ...]
    """Direction of the basis -> weight."""


class _Sum(NamedTuple):
    """A form, ready to be drawn."""

    line: _Line
    others: tuple[tuple[float, _Step], ...]
    power: bool


class _Step(NamedTuple):
    """A variable, ready to be drawn: a shape over its score, or an operation on forms."""

    variable: Variable
    score: _Line
    arguments: tuple[_Sum, ...]


class Drawing:
    """One form, ready to be drawn along the axes of a basis, as often as need be."""

    def __init__(self, form: NormalForm, basis: Basis) -> None:
        self._basis = basis
        self._ready: dict[Variable, _Step] = {}
        self._shared: set[Variable] = set()
        """The variables that are needed more than once, and so are worth keeping while one drawing lasts."""
        self._sum = self._prepared(form)

    def _prepared(self, form: NormalForm) -> _Sum:
        offset, scores, others = straight(form)
        steps = tuple((weight, self._step(variable)) for variable, weight in others)
        return _Sum(self._line(scores, offset), steps, form.power)

    def _line(self, scores: Vector, offset: float = 0.0) -> _Line:
        return _Line(offset, tuple(self._basis.coordinates(scores).items()))

    def _step(self, variable: Variable) -> _Step:
        ready = self._ready.get(variable)
        if ready is None:
            score = self._line(dict(variable.loadings) if isinstance(variable, Atom) else {})
            arguments = tuple(map(self._prepared, variable.arguments))
            ready = self._ready[variable] = _Step(variable, score, arguments)
        else:
            self._shared.add(variable)
        return ready

    def draw(self, axis: Axis, size: int) -> Array:
        """Return the draws of the form's sum: of the exponent, if it is a power."""
        return _Run(axis, size, self._shared).sum(self._sum)

    def scores(self, atom: Atom, axis: Axis, size: int) -> Array:
        """Return the draws of the score of an input."""
        return _Run(axis, size, self._shared).line(self._line(dict(atom.loadings)))


class _Run:
    """One drawing: the axes, and the variables that have been drawn and will be needed again."""

    def __init__(self, axis: Axis, size: int, shared: Set[Variable]) -> None:
        self._axis = axis
        self._size = size
        self._shared = shared
        self._known: dict[Variable, Array] = {}

    def sum(self, form: _Sum) -> Array:
        values = self.line(form.line)
        for weight, step in form.others:
            values += self._value(step) if weight == 1 else weight * self._value(step)
        return values

    def line(self, line: _Line) -> Array:
        if not line.parts:
            return np.full(self._size, line.offset)
        (place, part), *others = line.parts
        values = part * self._axis(place)
        for place, part in others:
            values += part * self._axis(place)
        if line.offset:
            values += line.offset
        return values

    def _value(self, step: _Step) -> Array:
        variable = step.variable
        if variable in self._known:
            return self._known[variable]
        if isinstance(variable, Atom):
            values = at_scores(variable.distribution, self.line(step.score))
        else:
            arguments = [power10(self.sum(form)) if form.power else self.sum(form) for form in step.arguments]
            values = _OPERATIONS[variable.operator](*arguments)
        if variable in self._shared:
            self._known[variable] = values
        return values


def straight(form: NormalForm) -> tuple[float, dict[int, float], list[tuple[Variable, float]]]:
    """Split a form's sum: a constant and a sum of scores, which is its normal part, and the other variables."""
    offset, scores, others = form.constant, dict[int, float](), list[tuple[Variable, float]]()
    for variable, weight in form.terms.items():
        line = variable.line
        if line is None:
            others.append((variable, weight))
            continue
        offset += weight * line[0]
        for number, part in line[1]:
            scores[number] = scores.get(number, 0.0) + weight * part
    return offset, scores, others


def power10(exponents: Array) -> Array:
    """Return ten to the power of each exponent."""
    exponents = exponents * LN10
    return np.exp(exponents, out=exponents)


def log10(values: Array) -> Array:
    """Return log10, and minus infinity for what is not above zero: it lies below every order of magnitude."""
    values = np.log(np.fmax(values, 0.0))
    values *= 1 / LN10
    return values


def _power(base: Array, exponent: Array) -> Array:
    """Return a power; where it is no number, of what is below zero, it lies below every number, as a logarithm does."""
    powers = np.power(base, exponent)
    return np.where(np.isnan(powers), -np.inf, powers)


def _least(*values: Array) -> Array:
    return np.asarray(np.minimum.reduce(values))


def _greatest(*values: Array) -> Array:
    return np.asarray(np.maximum.reduce(values))


_OPERATIONS: Final[Mapping[str, Callable[..., Array]]] = {
    "*": np.multiply,
    "reciprocal": np.reciprocal,
    "**": _power,
    "log10": log10,
    "power10": lambda power: power,
    "expm1": np.expm1,
    "log1p": lambda values: np.log1p(np.fmax(values, -1.0)),
    "saturation": lambda sizes: -np.expm1(-sizes),
    "abs": np.abs,
    "min": _least,
    "max": _greatest,
}
