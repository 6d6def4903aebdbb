"""Type one thing: read as it is typed, saved on enter, kept on screen until it is."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from hypotheses.problems import Malformed
from store.errors import Conflict
from tui.dialogs.dialog import Dialog
from tui.terminal.clean import content
from tui.terminal.typed import LineInput

if TYPE_CHECKING:
    from tui.session import StoreCall


class Prompt(Dialog[bool]):
    """Returns True when `save` took what was typed."""

    DEFAULT_CSS = "Prompt { & #about { margin-bottom: 1; } & #typed { background: $field; padding: 0 1; } }"
    keys = "enter saves · esc back"

    def __init__(
        self,
        title: str,
        about: str,
        value: str,
        *,
        read: Callable[[str], str],
        edit: Callable[[str], StoreCall],
        seen: object,
        doubt: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Ask for one line.

        Args:
            title: Of the box.
            about: A line or two above the field.
            value: What stands in the field at first.
            read: Turns the text into a sentence that shows how it is understood; raises Malformed.
            edit: Makes the change of the text; raises Malformed.
            seen: What its editor saw: the value that is changed, as it is now.
            doubt: Says of a text what it would take away, for which enter is to be pressed again; empty for nothing.
        """
        super().__init__(title)
        self._about = about
        self._value = value
        self._read = read
        self._edit = edit
        self._seen = seen
        self._doubt = doubt
        self._doubted: tuple[str, float] | None = None
        """The text of which that was told, and when."""

    def body(self) -> ComposeResult:
        """What it is about, and the field."""
        yield Static(content(self._about, multiline=True), id="about")
        yield LineInput(self._value, id="typed", select_on_focus=True, compact=True)

    @on(Input.Changed, "#typed")
    def typed(self, event: Input.Changed) -> None:
        """Say how the text is understood."""
        try:
            self.tell(self._read(event.value), wrong=False)
        except Malformed as refused:
            self.tell(str(refused))

    @on(Input.Submitted, "#typed")
    def submitted(self, event: Input.Submitted) -> None:
        """Save it, if it can be read."""
        try:
            self._read(event.value)
        except Malformed as refused:
            self.tell(str(refused))
        else:
            if self._meant(event.value):
                self.ask(self._edit(event.value), self._seen)

    def _meant(self, text: str) -> bool:
        """Say whether what a text takes away is taken away on purpose; tell it if that was not told yet."""
        doubt = self._doubt(text)
        if not doubt:
            return True
        if self._doubted is None or self._doubted[0] != text:
            self._doubted = text, monotonic()
            self.tell_doubt(doubt)
        return self.app.typed_at >= self._doubted[1]

    def tell_doubt(self, doubt: str) -> None:
        """Say what a text would take away."""
        self.tell(doubt, wrong=False)

    def met(self, conflict: Conflict) -> None:
        """Show what another person has set meanwhile; enter replaces it."""
        super().met(conflict)
        self._seen = self.app.changes.seen_now(self._seen, conflict)

    def saved(self) -> None:
        """Leave with True, once the change is made."""
        self.close(True)
