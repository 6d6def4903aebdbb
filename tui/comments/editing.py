"""What one has said oneself, put otherwise or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses import rules
from hypotheses.debate import Comment, Debate
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts
from tui.dialogs.removing import Removing
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host


class CommentEditor:
    """Edits the text of a comment in a form."""

    moves_figures = False

    def __init__(self, debate: str, comment: Comment) -> None:
        self._debate = debate
        self._now = comment

    def fields(self) -> list[FormField]:
        """Return its text."""
        hint = "what you have to say (Markdown)"
        return [FormField("text", "Text", self._now.text, hint, read=rules.required_text, required=True, long=True)]

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set the text."""
        debate, number, text = self._debate, self._now.number, texts["text"]
        if text == seen["text"]:
            return lambda _store, _seen: None, self._now
        return lambda store, expected: store.edit_comment(debate, number, text, expected=expected), self._now

    def would(self, debate: Debate, texts: Texts, seen: Texts) -> Debate:
        """What is said of a thing moves none of its figures."""
        return debate

    def moved_to(self, theirs: Comment) -> Texts:
        """Go on with what it was made in another window."""
        self._now = theirs
        return {"text": theirs.text}


def edit_comment(app: Host, debate: str, comment: Comment) -> None:
    """Edit a comment in a form."""
    draft = f"{debate}.comment-number-{comment.number}"
    app.push_screen(Form("Your comment", CommentEditor(debate, comment), draft=draft))


def remove_comment(app: Host, debate: str, comment: Comment) -> None:
    """Remove a comment, if that is agreed to."""

    def remove(_along: bool) -> StoreCall:
        return lambda store, seen: store.remove_comment(debate, comment.number, expected=seen)

    app.push_screen(Removing("Remove your comment?", comment.text, lambda: None, remove, seen=comment))
