"""What each input does to the spread of a result that has no closed form."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from hypotheses.estimates.directions import Basis
from hypotheses.estimates.normal_forms import Atom, NormalForm
from hypotheses.estimates.sampling.drawing import Drawing, power10
from hypotheses.estimates.sampling.sampled_result import stable
from hypotheses.estimates.sampling.sobol_points import POINTS, REPLICATES, Draws

SLICES: Final = 64
"""Into how many slices the draws of an input are cut to see what it does to the result."""


@np.errstate(all="ignore")
def first_order_shares(form: NormalForm, draws: Draws) -> dict[Atom, float]:
    """Return Var(E[form | input]) / Var(form) per input, from the means of 64 equal slices of the input's draws."""
    atoms = list({atom: None for variable in form.terms for atom in variable.atoms})
    basis = Basis([{number: 1.0} for atom in atoms for number, _ in atom.loadings])
    drawing = Drawing(form, basis)
    values = drawing.draw(draws.scores, REPLICATES * POINTS)
    values = power10(values) if form.power else values
    finite = values[np.isfinite(values)]
    if not finite.size:
        return {}
    # An overflow counts as the largest of the other draws, a logarithm that does not exist as the smallest.
    values = np.nan_to_num(values, nan=finite.min(), posinf=finite.max(), neginf=finite.min())
    variance = float(values.var())
    shares = {}
    for atom in atoms:
        slices = values[np.argsort(drawing.scores(atom, draws.scores, values.size))].reshape(SLICES, -1)
        between = float(slices.mean(axis=1).var())
        within = float(slices.var(axis=1).mean()) / slices.shape[1]
        share = max(0.0, between - within) / variance if variance else 0.0
        shares[atom] = stable(share) if math.isfinite(share) else 0.0
    return shares
