"""Painting what a key was pressed for at once, and the rest of the screen without laying it out anew.

Laying out and painting a whole screen takes Textual 20 ms and more; a few lines take one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

SOON = 0.01
"""Seconds that what may follow waits. The terminal is written to by a thread, which needs the processor first."""


class TextPieces(CompositorUpdate):
    """Pieces of lines, each with the column and the row where it begins."""

    def __init__(self, pieces: list[tuple[int, int, Strip]]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Write them for a terminal."""
        return "".join(f"{Control.move_to(x, y)}{strip.render(console)}" for x, y, strip in self.pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Write them for whatever else Rich writes to."""
        for x, y, strip in self.pieces:
            yield Control.move_to(x, y)
            yield from strip


def paint_now(*widgets: Widget) -> None:
    """Send these widgets of one screen to the terminal, as they are and where they stand.

    Left to itself, Textual 8.2.8 passes a message from each widget to its screen, waits for the next sixtieth of a
    second, lays the screen out first if anything on it has asked for that, and draws every widget on it in search of
    what lies where. There is no public way around it. What is not in full sight is left to Textual all the same.
    """
    screen = widgets[0].screen
    if screen.is_current and not screen.app._batch_count:  # noqa: SLF001
        pieces = [piece for widget in widgets for piece in _pieces(screen, widget)]
        screen.app._display(screen, TextPieces(pieces))  # noqa: SLF001


def _pieces(screen: Screen[Any], widget: Widget) -> Iterator[tuple[int, int, Strip]]:
    region = _in_full_sight(screen, widget)
    if region is not None:
        widget._exchange_repaint_regions()  # noqa: SLF001 - it need not be painted again
        for y, strip in enumerate(widget.render_lines(Region(0, 0, *region.size)), region.y):
            yield region.x, y, strip


def _in_full_sight(screen: Screen[Any], widget: Widget) -> Region | None:
    """Return where a widget stands, if all of it is there and nothing lies over it."""
    for other, (region, clip) in screen._compositor.visible_widgets.items():  # noqa: SLF001 - from the front to the back
        if other is widget:
            return region if clip.contains_region(region) else None
        if region.overlaps(widget.region):
            return None
    return None


def put(place: Static, text: Content) -> None:
    """Show a text; the screen is laid out anew only if it takes another number of lines than the one before."""
    place.update(text, layout=not _fits(place, text))


def _fits(place: Static, text: Content) -> bool:
    styles, there = place.styles, place.content_size
    if styles.is_auto_width or not there:
        return False
    return not styles.is_auto_height or text.get_height(styles, there.width) == there.height  # type: ignore[arg-type]  # as Textual calls it


def entitle(panel: Widget, title: Content | None = None, about: Content | None = None) -> None:
    """Write the head of a panel, a title and something about it; it is painted anew only if it said something else."""
    before = _HEADS.get(panel, (Content(""), Content("")))
    head = (before[0] if title is None else title, before[1] if about is None else about)
    if head != before:
        _HEADS[panel] = head
        space = "  " if head[1].plain else ""
        title, about = head[0].stylize("bold $foreground"), head[1].stylize("$label")
        panel.border_title = Content.assemble(" ", title, space, about, " ")


_HEADS: Final[WeakKeyDictionary[Widget, tuple[Content, Content]]] = WeakKeyDictionary()
"""Panel -> its title, and what stands about it."""
