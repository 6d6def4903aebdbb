"""Normal forms: what a formula comes to once everything that can be added up or cancelled has been.

A form is a constant plus a weighted sum of variables, or ten to the power of such a sum. Products, quotients,
powers, roots, logarithms and exponentials of forms are forms again, so a product of lognormals is ten to the
power of a sum of normals, and an input on both sides of a quotient is gone. What does not fit (the sum of two
products, a minimum) becomes one new variable, kept once however often it is met; only such variables
ever have to be sampled, and everything around them stays in the form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from hypotheses.estimates.distributions import Distribution, log10
from hypotheses.estimates.ranges import Range
from hypotheses.problems import Malformed

_NOTHING: Final = 1e-12
"""A weight this small is what rounding leaves of weights that cancel."""


class Form(NamedTuple):
    """`constant + sum(weight * variable)`, or ten to the power of it. The terms are never changed in place."""

    power: bool
    constant: float
    terms: Mapping[Variable, float]


Line = tuple[float, tuple[tuple[int, float], ...]]
"""A number, and a sum of independent normal scores: (number of the score, weight)."""


class Variable:
    """Something uncertain in a form: an atom (an input) or the result of an operation on forms.

    Two variables are the same thing exactly when they are the same object.
    """

    __slots__ = ("__weakref__", "_atoms", "_interval", "_source", "arguments", "line", "motion", "operator", "support")

    def __init__(self, operator: str, arguments: tuple[Form, ...], support: Range, interval: Range | None) -> None:
        self.operator = operator
        self.arguments = arguments
        self.support = support
        """Where it can lie."""
        self._interval = interval
        inner = (variable.atoms for form in arguments for variable in form.terms)
        self._atoms: frozenset[Atom] = frozenset().union(*inner)
        self._source = plain_atom(arguments[0]) if operator == "log10" else None
        self.line = None if self._source is None else _line(self._source.distribution.log_normal, self._source.loadings)
        """If it is normal: its mean, and what each score adds to it."""
        self.motion: Any = None
        """How it moves with the scores of its inputs; kept here by `motion` once it has been worked out."""

    @property
    def atoms(self) -> frozenset[Atom]:
        """The inputs it depends on."""
        return self._atoms

    @property
    def source(self) -> Atom | None:
        """The atom of which this is an increasing function and nothing else: itself, or that it is the log10 of."""
        return self._source

    @property
    def interval(self) -> Range:
        """Where it lies when every input stays within its 5th and 95th percentile."""
        if self._interval is None:
            self._interval = self._own_interval()
        return self._interval

    def _own_interval(self) -> Range:
        if self._source is None:
            raise TypeError(f"{self.operator} was made without its interval")
        return self._source.interval.log10()

    def at(self, score: float) -> float:
        """Return its value at the normal score of its source."""
        source = self.source
        if source is None:
            raise TypeError(f"{self.operator} is no function of one input")
        if self.line is not None:
            return self.line[0] + math.hypot(*(weight for _, weight in self.line[1])) * score
        return log10(source.distribution.score(score))


class Atom(Variable):
    """An uncertain input: a reading of a quantity, or an assumption."""

    __slots__ = ("distribution", "loadings", "name")

    def __init__(self, name: str, distribution: Distribution, loadings: tuple[tuple[int, float], ...]) -> None:
        low, high = distribution.support
        super().__init__("atom", (), Range(low, high, distribution.positive), None)
        self.name = name
        self.distribution = distribution
        self.loadings = loadings
        """Its normal score as a weighted sum of independent ones: (number of the score, weight)."""
        self.line = _line(distribution.normal, loadings)

    def _own_interval(self) -> Range:
        low, high = self.distribution.quantile(0.05), self.distribution.quantile(0.95)
        return Range(low, high, low > 0)

    @property
    def atoms(self) -> frozenset[Atom]:
        """Itself. A set that is kept would be a circle, which only the garbage collector frees."""
        return frozenset((self,))

    @property
    def source(self) -> Atom:
        """Itself."""
        return self

    def at(self, score: float) -> float:
        """Return its value at its normal score."""
        return self.distribution.score(score)


def _line(parameters: tuple[float, float] | None, loadings: tuple[tuple[int, float], ...]) -> Line | None:
    """Return a normal with this mean and standard deviation over its scores."""
    if parameters is None:
        return None
    mean, deviation = parameters
    return mean, tuple((number, deviation * loading) for number, loading in loadings)


def plain_atom(form: Form) -> Atom | None:
    """Return the atom that a form is, if it is nothing else."""
    if form.power or form.constant or len(form.terms) != 1:
        return None
    (variable, weight) = next(iter(form.terms.items()))
    return variable if weight == 1 and isinstance(variable, Atom) else None


def constant(value: float) -> Form:
    """Return a number as a form."""
    if not math.isfinite(value):
        raise Malformed("the result is too large to compute with; expected numbers below 1e308")
    return Form(False, value, {})


def single(variable: Variable, weight: float = 1.0) -> Form:
    """Return one weighted variable as a form."""
    return Form(False, 0.0, {variable: weight})


def scaled(form: Form, factor: float) -> Form:
    """Multiply the sum of a form (the exponent, if it is a power) by a number."""
    if factor == 0:
        return Form(form.power, 0.0, {})
    return Form(form.power, form.constant * factor, {key: weight * factor for key, weight in form.terms.items()})


def joined(left: Form, right: Form, sign: float = 1.0) -> Form:
    """Add the sums of two forms of one kind, or subtract the second with `sign` -1; what cancels is dropped."""
    terms = dict(left.terms)
    for key, weight in right.terms.items():
        total = terms.get(key, 0.0) + sign * weight
        if abs(total) > _NOTHING * max(1.0, abs(weight)):
            terms[key] = total
        else:
            terms.pop(key, None)
    return Form(left.power, left.constant + sign * right.constant, terms)


def joined_all(first: Form, others: Sequence[tuple[float, Form]]) -> Form:
    """Add the sums of forms of one kind to that of the first, each with its sign; what cancels is dropped."""
    number, terms = first.constant, dict(first.terms)
    for sign, form in others:
        number += sign * form.constant
        for key, weight in form.terms.items():
            before = terms.get(key)
            total = sign * weight if before is None else before + sign * weight
            if before is None or abs(total) > _NOTHING * max(1.0, abs(weight)):
                terms[key] = total
            else:
                del terms[key]
    return Form(first.power, number, terms)


def extent(form: Form, which: Callable[[Variable], Range]) -> Range:
    """Return the range of a form, given that of its variables."""
    total = Range.of(form.constant)
    for variable, weight in form.terms.items():
        total = total + which(variable).times(weight)
    return total.power10() if form.power else total


def support(form: Form) -> Range:
    """Return where the value of a form can lie."""
    return extent(form, lambda variable: variable.support)


def interval(form: Form) -> Range:
    """Return where the value of a form lies when every input stays within its 5th and 95th percentile."""
    return extent(form, lambda variable: variable.interval)
