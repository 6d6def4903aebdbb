"""Which whole screen is shown, and how one goes to another."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from textual.screen import Screen

from tui.debate.screen import DebateScreen
from tui.dialogs.dialog import Dialog
from tui.host import Host
from tui.screens import WholeScreen

WHOLE_SCREENS: Final = {
    "matrix": ("tui.matrix.screen", "MatrixScreen"),
    "numbers": ("tui.numbers.screen", "NumbersScreen"),
    "inbox": ("tui.inbox.screen", "InboxScreen"),
    "timeline": ("tui.timeline.screen", "TimelineScreen"),
}
"""Name -> module and class of each screen beside the Debate screen; loaded when it is first shown."""


class Navigation(Host):
    """The Debate screen is the lowest one; each of the others stands over it, in the place of any other."""

    def get_default_screen(self) -> Screen[None]:
        """Begin on the Debate screen."""
        return DebateScreen()

    @property
    def showing(self) -> str:
        """The name of the whole screen that is shown, under its dialogs if there are any."""
        shown = {type(screen).__name__ for screen in self.screen_stack}
        return next((name for name, (_, screen) in WHOLE_SCREENS.items() if screen in shown), "debate")

    def action_show(self, name: str) -> None:
        """Go to another of the whole screens."""
        if self.debate is None or isinstance(self.screen, Dialog) or self.showing == name:
            return
        module, screen = WHOLE_SCREENS[name]
        made: Screen[None] = getattr(import_module(module), screen)()
        if isinstance(self.screen, DebateScreen):
            self.push_screen(made)
        else:
            self.switch_screen(made)

    def action_show_debate(self) -> None:
        """Go to the Debate screen."""
        self.go_back()

    def go_back(self) -> None:
        """Leave a whole screen for the Debate screen under it."""
        if not isinstance(self.screen, Dialog | DebateScreen):
            self.pop_screen()

    def go_to(self, hypothesis: str) -> None:
        """Open an explanation, on the Debate screen."""
        self.go_back()
        if isinstance(self.screen, DebateScreen):
            self.screen.go_to(hypothesis)

    def go_on(self, screen: str, kind: str, name: str) -> None:
        """Go to something on another whole screen."""
        self.action_show(screen)
        if isinstance(self.screen, WholeScreen):
            self.screen.go_to(kind, name)
