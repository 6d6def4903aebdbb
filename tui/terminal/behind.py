"""The screen behind a dialog: dimmed by Textual, and not bold, so that what is in front stands out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual.renderables.background_screen import BackgroundScreen

PLAIN: Final = Style(bold=False)


class Behind(BackgroundScreen):
    """Draws it."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw what Textual draws, with no letter bold; where nothing is dimmed, as it is."""
        drawn: Iterable[Segment] = self.process_segments(console.render(self.screen._compositor, options), self.color)  # noqa: SLF001 - as its base does
        return Segment.apply_style(drawn, post_style=PLAIN) if self.color.a else drawn
