"""The list of what a field offers, which floats below it, or above where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from hypotheses.rules import cell_width
from tui.terminal.clean import content
from tui.terminal.painting import put

MOST: Final = 8
"""Offers that are in sight at once."""
BORDER: Final = 2
"""Cells that stand left of a name: the border, and the blank before it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be taken in the place of what is begun."""

    name: str
    value: str = ""
    unit: str = ""


class Offering(Protocol):
    """The field that offers."""

    below: Widget | None
    """Below this the list stands; below the field itself, where that is None."""

    @property
    def cursor_screen_offset(self) -> Offset: ...  # noqa: D102 - as of Textual's fields
    @property
    def is_attached(self) -> bool: ...  # noqa: D102
    @property
    def screen(self) -> Screen[object]: ...  # noqa: D102

    def take_at(self, place: int) -> None:
        """Take what is offered at a place."""


class OfferList(Static):
    """There is one on each screen where something was offered, and it stays, mostly without a display."""

    DEFAULT_CSS = """
    OfferList {
        layer: _tooltips; overlay: screen; position: absolute; constrain: inside;
        width: auto; height: auto; border: round $rule; background: $surface; display: none;
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._field: Offering | None = None
        self._word = ""
        self._offers: Sequence[Offer] = ()
        self._chosen = 0
        self._can_make = False

    @staticmethod
    def show_for(field: Offering, word: str, offers: Sequence[Offer], chosen: int, *, can_make: bool) -> None:
        """Show what a field offers in the place of a word, and which is chosen; nothing where there are no offers."""
        screen = field.screen
        box = OfferList.on(screen)
        if box is None and offers:
            box = OfferList()
            screen.mount(box)
        if box is not None and (offers or box._field is field):
            box._field, box._word, box._offers, box._chosen, box._can_make = field, word, offers, chosen, can_make
            box.draw()

    @staticmethod
    def on(screen: Screen[object]) -> OfferList | None:
        """Return the one of a screen, if there is one yet."""
        return next((child for child in screen.children if isinstance(child, OfferList)), None)

    def on_mount(self) -> None:
        """Show what it was made for."""
        self.draw()

    def draw(self) -> None:
        """Write a line for each offer in sight, the chosen one in the colours of the cursor, and stand at the word."""
        if not self.is_running:
            return
        self.display = bool(self._offers)
        if not self._offers:
            return
        self._first = max(0, min(self._chosen, len(self._offers)) - self._most + 1)
        seen = self._offers[self._first : self._first + self._most]
        names, values, units = (
            max(cell_width(getattr(each, part)) for each in seen) for part in ("name", "value", "unit")
        )
        new = f"make “{self._word}” new …" if self._can_make else ""
        width = max(names + 3 + values + 1 + units, cell_width(new))
        lines = []
        for place, each in enumerate(seen, self._first):
            value = f"   {' ' * (values - cell_width(each.value))}{each.value} {each.unit}"
            text = f"{each.name}{' ' * (names - cell_width(each.name))}{value}"
            lines.append(self._line(text, width, place, "bold" if place == self._chosen else ""))
        if new:
            lines.append(self._line(new, width, len(self._offers), "$label"))
        put(self, Content("\n").join(lines))
        self.call_after_refresh(self._stand)

    def _line(self, text: str, width: int, place: int, style: str) -> Content:
        line = content(f" {text} ").truncate(width + 2, ellipsis=True, pad=True)
        return line.stylize("bold $on-primary on $primary" if place == self._chosen else style)

    @property
    def _most(self) -> int:
        """How many offers there is room for."""
        return max(1, min(MOST, self.screen.size.height // 2 - 3))

    def _stand(self) -> None:
        """Stand with the names below the word, or above the field where there are too few lines below."""
        field = self._field
        if field is None or not field.is_attached or not self.display:
            return
        cursor = field.cursor_screen_offset
        below = field.below.region.bottom if field.below is not None else cursor.y + 1
        height = min(len(self._offers), self._most) + self._can_make + BORDER
        top = below if below + height < self.screen.size.height else max(0, cursor.y - height)
        self.styles.offset = Offset(max(0, cursor.x - cell_width(self._word) - BORDER), top)

    def on_click(self, event: events.Click) -> None:
        """Take what was pointed to."""
        place = event.get_content_offset_capture(self).y + self._first
        if self._field is not None and 0 <= place < len(self._offers) + self._can_make:
            self._field.take_at(place)
