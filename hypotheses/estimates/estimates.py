"""The results: every gap now, under each hypothesis, under a chosen set of them, and what to expect."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hypotheses.debate import OOM, Debate, Gap
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.forms import Atom, Form
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.model import suggestion
from hypotheses.estimates.outcomes import Method, MixtureOutcome, NormalOutcome, Outcome, exact_outcome
from hypotheses.estimates.scenarios import smallest_sets, weighted_scenarios
from hypotheses.estimates.sensitivity import Sensitivity, sensitivities
from hypotheses.problems import Malformed, Problem

if TYPE_CHECKING:
    from hypotheses.estimates.sampling import Draws

FEW: Final = 64
"""Up to this many sets of hypotheses are worked out whole to tell what to expect."""


class Sampler:
    """The draws of one engine; numpy is imported when the first are needed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    @cached_property
    def draws(self) -> Draws:
        """The draws."""
        from hypotheses.estimates.sampling import Draws  # noqa: PLC0415 - numpy is imported late

        return Draws(self.seed)

    def outcome(self, form: Form, orders: bool) -> Outcome:
        """Return the outcome of a form, which is in orders of magnitude or not: exact where possible, else sampled."""
        exact = exact_outcome(form)
        if exact is not None:
            return exact
        from hypotheses.estimates.sampling import sampled_outcome  # noqa: PLC0415 - numpy is imported late

        return sampled_outcome(form, self.draws, orders)

    def mixture(self, parts: list[tuple[float, Outcome]]) -> Outcome:
        """Return one of several outcomes, each with its probability."""
        if len(parts) == 1:
            return parts[0][1]
        if all(outcome.method == "exact" for _, outcome in parts):
            return MixtureOutcome(parts)
        from hypotheses.estimates.sampling import sampled_mixture  # noqa: PLC0415 - numpy is imported late

        return sampled_mixture(parts)

    def mixture_of_many(self, parts: list[tuple[float, Form]]) -> Outcome:
        """Return one of very many forms, each with its probability: not every one is drawn."""
        tried = [(weight, form, exact_outcome(form)) for weight, form in parts]
        known = [(weight, outcome) for weight, _, outcome in tried if outcome is not None]
        others = [(weight, form) for weight, form, outcome in tried if outcome is None]
        if others:
            from hypotheses.estimates.sampling import picked_outcome  # noqa: PLC0415 - numpy is imported late

            known.append((math.fsum(weight for weight, _ in others), picked_outcome(others, self.draws)))
        return self.mixture(known)

    def shares(self, form: Form) -> Mapping[Atom, float]:
        """Return the first-order share of the variance per input of a form that has no closed form."""
        if not form.terms:
            return {}
        atoms = {atom for variable in form.terms for atom in variable.atoms}
        if len(atoms) == 1:
            return dict.fromkeys(atoms, 1.0)
        from hypotheses.estimates.sampling import first_order_shares  # noqa: PLC0415 - numpy is imported late

        return first_order_shares(form, self.draws)


class GapEstimate:
    """One gap's figures, each worked out when first asked for and kept. All are in the unit the gap is shown in.

    `under` and `explained` hold the open and accepted hypotheses whose effects are sound; one that does not
    change this gap is there too, with the gap as it is now.
    """

    def __init__(self, evaluation: Evaluation, gap: Gap, scenario: tuple[str, ...], sampler: Sampler) -> None:
        self.gap = gap
        self.scenario = scenario
        """The chosen set of hypotheses; empty for none."""
        self._evaluation = evaluation
        self._sampler = sampler
        self._set = sum(evaluation.model.bits[slug] for slug in scenario)
        self._touching = evaluation.model.touching[gap.symbol]
        self._outcomes: dict[int, Outcome] = {}
        """The gap under each set of hypotheses asked for so far, of those that can change it."""

    def _outcome(self, scenario: int) -> Outcome:
        """Return the gap under a set of hypotheses."""
        changing = scenario & self._touching
        if changing not in self._outcomes:
            self._outcomes[changing] = self._worked_out(self._evaluation.shown(self.gap, changing))
        return self._outcomes[changing]

    def _worked_out(self, form: Form) -> Outcome:
        return self._sampler.outcome(form, self.gap.unit == OOM)

    @property
    def now(self) -> Outcome:
        """The gap as it is."""
        return self._outcome(0)

    @cached_property
    def under(self) -> Mapping[str, Outcome]:
        """The gap under each hypothesis alone."""
        return self._each(self._outcome)

    @cached_property
    def explained(self) -> Mapping[str, Outcome]:
        """What each hypothesis alone takes away from the gap; negative where it widens it."""
        nothing = NormalOutcome(0.0, 0.0, power=False)

        def less(bit: int) -> Outcome:
            return self._worked_out(self._evaluation.explained(self.gap, bit)) if bit & self._touching else nothing

        return self._each(less)

    def _each(self, outcome: Callable[[int], Outcome]) -> Mapping[str, Outcome]:
        found = {}
        for slug, bit in self._evaluation.model.bits.items():
            try:
                found[slug] = outcome(bit)
            except Unavailable:
                continue
        return found

    @cached_property
    def residual(self) -> Outcome | None:
        """The gap under the chosen set: what is left unexplained. None if no set is chosen, or it is not available."""
        return self._chosen(lambda: self._outcome(self._set))

    @cached_property
    def scenario_explained(self) -> Outcome | None:
        """What the chosen set takes away from the gap."""
        return self._chosen(lambda: self._worked_out(self._evaluation.explained(self.gap, self._set)))

    def _chosen(self, outcome: Callable[[], Outcome]) -> Outcome | None:
        try:
            return outcome() if self.scenario else None
        except Unavailable:
            return None

    @property
    def method(self) -> Method:
        """Sampled if the gap now, or under any hypothesis alone or the chosen set, is."""
        return "exact" if all(outcome.method == "exact" for outcome in self._shown) else "sampled"

    @property
    def error(self) -> float | None:
        """The widest error of those that are sampled, to be shown as `sampled, ±0.003`; None if all are exact."""
        errors = [outcome.error for outcome in self._shown]
        return max((error for error in errors if error is not None), default=None)

    @property
    def _shown(self) -> tuple[Outcome, ...]:
        chosen = () if self.residual is None else (self.residual,)
        return (self.now, *self.under.values(), *chosen)

    @cached_property
    def expected(self) -> Outcome | None:
        """The gap with each set of hypotheses weighed by the plausibilities; None above 16 hypotheses.

        None also where the gap is not available under a set that has a weight.
        """
        weights = weighted_scenarios(self._evaluation, self.gap, self._evaluation.debate)
        try:
            if len(weights) <= FEW:
                parts = [(weight, self._outcome(scenario)) for scenario, weight in weights.items()]
                return self._sampler.mixture(parts) if parts else None
            forms = [(weight, self._evaluation.shown(self.gap, scenario)) for scenario, weight in weights.items()]
        except Unavailable:
            return None
        return self._sampler.mixture_of_many(forms)

    @cached_property
    def smallest_sets(self) -> tuple[tuple[str, ...], ...]:
        """The sets of hypotheses that close the gap and of which no part does; `((),)` if it is closed as it is."""
        return smallest_sets(self._evaluation, self.gap)

    @cached_property
    def sensitivity(self) -> tuple[Sensitivity, ...]:
        """How much each input matters, under the chosen set, the largest share of the variance first."""
        try:
            return sensitivities(self._evaluation, self.gap, self._set, self._sampler.shares)
        except Unavailable:
            return ()


@dataclass(frozen=True)
class Estimates:
    """The results of a debate."""

    debate: str
    """The slug."""
    convention: str
    gaps: Mapping[str, GapEstimate]
    """Symbol -> estimate, in the order of the debate; a gap that is not available is missing, `problems` says why."""
    problems: Mapping[str, Problem]
    """Symbol -> why the gap is not available."""


class Engine:
    """Estimates that keep up with edits: the compiled graph, and all results that an edit has not touched."""

    def __init__(self, debate: Debate, *, seed: int = 0) -> None:
        self._sampler = Sampler(seed)
        self._evaluation = Evaluation(debate)
        self._estimates: Estimates | None = None
        self._scenario: tuple[str, ...] = ()

    def estimates(self, debate: Debate | None = None, scenario: Iterable[str] = ()) -> Estimates:
        """Return the results of a debate (by default the last one) under a chosen set of hypotheses.

        Results of gaps that nothing has touched since the last call are the same objects.

        Raises:
            Malformed: the set names an unknown hypothesis, one that is rejected or merged, or two rivals.
        """
        before, old = self._estimates, self._evaluation
        touched = self._move_to(old.debate if debate is None else debate)
        chosen = check_scenario(self._evaluation, scenario)
        keep = before is not None and touched is not None and chosen == self._scenario
        keep = keep and _same_chances(old.debate, self._evaluation.debate)
        kept = before if keep else None
        self._scenario = chosen
        self._estimates = self._collect(kept, touched or frozenset(), old.debate)
        return self._estimates

    def _move_to(self, debate: Debate) -> frozenset[str] | None:
        """Take up another debate; return the symbols that can have changed, None if all can."""
        if debate is self._evaluation.debate:
            return frozenset()
        moved = self._evaluation.edited(debate)
        self._evaluation, touched = moved or (Evaluation(debate), None)
        return touched

    def _collect(self, kept: Estimates | None, touched: frozenset[str], old: Debate) -> Estimates:
        debate = self._evaluation.debate
        gaps: dict[str, GapEstimate] = {}
        problems: dict[str, Problem] = {}
        for symbol, gap in debate.gaps.items():
            before = old.gaps.get(symbol)
            if kept is not None and symbol not in touched and (gap is before or gap == before):
                if symbol in kept.gaps:
                    gaps[symbol] = kept.gaps[symbol]
                else:
                    problems[symbol] = kept.problems[symbol]
                continue
            try:
                self._evaluation.shown(gap)
            except Unavailable as error:
                problems[symbol] = error.problem
            else:
                gaps[symbol] = GapEstimate(self._evaluation, gap, self._scenario, self._sampler)
        return Estimates(debate.slug, debate.convention, gaps, problems)


def _same_chances(old: Debate, new: Debate) -> bool:
    """Return whether two debates weigh their hypotheses alike."""
    if old.hypotheses is new.hypotheses and old.mode == new.mode:
        return True
    if old.mode != new.mode:
        return False
    pairs = ((hypothesis, new.hypotheses[slug]) for slug, hypothesis in old.hypotheses.items())
    return all(one is other or one.plausibility == other.plausibility for one, other in pairs)


def check_scenario(evaluation: Evaluation, scenario: Iterable[str]) -> tuple[str, ...]:
    """Return a set of hypotheses in the order of the debate.

    Raises:
        Malformed: it names an unknown hypothesis, one that is rejected or merged, or two rivals.
    """
    chosen = set(scenario)
    hypotheses, bits = evaluation.debate.hypotheses, evaluation.model.bits
    for slug in sorted(chosen):
        if slug not in hypotheses:
            raise Malformed(f"there is no hypothesis {slug!r}; {suggestion(slug, hypotheses)}")
        if slug not in bits:
            raise Malformed(f"{slug!r} is {hypotheses[slug].status}; expected open or accepted hypotheses")
    ordered = tuple(slug for slug in bits if slug in chosen)
    for pair in evaluation.model.rivals:
        rivals = [slug for slug in ordered if bits[slug] & pair]
        if len(rivals) > 1:
            raise Malformed(f"{rivals[0]!r} and {rivals[1]!r} are rivals; expected one of them")
    return ordered


def estimate(debate: Debate, *, scenario: Iterable[str] = (), seed: int = 0) -> Estimates:
    """Return the results of a debate once, for a command or a notebook; `Engine` keeps up with edits.

    Raises:
        Malformed: the set names an unknown hypothesis, one that is rejected or merged, or two rivals.
    """
    return Engine(debate, seed=seed).estimates(scenario=scenario)
