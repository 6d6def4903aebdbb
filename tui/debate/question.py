"""The question in two lines; a click or enter shows all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from tui.host import Host

LINES = 2


class Question(Static, can_focus=True):
    """What is asked, as far as there is room."""

    DEFAULT_CSS = """
    Question { height: 2; padding: 0 1; color: $label; }
    Question.empty { display: none; }
    Question:focus { background: $row; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", show=False),
        Binding("down,j", "app.focus_next", "Down", show=False),
    ]
    app: Host

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._debate: Debate | None = None

    def show(self, debate: Debate) -> None:
        """Show the question of this debate."""
        self._debate = debate
        self.set_class(not debate.question.strip(), "empty")
        self.on_resize()

    def on_resize(self) -> None:
        """Cut it where the second line ends."""
        if self._debate is not None:
            put(self, in_lines(self._debate.question, self.content_region.width or 80, LINES))

    def on_click(self) -> None:
        """Show all of it."""
        self.action_open()

    def action_open(self) -> None:
        """Show all of it."""
        from tui.dialogs.message import Page  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if self._debate is not None and self._debate.question:
            whole = content(preview(self._debate.question), multiline=True)
            self.app.push_screen(Page(self._debate.title, whole))


def in_lines(text: str, width: int, lines: int) -> Content:
    """Write a text in so many lines, as one paragraph; where it is longer, it ends in `… all`."""
    words = preview(text).split()
    whole = content(" ".join(words))
    if whole.get_height({}, width) <= lines:
        return whole
    end = Content.assemble(" … ", ("all", "underline"))
    while words and Content.assemble(" ".join(words), end).get_height({}, width) > lines:
        words.pop()
    return Content.assemble(content(" ".join(words)), end)
