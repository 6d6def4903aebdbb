"""Choose one of a list: type to narrow it, enter takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from tui.dialogs.dialog import Dialog
from tui.terminal.clean import content
from tui.terminal.typed import LineInput
from tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a picker."""

    key: str
    name: str
    about: str = ""
    beside: str = ""
    """Shown at the start, e.g. the key that does the same."""


class ChoiceList(LineList[Choice]):
    """The choices that have the words typed so far."""

    _longest = 0

    def show(self, rows: Sequence[Choice]) -> None:
        """Show these choices, what is said about them in one column."""
        self._longest = max((content(row.name).cell_length for row in rows), default=0)
        super().show(rows)

    def key_of(self, row: Choice) -> object:
        """A choice is its key."""
        return row.key

    def draw(self, row: Choice, width: int) -> list[Content]:
        """Draw a choice on one line."""
        beside = (f"{row.beside:<{max(8, len(row.beside))}} ", "$you") if row.beside else ""
        name = content(row.name)
        if row.about:
            name = name.truncate(min(width * 2 // 3, self._longest), ellipsis=True, pad=True)
        return [Content.assemble(beside, name, "  ", content(row.about, "$label"))]


class Picker(Dialog[str | None]):
    """Returns the key of the chosen line, or None."""

    DEFAULT_CSS = """
    Picker ChoiceList { height: auto; min-height: 1; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", "Down", show=False, priority=True),
        Binding("up", "step(-1)", "Up", show=False, priority=True),
    ]
    rolling = "ChoiceList"
    most = 20
    keys = "type to narrow · ↑ ↓ move · enter takes it · esc back"

    def __init__(self, title: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__(title)
        self._choices = choices
        self._current = current

    def body(self) -> ComposeResult:
        """A line to narrow by, and the choices."""
        yield LineInput(placeholder="type to narrow", id="narrow", compact=True)
        yield ChoiceList(id="choices", empty="Nothing matches.")

    def on_mount(self) -> None:
        """Show everything, the current one under the cursor."""
        choices = self.query_one(ChoiceList)
        choices.show(self._choices)
        choices.go_to(self._current)

    @on(Input.Changed, "#narrow")
    def narrow(self, event: Input.Changed) -> None:
        """Show the choices that have every typed word."""
        words = event.value.casefold().split()
        left = [c for c in self._choices if all(word in f"{c.name} {c.about} {c.key}".casefold() for word in words)]
        self.query_one(ChoiceList).show(left)

    def action_step(self, step: int) -> None:
        """Move while the focus stays in the line."""
        self.query_one(ChoiceList).action_cursor(step)

    @on(Input.Submitted)
    @on(LineList.Opened)
    def take(self) -> None:
        """Take the line under the cursor."""
        chosen = self.query_one(ChoiceList).current
        if chosen is not None:
            self.close(chosen.key)
