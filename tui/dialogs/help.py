"""Every key that works here."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.commands import MOVING, Command
from tui.dialogs.dialog import Dialog


class Help(Dialog[None]):
    """The commands by group, with their keys."""

    DEFAULT_CSS = """
    Help { & #box { width: 100; } & #page { height: auto; } }
    """
    rolling = "#page"
    keys = "↑ ↓ scroll · esc back"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("Keys")
        self._commands = commands

    def body(self) -> ComposeResult:
        """One table per group."""
        with VerticalScroll(id="page"):
            yield Static(help_text(self._commands))

    def on_mount(self) -> None:
        """Let the keys scroll the table."""
        self.query_one("#page").focus()


def help_text(commands: Sequence[Command]) -> Content:
    """Write the table of keys."""
    lines = [Content.styled("Moving", "bold")]
    lines += [Content.assemble((f"  {keys:<16}", "$you"), what) for keys, what in MOVING]
    groups = {command.group: [each for each in commands if each.group == command.group] for command in commands}
    lines += [_line(command) for command in groups.pop("Moving", [])]
    for group, members in groups.items():
        lines += [Content(""), Content.styled(group, "bold"), *(_line(command) for command in members)]
    return Content("\n").join(lines)


def _line(command: Command) -> Content:
    return Content.assemble((f"  {command.shown_key:<16}", "$you"), f"{command.name}: ", (command.help, "$label"))
