"""Where NO_COLOR is set, no colour is sent: what is paler is dim, and what lies on another ground is reversed."""

from __future__ import annotations

from typing import Final

from rich.color import Color as Ink
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.terminal.palette import contrast

PALE: Final = 7.0
"""Contrast below which a grey text is dim."""
GREY: Final = 0.12
"""Saturation below which a colour is a grey."""
OTHER_GROUND: Final = 2.5
"""Contrast from which on a ground is another one than the background: a cursor, what is selected."""


class NoColours(LineFilter):
    """Takes the colours out of every line, once Textual has drawn it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line without colours."""
        return [
            Segment(text, None if style is None or control else plain(style, background), control)
            for text, style, control in segments
        ]


def plain(style: Style, background: Color) -> Style:
    """Return a style in which what its colours said is said by weight."""
    ink, ground = _colour(style.color), _colour(style.bgcolor) or background
    reverse = bool(style.reverse) != (contrast(ground, background) >= OTHER_GROUND)
    # Where a ground is not reversed, nothing of it is left: the text stands on the background.
    dim = ink is not None and not reverse and ink.hsl.s < GREY and contrast(ink, background) < PALE
    return style.without_color + Style(dim=bool(style.dim) or dim, reverse=reverse)


def _colour(ink: Ink | None) -> Color | None:
    return None if ink is None or ink.triplet is None else Color(*ink.triplet)
