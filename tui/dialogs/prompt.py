"""Type one thing: read as it is typed, saved on enter, kept on screen until it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input, Static

from hypotheses.problems import Malformed
from store.errors import AbduceError
from tui.dialogs.base import Dialog
from tui.plain import content

if TYPE_CHECKING:
    from tui.app import AbduceApp


class Prompt(Dialog[bool]):
    """Returns True when `save` took what was typed."""

    keys = "enter saves · esc back"
    app: AbduceApp

    def __init__(
        self,
        title: str,
        about: str,
        value: str,
        *,
        read: Callable[[str], str],
        save: Callable[[str], object],
    ) -> None:
        """Ask for one line.

        Args:
            title: Of the box.
            about: One line above the field.
            value: What stands in the field at first.
            read: Turns the text into a sentence that shows how it is understood; raises Malformed.
            save: Stores it, in a thread; raises AbduceError.
        """
        super().__init__(title)
        self._about = about
        self._value = value
        self._read = read
        self._save = save

    def body(self) -> ComposeResult:
        """A line about it, and the field."""
        yield Static(content(self._about), id="about")
        yield Input(self._value, id="typed", select_on_focus=True)

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
            self.save(event.value)

    @work(thread=True, exclusive=True, group="save", exit_on_error=False)
    def save(self, text: str) -> None:
        """Store it and leave, or say why not and stay."""
        try:
            self._save(text)
        except (AbduceError, Malformed) as refused:
            self.app.call_from_thread(self.tell, str(refused))
        else:
            self.app.call_from_thread(self.close, True)
