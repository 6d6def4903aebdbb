"""What a typed value makes of a debate: tried while it is typed, asked for by a what-if, or stored."""

from __future__ import annotations

from dataclasses import replace

from hypotheses.debate import OWN_READING, PLAIN_READING, Debate, Reading
from hypotheses.edits import found
from hypotheses.estimates.values import cached_value


def with_value(debate: Debate, symbol: str, text: str) -> Debate:
    """Return the debate in which a quantity reads a typed value.

    A single reading without a source takes the value; otherwise a reading of one's own is set beside the others and
    chosen. A quantity that was a formula gets one plain reading.

    Raises:
        Malformed: the value cannot be read.
        NotFound: there is no such quantity.
    """
    cached_value(text)
    quantity = found("quantity", symbol, debate.quantities)
    readings = dict(quantity.readings)
    if quantity.formula or not readings:
        changed = replace(quantity, formula="", chosen="", readings={PLAIN_READING: Reading(text)})
    elif len(readings) == 1 and not (only := next(iter(readings.values()))).source:
        changed = replace(quantity, readings={next(iter(readings)): replace(only, value=text)})
    else:
        own = replace(readings.get(OWN_READING, Reading("")), value=text)
        changed = replace(quantity, readings={**readings, OWN_READING: own}, chosen=OWN_READING)
    return replace(debate, quantities={**debate.quantities, symbol: changed})
