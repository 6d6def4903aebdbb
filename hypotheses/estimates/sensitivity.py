"""What a gap hangs on: each input's share of the variance, where it leads at its ends, where it breaks even."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from hypotheses.debate import OOM, Gap
from hypotheses.estimates.arithmetic import power10
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.exact import spread
from hypotheses.estimates.form_values import value_at
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.normal_forms import Atom, NormalForm


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How much one input matters to a gap."""

    quantity: str
    """The quantity's symbol, or `slug.name` for an assumption of a hypothesis in the scenario."""
    variance_share: float
    """Its part of the gap's variance. Correlated inputs share what they have in common by their covariance with
    the gap, so the shares of an exact gap sum to 1 and one that hedges another is negative. Sampled: first order."""
    break_even: float | None
    """The value at which the gap (in OOM) closes, all else at its median; None if there is none."""
    low: float
    """The gap with this input at its 5th percentile, all else at its median."""
    high: float
    """The gap with this input at its 95th percentile, all else at its median."""


def exact_shares(form: NormalForm) -> dict[Atom, float]:
    """Return Cov(term, sum) / Var(sum) per input of a normal sum; without correlation that is a² s² over the total."""
    scores: dict[int, float] = {}
    parts: dict[Atom, dict[int, float]] = {}
    for variable, weight in form.terms.items():
        line, source = variable.line, variable.source
        if line is None or source is None:
            raise TypeError("expected a sum of normals")
        for number, each in line[1]:
            amount = weight * each
            scores[number] = scores.get(number, 0.0) + amount
            part = parts.setdefault(source, {})
            part[number] = part.get(number, 0.0) + amount
    largest = max(map(abs, scores.values()), default=0.0)
    if largest == 0:
        return dict.fromkeys(parts, 0.0)
    # Without their common size, as squares are soon larger or smaller than a float can hold.
    variance = math.fsum((weight / largest) ** 2 for weight in scores.values())
    return {
        atom: math.fsum(scores[number] / largest * (amount / largest) for number, amount in part.items()) / variance
        for atom, part in parts.items()
    }


def sensitivities(
    evaluation: Evaluation, gap: Gap, scenario: int, shares: Callable[[NormalForm], Mapping[Atom, float]]
) -> tuple[Sensitivity, ...]:
    """Return the sensitivity of a gap to each input it needs, those with the largest share of the variance first.

    Args:
        evaluation: Where the gap comes from.
        gap: The gap.
        scenario: The set of hypotheses it is looked at under.
        shares: How to split the variance when there is no closed form.

    Raises:
        Unavailable: the gap is broken.
    """
    form = evaluation.shown(gap, scenario)
    atoms = dict.fromkeys(atom for variable in form.terms for atom in variable.atoms)
    split = exact_shares(form) if spread(form) is not None else shares(form)
    by_input = []
    for name in evaluation.inputs_of(gap.symbol, scenario):
        given = evaluation.given(name)
        if isinstance(given, Atom):
            if given in atoms:
                by_input.append(_uncertain(gap, form, given, split.get(given, 0.0)))
        else:
            by_input.append(_known(evaluation, gap, scenario, name, given))
    return tuple(sorted(by_input, key=lambda one: -one.variance_share))


def _known(evaluation: Evaluation, gap: Gap, scenario: int, name: str, value: float) -> Sensitivity:
    """Return the sensitivity to an input that is one known number: only its break-even tells anything."""
    here = value_at(evaluation.shown(gap, scenario), {})
    even = None
    if gap.unit == OOM:
        freed, atom = evaluation.freed(name, value)
        try:
            even = break_even(freed.shown(gap, scenario), atom)
        except Unavailable:
            even = None
    return Sensitivity(name, 0.0, even, here, here)


def _uncertain(gap: Gap, form: NormalForm, atom: Atom, share: float) -> Sensitivity:
    low, high = (value_at(form, {atom: atom.distribution.quantile(p)}) for p in (0.05, 0.95))
    even = break_even(form, atom) if gap.unit == OOM else None
    return Sensitivity(atom.name, share, even, low, high)


def break_even(form: NormalForm, atom: Atom) -> float | None:
    """Return the value of one input at which a form is zero, all others at their medians.

    In closed form if the input enters as one term; else by bisection between where its sign changes, looked for
    outwards from the median over 30 orders of magnitude (20 interval widths if it can be negative). None if there is
    no such value, or none that a float can hold.
    """
    own = [(variable, weight) for variable, weight in form.terms.items() if atom in variable.atoms]
    if not own:
        return None
    variable, weight = own[0]
    if len(own) == 1 and variable.source is atom and not form.power:
        here = atom.distribution.quantile(0.5)
        value = variable.at(0.0) - value_at(form, {atom: here}) / weight
        amount: float | None = value if variable is atom else power10(value)
    else:
        amount = _search(lambda value: value_at(form, {atom: value}), atom)
    return amount if amount is not None and math.isfinite(amount) and (amount or not atom.support.positive) else None


def _search(function: Callable[[float], float], atom: Atom) -> float | None:
    middle = atom.distribution.quantile(0.5)
    if atom.support.positive:
        steps = [middle * power10(side * step / 4) for step in range(121) for side in (1, -1)]
    else:
        width = (atom.interval.high - atom.interval.low) or max(1.0, abs(middle))
        steps = [middle + side * step * width / 4 for step in range(81) for side in (1, -1)]
    rising, falling = steps[::2], steps[1::2]
    for way in (rising, falling):
        for near, far in pairwise(way):
            if function(near) * function(far) <= 0:
                return _bisect(function, near, far)
    return None


def _bisect(function: Callable[[float], float], near: float, far: float) -> float:
    """Return where a function changes sign between two values."""
    side = math.copysign(1.0, function(near))
    for _ in range(200):
        middle = near + (far - near) / 2
        if middle in (near, far):
            break
        if function(middle) * side > 0:
            near = middle
        else:
            far = middle
    return far
