"""The comments on one thing, oldest first, and a place to write the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static, TextArea

from hypotheses.debate import Comment, Debate
from hypotheses.people import named
from hypotheses.problems import AbduceError
from store.drafts import Draft
from store.expected import ANYTHING
from tui.command_keys import bound_to
from tui.comments.comment_text import About, about, subject
from tui.comments.editing import edit_comment, remove_comment
from tui.dialogs.dialog import Dialog
from tui.screens import Showing
from tui.terminal.clean import clean_text, content
from tui.terminal.typed import TextInput
from tui.widgets.passage import Passage
from tui.widgets.preview import MOST_CHARACTERS, MOST_LINES, preview

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host


class Said(Passage):
    """What was said; the keys of a list go from one comment to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "screen.choose(1)", "The next comment", show=False),
        Binding("up,k", "screen.choose(-1)", "The comment before", show=False),
    ]


class Thread(Dialog[None], Showing):
    """Sending leaves it open; what is typed and not sent is kept as a draft."""

    DEFAULT_CSS = """
    Thread {
        & #page { height: auto; }
        & TextArea { height: 5; margin-top: 1; border: none; padding: 0; background: $boost; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "send", "Send", priority=True),
        bound_to("edit", "change('edit')"),
        bound_to("remove", "change('remove')"),
        bound_to("copy"),
    ]
    app: Host
    rolling = "#page"
    keys = (
        "ctrl+s (or F2) sends · tab to the comments: {edit} edits and {remove} removes your own "
        "· esc back, your text is kept"
    )

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
        self._said: list[Comment] = []
        self._chosen = 0
        """Number of the comment that keys act on while they go to the comments; 0 before one was chosen."""

    def body(self) -> ComposeResult:
        """What was said, and the place to write."""
        with Said(id="page"):
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
        self._said = [each for each in debate.comments.values() if about(each) == self._on]
        self._draw()
        page = self.query_one("#page")
        if not page.has_focus:
            page.scroll_end(animate=False)
        self.fit()

    # Choosing among them

    def _draw(self) -> None:
        chosen = self._chosen if self.query_one("#page").has_focus else 0
        self.query_one("#said", Static).update(thread_text(self._said, chosen))

    def on_descendant_focus(self) -> None:
        """Mark the comment that keys act on, the latest at first."""
        if self.query_one("#page").has_focus and self._said and self._current is None:
            self._chosen = self._said[-1].number
        self._draw()

    @property
    def copied(self) -> str:
        """The comment that keys act on, or else what was said, one after the other."""
        said = self._said if self._current is None else [self._current]
        return "\n\n".join(f"{named(self._debate, each.by)}, {each.at[:10]}:\n{each.text}" for each in said)

    @property
    def _current(self) -> Comment | None:
        return next((each for each in self._said if each.number == self._chosen), None)

    def action_choose(self, step: int) -> None:
        """Go to the comment before (-1) or after (1)."""
        numbers = [each.number for each in shown_of(self._said)]
        if not numbers:
            return
        at = numbers.index(self._chosen) if self._chosen in numbers else len(numbers) - 1
        self._chosen = numbers[max(0, min(at + step, len(numbers) - 1))]
        self._draw()
        self._in_sight()

    def _in_sight(self) -> None:
        width = self.query_one("#said").content_region.width
        lines = next((lines for number, lines in lines_of(self._said, width) if number == self._chosen), None)
        if lines is not None:
            region = Region(0, lines.start, 1, len(lines))
            self.query_one("#page").scroll_to_region(region, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Choose the comment under the mouse."""
        said = self.query_one("#said")
        offset = event.get_content_offset(said)
        if event.widget is not said or offset is None:
            return
        for number, lines in lines_of(self._said, said.content_region.width):
            if offset.y in lines:
                self._chosen = number
                self.query_one("#page").focus()
                self._draw()

    def action_change(self, how: str) -> None:
        """Edit the chosen comment, or remove it, if it is one's own."""
        comment, session = self._current, self.app.session
        if comment is None or session is None:
            self.tell("There is no comment to change: tab goes to the comments.")
        elif comment.by != session.store.actor:
            self.tell(f"This comment is {comment.by}'s; you can change your own.")
        else:
            self.tell("", wrong=False)
            (edit_comment if how == "edit" else remove_comment)(self.app, self._debate.slug, comment)

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
        if not self.is_there:
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


def shown_of(said: Sequence[Comment]) -> list[Comment]:
    """Return as many of the latest comments as are drawn at once."""
    shown: list[Comment] = []
    room, lines = MOST_CHARACTERS, MOST_LINES
    for comment in reversed(said):
        text = preview(comment.text)
        room, lines = room - len(text), lines - text.count("\n") - 3
        if shown and (room < 0 or lines < 0):
            break
        shown.append(comment)
    return shown[::-1]


def thread_text(said: Sequence[Comment], chosen: int = 0) -> Content:
    """Write out comments, the latest that are drawn at once; the chosen one is marked."""
    if not said:
        return Content.styled("No comments yet: write the first one below.", "$label")
    shown = shown_of(said)
    earlier = len(said) - len(shown)
    told = [Content.styled(f"… {earlier} earlier ones", "$label")] if earlier else []
    return Content("\n\n").join([*told, *(_comment_text(each, chosen=each.number == chosen) for each in shown)])


def lines_of(said: Sequence[Comment], width: int) -> Iterator[tuple[int, range]]:
    """Say on which lines each comment that is drawn stands, by its number."""
    shown = shown_of(said)
    at = 2 if len(shown) < len(said) else 0
    for comment in shown:
        height = _comment_text(comment, chosen=True).get_height({}, max(1, width))
        yield comment.number, range(at, at + height)
        at += height + 1


def _comment_text(comment: Comment, *, chosen: bool) -> Content:
    mark = Content.styled("▌", "$primary") if chosen else Content("")
    words = _words(preview(comment.text))
    return Content.assemble(mark, content(comment.by, "bold"), (f"  {when(comment.at)}\n", "$label"), words)


def _words(text: str) -> Content:
    return content(text, multiline=True)


def when(at: str) -> str:
    """Write a time in UTC as the clock here shows it; the empty time as nothing."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M") if at else ""
    except (ValueError, OverflowError):
        return clean_text(at)
