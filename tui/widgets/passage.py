"""A text to read that the keys of a list scroll too."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Passage(VerticalScroll):
    """What is longer than its place, scrolled by the arrows and by j, k, g, G, ctrl+d and ctrl+u."""

    DEFAULT_CSS = "Passage { scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G", "scroll_end", "End", show=False),
        Binding("ctrl+d", "half_page(1)", "Half a page down", show=False),
        Binding("ctrl+u", "half_page(-1)", "Half a page up", show=False),
    ]

    def action_half_page(self, direction: int) -> None:
        """Scroll by half of what is in sight."""
        self.scroll_relative(y=direction * max(1, self.scrollable_content_region.height // 2), animate=False)
