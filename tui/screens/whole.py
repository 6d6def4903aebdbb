"""What the screens that are opened over the Debate screen, and left again, have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.showing import Showing

if TYPE_CHECKING:
    from tui.app import AbduceApp


class WholeScreen(Screen[None], Showing):
    """One of them. What takes time may come back to it, and keys may still reach it, when it is not there."""

    app: AbduceApp
    _composed = False
    """Its `on_mount` says that the widgets have come."""

    @property
    def is_there(self) -> bool:
        """Whether its widgets can be asked: they have come, and are not going because the screen was left."""
        return self._composed and self in self.app.screen_stack and not self.app.leaving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key act while it is not there."""
        return self.is_there
