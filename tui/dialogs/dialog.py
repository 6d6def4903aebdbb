"""What every dialog shares: a box over the screen, esc closes, a line that says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.console import RenderableType
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widgets import Static

from store.errors import Conflict
from tui.dialogs.conflict_text import theirs_in_words
from tui.screens import Typing
from tui.terminal import guards
from tui.terminal.behind import Behind
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.button_row import ButtonRow, KeyButton
from tui.widgets.key_text import KeyText

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.changes import Asked
    from tui.host import Host
    from tui.session import StoreCall

Result = TypeVar("Result")

MOST_OF_SCREEN = 0.94
"""Share of the screen's height that a box takes at most."""


class Dialog(ModalScreen[Result], Typing):
    """A modal box. A subclass yields its widgets in `body`."""

    DEFAULT_CSS = """
    Dialog {
        align: center top;
        overflow: hidden;  /* in a tiny terminal its scroll bar would come and go for ever */
        /* where there is room, the headline stays in sight */
        & > #above { visibility: hidden; width: 1; height: 1fr; max-height: 5; }
        & > #box {
            width: 100; max-width: 98%; height: auto; max-height: 94%;
            border: round $primary; background: $surface; padding: 0 1;
            border-title-color: $foreground; border-title-style: bold;
        }
        & #told { height: auto; display: none; }
        & #keys { height: auto; color: $label; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Back", show=False),
        # Before the field under the focus has them: what is typed right after goes to the next one.
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Field before", show=False, priority=True),
    ]

    app: Host
    keys = "esc back"
    """What the last line of the box says, if anything; see `KeyText`."""
    buttons: Sequence[KeyButton] = ()
    """What the mouse can press; the first is the main one."""
    rolling = ""
    """Selector of the part that scrolls when the terminal is too low for all of it."""
    most = 40
    """Lines which that part takes at most."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self._gone = False
        self._result: Result | None = None
        self._saving = False
        self._told_of_conflict = 0.0

    def compose(self) -> ComposeResult:
        """A titled box with the body, a line for what is wrong, the buttons and the keys."""
        yield Static(id="above")
        with Vertical(id="box") as box:
            box.border_title = content(self._heading)
            yield from self.body()
            yield Static(id="told")
            if self.buttons:
                yield ButtonRow(self.buttons)
            if self.keys:
                yield KeyText(self.keys, id="keys")

    def render(self) -> RenderableType:
        """Draw the screen behind."""
        behind = super().render()
        return Behind(behind.screen, behind.color) if isinstance(behind, BackgroundScreen) else behind

    def body(self) -> ComposeResult:
        """Yield the widgets of this dialog."""
        yield from ()

    def tell(self, sentence: str, *, wrong: bool = True) -> None:
        """Show a sentence under the body."""
        shown = content(sentence)
        told = self.query_one("#told", Static)
        told.display = bool(sentence)
        put(told, Content.styled(shown.plain, "$contra") if wrong else shown)
        self.fit()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the new size."""
        if not guards.overtaken(self, event):
            self.fit()

    def fit(self) -> None:
        """Leave room for the frame, what is told and the keys."""
        if self.rolling:
            self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.query(self.rolling):
            return  # left meanwhile
        box, part = self.query_one("#box"), self.query_one(self.rolling)
        others = sum(each.outer_size.height + each.styles.margin.height for each in box.children if each is not part)
        room = int(self.size.height * MOST_OF_SCREEN) - box.gutter.height - others - part.styles.margin.height
        part.styles.max_height = max(3, min(self.most, room))

    # Saving, for dialogs that do

    def ask(self, edit: StoreCall, seen: object) -> None:
        """Ask for a change against what was seen, then `saved`, `met` or what was wrong; not again meanwhile.

        What was typed before one could see that somebody else has changed the same thing does not confirm it.
        """
        if not self._saving and self.app.typed_at >= self._told_of_conflict:
            self._ask(edit, seen)

    def _ask(self, edit: StoreCall, seen: object) -> None:
        self._saving = True
        self.app.changes.ask(edit, seen, made=self._made, refused=self._not_made)

    def _made(self) -> None:
        self._saving = False
        self.saved()

    def _not_made(self, asked: Asked, problem: AbduceError) -> None:
        self._saving = False
        if not self.is_there:
            self.refused_when_gone(asked, problem)
        elif isinstance(problem, Conflict):
            self._told_of_conflict = monotonic()
            self.met(problem)
        else:
            self.tell(str(problem))

    def saved(self) -> None:
        """Leave, once the change is made."""
        self.close()

    def met(self, conflict: Conflict) -> None:
        """Show what another person has made of it meanwhile; asking again is then on purpose."""
        self.tell(f"{conflict}. {theirs_in_words(conflict)}")

    def refused_when_gone(self, asked: Asked, problem: AbduceError) -> None:
        """Tell why nothing was saved after this was left."""
        self.app.changes.tell(asked, problem)

    # Leaving

    @property
    def is_there(self) -> bool:
        """Whether its parts can be asked: it is shown, and nothing has asked it to leave."""
        return not self._gone and self.app.shows(self)

    def close(self, result: Result | None = None) -> None:
        """Leave once, however many keys ask for it; from under another dialog, when that is left."""
        if not self._gone:
            self._gone, self._result = True, result
            self._leave()

    def _leave(self) -> None:
        # `dismiss` takes away whatever is on top.
        if self.app.screen is self:
            self.dismiss(self._result)
            self.app.call_later(self.app.at_rest)

    def on_screen_resume(self) -> None:
        """Leave now, if that was asked for while another dialog was on top."""
        if self._gone:
            self._leave()

    def action_close(self) -> None:
        """Leave without a result."""
        self.close()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if event.widget is self:
            self.action_close()

    def keep_draft(self) -> None:
        """Keep what was typed and is not saved anywhere yet; most dialogs have nothing to keep."""
