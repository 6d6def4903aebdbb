"""How a probability and the chances of a gap are written: on screens and in reports, with no engine loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hypotheses.estimates import Chances


def chance(probability: float) -> str:
    """Write a probability as a whole percentage: `13%`; `<1%` and `>99%` for what is near an end and not at it."""
    percent = round(100 * probability)
    if percent == 0 and probability > 0:
        return "<1%"
    return ">99%" if percent == 100 and probability < 1 else f"{percent}%"


def in_words(told: Chances) -> str:
    """Write `overshot 46%, closed 13%, open 40%`: each rounded on its own, so that they may sum to 99 or 101."""
    return f"overshot {chance(told.overshot)}, closed {chance(told.closed)}, open {chance(told.open)}"
