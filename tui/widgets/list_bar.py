"""The bar at the side of a list, drawn for what it shows and not for how it could look."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from rich.color import Color
from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from tui.terminal.painting import as_painted

if TYPE_CHECKING:
    from rich.style import Style
    from textual.scrollbar import ScrollBarRender


class ListBar(ScrollBar):
    """Textual's bar with its few different cells drawn once; a scrolled list paints all of them at each key."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the cells of some lines."""
        bar = cast("ScrollBarRender", self.render())
        style = cast("Style", bar.style)
        cells = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=bar.thickness,
            back_color=style.bgcolor or Color.default(),
            bar_color=style.color or Color.default(),
        ).segments
        below = self.rich_style
        return as_painted(self, [_line(cells[y], below) for y in crop.line_range], crop)


@lru_cache(256)
def _line(cell: Segment, below: Style) -> Strip:
    """Return a line that keeps what it looks like once filtered."""
    return Strip(Segment.apply_style([cell], below))
