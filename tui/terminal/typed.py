"""Fields to type in whose keys act in the order in which they were pressed."""

from __future__ import annotations

from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea


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


class LineInput(Input):
    """A field of one line."""

    async def on_key(self, event: events.Key) -> None:
        """Carry a key out in the order in which it was pressed."""
        await carry_out(self, event)


class TextInput(TextArea):
    """A field of several lines."""

    async def on_key(self, event: events.Key) -> None:
        """Carry a key out in the order in which it was pressed."""
        await carry_out(self, event)
