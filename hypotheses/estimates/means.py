"""The mean of a form: of sums the sum of the means, of products of what is independent the product; else drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from hypotheses.estimates.arithmetic import power10
from hypotheses.estimates.distributions import Distribution
from hypotheses.estimates.exact import exact_result
from hypotheses.estimates.independence import independent
from hypotheses.estimates.normal_forms import NormalForm, Variable, single
from hypotheses.estimates.results import Mean
from hypotheses.estimates.shapes import Mixture

Draw = Callable[[NormalForm], Mean]
"""How to tell the mean of a form that has to be drawn."""


RAREST: Final = 1e-3
"""Draws meet a part of a mixture that is less likely than this too seldom for a mean."""


def hangs_on_rare_parts(form: NormalForm) -> bool:
    """Return whether an input of a form is a mixture with a part so unlikely that draws can miss it."""
    atoms = {atom for variable in form.terms for atom in variable.atoms}
    return any(rarest(atom.distribution) < RAREST for atom in atoms)


def rarest(distribution: Distribution) -> float:
    """Return the probability of the least likely part of a distribution; 1 of what has no parts."""
    if not isinstance(distribution, Mixture):
        return 1.0
    parts = zip(distribution.shares, distribution.parts, strict=True)
    return min(share * rarest(part) for share, part in parts)


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
            total = _added(total, mean, weight)
    return _added(total, draw(NormalForm(False, 0.0, drawn)), 1.0) if drawn else total


def _of_power(form: NormalForm, draw: Draw) -> Mean:
    """Multiply the means of the factors that have no input in common, nor inputs that go along with each other."""
    product = Mean(power10(form.constant))
    for group in independent([(variable,) for variable in form.terms]):
        factor = NormalForm(True, 0.0, {variable: form.terms[variable] for variable in group})
        exact = exact_result(factor)
        product = _multiplied(product, draw(factor) if exact is None else exact.mean)
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
        return _multiplied(mean_of(left, draw), mean_of(right, draw))
    return None


def _added(total: Mean, other: Mean, weight: float) -> Mean:
    if total.reason or other.reason:
        return Mean(math.nan, None, total.reason or other.reason)
    return Mean(total.value + weight * other.value, _together(total.error, other.error, abs(weight)))


def _multiplied(left: Mean, right: Mean) -> Mean:
    if left.reason or right.reason:
        return Mean(math.nan, None, left.reason or right.reason)
    if left.error is None and right.error is None:
        return Mean(left.value * right.value)
    first, second = left.error or 0.0, right.error or 0.0
    return Mean(left.value * right.value, abs(left.value) * second + abs(right.value) * first + first * second)


def _together(one: float | None, other: float | None, weight: float) -> float | None:
    """Return the error of a sum at its worst."""
    if one is None and other is None:
        return None
    return (one or 0.0) + weight * (other or 0.0)
