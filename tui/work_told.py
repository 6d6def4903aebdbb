"""Work in a thread that tells how far it is, and ends once nobody waits for it: its place is taken, or left."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from textual.worker import get_current_worker

from hypotheses.progress import Told

MOMENT: Final = 0.5
"""Seconds in which nothing is told."""
OFTEN: Final = 0.2
"""Seconds from one figure to the next."""


class Ended(Exception):
    """Nobody waits for the work any more."""


def told_in_thread(tell: Callable[[float], None] | None = None) -> Told:
    """Return what the work of the present worker tells; where it takes longer than a moment, `tell` is told too.

    It raises `Ended` once the worker has been cancelled.
    """
    worker, next_at = get_current_worker(), monotonic() + MOMENT

    def told(part: float) -> None:
        nonlocal next_at
        if worker.is_cancelled:
            raise Ended
        if tell is not None and monotonic() >= next_at:
            next_at = monotonic() + OFTEN
            tell(part)

    return told
