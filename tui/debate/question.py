"""The question in two lines; a click or enter shows all of it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.host import Target
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.hint import hint
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from tui.host import Host

LINES = 2
NOTHING = "Say in a few lines what is asked, and what would count as an answer: `{edit_debate}` writes it."


class Question(Static, can_focus=True):
    """What is asked, as far as there is room."""

    DEFAULT_CSS = """
    Question { height: 2; padding: 0 1; color: $label; }
    Question.empty { height: 1; }
    Question:focus { background: $row; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", show=False),
        Binding("down,j", "app.focus_next", "Down", show=False),
    ]
    app: Host

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debate: Debate | None = None
        self._written = ("", 0)
        """Which question is shown, cut for how many cells."""

    def show(self, debate: Debate) -> None:
        """Show the question of this debate."""
        self._debate = debate
        self.set_class(not debate.question.strip(), "empty")
        self.on_resize()

    def on_resize(self) -> None:
        """Cut it where the second line ends."""
        width = self.content_region.width
        if self._debate is not None and width and self._written != (self._debate.question, width):
            self._written = (self._debate.question, width)
            question = self._debate.question
            put(self, in_lines(question, width, LINES) if question.strip() else hint(NOTHING))

    def on_click(self) -> None:
        """Show all of it."""
        self.action_open()

    def action_open(self) -> None:
        """Show all of it; write it where there is none."""
        from tui.debate.question_page import QuestionPage  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if self._debate is not None and not self._debate.question.strip():
            self.app.act("edit_debate", Target())
        elif self._debate is not None:
            self.app.push_screen(QuestionPage(self._debate))


def in_lines(text: str, width: int, lines: int) -> Content:
    """Write a text in so many lines, as one paragraph; where it is longer, it ends in `… all`."""
    words = preview(text).split()
    at_most = words[: width * lines]  # more would not fit if each took a cell
    whole = content(" ".join(at_most))
    if len(at_most) == len(words) and whole.get_height({}, width) <= lines:
        return whole
    end = Content.assemble(" … ", ("all", "underline"))

    def too_long(count: int) -> bool:
        return Content.assemble(content(" ".join(words[:count])), end).get_height({}, width) > lines

    fitting = max(0, bisect_left(range(len(at_most) + 1), True, key=too_long) - 1)
    return Content.assemble(content(" ".join(words[:fitting])), end)
