"""What a gap would be with each reading of a quantity, and with each of some values. Nothing is stored."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hypotheses.debate import Debate, Gap
from hypotheses.edits import reading_chosen, value_set
from hypotheses.estimates import Engine, Estimates, GapEstimate, Result, estimate
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


def by_convention(debate: Debate) -> dict[str, Estimates]:
    """Return the numbers as they would be under each convention, all else as it is."""
    return {convention: estimate(replace(debate, convention=convention)) for convention in debate.conventions}


class UnderConventions:
    """A gap under each convention, kept up with edits by an engine for each. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._lock = threading.Lock()

    def of(self, debate: Debate, gap: str) -> dict[str, GapEstimate | None]:
        """Return the gap as it would be under each convention, all else as it is; None where not available."""
        with self._lock:
            found = {}
            engines, self._engines = self._engines, {}
            for convention in debate.conventions:
                under = replace(debate, convention=convention)
                engine = self._engines[convention] = engines.get(convention) or Engine(under)
                found[convention] = engine.estimates(under, only=(gap,)).gaps.get(gap)
            return found


def gap_by_value(debate: Debate, symbol: str, gap: str, values: Iterable[str]) -> dict[str, Result | None]:
    """Return the gap as it would be with each value of a quantity, all else as it is; None where not available.

    Raises:
        Malformed: a value cannot be read.
        NotFound: there is no such quantity.
    """
    engine = Engine(debate)
    return {value: _gap(engine, value_set(debate, symbol, value), gap) for value in values}


def values_of(debate: Debate, symbols: Iterable[str]) -> Iterator[tuple[str, Result]]:
    """Yield what quantities come to, also those with a formula; where that is not available, nothing.

    Raises:
        NotFound: there is no such quantity.
    """
    alone = {f"quantity {symbol}": symbol for symbol in symbols}  # which no gap can be called
    gaps = {name: Gap(name, found("quantity", of, debate.quantities).symbol, unit="") for name, of in alone.items()}
    for name, estimated in estimate(replace(debate, gaps={**debate.gaps, **gaps}), only=gaps).gaps.items():
        yield alone[name], estimated.now


def comes_to(debate: Debate, symbol: str) -> Result | None:
    """Return what a quantity comes to, also one with a formula; None where that is not available."""
    return next((result for _, result in values_of(debate, (symbol,))), None)


def _gap(engine: Engine, debate: Debate, gap: str) -> Result | None:
    estimated = engine.estimates(debate, only=(gap,)).gaps.get(gap)
    return None if estimated is None else estimated.now
