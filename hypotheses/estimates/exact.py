"""What has a closed form: a sum of normals, or anything of one uncertain input."""

from __future__ import annotations

import math

from hypotheses.estimates.normal_forms import NormalForm
from hypotheses.estimates.one_input import one_input_result
from hypotheses.estimates.results import NormalResult, Result


def normal_of(form: NormalForm) -> tuple[float, float] | None:
    """Return mean and standard deviation of a form's sum if it is normal, with correlations; else None."""
    mean = form.constant
    scores: dict[int, float] = {}
    for variable, weight in form.terms.items():
        line = variable.line
        if line is None:
            return None
        center, parts = line
        mean += weight * center
        for number, part in parts:
            scores[number] = scores[number] + weight * part if number in scores else weight * part
    return mean, math.hypot(*scores.values())


def exact_result(form: NormalForm) -> Result | None:
    """Return the result of a form in closed form: all its variables normal, or only one input at all; else None."""
    if (parameters := normal_of(form)) is not None:
        return NormalResult(*parameters, form.power)
    return one_input_result(form)
