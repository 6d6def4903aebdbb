"""What would change a conclusion, in sentences for people."""

from __future__ import annotations

from hypotheses.belief import DECIBANS_PER_NAT, format_ratio, format_weight
from hypotheses.cruxes import Crux, LeftOut, Margin
from hypotheses.ranking import format_plausibility


def margin_sentence(apart: Margin | None) -> str:
    """Say how far the first is ahead of the second."""
    if apart is None:
        return "There are no two explanations to compare: evidence has to rate two, and neither may be certain."
    return f"The evidence puts {apart.first} first, {apart.nats * DECIBANS_PER_NAT:.1f} decibans before {apart.second}."


def crux_sentence(crux: Crux) -> str:
    """Say what would have to be what."""
    from hypotheses.estimates import format_amount  # noqa: PLC0415 - most cruxes are no quantities

    match crux.kind:
        case "ratio":
            change = f"{_ratio(crux.now)} → {_ratio(crux.needed)}"
            return f"{crux.evidence} under {crux.hypothesis}: {change}"
        case "prior":
            change = f"{format_plausibility(crux.now)} → {format_plausibility(crux.needed)}"
            return f"prior of {crux.hypothesis}: {change}"
        case "quantity":
            return f"{crux.quantity}: {format_amount(crux.now)} → {format_amount(crux.needed)} closes the gap"
        case _:
            change = f"{format_weight(crux.now)} → {_weight(crux.needed)}"
            return f"{crux.kind} of {crux.evidence}: {change}"


def _ratio(ratio: float) -> str:
    written = format_ratio(ratio)
    return written if len(written) <= 6 else f"1/{1 / ratio:.3g}" if ratio < 1 else f"{ratio:.3g}"


def _weight(weight: float) -> str:
    written = format_weight(weight)
    return written if len(written) <= 6 else f"{weight:.2f}"


def left_out_sentence(one: LeftOut, apart: Margin) -> str:
    """Say how things would stand without an item."""
    if one.first != apart.first:
        return f"without {one.evidence}: {one.first} would be first"
    way = "more" if one.shift > 0 else "less"
    flips = "; another one would be second" if one.flips else ""
    return f"without {one.evidence}: {abs(one.shift):.1f} decibans {way}{flips}"
