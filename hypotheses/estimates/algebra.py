"""The operations on normal forms: what fits stays one form, what does not becomes a variable of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from weakref import WeakValueDictionary

from hypotheses.arithmetic import LN10, power10, raised
from hypotheses.estimates.normal_forms import (
    NormalForm,
    OperationVariable,
    Variable,
    constant,
    interval,
    joined,
    plain_atom,
    scaled,
    single,
    support,
)
from hypotheses.problems import Malformed


class Algebra:
    """The operations on forms, and the variables they have made so far (kept while something uses them)."""

    def __init__(self) -> None:
        self._made: WeakValueDictionary[object, Variable] = WeakValueDictionary()

    def variable(self, operator: str, *arguments: NormalForm) -> Variable:
        """Return the variable for an operation, the same one for the same operation on the same forms."""
        if operator == "log10" and (atom := plain_atom(arguments[0])):
            return atom.log
        key = (operator, *((form.power, form.constant, frozenset(form.terms.items())) for form in arguments))
        variable = self._made.get(key)
        if variable is None:
            variable = OperationVariable(operator, arguments)
            self._made[key] = variable
        return variable

    def apply(self, operator: str, arguments: Sequence[NormalForm]) -> NormalForm:
        """Apply an operator or function of a formula.

        Raises:
            Malformed: it divides by something that may be zero, or takes the logarithm or a fractional power of
                something that may be zero or below, or overflows.
        """
        return _OPERATIONS[operator](self, *arguments)

    def chain(self, first: NormalForm, others: Sequence[tuple[str, NormalForm]]) -> NormalForm:
        """Add to and subtract from, or multiply and divide, a form by others.

        Raises:
            Malformed: it divides by something that may be zero, or overflows.
        """
        if others[0][0] in "+-":
            return self._sum(first, others)
        product = self._product(first, others)
        if product is None:
            for operator, other in others:
                first = self.apply(operator, (first, other))
        return first if product is None else product

    def _sum(self, first: NormalForm, others: Sequence[tuple[str, NormalForm]]) -> NormalForm:
        """Add all at once; what is then 1 but for a little keeps the little."""
        return self._less_one(joined(self.linear(first), [(_SIGNS[sign], self.linear(form)) for sign, form in others]))

    def _product(self, first: NormalForm, others: Sequence[tuple[str, NormalForm]]) -> NormalForm | None:
        """Multiply all at once, if all are sure to be above zero and something uncertain is left; else None."""
        powers = []
        for sign, form in (("*", first), *others):
            power = form if form.power else self._number_as_power(form)
            if power is None:
                return None
            powers.append((_SIGNS[sign], power))
        product = joined(powers[0][1], powers[1:])
        return product if product.terms else None

    def _number_as_power(self, form: NormalForm) -> NormalForm | None:
        if form.terms:
            return self.as_power(form)
        return NormalForm(True, math.log10(form.constant), {}) if form.constant > 0 else None

    def linear(self, form: NormalForm) -> NormalForm:
        """Return a form as a sum."""
        if not form.power:
            return form
        if not form.terms:
            return constant(power10(form.constant))
        factor = power10(form.constant)
        if not 0 < factor < math.inf:
            return single(self.variable("power10", form))
        if len(form.terms) == 1:
            (variable, weight) = next(iter(form.terms.items()))
            if weight == 1 and variable.operator == "log10":
                inner = variable.arguments[0]
                return NormalForm(False, inner.constant * factor, scaled(inner, factor).terms)
        return single(self.variable("power10", NormalForm(True, 0.0, form.terms)), factor)

    def logarithm(self, form: NormalForm) -> NormalForm:
        """Return log10 of a form, as a sum."""
        if form.power:
            return NormalForm(False, form.constant, form.terms)
        if not form.terms:
            if form.constant <= 0:
                raise Malformed(f"the logarithm of {form.constant:g} does not exist; expected something above zero")
            return constant(math.log10(form.constant))
        if form.constant == 0 and len(form.terms) == 1:
            (variable, weight) = next(iter(form.terms.items()))
            if weight > 0 and variable.operator == "power10":
                inner = variable.arguments[0]
                return NormalForm(False, math.log10(weight), inner.terms)
            if weight > 0 and (variable.support.positive or interval(form).positive):
                return NormalForm(False, math.log10(weight), {self.variable("log10", single(variable)): 1.0})
        if not (support(form).positive or interval(form).positive):
            raise Malformed(f"its logarithm needs something above zero, found {interval(form)}{_below_zero(form)}")
        return single(self.variable("log10", form))

    def as_power(self, form: NormalForm) -> NormalForm | None:
        """Return a form as a power of ten; None if it is not sure to be above zero."""
        if form.power:
            return form
        positive = form.constant > 0 if not form.terms else support(form).positive
        return self.logarithm(form)._replace(power=True) if positive else None

    def add(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """Return left + right."""
        return self._sum(left, [("+", right)])

    def subtract(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """Return left - right."""
        return self._sum(left, [("-", right)])

    def _less_one(self, form: NormalForm) -> NormalForm:
        """Return w e^x - w as w expm1(x), which is right where e^x is nearly 1, and above zero where x is; and back."""
        if not form.constant or len(form.terms) > _FEW:
            return form
        for variable, weight in form.terms.items():
            if abs(form.constant) != abs(weight) or variable.operator not in _EXPONENTIALS:
                continue
            rest = {other: each for other, each in form.terms.items() if other is not variable}
            folded = self._folded(variable, weight, form.constant)
            if folded is not None:
                return joined(folded, [(1.0, NormalForm(False, 0.0, rest))]) if rest else folded
        return form

    def _folded(self, variable: Variable, weight: float, number: float) -> NormalForm | None:
        """Return a weighed variable and a number as one, if they are a power less 1, or such a difference and 1."""
        argument = variable.arguments[0]
        match variable.operator:
            case "power10" if number == -weight:
                return scaled(self.exponential_less_one(scaled(argument._replace(power=False), LN10)), weight)
            case "expm1" if number == weight:
                return scaled(self.linear(self.exponential(argument)), weight)
            case "saturation" if number == -weight:
                return scaled(self.linear(self.exponential(scaled(argument, -1.0))), -weight)
        return None

    def multiply(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """Return left * right."""
        for one, other in ((left, right), (right, left)):
            if not one.terms and not one.power:
                if other.power and one.constant > 0:
                    return other._replace(constant=other.constant + math.log10(one.constant))
                product = scaled(self.linear(other), one.constant)
                return product if product.terms else constant(product.constant)
        powers = self.as_power(left), self.as_power(right)
        if powers[0] is not None and powers[1] is not None:
            return joined(powers[0], [(1.0, powers[1])])
        return single(self.variable("*", left, right))

    def divide(self, left: NormalForm, right: NormalForm) -> NormalForm:
        """Return left / right."""
        if not left.terms and not right.terms:
            divisor = self.linear(right).constant
            if divisor != 0:
                return constant(self.linear(left).constant / divisor)
        return self.multiply(left, self._reciprocal(right))

    def _reciprocal(self, form: NormalForm) -> NormalForm:
        if (power := self.as_power(form)) is not None:
            return scaled(power, -1.0)
        spread = interval(form)
        if spread.low <= 0 <= spread.high:
            raise Malformed(f"the divisor can be zero, found {spread}; expected one that stays on one side of zero")
        if not form.terms:
            return constant(1 / form.constant)
        return single(self.variable("reciprocal", form))

    def raise_to(self, base: NormalForm, exponent: NormalForm) -> NormalForm:
        """Return base ** exponent."""
        if not exponent.terms:
            return self._fixed_power(base, self.linear(exponent).constant)
        power = self.as_power(base)
        if power is None and not interval(base).positive:
            raise Malformed(f"an uncertain power needs a base above zero, found {interval(base)}")
        raised = self.multiply(self.logarithm(base), self.linear(exponent))
        return self.linear(raised)._replace(power=True)

    def _fixed_power(self, base: NormalForm, exponent: float) -> NormalForm:
        if exponent == 1:
            return base
        if exponent == 0:
            return constant(1.0)
        if (power := self.as_power(base)) is not None:
            scaled_power = scaled(power, exponent)
            return scaled_power if scaled_power.terms else constant(power10(scaled_power.constant))
        if not exponent.is_integer() and interval(base).low < 0:
            raise Malformed(f"a fractional power needs a base above zero, found {interval(base)}")
        if exponent < 0:
            return self._fixed_power(self._reciprocal(base), -exponent)
        if not base.terms:
            return constant(raised(base.constant, exponent))
        return single(self.variable("**", base, constant(exponent)))

    def exponential(self, form: NormalForm) -> NormalForm:
        """Return e ** form."""
        return scaled(self.linear(form), 1 / LN10)._replace(power=True)

    def exponential_less_one(self, form: NormalForm) -> NormalForm:
        """Return e ** form - 1; of what is below zero as -(1 - e ** -size), so that its sign is known."""
        if not form.terms:
            return constant(math.expm1(self.linear(form).constant))
        line = self.linear(form)
        size = scaled(line, -1.0)
        if support(size).positive:
            return single(self.variable("saturation", size), -1.0)
        return single(self.variable("expm1", line))

    def logarithm_plus_one(self, form: NormalForm) -> NormalForm:
        """Return the natural logarithm of 1 + form."""
        reach = interval(form)
        if reach.low <= -1:
            raise Malformed(f"log1p needs something above -1, found {reach}")
        if not form.terms:
            return constant(math.log1p(self.linear(form).constant))
        return single(self.variable("log1p", form))

    def absolute(self, form: NormalForm) -> NormalForm:
        """Return |form|."""
        reach = support(form)
        if reach.low >= 0:
            return form
        if reach.high <= 0:
            return scaled(self.linear(form), -1.0)
        return single(self.variable("abs", form))

    def least(self, *forms: NormalForm) -> NormalForm:
        """Return the smallest of several forms."""
        return self._extreme("min", forms)

    def greatest(self, *forms: NormalForm) -> NormalForm:
        """Return the largest of several forms."""
        return self._extreme("max", forms)

    def _extreme(self, operator: str, forms: Sequence[NormalForm]) -> NormalForm:
        """Keep only what could be the extreme: drop what lies beyond another everywhere."""
        sign = 1 if operator == "min" else -1
        kept: list[NormalForm] = []
        for form in forms:
            reach = support(form).times(sign)
            if any(other == form or support(other).times(sign).high <= reach.low for other in kept):
                continue
            kept = [other for other in kept if support(other).times(sign).low < reach.high] + [form]
        return kept[0] if len(kept) == 1 else single(self.variable(operator, *kept))


def _below_zero(form: NormalForm) -> str:
    """Say which inputs of a form can be below zero, and how to say that they cannot; empty if none can."""
    atoms = {atom.name: atom for variable in form.terms for atom in variable.atoms if atom.distribution.support[0] < 0}
    names = ", ".join(sorted(atoms))
    return f"; {names} can be below zero: a range with a low end above 0, or `uniform 0 to …`, cannot" if names else ""


_FEW: Final = 16
"""In a sum of more terms than this no power is looked for that is 1 but for a little."""
_EXPONENTIALS: Final = ("power10", "expm1", "saturation")
"""The variables that may be 1 but for a little: a power, and what is left when 1 is taken away from it."""
_SIGNS: Final = {"+": 1.0, "-": -1.0, "*": 1.0, "/": -1.0}
_OPERATIONS: Final[Mapping[str, Callable[..., NormalForm]]] = {
    "+": Algebra.add,
    "-": Algebra.subtract,
    "*": Algebra.multiply,
    "/": Algebra.divide,
    "**": Algebra.raise_to,
    "negative": lambda algebra, form: scaled(algebra.linear(form), -1.0),
    "log10": Algebra.logarithm,
    "log": lambda algebra, form: scaled(algebra.logarithm(form), LN10),
    "exp": Algebra.exponential,
    "expm1": Algebra.exponential_less_one,
    "log1p": Algebra.logarithm_plus_one,
    "sqrt": lambda algebra, form: algebra.raise_to(form, constant(0.5)),
    "abs": Algebra.absolute,
    "min": Algebra.least,
    "max": Algebra.greatest,
}
