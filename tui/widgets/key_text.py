"""A line that says what keys do: a click on one presses it."""

from __future__ import annotations

import re
from typing import Final

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.command_keys import with_keys

BETWEEN: Final = " · "
NAMED: Final = {"esc": "escape"}
"""Keys that are written otherwise than Textual calls them."""
PRESSED: Final = "pressed"
"""What the cells of a key know: which one it is."""
_KEY: Final = re.compile(r"(enter|tab|esc|space|[fF]\d+|ctrl\+\w|[A-Za-z])(?= )", re.ASCII)


class KeyText(Static):
    """Writes `enter keep · esc back`; a command in braces is its key, what begins with no key is words."""

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(key_text(text), id=id)

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(key_text(text))

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        key = event.style.meta.get(PRESSED)
        if key is not None:
            event.stop()
            self.app.simulate_key(key)


def key_text(text: str) -> Content:
    """Write what the keys do, each with what a click on it presses."""
    return Content(BETWEEN).join(map(_part, with_keys(text).split(BETWEEN)))


def _part(part: str) -> Content:
    key = _KEY.match(part)
    if key is None:
        return Content(part)
    pressed = NAMED.get(key[1], key[1].lower() if len(key[1]) > 1 else key[1])
    return Content.styled(part, Style.from_meta({PRESSED: pressed}))
