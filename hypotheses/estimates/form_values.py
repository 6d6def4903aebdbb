"""A gap as one number: every input at its median, or one of them somewhere else."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Final

from hypotheses.arithmetic import expm1, log10, power10
from hypotheses.debate import OOM, Gap
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.graph import Graph
from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable
from hypotheses.problems import Problem

Values = Mapping[Atom, float]


def value_at(form: NormalForm, values: Values) -> float:
    """Return the value of a form with some inputs at given values and all others at their medians.

    Not a number where a logarithm or root does not exist.
    """
    return _form_at(form, values, {})


def _form_at(form: NormalForm, values: Values, at: dict[Variable, float]) -> float:
    total = form.constant
    for variable, weight in form.terms.items():
        if variable not in at:
            at[variable] = _variable_at(variable, values, at)
        total += weight * at[variable]
    return power10(total) if form.power and not math.isnan(total) else total


def _variable_at(variable: Variable, values: Values, at: dict[Variable, float]) -> float:
    if isinstance(variable, Atom):
        return values[variable] if variable in values else variable.at(0.0)
    source = variable.source
    if source is not None and source not in values:
        return variable.at(0.0)
    arguments = [_form_at(form, values, at) for form in variable.arguments]
    try:
        return _OPERATIONS[variable.operator](*arguments)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


_OPERATIONS: Final[Mapping[str, Callable[..., float]]] = {
    "*": lambda left, right: left * right,
    "reciprocal": lambda value: 1 / value,
    "**": lambda base, exponent: -math.inf if base < 0 and not exponent.is_integer() else math.pow(base, exponent),
    "log10": log10,
    "power10": lambda power: power,
    "expm1": expm1,
    "log1p": lambda value: math.log1p(value) if value > -1 else -math.inf,
    "saturation": lambda size: -expm1(-size),
    "abs": abs,
    "min": min,
    "max": max,
}


class Medians(Graph[float]):
    """The values of a debate with every input at its median: quick, for searches over many sets of hypotheses."""

    def __init__(self, evaluation: Evaluation) -> None:
        medians = {
            name: form if isinstance(form, Problem) else value_at(form, {}) for name, form in evaluation.inputs.items()
        }
        super().__init__(evaluation.model, medians)

    def number(self, value: float) -> float:
        """Return the number."""
        return value

    def apply(self, name: str, arguments: list[float]) -> float:
        """Apply an operator to numbers; not a number where it has no result."""
        try:
            return _FORMULA_OPERATIONS[name](*arguments)
        except (ValueError, ZeroDivisionError, OverflowError):
            return math.nan

    def shown(self, gap: Gap, scenario: int) -> float:
        """Return a gap in the unit it is shown in under a set of hypotheses; not a number if it has no such value.

        Raises:
            Unavailable: the gap is broken.
        """
        value = self.value(gap.symbol, scenario)
        if gap.unit != OOM:
            return value
        return math.log10(value) if value > 0 else math.nan


_FORMULA_OPERATIONS: Final[Mapping[str, Callable[..., float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": math.pow,
    "negative": operator.neg,
    "log10": math.log10,
    "log": math.log,
    "exp": math.exp,
    "expm1": math.expm1,
    "log1p": math.log1p,
    "sqrt": math.sqrt,
    "abs": abs,
    "min": min,
    "max": max,
}
