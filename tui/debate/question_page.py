"""The question, whole, and who asked it where."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from hypotheses.reports.text import words
from tui.command_keys import bound_to
from tui.dialogs.dialog import Dialog
from tui.screens import Showing
from tui.terminal.clean import content
from tui.widgets.passage import Passage
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host


class QuestionPage(Dialog[None], Showing):
    """What the debate is about, to read; `e` edits it."""

    DEFAULT_CSS = """
    QuestionPage { & #box { width: 110; } & #page { height: auto; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bound_to("edit", "app.act('edit_debate')"),
        bound_to("edit_debate"),
        bound_to("copy"),
    ]
    app: Host
    rolling = "#page"
    keys = "{edit} edit · ↑ ↓ scroll · esc back"

    def __init__(self, debate: Debate) -> None:
        """Show the question of a debate."""
        super().__init__(debate.title)
        self._debate = debate

    def body(self) -> ComposeResult:
        """The question, with what there is to say of it."""
        with Passage(id="page"):
            yield Static(question_text(self._debate), id="all")

    def on_mount(self) -> None:
        """Let the keys scroll the text."""
        self.query_one("#page").focus()

    @property
    def copied(self) -> str:
        """The question under its title, as Markdown."""
        debate = self.app.debate or self._debate
        return f"## {words(debate.title)}\n\n{debate.question}".rstrip()

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow what becomes of it."""
        if self.query("#all"):
            self.query_one("#box").border_title = content(debate.title)
            self.query_one("#all", Static).update(question_text(debate))
            self.fit()


def question_text(debate: Debate) -> Content:
    """Write out the question, who asked it where, and the note."""
    asked = " · ".join(part for part in (debate.author, preview(debate.source)) if part)
    parts = [
        content(preview(debate.question), multiline=True),
        content(asked, "$label", multiline=True),
        content(f"Note: {preview(debate.note)}" if debate.note else "", multiline=True),
    ]
    return Content("\n\n").join(part for part in parts if part.plain)
