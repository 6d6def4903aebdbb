"""The buttons of a dialog: each names its key, and the mouse presses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.content import Content
from textual.keys import format_key
from textual.widget import Widget

from tui.commands import COMMANDS

WRITTEN: Final = {"escape": "esc", "enter": "enter"}
"""Keys that are written in another way than Textual writes them."""


@dataclass(frozen=True, slots=True)
class KeyButton:
    """What is done, and by which key."""

    name: str
    key: str = ""
    command: str = ""
    """Whose key it is, if it is that of a command."""

    @property
    def pressed(self) -> str:
        """The key that a click presses."""
        return COMMANDS[self.command].press if self.command else self.key

    @property
    def written(self) -> str:
        """How the key is written."""
        return COMMANDS[self.command].shown_key if self.command else WRITTEN.get(self.key) or format_key(self.key)


class ButtonRow(Widget):
    """One line; the first button is the main one. At the right end stands what keeps it from being done."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ButtonRow { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, buttons: Sequence[KeyButton], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._buttons = buttons
        self._note = Content("")

    def tell(self, note: Content) -> None:
        """Say something at the right end."""
        if note != self._note:
            self._note = note
            self.refresh()

    def render(self) -> Content:
        """Write the buttons, and the note if there is room for some of it."""
        row = Content("  ").join(self._drawn(one, main=one is self._buttons[0]) for one in self._buttons)
        room = self.size.width - row.cell_length - 2
        note = self._note.truncate(room, ellipsis=True) if room > 0 else Content("")
        return Content.assemble(row, "  ", " " * max(0, room - note.cell_length), note)

    @staticmethod
    def _drawn(button: KeyButton, *, main: bool) -> Content:
        ground = "$on-primary on $primary" if main else "$foreground on $field"
        key = ground if main else "$label on $field"
        return Content.assemble((f" {button.name} ", f"bold {ground}"), (f"{button.written} ", key))

    def on_click(self, event: events.Click) -> None:
        """Press the key of the button under the mouse."""
        x = event.x
        for button in self._buttons:
            width = self._drawn(button, main=False).cell_length
            if 0 <= x < width:
                self.app.simulate_key(button.pressed)
            x -= width + 2
