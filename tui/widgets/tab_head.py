"""The head of a panel with parts: their names as tabs, the open one underlined; a click opens another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message

from tui.widgets.head import Head

EDGES: Final = 6
"""Cells of the rule around the tabs."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One part."""

    name: str
    label: str


class TabHead(Head):
    """One line; it only shows which part is open, its owner opens it."""

    @dataclass
    class Pressed(Message):
        """The mouse pressed a tab."""

        name: str

    def __init__(self, *, press: str = "", id: str | None = None) -> None:
        super().__init__(press=press, id=id)
        self._at: dict[range, str] = {}

    def show_tabs(self, lead: str, tabs: Sequence[Tab], active: str, legend: Content) -> None:
        """Show these parts behind a word on what they are parts of; the open one is in sight, whatever has no room."""
        title, self._at = Content(""), {}
        if lead:
            title = Content.assemble((lead, "$label"), "  ")
        place = next((place for place, tab in enumerate(tabs) if tab.name == active), 0)
        room, first = self.size.width - title.cell_length - EDGES, 0
        while first < place and sum(len(tab.label) + 2 for tab in tabs[first : place + 1]) > room > 0:
            first += 1
        for tab in tabs[first:]:
            style = "bold underline $foreground" if tab.name == active else "$label"
            self._at[range(title.cell_length, title.cell_length + len(tab.label))] = tab.name
            title = Content.assemble(title, (tab.label, style), "  ")
        self.show(title.rstrip(), legend)

    def on_click(self, event: events.Click) -> None:
        """Say which tab was pressed; the title begins after the rule and a blank."""
        for cells, name in self._at.items():
            if event.x - 3 in cells:
                self.post_message(self.Pressed(name))
