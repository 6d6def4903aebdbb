"""What follows the debate: a screen that shows every new state while it is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hypotheses.debate import Debate
from tui.keyboard import Typing

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.app import AbduceApp


class Showing(Typing):
    """A mixin of screens. The app lets those in sight `follow`; one below follows when it is returned to."""

    shows_changes: ClassVar[bool] = False
    """Whether a person sees on it at once what they changed, so that no message needs to say so."""
    app: AbduceApp
    _followed: tuple[Debate, Estimates | None] | None = None

    def follow(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show a state, unless it is the one that is shown."""
        if self._followed is None or self._followed[0] is not debate or self._followed[1] is not estimates:
            self._followed = (debate, estimates)
            self.show(debate, estimates)

    def on_screen_resume(self) -> None:
        """Take up what has changed while another screen was in sight."""
        if self.app.debate is not None and not self.app.leaving:
            self.follow(self.app.debate, self.app.estimates)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now; without numbers while they are being worked out.

        What a key was pressed for comes first, and is painted with `painting.paint_now`. Then the rest.
        """
