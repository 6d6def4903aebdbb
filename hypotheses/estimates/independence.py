"""What of a form hangs on other inputs than the rest, so that means and variances can be put together from it."""

from __future__ import annotations

from collections.abc import Iterable

from hypotheses.estimates.normal_forms import Variable


def independent(groups: Iterable[Iterable[Variable]]) -> list[list[Variable]]:
    """Put groups of variables together that share a score, until none do: those left are independent of each other."""
    apart: list[tuple[set[int], list[Variable]]] = []
    for group in groups:
        variables = list(group)
        scores = {number for variable in variables for atom in variable.atoms for number, _ in atom.loadings}
        joined = [other for other in apart if other[0] & scores]
        apart = [other for other in apart if not other[0] & scores]
        for other_scores, other_variables in joined:
            scores |= other_scores
            variables = other_variables + variables
        apart.append((scores, variables))
    return [variables for _, variables in apart]
