"""Painting what a key was pressed for at once, and the rest of the screen without laying it out anew.

Laying out and painting a whole screen takes Textual 20 ms and more; a few lines take one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
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
    what lies where. There is no public way around it. What is not in full sight is left to Textual all the same; so is
    a screen below a dialog, unless that lets it through as it is.
    """
    screen = widgets[0].screen
    above = _above(screen)
    if above is None or screen.app._batch_count:  # noqa: SLF001
        return
    asked = (*widgets, *(bar for widget in widgets if (bar := _moved_bar(widget)) is not None))
    sights = [(widget, region) for widget in asked if (region := _in_full_sight(widget, [*above, screen]))]
    pieces = [piece for widget, region in sights for piece in _pieces(widget, region)]
    if not pieces:
        return
    screen.app._display(screen.app.screen, TextPieces(pieces))  # noqa: SLF001
    for other in above:
        other.refresh(*(region for _, region in sights))  # it has a copy of what is below it


class PaintedDirectly(Screen[Any]):
    """A screen that paints what has changed line by line, as `paint_now` does, also where no key waits for it.

    Textual 8.2.8 draws every widget that touches the smallest rectangle around all changes: a title on top and a
    message at the bottom have the whole screen drawn.
    """

    def _on_timer_update(self) -> None:
        if not (self._layout_required or self._scroll_required or self._repaint_required):
            places = self._compositor.visible_widgets
            # Those that have been removed stand among them too.
            there = [each for each in self._dirty_widgets if each in places and each.is_attached]
            alone = [each for each in there if not each.is_container]
            if alone and self.is_current:
                paint_now(*alone)
        super()._on_timer_update()


def _moved_bar(widget: Widget) -> Widget | None:
    """Return the bar at the side of a widget, if that has moved: it would follow a frame later."""
    bar = widget.vertical_scrollbar if widget.show_vertical_scrollbar else None
    return bar if bar is not None and bar._repaint_regions else None  # noqa: SLF001


def _above(screen: Screen[Any]) -> list[Screen[Any]] | None:
    """Return the screens above one, the front first, if it is seen through all of them as it is."""
    stack = screen.app.screen_stack
    above = stack[: stack.index(screen) : -1] if screen in stack else []
    seen = screen in stack and all(other.styles.background.a == 0 for other in above)
    return above if seen else None


def _pieces(widget: Widget, region: Region) -> Iterator[tuple[int, int, Strip]]:
    whole = Region(0, 0, *region.size)
    asked = widget._exchange_repaint_regions()  # noqa: SLF001 - they need not be painted again
    for first, count in _runs(sorted({y for part in asked for y in part.intersection(whole).line_range})):
        for y, strip in enumerate(widget.render_lines(Region(0, first, whole.width, count)), first):
            yield region.x, region.y + y, strip


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where lines begin that follow one another, and how many they are."""
    for _, run in groupby(enumerate(lines), lambda numbered: numbered[1] - numbered[0]):
        numbers = [line for _, line in run]
        yield numbers[0], len(numbers)


def _in_full_sight(widget: Widget, screens: Iterable[Screen[Any]]) -> Region | None:
    """Return where a widget stands beside its bars, if all of it is there and nothing on these screens lies over it."""
    for screen in screens:
        # From the front to the back.
        for other, (region, clip) in screen._compositor.visible_widgets.items():  # noqa: SLF001
            if other is widget:
                return widget._get_scrollable_region(region) if clip.contains_region(region) else None  # noqa: SLF001
            if other is not screen and other.parent is not widget and region.overlaps(widget.region):
                return None
    return None


def as_painted(widget: Widget, lines: Iterable[Strip], crop: Region) -> list[Strip]:
    """Return lines of a widget that has no border, padding or opacity as they are painted, each filtered once.

    Textual 8.2.8 looks for these at every piece of every line, and filters it again, whenever the widget has scrolled.
    """
    background, filters, blank = widget.background_colors[1], widget.get_line_filters(), widget.rich_style
    painted = []
    for line in lines:
        for each in filters:
            line = line.apply_filter(each, background)  # noqa: PLW2901 - one after the other
        painted.append(line.crop_extend(crop.x, crop.right, blank))
    return painted


_STYLES: dict[Style, Style] = {}
"""Every style of a list once: what a terminal is sent for one is worked out once for each object."""


def joined(strip: Strip) -> Strip:
    """Return a line whose neighbours of one style are one piece, for a list, in which no text is selected.

    For the selection of text Textual 8.2.8 notes in the style of each piece where it stands, so that no two are equal.
    """
    bare = ((text, style.clear_meta_and_links() if style else Style.null()) for text, style, _ in strip)
    return Strip([Segment(text, _STYLES.setdefault(style, style)) for text, style in bare]).simplify()


def put(place: Static, text: Content) -> None:
    """Show a text; the screen is laid out anew only if it takes another number of lines than the one before."""
    place.update(text, layout=not _fits(place, text))


def _fits(place: Static, text: Content) -> bool:
    styles, there = place.styles, place.content_size
    if styles.is_auto_width or not there:
        return False
    return not styles.is_auto_height or text.get_height(styles, there.width) == there.height  # type: ignore[arg-type]  # as Textual calls it
