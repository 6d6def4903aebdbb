"""Where a distribution reaches a probability: Newton's steps and better ones, halving where they lead astray."""

from __future__ import annotations

import math
from typing import Final

ROUNDS: Final = 200
"""So many steps are enough for anything: halving alone needs a hundred."""
_TURN: Final = 0.2
"""By this part a step may change the density if the slope at its start is to be trusted all the way."""
_SHARP: Final = 1e-13
"""How near a jump is found, as a part of the spread or of the value."""


class Search:
    """The search for where a probability is reached, between two ends that close in on it."""

    __slots__ = ("goal", "high", "low", "x")

    def __init__(self, goal: float, low: float, high: float, x: float) -> None:
        self.goal, self.low, self.high, self.x = goal, low, high, x

    def step(self, share: float, density: float, slope: float, spread: float, near: float) -> bool:
        """Move on; return whether that was the last step.

        The step is Newton's and, where that is short, has the next term of the inverted Taylor series too. What it
        leaves is far smaller than itself, so that it is the last if it is short.

        Args:
            share: the probability at `x`.
            density: the density there.
            slope: the derivative of the density.
            spread: a width of the distribution.
            near: how short a step is the last one, as a part of the spread; its third power is about what is left.
        """
        excess = share - self.goal
        if excess < 0:
            self.low = self.x
        else:
            self.high = self.x
        step = -excess / density if density > 0 else math.nan
        turn = step * slope / density if density > 0 else math.nan
        if abs(turn) < _TURN:
            step *= 1 - turn / 2
        else:
            near = 0.0  # the step may be far from the goal, however short it is
        to = self.x + step
        if not self.low <= to <= self.high:
            to, near = self.low / 2 + self.high / 2, 0.0
        length, self.x = abs(to - self.x), to
        return length <= max(near * spread, _SHARP * spread, _SHARP * abs(to))
