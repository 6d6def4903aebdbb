"""What would change a conclusion, in plain sentences, with numbers that a person would type."""

from __future__ import annotations

import math
from dataclasses import replace

from hypotheses.belief import DECIBANS_PER_NAT
from hypotheses.cruxes import Crux
from hypotheses.debate import Debate
from hypotheses.margin import LeftOut, Margin, margin
from hypotheses.ranking import format_plausibility, ranked
from hypotheses.ratios import format_weight
from hypotheses.values import format_amount
from tui.number_text import signed

DIGITS = 3
"""Significant digits of a number that is tried."""
EQUAL = 1e-12
"""Under this size a change is one between two that are equal."""


def eased(debate: Debate, crux: Crux, apart: Margin | None = None) -> Crux:
    """Return a crux with its number rounded to a few digits, away from what it is now, so that it still flips.

    `apart` is the margin of the debate, where it is known already.
    """
    needed, up = crux.needed, crux.needed > crux.now
    if crux.size < EQUAL and crux.hypothesis:
        # The two are equal: the second has to rise, or the first to fall.
        apart = apart or margin(debate)
        up = apart is not None and crux.hypothesis == apart.second
    if crux.kind in ("credibility", "relevance"):
        needed = min(1.0, max(0.0, _beyond(needed, up)))
    elif crux.kind == "quantity":
        needed = float(f"{needed:.{DIGITS}g}")
    elif crux.kind == "ratio":
        needed = _beyond(needed, up)
    elif debate.mode == "independent":  # in an exclusive one, more than it takes could be more than the others leave
        needed = _beyond(needed, up) if needed <= 0.5 else 1 - _beyond(1 - needed, not up)
    return replace(crux, needed=needed)


def _beyond(needed: float, up: bool) -> float:
    """Round a number that is not negative to a few digits, always up or always down."""
    if needed <= 0:
        return needed
    unit = 10.0 ** (math.floor(math.log10(needed)) - DIGITS + 1)
    share = round(needed / unit, 6)  # 100 and not 100.00000000000001
    count = math.floor(share) + 1 if up else math.ceil(share) - 1
    return float(f"{count * unit:.{DIGITS + 1}g}")


def crux_sentence(debate: Debate, crux: Crux) -> str:
    """Say what would have to be what, e.g. `felleman91 under 1: 2 → 10.2`."""
    match crux.kind:
        case "ratio":
            now, needed = (f"{ratio:.{DIGITS}g}" for ratio in (crux.now, crux.needed))
            return f"{crux.evidence} under {_rank(debate, crux.hypothesis)}: {now} → {needed}"
        case "prior":
            now, needed = (_percent(p) for p in (crux.now, crux.needed))
            return f"prior of {_rank(debate, crux.hypothesis)}: {now} → {needed}"
        case "quantity":
            return f"{crux.quantity}: {format_amount(crux.now)} → {format_amount(crux.needed)} closes the gap"
        case _:
            now, needed = (format_weight(float(f"{weight:.{DIGITS}g}")) for weight in (crux.now, crux.needed))
            return f"{crux.kind} of {crux.evidence}: {now} → {needed}"


def _rank(debate: Debate, slug: str) -> int:
    return [each.slug for each in ranked(debate)].index(slug) + 1


def _percent(p: float) -> str:
    """Write a prior with a digit more than elsewhere: how much it has to move is the point."""
    return f"{p:.1%}".replace(".0%", "%") if 0.001 <= p <= 0.999 else format_plausibility(p)


def margin_text(debate: Debate, apart: Margin | None) -> str:
    """Say which explanation the evidence puts first, and how far ahead of which."""
    if apart is None:
        return "There are not two explanations that evidence speaks of, so none can overtake another."
    first, second = (f"{_rank(debate, slug)} {debate.hypotheses[slug].title}" for slug in apart[:2])
    decibans, times = apart.nats * DECIBANS_PER_NAT, math.exp(min(apart.nats, 300))
    if not apart.nats:
        return f"By the evidence {first} and {second} are equally first."
    figure, those = ("odds are", "those") if debate.mode == "independent" else ("share is", "that")
    return f"By the evidence {first} is first. Its {figure} {times:,.3g} times ({decibans:.1f} dB) {those} of {second}."


def left_out_sentence(debate: Debate, apart: Margin, one: LeftOut) -> str:
    """Say how things would stand without an item."""
    shift = f"{'+' if one.shift > 0 else ''}{signed(one.shift, 1)} dB"
    if one.first != apart.first:
        return f"{shift}, and {_rank(debate, one.first)} would be first"
    return f"{shift}, and another would be second" if one.flips else shift
