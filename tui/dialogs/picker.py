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

    bar: ClassVar = True
    _longest = 0
    _about = 0
    _beside = 0
    """Cells of the longest name, of what is said about one, of what stands before it."""

    def show(self, rows: Sequence[Choice]) -> None:
        """Show these choices, what is said about them in one column."""
        self._longest = max((content(row.name).cell_length for row in rows), default=0)
        self._about = max((content(row.about).cell_length for row in rows), default=0)
        self._beside = max((max(8, len(row.beside)) + 1 for row in rows if row.beside), default=0)
        super().show(rows)

    def key_of(self, row: Choice) -> object:
        """A choice is its key."""
        return row.key

    def draw(self, row: Choice, width: int) -> list[Content]:
        """Draw a choice on one line."""
        beside = (f"{row.beside:<{self._beside}}", "$you") if row.beside else ""
        name = content(row.name)
        if row.about:
            name = name.truncate(self._room(width), ellipsis=True, pad=True)
        return [Content.assemble(" ", beside, name, "  ", content(row.about, "$label"))]

    def _room(self, width: int) -> int:
        """Return the cells of the names, which are cut before what is said about them, unless that is long too."""
        about = self._about if self._about <= width // 2 else width // 3
        return max(1, min(self._longest, width - 3 - self._beside - about))


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
    best_first: ClassVar = False
    """Whether the cursor goes to the first line at every word, and does not stay on the one it was on."""
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
        choices = self.query_one(ChoiceList)
        choices.show(self.matching(event.value))
        if self.best_first:
            choices.cursor = 0

    def matching(self, typed: str) -> Sequence[Choice]:
        """Return the choices that have every typed word."""
        words = typed.casefold().split()
        return [c for c in self._choices if all(word in f"{c.name} {c.about} {c.key}".casefold() for word in words)]

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
