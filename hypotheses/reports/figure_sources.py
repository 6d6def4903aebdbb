"""Where the figures of a report are from: every reading with its source, every formula, what is remarked on them."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.debate import Hypothesis, Quantity
from hypotheses.reading import PLAIN_READING, HasReadings
from hypotheses.reports.citations import sourced
from hypotheses.reports.report import Report, label
from hypotheses.reports.text import words


def figure_sources(report: Report) -> Iterator[str]:
    """Yield the section with the readings of every quantity and the formulas; nothing where sources are left out."""
    debate = report.debate
    if report.style.cites == "none" or not (debate.quantities or debate.gaps):
        return
    yield "## Where the figures are from"
    if debate.quantities:
        yield "\n".join(line for quantity in debate.quantities.values() for line in _quantity(report, quantity))
    if debate.gaps:
        yield "The gaps are formulas over these:"
        yield "\n".join(
            _item(f"**{label(gap)}**, {words(gap.symbol)} = {words(gap.formula)}", gap.note) for gap in report.in_order
        )


def effects(report: Report, h: Hypothesis) -> str:
    """Say by which formulas an explanation changes the numbers, on which assumptions; empty if by none."""
    if report.style.cites == "none" or not h.effects:
        return ""
    lines = [f"- {words(symbol)} becomes {words(formula)}" for symbol, formula in h.effects.items()]
    for name, assumed in h.assumes.items():
        lines += [f"- assuming {words(name)}", *_readings(report, assumed)]
    return "\n".join(["**By these formulas:**\n", *lines])


def _quantity(report: Report, quantity: Quantity) -> Iterator[str]:
    unit = f", in {words(quantity.unit)}" if quantity.unit else ""
    formula = f" = {words(quantity.formula)}" if quantity.formula else ""
    named = f"**{words(quantity.label or quantity.symbol)}**, {words(quantity.symbol)}{formula}{unit}"
    yield _item(named, quantity.note)
    if not quantity.formula:
        yield from _readings(report, quantity)


def _readings(report: Report, read: HasReadings) -> Iterator[str]:
    counts = read.reading_name(report.debate.convention)
    for name, reading in read.readings.items():
        by = "" if name == PLAIN_READING else f"{words(name)}: "
        value = f"**{words(reading.value)}**" if name == counts else words(reading.value)
        yield f"  - {by}{value}. {sourced(reading)}".rstrip()


def _item(text: str, note: str) -> str:
    return f"- {text}{f'. {words(note)}' if note else ''}"
