"""Something to read, and a question with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate, Idea
from tui import comment_text
from tui.dialogs.base import Dialog
from tui.editing import commenting
from tui.plain import content
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from tui.app import AbduceApp


class Page(Dialog[None]):
    """A text to read. No markup or Markdown in it is read."""

    DEFAULT_CSS = """
    Page { & #box { width: 110; } & #page { height: auto; } }
    """
    rolling = "#page"
    keys = "↑ ↓ scroll · esc back"

    def __init__(self, title: str, text: str | Content) -> None:
        """Show a text: somebody's words as a string, or lines of ours."""
        super().__init__(title)
        self._shown = content(preview(text), multiline=True) if isinstance(text, str) else text

    def body(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(id="page"):
            yield Static(self._shown)

    def on_mount(self) -> None:
        """Let the keys scroll it."""
        self.query_one("#page").focus()


class Confirm(Dialog[bool | None]):
    """Returns True on y."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "yes", "Yes", show=False),
        Binding("n", "close", "No", show=False),
    ]
    keys = "y or enter yes · n or esc no"

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        """The question."""
        yield Static(content(self._text, multiline=True))

    def action_yes(self) -> None:
        """Answer yes."""
        self.close(True)


class IdeaPage(Page):
    """A reader's idea, with its comments one key away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("w", "comment", "Comment", show=False)]
    app: AbduceApp

    def __init__(self, title: str, text: str, number: int, comments: int) -> None:
        super().__init__(title, text)
        self._number = number
        self.keys = f"↑ ↓ scroll · w comment{comment_text.mark(comments).plain} · esc back"

    def action_comment(self) -> None:
        """Open the comments on it."""
        commenting.open_thread(self.app, idea=self._number)


def idea_page(idea: Idea, debate: Debate) -> IdeaPage:
    """Show a reader's idea, as text."""
    about = (f"{idea.kind}, {idea.status}", f"from {idea.sender}" if idea.sender else "", idea.received[:10])
    related = f"\n\nRelated: {', '.join(idea.related)}" if idea.related else ""
    example = "\n\nAn example that came with the debate; nobody sent it." if idea.example else ""
    told = " · ".join(part for part in about if part)
    comments = comment_text.counts(debate)["", "", idea.number]
    return IdeaPage(
        f"Idea {idea.number}", f"{idea.title}\n{told}\n\n{idea.text}{related}{example}", idea.number, comments
    )
