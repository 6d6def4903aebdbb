"""Normal forms: what a formula comes to once everything that can be added up or cancelled has been.

A form is a constant plus a weighted sum of variables, or ten to the power of such a sum. Products, quotients,
powers, roots, logarithms and exponentials of forms are forms again, so a product of lognormals is ten to the
power of a sum of normals, and an input on both sides of a quotient is gone. What does not fit (the sum of two
products, a minimum) becomes one new variable, kept once however often it is met; only such variables
ever have to be sampled, and everything around them stays in the form.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from weakref import ref

from hypotheses.arithmetic import log10
from hypotheses.estimates.ranges import RANGES, Range
from hypotheses.problems import Malformed
from hypotheses.values.distributions import Distribution

_NOTHING: Final = 2.0**-46
"""What rounding leaves of weights that cancel, as a part of the larger one."""


class NormalForm(NamedTuple):
    """`constant + sum(weight * variable)`, or ten to the power of it. The terms are never changed in place."""

    power: bool
    constant: float
    terms: Mapping[Variable, float]


Affine = tuple[float, tuple[tuple[int, float], ...]]
"""A number, and a sum of independent normal scores: (number of the score, weight)."""


class Variable(ABC):
    """Something uncertain in a form: an atom (an input), its log10, or the result of another operation on forms.

    Two variables are the same thing exactly when they are the same object.
    """

    __slots__ = ("__weakref__", "_interval", "_support", "arguments", "direction", "line", "operator")

    def __init__(self, operator: str, arguments: tuple[NormalForm, ...], line: Affine | None = None) -> None:
        self.operator = operator
        self.arguments = arguments
        self.line = line
        """If it is normal: its mean, and what each score adds to it."""
        self.direction: Any = None
        """How it moves with the scores of its inputs; kept here by `directions` once it has been worked out."""
        self._support: Range | None = None
        self._interval: Range | None = None

    @property
    @abstractmethod
    def atoms(self) -> frozenset[Atom]:
        """The inputs it depends on."""

    @property
    def source(self) -> Atom | None:
        """The atom of which this is an increasing function and nothing else: itself, or that it is the log10 of."""
        return None

    @property
    def support(self) -> Range:
        """Where it can lie."""
        if self._support is None:
            self._support = self._own_support()
        return self._support

    @abstractmethod
    def _own_support(self) -> Range:
        """Work out where it can lie."""

    @property
    def interval(self) -> Range:
        """Where it lies when every input stays within its 5th and 95th percentile."""
        if self._interval is None:
            self._interval = self._own_interval()
        return self._interval

    @abstractmethod
    def _own_interval(self) -> Range:
        """Work out where it lies within the intervals of its inputs."""

    def at(self, score: float) -> float:
        """Return its value at the normal score of its source."""
        raise TypeError(f"{self.operator} is no function of one input")


class Atom(Variable):
    """An uncertain input: a reading of a quantity, or an assumption.

    Where it can lie is told by its distribution, unless it is given as `support`.
    """

    __slots__ = ("_log", "distribution", "loadings", "name")

    def __init__(
        self,
        name: str,
        distribution: Distribution,
        loadings: tuple[tuple[int, float], ...],
        support: Range | None = None,
    ) -> None:
        super().__init__("atom", (), _line(distribution.normal, loadings))
        self.name = name
        self.distribution = distribution
        self.loadings = loadings
        """Its normal score as a weighted sum of independent ones: (number of the score, weight)."""
        self._support = support
        self._log: ref[Log] | None = None

    @property
    def log(self) -> Log:
        """Its log10: the same variable every time, kept while something uses it."""
        logarithm = None if self._log is None else self._log()
        if logarithm is None:
            logarithm = Log(self)
            self._log = ref(logarithm)
        return logarithm

    def _own_support(self) -> Range:
        low, high = self.distribution.support
        return Range(low, high, self.distribution.positive)

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


class Log(Variable):
    """The log10 of an atom."""

    __slots__ = ("_source",)

    def __init__(self, source: Atom) -> None:
        line = _line(source.distribution.log_normal, source.loadings)
        super().__init__("log10", (single(source),), line)
        self._source = source

    @property
    def atoms(self) -> frozenset[Atom]:
        """The atom."""
        return frozenset((self._source,))

    @property
    def source(self) -> Atom:
        """The atom."""
        return self._source

    def _own_support(self) -> Range:
        return self._source.support.log10()

    def _own_interval(self) -> Range:
        return self._source.interval.log10()

    def at(self, score: float) -> float:
        """Return its value at the normal score of the atom."""
        if self.line is not None:
            return self.line[0] + math.hypot(*(weight for _, weight in self.line[1])) * score
        return log10(self._source.distribution.score(score))


class OperationVariable(Variable):
    """The result of an operation that is not part of a form."""

    __slots__ = ("_atoms",)

    def __init__(self, operator: str, arguments: tuple[NormalForm, ...]) -> None:
        super().__init__(operator, arguments)
        # At once, from what its arguments know: later, a long chain of operations would be too deep to go down.
        self._support, self._interval = self._own_support(), self._own_interval()
        self._atoms = frozenset(atom for form in arguments for variable in form.terms for atom in variable.atoms)

    @property
    def atoms(self) -> frozenset[Atom]:
        """Those of its arguments."""
        return self._atoms

    def _own_support(self) -> Range:
        return RANGES[self.operator](*map(support, self.arguments))

    def _own_interval(self) -> Range:
        return RANGES[self.operator](*map(interval, self.arguments))


def _line(parameters: tuple[float, float] | None, loadings: tuple[tuple[int, float], ...]) -> Affine | None:
    """Return a normal with this mean and standard deviation over its scores."""
    if parameters is None:
        return None
    mean, deviation = parameters
    return mean, tuple((number, deviation * loading) for number, loading in loadings)


def plain_atom(form: NormalForm) -> Atom | None:
    """Return the atom that a form is, if it is nothing else."""
    if form.power or form.constant or len(form.terms) != 1:
        return None
    (variable, weight) = next(iter(form.terms.items()))
    return variable if weight == 1 and isinstance(variable, Atom) else None


def constant(value: float) -> NormalForm:
    """Return a number as a form."""
    return sound(NormalForm(False, value, {}))


def sound(form: NormalForm) -> NormalForm:
    """Return a form if its numbers are such as can be computed with.

    Raises:
        Malformed: they are not.
    """
    # A sum with something endless in it is endless, or no number; one that only grew too large is looked into.
    weights = form.terms.values()
    if math.isfinite(form.constant + sum(weights)) or all(map(math.isfinite, (form.constant, *weights))):
        return form
    raise Malformed("the result is too large to compute with; expected numbers below 1e308")


def single(variable: Variable, weight: float = 1.0) -> NormalForm:
    """Return one weighted variable as a form."""
    return NormalForm(False, 0.0, {variable: weight})


def scaled(form: NormalForm, factor: float) -> NormalForm:
    """Multiply the sum of a form (the exponent, if it is a power) by a number."""
    if factor == 0:
        return NormalForm(form.power, 0.0, {})
    terms = {key: part for key, weight in form.terms.items() if (part := weight * factor)}
    return NormalForm(form.power, form.constant * factor, terms)


def joined(first: NormalForm, others: Sequence[tuple[float, NormalForm]]) -> NormalForm:
    """Add the sums of forms of one kind to that of the first, each with its sign; what cancels is dropped."""
    number, terms = first.constant, dict(first.terms)
    for sign, form in others:
        number += sign * form.constant
        for key, weight in form.terms.items():
            before = terms.get(key, 0.0)
            total = before + sign * weight
            if abs(total) > _NOTHING * max(abs(before), abs(weight)):
                terms[key] = total
            else:
                terms.pop(key, None)
    return NormalForm(first.power, number, terms)


def extent(form: NormalForm, which: Callable[[Variable], Range]) -> Range:
    """Return the range of a form, given that of its variables."""
    total = Range.of(form.constant)
    for variable, weight in form.terms.items():
        total = total + which(variable).times(weight)
    return total.power10() if form.power else total


def support(form: NormalForm) -> Range:
    """Return where the value of a form can lie."""
    return extent(form, lambda variable: variable.support)


def interval(form: NormalForm) -> Range:
    """Return where the value of a form lies when every input stays within its 5th and 95th percentile."""
    return extent(form, lambda variable: variable.interval)
