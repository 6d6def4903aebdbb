"""The comments on one thing, oldest first, and a place to write the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from hypotheses.debate import Comment, Debate
from hypotheses.problems import AbduceError
from store.drafts import Draft
from store.expected import ANYTHING
from tui.comments.comment_text import About, about, subject
from tui.dialogs.dialog import Dialog
from tui.screens import Showing
from tui.terminal.clean import clean_text, content
from tui.terminal.typed import TextInput
from tui.widgets.passage import Passage
from tui.widgets.preview import MOST_CHARACTERS, MOST_LINES, preview

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host


class Thread(Dialog[None], Showing):
    """Sending leaves it open; what is typed and not sent is kept as a draft."""

    DEFAULT_CSS = """
    Thread {
        & #page { height: auto; }
        & TextArea { height: 5; margin-top: 1; border: none; padding: 0; background: $boost; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f2", "send", "Send", priority=True)]
    app: Host
    rolling = "#page"
    keys = "ctrl+s (or F2) sends · tab to the comments and back · esc back, your text is kept"

    def __init__(self, debate: Debate, on: About) -> None:
        """Show the comments on one thing."""
        super().__init__(f"Comments on {subject(debate, on)}")
        self._debate = debate
        self._on = on
        name = "-".join(str(part) for part in on if part)
        self._draft = f"{debate.slug}.comment-{'cell-' if on[0] and on[1] else ''}{name}"
        self._kept = ""
        self._sent = ""
        self._told_as_kept = False

    def body(self) -> ComposeResult:
        """What was said, and the place to write."""
        with Passage(id="page"):
            yield Static(id="said")
        area = TextInput(id="typed", tab_behavior="focus", compact=True)
        area.placeholder = "write a comment"
        yield area

    def on_mount(self) -> None:
        """Bring back a draft, and keep one from now on."""
        area = self.query_one(TextArea)
        draft = self.app.drafts.take_up(self._draft)
        area.text = self._kept = draft.texts.get("text", "") if draft else ""
        area.move_cursor(area.document.end)
        area.focus()
        self.show(self._debate, None)
        self.set_interval(1.0, self._keep_or_tell)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the comments there are now, the latest in sight."""
        if not self.query("#said"):
            return
        said = [each for each in debate.comments.values() if about(each) == self._on]
        self.query_one("#said", Static).update(thread_text(said))
        self.query_one("#page").scroll_end(animate=False)
        self.fit()

    # Sending

    def action_send(self) -> None:
        """Send what is typed."""
        if self._gone or self._saving or not self.query(TextArea):
            return  # left, sent already, or the text has not come yet
        text = self.query_one(TextArea).text
        if not text.strip():
            self.tell("There is nothing to send yet.")
            return
        slug, key, number = self._on
        self._sent = text
        debate = self._debate.slug
        self.ask(lambda store, _: store.comment(debate, text, hypothesis=slug, evidence=key, idea=number), ANYTHING)

    def saved(self) -> None:
        """Make room for the next one; what was typed meanwhile stays."""
        if self._gone or not self.is_attached:
            if self._kept == self._sent:
                self.app.drafts.drop(self._draft)
            return
        area = self.query_one(TextArea)
        area.text = area.text.removeprefix(self._sent)
        self.tell("", wrong=False)
        self._keep_or_tell()

    # Drafts

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Ask again before leaving without the text."""
        self._told_as_kept = False

    def keep_draft(self) -> None:
        """Write the draft if it changed since it was last written.

        Raises:
            AbduceError: it cannot be written.
        """
        if self._gone:
            return
        text = self.query_one(TextArea).text
        if text != self._kept:
            if text.strip():
                self.app.drafts.keep(self._draft, Draft({"text": text}, {"text": ""}))
            else:
                self.app.drafts.drop(self._draft)
            self._kept = text

    def _keep_or_tell(self) -> bool:
        try:
            self.keep_draft()
        except (AbduceError, OSError) as failed:
            self.tell(f"Your text is not kept until you send it: {failed}. Pressing esc twice leaves without it.")
            return False
        return True

    def action_close(self) -> None:
        """Leave; what was typed is kept as a draft."""
        kept = self._keep_or_tell()
        if not kept and not self._told_as_kept:
            self._told_as_kept = True
            return
        if kept and self._kept.strip() and not self._saving:
            self.app.notify("Not sent. Your text is kept and comes back when you open this again.", markup=False)
        self.close()


def thread_text(said: list[Comment]) -> Content:
    """Write out comments, as many of the latest as are drawn at once."""
    if not said:
        return Content.styled("No comments yet.", "$label")
    shown: list[Content] = []
    room, lines = MOST_CHARACTERS, MOST_LINES
    for comment in reversed(said):
        text = preview(comment.text)
        room, lines = room - len(text), lines - text.count("\n") - 3
        if shown and (room < 0 or lines < 0):
            shown.append(Content.styled(f"… {len(said) - len(shown)} earlier ones", "$label"))
            break
        shown.append(Content.assemble(content(comment.by, "bold"), (f"  {when(comment.at)}\n", "$label"), _words(text)))
    return Content("\n\n").join(reversed(shown))


def _words(text: str) -> Content:
    return content(text, multiline=True)


def when(at: str) -> str:
    """Write a time in UTC as the clock here shows it; the empty time as nothing."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M") if at else ""
    except (ValueError, OverflowError):
        return clean_text(at)
