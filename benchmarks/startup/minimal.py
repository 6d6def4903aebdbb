"""The peer: the smallest Textual app there is."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """One line."""
        yield Static("minimal-app-painted")


Minimal().run()
