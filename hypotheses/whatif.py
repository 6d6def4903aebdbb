"""What a gap would be with each reading of a quantity, and with each of some values. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypotheses.debate import Debate
from hypotheses.edits import reading_chosen, value_set
from hypotheses.estimates import Engine, GapEstimate, Result, estimate
from hypotheses.problems import found


def gap_by_reading(debate: Debate, symbol: str, gap: str) -> dict[str, Result | None]:
    """Return the gap as it would be with each reading of a quantity, all else as it is; None where not available.

    Raises:
        NotFound: there is no such quantity.
    """
    engine = Engine(debate)
    return {
        name: _gap(engine, reading_chosen(debate, symbol, name), gap)
        for name in found("quantity", symbol, debate.quantities).readings
    }


def gap_by_convention(debate: Debate, gap: str) -> dict[str, GapEstimate | None]:
    """Return the gap as it would be under each convention, all else as it is; None where not available."""
    return {
        convention: estimate(replace(debate, convention=convention), only=(gap,)).gaps.get(gap)
        for convention in debate.conventions
    }


def gap_by_value(debate: Debate, symbol: str, gap: str, values: Iterable[str]) -> dict[str, Result | None]:
    """Return the gap as it would be with each value of a quantity, all else as it is; None where not available.

    Raises:
        Malformed: a value cannot be read.
        NotFound: there is no such quantity.
    """
    engine = Engine(debate)
    return {value: _gap(engine, value_set(debate, symbol, value), gap) for value in values}


def _gap(engine: Engine, debate: Debate, gap: str) -> Result | None:
    estimated = engine.estimates(debate, only=(gap,)).gaps.get(gap)
    return None if estimated is None else estimated.now
