"""The mean of a form: of sums the sum of the means, of products of what is independent the product; else drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypotheses.arithmetic import power10
from hypotheses.estimates.exact import exact_result
from hypotheses.estimates.expectation import Mean
from hypotheses.estimates.independence import independent
from hypotheses.estimates.normal_forms import NormalForm, Variable, single

RAREST: Final = 1e-3
"""Draws meet a part of a mixture that is less likely than this too seldom for a mean."""

Draw = Callable[[NormalForm], Mean]
"""How to tell the mean of a form that has to be drawn."""


def hangs_on_rare_parts(form: NormalForm) -> bool:
    """Return whether an input of a form is a mixture with a part so unlikely that draws can miss it."""
    atoms = {atom for variable in form.terms for atom in variable.atoms}
    return any(atom.distribution.rarest < RAREST for atom in atoms)


def mean_of(form: NormalForm, draw: Draw) -> Mean:
    """Return the mean of a form: exact but for what has to be drawn, which is drawn at once."""
    return _of_power(form, draw) if form.power else _of_sum(form, draw)


def _of_sum(form: NormalForm, draw: Draw) -> Mean:
    total = Mean(form.constant)
    drawn: dict[Variable, float] = {}
    for variable, weight in form.terms.items():
        mean = _of_variable(variable, draw)
        if mean is None:
            drawn[variable] = weight
        else:
            total = total.plus(mean, weight)
    return total.plus(draw(NormalForm(False, 0.0, drawn))) if drawn else total


def _of_power(form: NormalForm, draw: Draw) -> Mean:
    """Multiply the means of the factors that have no input in common, nor inputs that go along with each other."""
    product = Mean(power10(form.constant))
    for group in independent([(variable,) for variable in form.terms]):
        factor = NormalForm(True, 0.0, {variable: form.terms[variable] for variable in group})
        exact = exact_result(factor)
        product = product.by(draw(factor) if exact is None else exact.mean)
    return product


def _of_variable(variable: Variable, draw: Draw) -> Mean | None:
    """Return the mean of a variable; None if it has to be drawn."""
    exact = exact_result(single(variable))
    if exact is not None:
        return exact.mean
    if variable.operator == "power10":
        return _of_power(variable.arguments[0], draw)
    if variable.operator == "*" and len(independent([form.terms for form in variable.arguments])) > 1:
        left, right = variable.arguments
        return mean_of(left, draw).by(mean_of(right, draw))
    return None
