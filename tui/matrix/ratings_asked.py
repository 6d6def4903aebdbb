"""Ratings on their way to the store; the cells show them already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.command_keys import key_of
from tui.matrix.grid import MatrixGrid
from tui.terminal.clean import clean_text

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.changes import Asked
    from tui.host import Host


class RatingsAsked:
    """Those that were asked for and are not kept yet."""

    def __init__(self, settle: Callable[[MatrixGrid.Rated], object]) -> None:
        """Let the cells `settle` what became of each: kept or refused, they show what is kept."""
        self._settle = settle
        self.under_way = 0
        """How many there are."""

    def ask(self, app: Host, event: MatrixGrid.Rated) -> None:
        """Have a rating kept."""
        real = app.real
        if real is None:
            return
        (key, slug), seen, now = event.cell, event.seen, event.now
        if app.trial is not None and key in real.evidence:
            seen = real.evidence[key].assessments.get(slug)  # the cell shows what is only tried

        def made() -> None:
            self._kept(event)
            if now is None:
                cell = f"{key}, for {app.debate.hypotheses[slug].title}" if app.debate else key
                app.notify(f"Cleared: {clean_text(cell)}. {key_of('undo')} brings it back.", markup=False)

        def refused(asked: Asked, problem: AbduceError) -> None:
            self._kept(event)
            app.changes.tell(replace(asked, made=None, refused=None), problem)

        self.under_way += 1
        app.changes.ask(
            lambda store, expected: store.assess(real.slug, key, slug, now, expected=expected),
            seen,
            made=made,
            refused=refused,
        )

    def _kept(self, event: MatrixGrid.Rated) -> None:
        self.under_way -= 1
        self._settle(event)
