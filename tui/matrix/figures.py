"""The figures of the Matrix, worked out in a thread once no key has come for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from textual.timer import Timer

from hypotheses.debate import Debate
from hypotheses.matrix import Figures, Workings

if TYPE_CHECKING:
    from tui.host import Host
    from tui.screens import WholeScreen

NO_WAIT = 0.05
"""Seconds that figures may take to be worked out at once, at every key."""
LONGEST_WAIT = 0.5
"""Seconds of rest after which the others are worked out, at most; as long as they took, if that is less."""


class MatrixFigures:
    """The figures worked out last; to work them out takes the processor from the keys, so it waits for a rest."""

    def __init__(self, screen: WholeScreen, take: Callable[[bool], None]) -> None:
        self._screen = screen
        self._take = take
        self.latest: Figures | None = None
        """None while there are none of this debate."""
        self._workings = Workings()
        self._took = 0.0
        self._of: Debate | None = None
        self._rest: Timer | None = None

    @property
    def current(self) -> bool:
        """Whether the latest are those of the debate as it is now."""
        return self._of is self._screen.app.debate

    def forget(self) -> None:
        """Begin anew with another debate."""
        self.latest = None

    def follow(self) -> None:
        """Work them out for the debate as it is now, once no key has come for a while.

        Then `take` is called, and told whether they are the first of this debate.
        """
        if self._rest is not None:
            self._rest.stop()
        if self._took < NO_WAIT:
            self._begin()
        else:
            self._rest = self._screen.set_timer(min(self._took, LONGEST_WAIT), self._begin)

    def _begin(self) -> None:
        work = partial(self._work_out, self._screen.app)
        self._screen.run_worker(work, thread=True, exclusive=True, group="figures", description="figures")

    def _work_out(self, app: Host) -> None:
        debate = app.debate
        if debate is not None:
            begun = perf_counter()
            figures = self._workings.figures(debate)
            app.call_from_thread(self._worked_out, debate, figures, perf_counter() - begun)

    def _worked_out(self, debate: Debate, figures: Figures, took: float) -> None:
        self._took = took
        if debate is self._screen.app.debate and self._screen.is_there:  # else those of the debate now are under way
            first, self.latest, self._of = self.latest is None, figures, debate
            self._take(first)
