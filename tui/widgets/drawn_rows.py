"""Rows of a list as they were drawn, each kept until it is to show something else. Textual's LRUCache replaces none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from textual.strip import Strip

MOST: Final = 2000
"""Rows that are kept at most."""


class RowPlace(NamedTuple):
    """Where a row is drawn."""

    row: int
    """Its number."""
    width: int
    on_cursor: bool


class DrawnRows:
    """The lines of rows, with what each row hung on when it was drawn."""

    def __init__(self) -> None:
        self._drawn: dict[RowPlace, tuple[object, list[Strip]]] = {}

    def lines(self, place: RowPlace, hangs_on: object, draw: Callable[[], list[Strip]]) -> list[Strip]:
        """Return the lines of a row, drawn anew if need be."""
        drawn = self._drawn.get(place)
        if drawn is None or drawn[0] != hangs_on:
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            drawn = self._drawn[place] = (hangs_on, draw())
        return drawn[1]

    def shows(self, place: RowPlace, hangs_on: object) -> bool:
        """Say whether a row was last drawn as it is."""
        drawn = self._drawn.get(place)
        return drawn is not None and drawn[0] == hangs_on

    def clear(self) -> None:
        """Forget what was drawn."""
        self._drawn.clear()
