"""The results of a debate, and the engine that keeps them up with edits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from hypotheses.debate import Debate
from hypotheses.estimates.evaluation import Evaluation, ValueEdit
from hypotheses.estimates.gap_estimate import GapEstimate
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.inputs import fallen_back
from hypotheses.estimates.model import EVERY
from hypotheses.estimates.sampler import Sampler
from hypotheses.problems import UNAVAILABLE, Malformed, Problem, found


@dataclass(frozen=True)
class Estimates:
    """The results of a debate."""

    gaps: Mapping[str, GapEstimate]
    """Symbol -> estimate, in the order of the debate; a gap that is not available is missing, `problems` says why."""
    problems: Mapping[str, Problem]
    """Symbol -> why the gap is not available."""
    evaluation: Evaluation = field(repr=False)
    """The numbers that they are of, and the debate."""

    def fallen_back(self, symbol: str) -> dict[str, str]:
        """Return what a gap needs, now or under any hypothesis, that the convention has no reading of.

        Each quantity, or `slug.name` of an assumption, with the reading that counts instead. None of a gap that is
        not available.
        """
        if symbol not in self.gaps:
            return {}
        return fallen_back(self.evaluation.debate, self.evaluation.inputs_of(symbol, EVERY))

    def not_known(self) -> tuple[Problem, ...]:
        """Return why gaps are not available, not under a hypothesis, or not weighed; each reason once.

        What is only not known because something else is, is left out.
        """
        reasons = list(self.problems.values())
        for gap in self.gaps.values():
            _ = [*gap.under, *gap.explained], gap.residual, gap.weighed
            reasons += gap.unknown.values()
        return tuple(dict.fromkeys(problem for problem in reasons if problem.code != UNAVAILABLE))


class Engine:
    """Estimates that keep up with edits: the compiled graph, and all results that an edit has not touched."""

    def __init__(self, debate: Debate, *, seed: int = 0) -> None:
        self._sampler = Sampler(seed)
        self._evaluation = Evaluation(debate)
        self._estimates: Estimates | None = None
        self._scenario: tuple[str, ...] = ()

    def estimates(
        self, debate: Debate | None = None, scenario: Iterable[str] = (), only: Collection[str] | None = None
    ) -> Estimates:
        """Return the results of a debate (by default the last one) under a chosen set of hypotheses.

        Results of gaps that nothing has touched since the last call are the same objects. `only` names the gaps that
        are asked for, where not all are.

        Raises:
            Malformed: the set names a hypothesis that is rejected or merged, or two rivals.
        NotFound: the set names an unknown hypothesis.
        """
        old = self._evaluation
        edit = self._edit(old.debate if debate is None else debate)
        evaluation = Evaluation(debate or old.debate) if edit is None else edit.evaluation
        chosen = check_scenario(evaluation, scenario)
        same = edit is not None and chosen == self._scenario and _same_chances(old.debate, evaluation.debate)
        self._evaluation, self._scenario = evaluation, chosen
        last = {} if self._estimates is None or edit is None else self._estimates.gaps
        self._estimates = self._collect(last, edit, same, only)
        return self._estimates

    def _edit(self, debate: Debate) -> ValueEdit | None:
        """Return the edit that leads to another debate; None if it can have changed anything."""
        if debate is self._evaluation.debate:
            return ValueEdit(self._evaluation, frozenset())
        return self._evaluation.edited(debate)

    def _collect(
        self, last: Mapping[str, GapEstimate], edit: ValueEdit | None, same: bool, only: Collection[str] | None
    ) -> Estimates:
        """Return the results, from those known before an edit; `same` if the chances and the chosen set still are."""
        debate = self._evaluation.debate
        gaps: dict[str, GapEstimate] = {}
        problems: dict[str, Problem] = {}
        for symbol, gap in debate.gaps.items():
            if only is not None and symbol not in only:
                continue
            before = None if edit is None or symbol in edit.touched else last.get(symbol)
            if before is not None and same and gap == before.gap:
                gaps[symbol] = before
                continue
            kept = None if before is None else before.kept.latest()
            try:
                gaps[symbol] = GapEstimate(self._evaluation, gap, self._scenario, self._sampler, kept)
            except Unavailable as error:
                problems[symbol] = error.problem
        return Estimates(gaps, problems, self._evaluation)


def _same_chances(old: Debate, new: Debate) -> bool:
    """Return whether two debates weigh their hypotheses alike, and have them in the same order."""
    if old.mode != new.mode:
        return False
    if old.hypotheses is new.hypotheses:
        return True
    pairs = zip(old.hypotheses.values(), new.hypotheses.values(), strict=True)
    return all(one is other or (one.slug, one.chance) == (other.slug, other.chance) for one, other in pairs)


def check_scenario(evaluation: Evaluation, scenario: Iterable[str]) -> tuple[str, ...]:
    """Return a set of hypotheses in the order of the debate.

    Raises:
        Malformed: it names a hypothesis that is rejected or merged, or two rivals.
        NotFound: it names an unknown hypothesis.
    """
    chosen = set(scenario)
    if not chosen:
        return ()
    hypotheses, bits = evaluation.debate.hypotheses, evaluation.model.bits
    for slug in sorted(chosen):
        hypothesis = found("hypothesis", slug, hypotheses)
        if slug not in bits:
            raise Malformed(f"{slug!r} is {hypothesis.status}; expected open or accepted hypotheses")
    ordered = tuple(slug for slug in hypotheses if slug in chosen)
    for pair in evaluation.model.rivals:
        rivals = [slug for slug in ordered if bits[slug] & pair]
        if len(rivals) > 1:
            raise Malformed(f"{rivals[0]!r} and {rivals[1]!r} are rivals; expected one of them")
    return ordered


def estimate(
    debate: Debate, *, scenario: Iterable[str] = (), seed: int = 0, only: Collection[str] | None = None
) -> Estimates:
    """Return the results of a debate once, for a command or a notebook; `Engine` keeps up with edits.

    `only` names the gaps that are asked for, where not all are.

    Raises:
        Malformed: the set names a hypothesis that is rejected or merged, or two rivals.
        NotFound: the set names an unknown hypothesis.
    """
    return Engine(debate, seed=seed).estimates(scenario=scenario, only=only)
