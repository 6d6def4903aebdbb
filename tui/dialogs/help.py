"""Every key that works here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui.commands import FIRST_STEPS, MOVING, Command
from tui.dialogs.dialog import Dialog
from tui.terminal.typed import LineInput
from tui.widgets.passage import Passage

INDENT: Final = 18
"""Cells of the keys."""
WIDTH: Final = 96
"""Cells of a line where there is room."""


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
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", show=False),
        Binding(FIRST_STEPS.keys, "first_steps", FIRST_STEPS.name, show=False, id=FIRST_STEPS.id),
    ]
    rolling = "#page"
    keys = f"j k ↓ ↑ g G ctrl+d ctrl+u scroll · / search · {FIRST_STEPS.shown_key} first steps · esc back"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__("Keys")
        self._commands = commands

    def body(self) -> ComposeResult:
        """The words to look for, once they are asked for, and one table per group."""
        yield LineInput(id="words", placeholder="a key, or words of what it does", compact=True)
        with Passage(id="page"):
            yield Static(id="help-text")

    def on_mount(self) -> None:
        """Let the keys scroll the table."""
        self.call_after_refresh(self._write)
        self.query_one("#page").focus()

    def on_resize(self, event: events.Resize) -> None:
        """Write the table for the width there is."""
        super().on_resize(event)
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        if not self._gone and self.query("#words"):
            words, width = self.query_one("#words", LineInput).value, self.query_one("#help-text").size.width
            self.query_one("#help-text", Static).update(help_text(self._commands, words, width or WIDTH))

    async def action_first_steps(self) -> None:
        """Leave for the card of the first steps."""
        self.close()
        await self.run_action(FIRST_STEPS.action)

    def action_search(self) -> None:
        """Let words be typed."""
        field = self.query_one("#words", LineInput)
        field.add_class("open")
        field.focus()
        self.fit()

    @on(Input.Changed, "#words")
    def narrow(self) -> None:
        """Show the keys that the words are about."""
        self._write()
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


def help_text(commands: Sequence[Command], words: str = "", width: int = WIDTH) -> Content:
    """Write the table of keys.

    If words are given, only of those that have every one in their key, name, group or text.
    """
    wanted = words.casefold().split()
    rows = [("Moving", keys, "", what) for keys, what in MOVING]
    rows += [(command.group, command.shown_key, f"{command.name}: ", command.help) for command in commands]
    rows = [row for row in rows if all(word in " ".join(row).casefold() for word in wanted)]
    if not rows:
        return Content.styled("No key is about that.", "$label")
    lines: list[Content] = []
    for group in dict.fromkeys(row[0] for row in rows):
        lines += [Content(""), Content.styled(group, "bold")]
        lines += [line for row in rows if row[0] == group for line in _lines(*row[1:], width)]
    return Content("\n").join(lines[1:])


def _lines(keys: str, name: str, what: str, width: int) -> list[Content]:
    """Write a key and what it does; what is longer than a line goes on under its beginning."""
    text = Content.assemble(name, (what, "$label" if name else ""))
    first, *more = text.wrap(max(1, width - INDENT))
    key = Content.styled(f"  {keys:<{INDENT - 2}}", "$you")
    return [Content.assemble(key, first), *(Content.assemble(" " * INDENT, line) for line in more)]
