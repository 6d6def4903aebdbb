"""The result of a form: in closed form where there is one, else by drawing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from hypotheses.estimates.exact import exact_result
from hypotheses.estimates.normal_forms import Atom, NormalForm
from hypotheses.estimates.results import MixtureResult, Result
from hypotheses.estimates.variance import VarianceParts, variance_shares

if TYPE_CHECKING:
    from hypotheses.estimates.sampling import Sampling


class Sampler:
    """Works results out for one engine: in closed form where there is one, else by drawing."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    @cached_property
    def _sampling(self) -> Sampling:
        from hypotheses.estimates.sampling import Sampling  # noqa: PLC0415 -- with numpy it takes 100 ms; exact gaps need none

        return Sampling(self._seed)

    def result(self, form: NormalForm, orders: bool) -> Result:
        """Return the result of a form, which is in orders of magnitude or not: exact where possible, else sampled."""
        return exact_result(form) or self._sampling.result(form, orders)

    def mixture(self, parts: list[tuple[float, Result]]) -> Result:
        """Return one of several results, each with its probability."""
        if len(parts) == 1:
            return parts[0][1]
        if "sampled" not in [result.method for _, result in parts]:
            return MixtureResult(parts)
        return self._sampling.mixture(parts)

    def mixture_of_many(self, parts: list[tuple[float, NormalForm]]) -> Result:
        """Return one of very many forms, each with its probability: not every one is drawn."""
        tried = [(weight, form, exact_result(form)) for weight, form in parts]
        weighted = [(weight, result) for weight, _, result in tried if result is not None]
        others = [(weight, form) for weight, form, result in tried if result is None]
        if others:
            weighted.append((math.fsum(weight for weight, _ in others), self._sampling.picked(others)))
        return self.mixture(weighted)

    def shares(self, form: NormalForm) -> Mapping[Atom, float | None]:
        """Return each input's share of the variance of a form; None where it is not known."""
        return variance_shares(form, self._drawn_variance)

    def _drawn_variance(self, form: NormalForm) -> VarianceParts:
        return self._sampling.variance(form)
