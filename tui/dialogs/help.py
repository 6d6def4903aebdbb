"""Every key that works here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands import MOVING, Command
from tui.dialogs.base import Dialog


class Help(Dialog[None]):
    """The commands by group, with their keys."""

    DEFAULT_CSS = """
    Help { & #box { width: 84; } & #page { height: auto; max-height: 40; } }
    """
    keys = "↑ ↓ scroll · esc back"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("Keys")
        self._commands = commands

    def body(self) -> ComposeResult:
        """One table per group."""
        with VerticalScroll(id="page"):
            yield Static(help_text(self._commands))

    def on_mount(self) -> None:
        """Fit the screen."""
        self.query_one("#page").styles.max_height = max(4, self.app.size.height - 8)
        self.query_one("#page").focus()


def help_text(commands: Sequence[Command]) -> Content:
    """Write the table of keys."""
    lines = [Content.styled("Moving", "bold")]
    lines += [Content.assemble((f"  {keys:<16}", "$text-accent"), what) for keys, what in MOVING]
    for group, members in groupby(sorted(commands, key=lambda c: c.group), key=lambda c: c.group):
        if group != "Moving":
            lines += [Content(""), Content.styled(group, "bold")]
        lines += [
            Content.assemble((f"  {show_key(c):<16}", "$text-accent"), f"{c.name}: ", (c.help, "dim")) for c in members
        ]
    return Content("\n").join(lines)


def show_key(command: Command) -> str:
    """Write the first key of a command."""
    return command.shown_key or command.keys.split(",")[0].replace("question_mark", "?")
