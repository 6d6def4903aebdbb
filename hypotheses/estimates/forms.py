"""Normal forms: what a formula comes to once everything that can be added up or cancelled has been.

A form is a constant plus a weighted sum of variables, or ten to the power of such a sum. Products, quotients,
powers, roots, logarithms and exponentials of forms are forms again, so a product of lognormals is ten to the
power of a sum of normals, and an input on both sides of a quotient is gone. What does not fit (the sum of two
products, a minimum) becomes one new variable, kept once however often it is met; only such variables
ever have to be sampled, and everything around them stays in the form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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


class Variable:
    """Something uncertain in a form: an atom (an input) or the result of an operation on forms.

    Two variables are the same thing exactly when they are the same object.
    """

    __slots__ = ("__weakref__", "_atoms", "_source", "arguments", "interval", "motion", "operator", "support")

    def __init__(self, operator: str, arguments: tuple[Form, ...], support: Range, interval: Range) -> None:
        self.operator = operator
        self.arguments = arguments
        self.support = support
        """Where it can lie."""
        self.interval = interval
        """Where it lies when every input stays within its 5th and 95th percentile."""
        inner = (variable.atoms for form in arguments for variable in form.terms)
        self._atoms: frozenset[Atom] = frozenset().union(*inner)
        self._source = _plain_atom(arguments[0]) if operator == "log10" else None
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
    def normal(self) -> tuple[float, float] | None:
        """Mean and standard deviation if it is normal."""
        return None if self._source is None else self._source.log_normal

    def at(self, score: float) -> float:
        """Return its value at the normal score of its source."""
        source = self.source
        if source is None:
            raise TypeError(f"{self.operator} is no function of one input")
        if parameters := source.log_normal:
            return parameters[0] + parameters[1] * score
        return log10(source.distribution.score(score))


class Atom(Variable):
    """An uncertain input: a reading of a quantity, or an assumption."""

    __slots__ = ("_normal", "distribution", "loadings", "log_normal", "name")

    def __init__(self, name: str, distribution: Distribution, loadings: tuple[tuple[int, float], ...]) -> None:
        low, high = distribution.support
        support = Range(low, high, distribution.positive)
        interval = Range(low := distribution.quantile(0.05), distribution.quantile(0.95), low > 0)
        super().__init__("atom", (), support, interval)
        self.name = name
        self.distribution = distribution
        self._normal, self.log_normal = distribution.normal, distribution.log_normal
        self.loadings = loadings
        """Its normal score as a weighted sum of independent ones: (number of the score, weight)."""

    @property
    def atoms(self) -> frozenset[Atom]:
        """Itself. A set that is kept would be a circle, which only the garbage collector frees."""
        return frozenset((self,))

    @property
    def source(self) -> Atom:
        """Itself."""
        return self

    @property
    def normal(self) -> tuple[float, float] | None:
        """Mean and standard deviation if it is normal."""
        return self._normal

    def at(self, score: float) -> float:
        """Return its value at its normal score."""
        return self.distribution.score(score)


def _plain_atom(form: Form) -> Atom | None:
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
