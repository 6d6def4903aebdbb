"""The form of one rating."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.editor import Editor
from tui.dialogs.form import ShortForm
from tui.evidence.fields import QUESTION, REST_OF_QUESTION
from tui.terminal.clean import content


class RatingForm(ShortForm):
    """The explanation, the rating and its reason."""

    DEFAULT_CSS = "RatingForm #question { margin-bottom: 1; }"

    def __init__(self, title: str, editor: Editor, *, draft: str, explanation: str) -> None:
        """Rate the evidence of this title for an explanation."""
        super().__init__(title, editor, draft=draft)
        self._explanation = explanation

    def body(self) -> ComposeResult:
        """What is asked, and the fields."""
        yield Static(content(self._explanation, "bold"))
        yield Static(Content(f"{QUESTION}{REST_OF_QUESTION[1]}"), id="question")
        yield from super().body()
