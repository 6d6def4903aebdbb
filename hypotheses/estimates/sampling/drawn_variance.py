"""What each input does to the spread of a form that has no closed form."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from hypotheses.estimates.directions import Basis
from hypotheses.estimates.means import hangs_on_rare_parts
from hypotheses.estimates.normal_forms import NormalForm
from hypotheses.estimates.sampling.drawing import Drawing, power10
from hypotheses.estimates.sampling.inverse import at_scores
from hypotheses.estimates.sampling.normal import Array
from hypotheses.estimates.sampling.sampled_result import stable
from hypotheses.estimates.sampling.sobol_points import MIXING, POINTS, REPLICATES, Draws
from hypotheses.estimates.sampling.splitting import replicate_error
from hypotheses.estimates.variance import VarianceParts, inputs_in_order

CONVERGED: Final = 0.1
"""The error of a variance that counts, as a part of it."""


@np.errstate(all="ignore")
def drawn_variance(form: NormalForm, draws: Draws) -> VarianceParts:
    """Return mean, variance and effects of a form by drawing it; no numbers where a few draws make too much of them.

    The effect of an input is the mean product of neighbours in the order of the input, less the squared mean (Gamboa,
    Gremaud, Klein and Lagnoux, "Global sensitivity analysis: a novel generation of mighty estimators based on rank
    statistics", Bernoulli 28, 2022).
    """
    atoms = inputs_in_order(form)
    basis = Basis([{number: 1.0} for atom in atoms for number, _ in atom.loadings])
    drawing = Drawing(form, basis)
    values = drawing.draw(draws.scores, REPLICATES * POINTS)
    values = power10(values) if form.power else values
    mean = float(values.mean())
    values = values - mean
    squares = (values * values).reshape(REPLICATES, -1)
    variance = float(squares.mean())
    if hangs_on_rare_parts(form) or not _converged(squares, variance):
        return VarianceParts(math.nan, math.nan, dict.fromkeys(atoms, math.nan))
    effects = {}
    mixed_up = np.argsort(draws.uniforms(MIXING), kind="stable")
    for atom in atoms:
        # By its values, not its scores: those tell of what goes along with it also where the values are alike.
        given = at_scores(atom.distribution, drawing.scores(atom, draws.scores, values.size))
        ordered = values[mixed_up[np.argsort(given[mixed_up], kind="stable")]]
        effects[atom] = stable(max(0.0, float(np.einsum("i,i->", ordered[1:], ordered[:-1])) / (values.size - 1)))
    return VarianceParts(stable(mean), stable(variance), effects)


def _converged(squares: Array, variance: float) -> bool:
    """Return whether replicates agree, and no single draw of each makes too much of the whole."""
    rim = float(squares.max(axis=1).sum()) / squares.size
    error = float(replicate_error(squares.mean(axis=1))) + rim
    return error <= CONVERGED * variance < math.inf
