"""What is told for a while: the latest messages in one box, in a corner of the screen one is on.

Textual 8.2.8 makes two widgets for every message, lays the whole screen out three times, and leaves one of the two
behind for good if the message expires before its timer has run. Here one widget is used again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from textual import events
from textual._arrange import arrange
from textual.app import App, ScreenStackError
from textual.content import Content
from textual.geometry import NULL_SPACING, Offset, Region, Size, Spacing
from textual.map_geometry import MapGeometry
from textual.notifications import Notification, SeverityLevel
from textual.timer import Timer
from textual.widgets import Static

from tui.terminal.clean import content

WIDTH: Final = 60
"""Columns of the box at most, its frame among them."""
MOST: Final = 5
"""Messages that are shown at once."""
MOMENT: Final = 0.02
"""Seconds to the next look at least, for a message whose time is just running out."""
CORNER: Final = "-in-corner"
"""Class of what stands in the corner already: messages stand above it."""
MARKS: Final[dict[SeverityLevel, tuple[str, str]]] = {
    "information": ("· ", "$label"),
    "warning": ("! ", "bold $today"),
    "error": ("✗ ", "bold $contra"),
}
"""What each kind of message begins with, from the least to the most severe, and its style."""
_SEVERITIES: Final = list(MARKS)
_ABOVE_ALL: Final = ((1, 0, 0),)
"""Where Textual puts overlays in the order of painting."""


def message(text: str, title: str = "", severity: SeverityLevel = "information", seconds: float = 5.0) -> Notification:
    """Make a message. The same sentence told again has a longer time, not another line."""
    return Notification(text, title, severity, seconds, identity=f"{severity} {title}\n{text}")


def show_toasts(app: App[Any]) -> None:
    """Show what is told now on the screen one is on, and nothing on those below it."""
    try:
        current = app.screen
    except ScreenStackError:
        return
    # Not `list`: it asks for the length too, at which Textual 8.2.8 takes away what has expired since it began.
    messages = [each for each in app._notifications]  # noqa: C416, SLF001 - there is no public way
    for screen in app.screen_stack:
        shown = messages if screen is current else []
        box = next((child for child in screen.children if isinstance(child, ToastBox)), None)
        if box is None and shown and screen.is_mounted:
            screen.mount(ToastBox())
        elif box is not None and box.is_running:
            box.show(shown)


class ToastBox(Static):
    """The box. There is one on each screen where something was told, and it stays, mostly without a display."""

    DEFAULT_CSS = """
    ToastBox {
        layer: _tooltips; overlay: screen; position: absolute; offset: 100vw 100vh; constrain: inside;
        width: auto; height: auto; margin: 0 1 1 1;
        border: round $primary; background: $panel; padding: 0 1; display: none;
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.styles.max_width = WIDTH
        self._told: list[Notification] = []
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Show what it was made for."""
        show_toasts(self.app)

    def show(self, messages: Iterable[Notification]) -> None:
        """Show what there is room for, the latest at the bottom, until the first of these messages expires."""
        if self._timer is not None:
            self._timer.stop()
        self._told = messages = self._that_fit(messages)
        if messages:
            left = min(each.time_left for each in messages)
            self._timer = self.set_timer(max(MOMENT, left), lambda: show_toasts(self.app))
        # As a plain rule: the property would have the screen laid out anew, which is what `_place` is there to spare.
        self.styles.set_rule("display", "block" if messages else "none")
        self.update(Content("\n").join(map(_written, messages)), layout=False)
        self._place()

    def _that_fit(self, messages: Iterable[Notification]) -> list[Notification]:
        """Choose what half the screen has room for: what is more severe goes before what is later."""
        columns, rows = self.screen.size
        width, left = min(WIDTH, columns - self.styles.margin.width) - self.gutter.width, rows // 2 - self.gutter.height
        kept: list[Notification] = []
        for each in sorted(messages, key=lambda one: (_SEVERITIES.index(one.severity), one.raised_at), reverse=True)[
            :MOST
        ]:
            left -= _written(each).get_height({}, max(1, width))
            if kept and left < 0:
                break
            kept.append(each)
        return sorted(kept, key=lambda one: one.raised_at)

    def _place(self) -> None:
        """Put the box at once where the next layout will find it; the screen paints it with whatever else has changed.

        Textual 8.2.8 has no public way to move a widget that costs less than laying out all of them.
        """
        screen = self.screen
        taken = sum(each.outer_size.height for each in screen.children if each.has_class(CORNER) and each.display)
        self.styles.set_rule("margin", Spacing(0, 1, 1 + taken, 1))
        compositor = screen._compositor  # noqa: SLF001
        self._layout_updates += 1
        screen._clear_arrangement_cache()  # noqa: SLF001
        region = self._region(compositor.size)
        dirty = compositor._dirty_regions  # noqa: SLF001
        for places in filter(None, (compositor._full_map, compositor._visible_map)):  # noqa: SLF001
            if (before := places.pop(self, None)) is not None:
                dirty.add(before.region)
            if region:
                places[self] = MapGeometry(
                    region, _ABOVE_ALL, compositor.size.region, region.size, compositor.size, region, NULL_SPACING
                )
                dirty.add(region)
        (compositor.widgets.add if region else compositor.widgets.discard)(self)
        compositor._cuts = compositor._layers = compositor._layers_visible = None  # noqa: SLF001
        compositor._visible_widgets = None  # noqa: SLF001
        self._size_updated(region.size, region.size, compositor.size, layout=False)
        screen._dirty_widgets.add(screen)  # noqa: SLF001 - what is painted are the regions
        screen.check_idle()

    def _region(self, size: Size) -> Region:
        """Ask Textual's layout where the box goes on a screen of this size; nowhere if it shows nothing."""
        for placed in arrange(self.screen, [self], size, size).placements:
            placement = placed.process_offset(size.region, Offset())
            return placement.region + placement.offset
        return Region()

    def on_click(self, event: events.Click) -> None:
        """Dismiss the messages that were read."""
        event.stop()
        for each in self._told:
            self.app._unnotify(each, refresh=False)  # noqa: SLF001
        show_toasts(self.app)


def _written(message: Notification) -> Content:
    mark, style = MARKS[message.severity]
    text = f"{message.title}: {message.message}" if message.title else message.message
    return Content.styled(mark, style) + content(text)
