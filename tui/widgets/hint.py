"""What stands where there is nothing yet: which key fills it."""

from __future__ import annotations

from textual.content import Content

from tui.command_keys import with_keys
from tui.terminal.clean import content


def hint(text: str) -> Content:
    """Write a text in the shade of labels, what stands between backticks as a key; a command in braces is its key."""
    parts = with_keys(text).split("`")
    return Content.assemble(
        *(content(part, "bold $you" if place % 2 else "$label", multiline=True) for place, part in enumerate(parts))
    )
