"""Fields to type in whose keys act in the order in which they were pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual import events
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from hypotheses.pasted import Taken, one_line
from tui.terminal.clean import clean_text


async def carry_out(field: Widget, event: events.Key) -> None:
    """Do here and now what a key is bound to in a field.

    In Textual 8.2.8 a letter goes into the field at once, but enter or ctrl+u wanders from there through every widget
    up to the app before anything is done: letters pressed after it overtake it.
    """
    for binding in field._bindings.key_to_bindings.get(event.key, ()):  # noqa: SLF001 - the app asks them like that
        if await field.app.run_action(binding.action, field):
            event.stop()
            if event.key == "enter":
                event.prevent_default()  # the cursor need not be painted anew first
            return


MOST_PASTED: Final = 10_000
"""Characters that a line takes of a paste: Textual's Input needs seconds for more."""


class LineInput(Input):
    """A field of one line. Of a paste that has several, Textual 8.2.8 takes the first and drops the others."""

    takes: Callable[[str], Taken] = staticmethod(one_line)
    """Makes what goes into the field of what is pasted; what is lost of that is told."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take_in(event.text)

    def take_in(self, text: str) -> None:
        """Put what is pasted in the place of what is selected."""
        taken = self.takes(text[:MOST_PASTED])
        self.replace(taken.text, *self.selection)
        cut = f"Of what was pasted only the first {MOST_PASTED:,} characters." if len(text) > MOST_PASTED else ""
        if told := " ".join(filter(None, (taken.told, cut))):
            self.app.notify(clean_text(told), timeout=8, markup=False)

    async def on_key(self, event: events.Key) -> None:
        """Carry a key out in the order in which it was pressed."""
        await carry_out(self, event)


class TextInput(TextArea):
    """A field of several lines."""

    def render_line(self, y: int) -> Strip:
        """Draw a line. Where there is no room for a letter, Textual 8.2.8 cannot wrap the placeholder."""
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(self.size.width)

    def on_paste(self, event: events.Paste) -> None:
        """Keep what is pasted from whoever takes what no field took."""
        event.stop()

    async def on_key(self, event: events.Key) -> None:
        """Carry a key out in the order in which it was pressed."""
        await carry_out(self, event)
