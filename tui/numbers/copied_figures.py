"""Figures of the Numbers screen in words, to be copied: a value with its range, its unit, its reading and source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hypotheses.debate import Gap, Quantity
from hypotheses.reports.result_text import in_words
from hypotheses.reports.text import words
from tui.number_text import interval, with_unit
from tui.numbers.quantity_drawing import named, told_reading
from tui.widgets.value_text import in_columns

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate, Result


def quantity_copied(quantity: Quantity, convention: str) -> str:
    """Write out a quantity: `Label (symbol): 890M, 800M … 1B parameter; post: the source`."""
    value, source = _value(quantity, convention)
    called = words(named(quantity))
    symbol = f" (`{quantity.symbol}`)" if quantity.symbol != called else ""
    return f"{called}{symbol}: {value}{f'; {source}' if source else ''}"


def quantities_copied(quantities: Sequence[Quantity], convention: str) -> str:
    """Write quantities as a table of Markdown."""
    rows = [(words(named(each)), *_value(each, convention)) for each in quantities]
    return _table(("Quantity", "Value", "Source"), rows) if rows else ""


def gap_copied(gap: Gap, estimate: GapEstimate | None) -> str:
    """Write out a gap: its median with its range, and with all weighed, how likely it is overshot, closed and open."""
    called = words(gap.label or gap.symbol)
    if estimate is None or estimate.now is None:
        return f"{called}: = {gap.formula}"
    lines = [f"{called}: {_spread(gap, estimate.now)} = {gap.formula}"]
    weighed = estimate.weighed
    if weighed is not None:
        likely = estimate.chances(weighed)
        lines.append(f"all weighed {_spread(gap, weighed)}{f': {in_words(likely)}' if likely else ''}")
    return "; ".join(lines)


def _spread(gap: Gap, result: Result) -> str:
    between = f" ({interval(gap, result)})" if result.p5 != result.p95 else ""
    return f"{with_unit(gap, result.median)}{between}"


def _value(quantity: Quantity, convention: str) -> tuple[str, str]:
    """Return the value that counts with its range and unit, and which reading of which source it is."""
    reading = quantity.reading(convention)
    if reading is None:
        return words(f"= {quantity.formula} {quantity.unit}".rstrip()), ""
    middle, between = in_columns(reading.value)
    value = ", ".join(part for part in (middle, between) if part)
    which = ": ".join(part for part in (told_reading(quantity, convention), reading.source) if part)
    return words(f"{value} {quantity.unit}".rstrip()), words(which)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
