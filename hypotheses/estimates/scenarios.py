"""Sets of hypotheses: the smallest ones that close a gap, and how likely each is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from hypotheses.debate import OOM, Debate, Gap
from hypotheses.estimates.chances import tolerance_of
from hypotheses.estimates.evaluation import Evaluation
from hypotheses.estimates.form_values import Medians
from hypotheses.estimates.graph import Unavailable
from hypotheses.estimates.model import Model
from hypotheses.problems import Problem
from hypotheses.ranking import none_of_these

LARGEST: Final = 16
"""How many hypotheses the sets of all of them are worked out for: 2 ** 16 sets."""
FEW: Final = 64
"""Up to this many sets of hypotheses are worked out whole."""
ROUGH: Final = 1.0
"""By so many orders of magnitude, or tolerances, a median may differ from the gap with every input at its median."""

Chances = Sequence[tuple[int, float]]
"""Hypotheses, each as its bit and with its plausibility."""


def relevant(evaluation: Evaluation, gap: Gap) -> tuple[str, ...]:
    """Return the hypotheses that can change a gap, in the order of the debate."""
    bits, touching = evaluation.model.bits, evaluation.model.touching[gap.symbol]
    return tuple(slug for slug in evaluation.debate.hypotheses if bits.get(slug, 0) & touching)


def smallest_sets(evaluation: Evaluation, gap: Gap, median: Callable[[int], float]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of hypotheses that close a gap and of which no part closes it, the smallest first.

    A gap is closed when its median lies within its tolerance of zero. The empty set stands for a gap that is closed as
    it is. Sets with rivals in them, and sets whose result is not available, are passed over. Above 64 sets only those
    are looked at that nearly close it with every input at its median.

    Args:
        evaluation: Where the gap comes from.
        gap: The gap.
        median: How to tell the gap's median under a set.

    Raises:
        Unavailable: more than 16 hypotheses bear on it.
    """
    slugs, tolerance = relevant(evaluation, gap), tolerance_of(gap)
    if tolerance is None:
        return ()
    require_few(gap, len(slugs))
    bits = sorted(evaluation.model.bits[slug] for slug in slugs)
    rough = Medians(evaluation) if 2 ** len(bits) > FEW else None
    nearly = tolerance + (ROUGH if gap.unit == OOM else ROUGH * tolerance)

    def closes(scenario: int) -> bool:
        try:
            if rough is not None and not abs(rough.shown(gap, scenario)) <= nearly:
                return False
            return abs(median(scenario)) <= tolerance
        except Unavailable:
            return False

    closing: list[int] = []
    candidates = [0]
    while candidates:
        closed = [scenario for scenario in candidates if closes(scenario)]
        closing += closed
        candidates = _larger(set(candidates).difference(closed), bits, evaluation.model)
    in_order = [evaluation.model.bits[slug] for slug in slugs]
    places = [tuple(place for place, bit in enumerate(in_order) if bit & scenario) for scenario in closing]
    return tuple(tuple(slugs[place] for place in members) for members in sorted(places, key=lambda m: (len(m), m)))


def _larger(open_sets: set[int], bits: list[int], model: Model) -> list[int]:
    """Return the sets with one hypothesis more, every part of which leaves the gap open."""
    return [
        scenario | bit
        for place, bit in enumerate(bits)
        for scenario in open_sets
        if scenario < bit
        and model.allowed(scenario | bit)
        and all((scenario | bit) ^ other in open_sets for other in bits[:place] if other & scenario)
    ]


def weighted_scenarios(evaluation: Evaluation, gap: Gap, debate: Debate) -> Mapping[int, float]:
    """Return the sets of hypotheses that can change a gap, each with its probability.

    In an independent debate every hypothesis is in or out by its own plausibility, and sets with rivals are left
    out, the others scaled up: also by rivals that do not change the gap, as they are rivals whatever gap is looked at.
    In an exclusive debate a single hypothesis holds, or none of these. What is settled is in or out for certain.

    Raises:
        Unavailable: more than 16 hypotheses bear on it that can be in or out.
    """
    bits, touching = evaluation.model.bits, evaluation.model.touching[gap.symbol]
    if debate.mode == "exclusive":
        chances = [(bit, debate.hypotheses[slug].chance) for slug, bit in bits.items() if bit & touching]
        return _exclusive(evaluation, debate, chances)
    concerned = _with_rivals(touching, evaluation.model.rivals)
    chances = [(bit, debate.hypotheses[slug].chance) for slug, bit in bits.items() if bit & concerned]
    require_few(gap, sum(0 < chance < 1 for _, chance in chances))
    return _independent(tuple(chances), evaluation.model.rivals, touching)


def require_few(gap: Gap, count: int) -> None:
    """Require so few hypotheses that all sets of them can be looked at.

    Raises:
        Unavailable: there are more than 16.
    """
    if count > LARGEST:
        found = (
            f"{count} explanations bear on it; expected at most {LARGEST}, as each one more doubles the sets of them"
        )
        raise Unavailable(Problem("no-result", f"gaps.{gap.symbol}", found))


def _with_rivals(touching: int, rivals: tuple[int, ...]) -> int:
    """Return hypotheses with their rivals, and the rivals of these."""
    while more := [pair for pair in rivals if pair & touching and pair & ~touching]:
        for pair in more:
            touching |= pair
    return touching


@lru_cache(maxsize=16)
def _independent(chances: Chances, rivals: tuple[int, ...], touching: int) -> Mapping[int, float]:
    """Let each hypothesis hold with its chance whatever the others do, but no two rivals together.

    The sets are told apart by those of `touching` only.
    """
    sets = [(0, 1.0)]
    for bit, chance in chances:
        out = [(s, w * (1 - chance)) for s, w in sets] if chance < 1 else []
        sets = out + ([(s | bit, w * chance) for s, w in sets] if chance > 0 else [])
    weights = {s: weight for s, weight in sets if weight > 0 and all(pair & s != pair for pair in rivals)}
    whole = math.fsum(weights.values())
    together: dict[int, float] = {}
    for scenario, weight in weights.items():
        together[scenario & touching] = together.get(scenario & touching, 0.0) + weight / whole
    return together


def _exclusive(evaluation: Evaluation, debate: Debate, chances: Chances) -> Mapping[int, float]:
    """Give each hypothesis its share; those that cannot change the gap go with "none of these"."""
    known_true = any(h.settled == "true" for h in debate.hypotheses.values())
    none = 0.0 if known_true else none_of_these(debate)
    whole = math.fsum(debate.hypotheses[slug].chance for slug in evaluation.model.bits) + none
    if not whole:
        return {}
    weights = {bit: chance / whole for bit, chance in chances if chance > 0}
    return {0: max(0.0, 1 - math.fsum(weights.values())), **weights}
