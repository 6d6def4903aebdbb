"""A short answer typed in the row of a list that it is about; a line under it reads it back at every key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from hypotheses.debate import Debate
from store.errors import Conflict
from tui.dialogs.completing import Completing
from tui.dialogs.prompt import Prompt
from tui.screens import Showing
from tui.session import StoreCall
from tui.terminal.typed import LineInput
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

LEAST: Final = (60, 16)
"""Cells and lines of a terminal from which on a row has room for an answer."""
UNDER: Final = 2
"""Lines that open under the row."""
LAID_OUT: Final = 0.05
"""Seconds after which the screen below has taken up a new size."""


def has_room(size: Size) -> bool:
    """Say whether a row of a terminal of this size has room for an answer."""
    return size.width >= LEAST[0] and size.height >= LEAST[1]


class RowPrompt(Prompt, Showing):
    """Takes the row under the cursor; what stands below moves down for it. A subclass draws the row around the field.

    It follows the debate, and its row to wherever that goes. The list has to have opened `UNDER` lines already: below a
    dialog it would not be laid out.
    """

    DEFAULT_CSS = """
    RowPrompt {
        align: left top;
        & > #above { display: none; }
        & > #box { max-width: 100%; max-height: 100%; border: none; padding: 0; background: $row; }
        & #row { height: 1; }
        & #lead, & #rest { width: auto; height: 1; text-wrap: nowrap; }
        & #typed {
            height: 1; border: none; padding: 0 1; background: $field; text-style: bold;
            &:focus { border: none; }
        }
        & #why { display: none; height: 1; border: none; margin: 0 1 0 3; padding: 0 1; background: $field; }
        & #told, & #keys { padding: 0 1 0 3; margin: 0; color: $label; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "why", "And why", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: LineList[Any],
        value: str,
        *,
        read: Callable[[str], str],
        edit: Callable[[str, str], StoreCall],
        seen: object,
        doubt: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Ask for one thing in the row under the cursor.

        Args:
            title: What it is.
            rows: The list.
            value: What stands in the field at first.
            read: Turns the text into a sentence that shows how it is understood; raises Malformed.
            edit: Makes the change of a text, for a reason.
            seen: What its editor saw: the value that is changed, as it is now.
            doubt: Says what a text would take away, as of a `Prompt`.
        """
        super().__init__(title, "", value, read=read, edit=self._edit_for_a_reason, seen=seen, doubt=doubt)
        self._edit_for = edit
        self._rows = rows
        self._later: Timer | None = None
        self._reading_back = True
        """Whether the line under the row says how the text is understood, and not what was in the way."""

    def body(self) -> ComposeResult:
        """The row with a field in it."""
        with Horizontal(id="row"):
            yield Static(id="lead")
            yield self.line()
            yield Static(id="rest")
        yield LineInput(placeholder="why: the journal keeps it", id="why", compact=True)

    def line(self) -> LineInput:
        """Return what is typed in."""
        return LineInput(self._value, id="typed", select_on_focus=True, compact=True)

    def draw_row(self) -> None:
        """Draw what stands around the field, with what it says now."""

    @property
    def field(self) -> Input | None:
        """What is typed in; None before it has come."""
        return next(iter(self.query("#typed").results(Input)), None)

    def put(self, text: str) -> None:
        """Have the field say something, all of which the next key replaces."""
        if self.field is not None:
            self.field.value = text
            self.field.selection = Selection(0, len(text))

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Stand over the row anew, once the list has followed."""
        self.call_later(self._stand)

    def _edit_for_a_reason(self, text: str) -> StoreCall:
        return self._edit_for(text, self.query_one("#why", Input).value)

    def action_why(self) -> None:
        """Take what is suggested, or open the line for the reason, or go from it to the figure."""
        why, field = self.query_one("#why", Input), self.field
        if isinstance(field, Completing) and field.has_focus and field.take():
            return
        if why.has_focus:
            self.query_one("#typed").focus()
            return
        why.display = True
        self.call_after_refresh(self._make_room)
        why.focus()

    @on(Input.Submitted, "#why")
    def why_given(self) -> None:
        """Save the figure with its reason."""
        typed = self.query_one("#typed", Input)
        typed.post_message(Input.Submitted(typed, typed.value))

    @on(Input.Changed, "#typed")
    def _read_back(self) -> None:
        self._reading_back = True

    def on_mount(self) -> None:
        """Stand over the row, under which lines have been opened."""
        if isinstance(self.field, Completing):
            self.field.below = self.query_one("#box")
        self._stand()

    def on_unmount(self) -> None:
        """Close the lines again."""
        self._rows.open_room(0)

    def on_resize(self, event: events.Resize) -> None:
        """Stand over the row, wherever that is now."""
        super().on_resize(event)
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(LAID_OUT, self._stand_anew)

    def met(self, conflict: Conflict) -> None:
        """Show what another person has set meanwhile; enter replaces it."""
        self._reading_back = False
        super().met(conflict)

    def tell_doubt(self, doubt: str) -> None:
        """Say what a text would take away, until something else is typed."""
        self._reading_back = False
        super().tell_doubt(doubt)

    def tell(self, sentence: str, *, wrong: bool = True) -> None:
        """Show a sentence under the row; what is wrong has a cross, and may take more than a line."""
        super().tell(f"✗ {sentence}" if wrong else sentence, wrong=wrong)
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Open as many lines under the row as are taken."""
        if self.is_there:
            self._rows.open_room(max(UNDER, self.query_one("#box").size.height - 1))
            self._place()
            if isinstance(self.field, Completing):
                self.field.follow()

    def _stand_anew(self) -> None:
        # Below a dialog Textual 8.2.8 lays nothing out.
        self._rows.screen._refresh_layout()  # noqa: SLF001
        self._stand()

    def _stand(self) -> None:
        if self.field is not None:
            self._place()
            self.draw_row()

    def _place(self) -> None:
        box, region = self.query_one("#box"), self._rows.region
        line = self._rows.cursor * self._rows.row_height - self._rows.scroll_offset.y
        lowest = max(0, self.size.height - 1 - UNDER - 1)
        box.styles.width = region.width
        box.styles.offset = (region.x, min(lowest, region.y + max(0, line)))
