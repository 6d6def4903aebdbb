"""Where a distribution reaches a probability: Newton's steps, and halving where they lead astray."""

from __future__ import annotations

import math
from typing import Final

ROUNDS: Final = 200
"""So many steps are enough for anything: halving alone needs a hundred."""
_SHARP: Final = 1e-13
"""How near a jump is found, as a part of the spread or of the value."""


class Search:
    """The search for where a probability is reached, between two ends that close in on it."""

    __slots__ = ("goal", "high", "low", "x")

    def __init__(self, goal: float, low: float, high: float, x: float) -> None:
        self.goal, self.low, self.high, self.x = goal, low, high, x

    def step(self, share: float, density: float, spread: float, near: float) -> bool:
        """Move on, from the probability and the density at `x`; return whether that was the last step.

        What one of Newton's steps leaves is far smaller than the step, so that it is the last if it is shorter than
        `near` times the spread of the distribution.
        """
        excess = share - self.goal
        if excess < 0:
            self.low = self.x
        else:
            self.high = self.x
        to = self.x - excess / density if density > 0 else math.nan
        if not self.low <= to <= self.high:
            to, near = self.low + (self.high - self.low) / 2, _SHARP
        length, self.x = abs(to - self.x), to
        return length <= max(near * spread, _SHARP * abs(to))
