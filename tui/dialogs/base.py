"""What every dialog shares: a box over the screen, esc closes, a line that says what is wrong."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.plain import content

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A modal box. A subclass yields its widgets in `body`."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > #box {
            width: 100; max-width: 96%; height: auto; max-height: 94%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        & #told { height: auto; }
        & #keys { height: auto; color: $text-muted; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Back", show=False)]

    keys = "esc back"
    """What the last line of the box says."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self._gone = False

    def compose(self) -> ComposeResult:
        """A titled box with the body, a line for what is wrong, and the keys."""
        with Vertical(id="box") as box:
            box.border_title = content(self._heading)
            yield from self.body()
            yield Static(id="told")
            yield Static(Content(self.keys), id="keys")

    def body(self) -> ComposeResult:
        """Yield the widgets of this dialog."""
        yield from ()

    def tell(self, sentence: str, *, wrong: bool = True) -> None:
        """Show a sentence under the body."""
        shown = content(sentence)
        self.query_one("#told", Static).update(Content.styled(shown.plain, "$text-error") if wrong else shown)

    def close(self, result: Result | None = None) -> None:
        """Leave once, however many keys ask for it."""
        if not self._gone:
            self._gone = True
            self.dismiss(result)

    def action_close(self) -> None:
        """Leave without a result."""
        self.close()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if event.widget is self:
            self.action_close()

    def keep_draft(self) -> None:
        """Keep what was typed and is not saved anywhere yet; most dialogs have nothing to keep."""
