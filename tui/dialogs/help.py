"""Every key that works here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import MOVING, Command
from tui.dialogs.dialog import Dialog
from tui.terminal.typed import LineInput
from tui.widgets.passage import Passage


class Help(Dialog[None]):
    """The commands by group, with their keys; words that are typed leave those that have them."""

    DEFAULT_CSS = """
    Help {
        & #box { width: 100; }
        & #page { height: auto; scrollbar-gutter: stable; }  /* else the bar of a long text stays with a short one */
        & #words { display: none; margin-bottom: 1; }
        & #words.open { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "search", "Search", show=False)]
    rolling = "#page"
    keys = "j k ↓ ↑ g G ctrl+d ctrl+u scroll · / search · esc back"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("Keys")
        self._commands = commands

    def body(self) -> ComposeResult:
        """The words to look for, once they are asked for, and one table per group."""
        yield LineInput(id="words", placeholder="a key, or words of what it does", compact=True)
        with Passage(id="page"):
            yield Static(help_text(self._commands), id="help-text")

    def on_mount(self) -> None:
        """Let the keys scroll the table."""
        self.query_one("#page").focus()

    def action_search(self) -> None:
        """Let words be typed."""
        field = self.query_one("#words", LineInput)
        field.add_class("open")
        field.focus()
        self.fit()

    @on(Input.Changed, "#words")
    def narrow(self, event: Input.Changed) -> None:
        """Show the keys that the words are about."""
        self.query_one("#help-text", Static).update(help_text(self._commands, event.value))
        self.query_one("#page").scroll_home(animate=False)
        self.fit()

    @on(Input.Submitted, "#words")
    def leave(self) -> None:
        """Go back to the table; the words stay."""
        self.query_one("#page").focus()

    def action_close(self) -> None:
        """Show every key again, then leave."""
        field = self.query_one("#words", LineInput)
        if not field.has_class("open"):
            super().action_close()
            return
        field.remove_class("open")
        field.value = ""
        self.leave()
        self.fit()


def help_text(commands: Sequence[Command], words: str = "") -> Content:
    """Write the table of keys; of those, if words are given, that have every one in their key, name, group or text."""
    wanted = words.casefold().split()
    rows = [("Moving", keys, "", what) for keys, what in MOVING]
    rows += [(command.group, command.shown_key, f"{command.name}: ", command.help) for command in commands]
    rows = [row for row in rows if all(word in " ".join(row).casefold() for word in wanted)]
    if not rows:
        return Content.styled("No key is about that.", "$label")
    lines: list[Content] = []
    for group in dict.fromkeys(row[0] for row in rows):
        lines += [Content(""), Content.styled(group, "bold")]
        lines += [_line(*row[1:]) for row in rows if row[0] == group]
    return Content("\n").join(lines[1:])


def _line(keys: str, name: str, what: str) -> Content:
    return Content.assemble((f"  {keys:<16}", "$you"), name, (what, "$label" if name else ""))
