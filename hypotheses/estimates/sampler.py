"""The result of a form: in closed form where there is one, else by drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from hypotheses.estimates.normal_forms import Atom, NormalForm
from hypotheses.estimates.results import MixtureResult, Result, exact_result

if TYPE_CHECKING:
    from hypotheses.estimates.sampling import Draws


class Sampler:
    """The draws of one engine.

    `sampling` loads numpy, which takes some 50 ms; the exact gaps of the bundled debate take one. So it is imported
    where something has to be drawn, and nowhere before.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    @cached_property
    def draws(self) -> Draws:
        """The draws."""
        from hypotheses.estimates.sampling import Draws  # noqa: PLC0415 - it loads numpy

        return Draws(self.seed)

    def result(self, form: NormalForm, orders: bool) -> Result:
        """Return the result of a form, which is in orders of magnitude or not: exact where possible, else sampled."""
        exact = exact_result(form)
        if exact is not None:
            return exact
        from hypotheses.estimates.sampling import sampled_result  # noqa: PLC0415 - it loads numpy

        return sampled_result(form, self.draws, orders)

    def mixture(self, parts: list[tuple[float, Result]]) -> Result:
        """Return one of several results, each with its probability."""
        if len(parts) == 1:
            return parts[0][1]
        if "sampled" not in [result.method for _, result in parts]:
            return MixtureResult(parts)
        from hypotheses.estimates.sampling import sampled_mixture  # noqa: PLC0415 - it loads numpy

        return sampled_mixture(parts)

    def mixture_of_many(self, parts: list[tuple[float, NormalForm]]) -> Result:
        """Return one of very many forms, each with its probability: not every one is drawn."""
        tried = [(weight, form, exact_result(form)) for weight, form in parts]
        known = [(weight, result) for weight, _, result in tried if result is not None]
        others = [(weight, form) for weight, form, result in tried if result is None]
        if others:
            from hypotheses.estimates.sampling import picked_result  # noqa: PLC0415 - it loads numpy

            known.append((math.fsum(weight for weight, _ in others), picked_result(others, self.draws)))
        return self.mixture(known)

    def shares(self, form: NormalForm) -> Mapping[Atom, float]:
        """Return the first-order share of the variance per input of a form that has no closed form."""
        if not form.terms:
            return {}
        atoms = {atom for variable in form.terms for atom in variable.atoms}
        if len(atoms) == 1:
            return dict.fromkeys(atoms, 1.0)
        from hypotheses.estimates.sampling import first_order_shares  # noqa: PLC0415 - it loads numpy

        return first_order_shares(form, self.draws)
