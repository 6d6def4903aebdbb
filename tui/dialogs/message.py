"""Something to read, and a question with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.command_keys import bound_to
from tui.dialogs.dialog import Dialog
from tui.terminal.clean import content
from tui.widgets.button_row import KeyButton
from tui.widgets.passage import Passage
from tui.widgets.preview import preview


class Page(Dialog[None]):
    """A text to read. No markup or Markdown in it is read."""

    DEFAULT_CSS = """
    Page { & #box { width: 110; } & #page { height: auto; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bound_to("copy")]
    rolling = "#page"
    keys = "↑ ↓ scroll · {copy} copy · esc back"

    def __init__(self, title: str, text: str | Content) -> None:
        """Show a text: somebody's words as a string, or lines of ours."""
        super().__init__(title)
        self._shown = content(preview(text), multiline=True) if isinstance(text, str) else text

    def body(self) -> ComposeResult:
        """The text."""
        with Passage(id="page"):
            yield Static(self._shown)

    def on_mount(self) -> None:
        """Let the keys scroll the text."""
        self.query_one("#page").focus()

    @property
    def copied(self) -> str:
        """All of it."""
        return f"{self._heading}\n\n{self._shown.plain}"


class Confirm(Dialog[bool | None]):
    """Returns True on y."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "yes", "Yes", show=False),
        Binding("n", "close", "No", show=False),
    ]
    keys = ""
    buttons = (KeyButton("Yes", "y"), KeyButton("No", "n"))

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The question."""
        yield Static(content(self._text, multiline=True))

    def action_yes(self) -> None:
        """Answer yes."""
        self.close(True)
