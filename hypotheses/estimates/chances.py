"""How likely a gap is closed: a chance is a figure of its own, beside the median."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from hypotheses.debate import OOM, Gap
from hypotheses.estimates.results import Result

CLOSED: Final = 0.3
"""The tolerance of a gap in orders of magnitude that names none: a factor of two."""


class Chances(NamedTuple):
    """The probabilities that of a gap too much is taken away, that it is closed, and that it stays open; they sum to 1.

    Closed is what lies within the tolerance of zero on either side. Open is what lies beyond it on the side on which
    the gap is now, overshot what lies beyond it on the other.
    """

    overshot: float
    closed: float
    open: float


def tolerance_of(gap: Gap) -> float | None:
    """Return how near to zero a gap counts as closed, in its unit: its own, 0.3 OOM, or None if it has none."""
    if gap.tolerance is not None:
        return gap.tolerance
    return CLOSED if gap.unit == OOM else None


def chances(gap: Gap, now: Result, result: Result) -> Chances | None:
    """Return the chances of a result of a gap; None if the gap has no tolerance, or they have no result.

    Args:
        gap: The gap.
        now: The gap as it is, which tells on which side it is open.
        result: The gap as it is or would be.
    """
    tolerance = tolerance_of(gap)
    if tolerance is None:
        return None
    below, upto = result.below(-tolerance), result.cdf(tolerance)
    if math.isnan(below + upto):
        return None
    closed, above = max(0.0, upto - below), max(0.0, 1 - upto)
    return Chances(above, closed, below) if now.median < 0 else Chances(below, closed, above)
