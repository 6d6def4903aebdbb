"""One gap's figures: now, under each hypothesis, under a chosen set of them, and all weighed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

from hypotheses.arithmetic import BEYOND, FAULTS, reason
from hypotheses.debate import OOM, Gap
from hypotheses.estimates.chances import Chances, chances, tolerance_of
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.normal_forms import NormalForm
from hypotheses.estimates.results import Method, NormalResult, Result
from hypotheses.estimates.sampler import Sampler
from hypotheses.estimates.scenarios import FEW, smallest_sets, weighted_scenarios
from hypotheses.estimates.sensitivity import Sensitivity, sensitivities
from hypotheses.problems import Problem

Value = TypeVar("Value")

KEPT: Final = 128
"""Of so many sets of hypotheses the results outlast an edit: those asked for last."""


class ByScenario(NamedTuple):
    """What a gap comes to under every set of hypotheses asked for so far, and what each set takes away from it."""

    under: dict[int, Result]
    explained: dict[int, Result]

    def latest(self) -> ByScenario:
        """Return those asked for last."""
        return ByScenario(*(dict(list(results.items())[-KEPT:]) for results in self))


class GapEstimate:
    """One gap's figures, each worked out when first asked for and kept. All are in the unit the gap is shown in.

    `under` and `explained` hold the open and accepted hypotheses whose effects are sound; one that does not
    change this gap is there too, with the gap as it is now. Why one is missing, `unknown` says.
    """

    def __init__(
        self,
        evaluation: Evaluation,
        gap: Gap,
        scenario: tuple[str, ...],
        sampler: Sampler,
        kept: ByScenario | None = None,
    ) -> None:
        """Make the estimate of a gap from results that are known, by default none.

        Raises:
            Unavailable: the gap is broken, or what it comes to cannot be told.
        """
        self.gap = gap
        self.scenario = scenario
        """The chosen set of hypotheses; empty for none."""
        self.unknown: dict[str, Problem] = {}
        """Why a figure is not known, of those asked for so far: `weighed`, `under.SLUG`, `explained.SLUG`…"""
        self.kept = ByScenario({}, {}) if kept is None else kept
        self._evaluation = evaluation
        self._sampler = sampler
        self._set = sum(evaluation.model.bits[slug] for slug in scenario)
        self._touching = evaluation.model.touching.get(gap.symbol, 0)
        self.now = self._told(self._result(0))
        """The gap as it is."""

    def _result(self, scenario: int) -> Result:
        """Return the gap under a set of hypotheses."""
        return self._kept(self.kept.under, scenario & self._touching, self._evaluation.shown)

    def _less(self, scenario: int) -> Result:
        """Return what a set of hypotheses takes away."""
        scenario &= self._touching
        return self._kept(self.kept.explained, scenario, self._evaluation.explained) if scenario else _NOTHING

    def _kept(self, kept: dict[int, Result], scenario: int, form: Callable[[Gap, int], NormalForm]) -> Result:
        result = kept.get(scenario)
        if result is None:
            try:
                result = self._sampler.result(form(self.gap, scenario), self.gap.unit == OOM)
            except FAULTS as error:
                raise Unavailable(self._problem(reason(error))) from error
            kept[scenario] = result
        return result

    def _told(self, result: Result) -> Result:
        """Return a result whose figures have been worked out.

        Raises:
            Unavailable: one of them has no result.
        """
        if math.isnan(result.p5) or math.isnan(result.median) or math.isnan(result.p95):
            raise Unavailable(self._problem(BEYOND))
        return result

    def _problem(self, text: str) -> Problem:
        return Problem("no-result", f"gaps.{self.gap.symbol}.formula", text)

    # Neither is kept: what refers to the estimate that keeps it would be a circle. What they hold is kept.

    @property
    def under(self) -> Mapping[str, Result]:
        """The gap under each hypothesis alone; each is worked out when it is first asked for."""
        return _ByHypothesis(self, "under", self._result)

    @property
    def explained(self) -> Mapping[str, Result]:
        """What each hypothesis alone takes away from the gap; negative where it widens it. Also one by one."""
        return _ByHypothesis(self, "explained", self._less)

    def each(self, name: str, slug: str, result: Callable[[int], Result]) -> Result | None:
        """Return what is asked of one hypothesis; None if it is not known, and note why."""
        bit, named = self._evaluation.model.bits.get(slug), f"{name}.{slug}"
        if bit is None or named in self.unknown:
            return None
        return self._known(named, self._tellable(result, bit))

    @property
    def slugs(self) -> Iterable[str]:
        """The hypotheses that take part, in the order of the debate."""
        return filter(self._evaluation.model.bits.__contains__, self._evaluation.debate.hypotheses)

    def _tellable(self, result: Callable[[int], Result], scenario: int) -> Callable[[], Result]:
        return lambda: self._told(result(scenario))

    def _known(self, name: str, work_out: Callable[[], Value]) -> Value | None:
        """Return a figure; None if it is not known, and note why."""
        try:
            return work_out()
        except Unavailable as error:
            self.unknown[name] = error.problem
        except FAULTS as error:
            self.unknown[name] = self._problem(reason(error))
        return None

    @cached_property
    def residual(self) -> Result | None:
        """The gap under the chosen set: what is left unexplained. None if no set is chosen, or it is not known."""
        return self._known("residual", self._tellable(self._result, self._set)) if self.scenario else None

    @cached_property
    def scenario_explained(self) -> Result | None:
        """What the chosen set takes away from the gap."""
        return self._known("scenario_explained", self._tellable(self._less, self._set)) if self.scenario else None

    @property
    def method(self) -> Method:
        """Sampled if the gap now, or under any hypothesis alone or the chosen set, is."""
        return "exact" if all(result.method == "exact" for result in self._shown) else "sampled"

    @property
    def error(self) -> float | None:
        """The widest error of those that are sampled, to be shown as `sampled, ±0.003`; None if all are exact."""
        return max((max(result.errors) for result in self._shown if result.errors is not None), default=None)

    @property
    def median_error(self) -> float | None:
        """The widest error of a median; None if all are exact."""
        return max((result.errors[1] for result in self._shown if result.errors is not None), default=None)

    @property
    def _shown(self) -> tuple[Result, ...]:
        chosen = () if self.residual is None else (self.residual,)
        return (self.now, *self.under.values(), *chosen)

    @property
    def tolerance(self) -> float | None:
        """How near to zero the gap counts as closed, in its unit; None if it has no such thing."""
        return tolerance_of(self.gap)

    def chances(self, result: Result) -> Chances | None:
        """Return how likely the gap is overshot, closed and open if it is as a result of this gap says."""
        return chances(self.gap, self.now, result)

    @cached_property
    def weighed(self) -> Result | None:
        """The gap with each set of hypotheses weighed by the plausibilities.

        None where more than 16 hypotheses bear on it, or it is not available under a set that has a weight.
        """
        return self._known("weighed", self._weigh)

    def _weigh(self) -> Result | None:
        weights = weighted_scenarios(self._evaluation, self.gap, self._evaluation.debate)
        if not weights:
            return None
        if len(weights) <= FEW:
            parts = [(weight, self._result(scenario)) for scenario, weight in weights.items()]
            return self._told(self._sampler.mixture(parts))
        forms = [(weight, self._evaluation.shown(self.gap, scenario)) for scenario, weight in weights.items()]
        return self._told(self._sampler.mixture_of_many(forms))

    @cached_property
    def smallest_sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of hypotheses that close the gap and of which no part does; `((),)` if it is closed as it is."""
        return self._known("smallest_sets", self._closing) or ()

    def _closing(self) -> tuple[tuple[str, ...], ...]:
        return smallest_sets(self._evaluation, self.gap, lambda scenario: self._result(scenario).median)

    @cached_property
    def sensitivity(self) -> tuple[Sensitivity, ...]:
        """How much each input matters, under the chosen set, the largest share of the variance first."""
        return self._known("sensitivity", self._split) or ()

    def _split(self) -> tuple[Sensitivity, ...]:
        return sensitivities(self._evaluation, self.gap, self._set, self._sampler)


class _ByHypothesis(Mapping[str, Result]):
    """Results by slug, worked out one by one; to go through them works all of them out."""

    def __init__(self, estimate: GapEstimate, name: str, result: Callable[[int], Result]) -> None:
        self._estimate, self._name, self._result = estimate, name, result

    def __getitem__(self, slug: str) -> Result:
        result = self._estimate.each(self._name, slug, self._result)
        if result is None:
            raise KeyError(slug)
        return result

    def __iter__(self) -> Iterator[str]:
        return (slug for slug in self._estimate.slugs if slug in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


_NOTHING: Final = NormalResult(0.0, 0.0, power=False)
