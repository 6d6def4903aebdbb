"""How the variance of a form comes from its inputs: in closed form where these are independent, else drawn.

An input's share is that of the variance which goes, on average, once the input is known: Var(E[f | x]) / Var(f), the
first-order index of Sobol ("Sensitivity estimates for nonlinear mathematical models", 1993). It is that of the figure
that is shown: of orders of magnitude if the gap is in these, else of the amount itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import reduce
from typing import NamedTuple

from hypotheses.arithmetic import FAULTS, LN10, power10
from hypotheses.estimates.exact import normal_of
from hypotheses.estimates.expectation import expectation
from hypotheses.estimates.form_values import value_at
from hypotheses.estimates.independence import independent
from hypotheses.estimates.normal_forms import Atom, NormalForm, Variable
from hypotheses.estimates.one_input import POLE, one_input_result
from hypotheses.values.distributions import Distribution, Lognormal, TwoPiece
from hypotheses.values.mixtures import Mixture


class VarianceParts(NamedTuple):
    """Mean and variance, and what each input makes of the variance on its own; not a number where that is not known."""

    mean: float
    variance: float
    effects: Mapping[Atom, float]
    """Var(E[f | input]) of each input."""

    def times(self, factor: float) -> VarianceParts:
        """Return mean and variance of a multiple."""
        square = factor * factor
        effects = {atom: effect * square for atom, effect in self.effects.items()}
        return VarianceParts(self.mean * factor, self.variance * square, effects)

    def plus(self, other: VarianceParts) -> VarianceParts:
        """Return mean and variance of a sum with something independent."""
        return VarianceParts(self.mean + other.mean, self.variance + other.variance, {**self.effects, **other.effects})

    def by(self, other: VarianceParts) -> VarianceParts:
        """Return mean and variance of a product with something independent."""
        here, there = self.mean * self.mean, other.mean * other.mean
        variance = self.variance * other.variance + self.variance * there + other.variance * here
        effects = {atom: effect * there for atom, effect in self.effects.items()}
        effects |= {atom: effect * here for atom, effect in other.effects.items()}
        return VarianceParts(self.mean * other.mean, variance, effects)


Draw = Callable[[NormalForm], VarianceParts]
"""How to tell mean and variance of a form that has to be drawn."""


def variance_shares(form: NormalForm, draw: Draw) -> dict[Atom, float | None]:
    """Return each input's share of the variance of a form; None where it is not known."""
    try:
        whole = _of(form, draw)
    except FAULTS:
        return dict.fromkeys(inputs_in_order(form))
    return {atom: _share(effect, whole.variance) for atom, effect in whole.effects.items()}


def _share(effect: float, variance: float) -> float | None:
    if variance == 0:
        return 0.0
    share = effect / variance
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else None


def _of(form: NormalForm, draw: Draw) -> VarianceParts:
    """Put mean and variance of a form together from parts that are independent of each other."""
    groups = independent([(variable,) for variable in form.terms])
    parts = [NormalForm(form.power, 0.0, {one: form.terms[one] for one in group}) for group in groups]
    start = VarianceParts(power10(form.constant) if form.power else form.constant, 0.0, {})
    return reduce(
        VarianceParts.by if form.power else VarianceParts.plus, (_of_part(part, draw) for part in parts), start
    )


def _of_part(form: NormalForm, draw: Draw) -> VarianceParts:
    if (parameters := normal_of(form)) is not None:
        return _of_normals(form, *parameters)
    atoms = {atom for variable in form.terms for atom in variable.atoms}
    if len(atoms) == 1:
        return _of_one_input(form, atoms.pop())
    if not form.power and len(form.terms) == 1:
        variable, weight = next(iter(form.terms.items()))
        if variable.operator == "power10":
            return _of(variable.arguments[0], draw).times(weight)
        if variable.operator == "*" and len(independent([one.terms for one in variable.arguments])) > 1:
            left, right = (_of(one, draw) for one in variable.arguments)
            return left.by(right).times(weight)
    return draw(form)


def _of_normals(form: NormalForm, mean: float, deviation: float) -> VarianceParts:
    """Return mean and variance of a sum of normals, or of ten to the power of it.

    A score with which the sum has the covariance c tells c² of its s², or exp(c²) - 1 of the exp(s²) - 1 of a power.
    """
    scores: dict[int, float] = {}
    atoms: dict[Atom, None] = {}
    for variable, weight in form.terms.items():
        atoms |= dict.fromkeys(_in_order(variable))
        for number, part in (variable.line or (0.0, ()))[1]:
            scores[number] = scores.get(number, 0.0) + weight * part
    together = {atom: sum(scores.get(number, 0.0) * part for number, part in atom.loadings) for atom in atoms}
    if not form.power:
        return VarianceParts(mean, deviation * deviation, {atom: one * one for atom, one in together.items()})
    own = power10(mean + LN10 * deviation * deviation / 2)

    def grown(deviation: float) -> float:
        return own * own * math.expm1((LN10 * deviation) ** 2)

    return VarianceParts(own, grown(deviation), {atom: grown(one) for atom, one in together.items()})


def _of_one_input(form: NormalForm, atom: Atom) -> VarianceParts:
    if not form.power and [*form.terms] == [atom]:
        mean = atom.distribution.mean
        variance = _second_moment(atom.distribution) - mean * mean
        return VarianceParts(mean, variance, {atom: variance}).times(form.terms[atom])
    result = one_input_result(form)
    if result is not None and result.endless > math.sqrt(POLE):
        return VarianceParts(math.nan, math.nan, {atom: math.nan})
    mean = expectation(atom.distribution, lambda value: value_at(form, {atom: value})).value

    def square(value: float) -> float:
        off = value_at(form, {atom: value}) - mean
        return off * off

    variance = expectation(atom.distribution, square).value
    return VarianceParts(mean, variance, {atom: variance})


def _second_moment(distribution: Distribution) -> float:
    """Return the mean of the square: of lognormals in closed form, as their squares are lognormal too."""
    match distribution:
        case Lognormal(low, high, interval):
            return Lognormal(low * low, high * high, interval).mean
        case TwoPiece(low, mid, high, interval, True):
            return TwoPiece(low * low, mid * mid, high * high, interval, log=True).mean
        case Mixture():
            parts = zip(distribution.shares, distribution.parts, strict=True)
            return sum(share * _second_moment(part) for share, part in parts if share)
    return expectation(distribution, lambda value: value * value).value


def _in_order(variable: Variable) -> list[Atom]:
    """Return the inputs of a variable in the order of their names: a set of objects has another one in every run."""
    return sorted(variable.atoms, key=lambda atom: atom.name)


def inputs_in_order(form: NormalForm) -> list[Atom]:
    """Return the inputs of a form, each once, in the same order in every run."""
    return list(dict.fromkeys(atom for variable in form.terms for atom in _in_order(variable)))
