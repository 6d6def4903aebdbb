"""Guards between the app and a real terminal: bad bytes in, control characters out, signals."""

from __future__ import annotations

import asyncio
import codecs
import signal
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from rich.segment import Segment
from textual import constants, events
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from tui.terminal.clean import clean_text

SIGNALS = {"SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131}
"""Signals that end the app, with the exit code a shell expects."""


class ControlFilter(LineFilter):
    """The last gate: no widget, ours or Textual's, can send a control character to the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean the text of every segment that is not Textual's own control sequence.

        Twins are wider than what they stand for; a line keeps its width all the same, or it would run over its
        neighbour and the edge of the terminal.
        """
        cleaned = [
            segment
            if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(clean_text(segment.text), segment.style)
            for segment in segments
        ]
        if cleaned == segments:
            return segments
        return Segment.adjust_line_length(cleaned, Segment.get_line_length(segments))


def accept_any_bytes() -> None:
    """Let an invalid byte from the terminal become U+FFFD.

    Textual 8.2.8 decodes input strictly, in a thread that dies on the first bad byte and takes the app
    along with exit code 0 (textual issue 6456).
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver  # noqa: PLC0415 - there is no such driver on Windows

    def lenient(encoding: str) -> Callable[..., codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(encoding), errors="replace")

    setattr(linux_driver, "getincrementaldecoder", lenient)  # noqa: B010 - the name that module imported


def driver_class() -> type[Driver] | None:
    """Return our driver where Textual would choose its own for a terminal; None elsewhere, and where one is named."""
    if sys.platform == "win32" or constants.DRIVER is not None:
        return None
    from tui.terminal.driver import LastingDriver  # noqa: PLC0415 - there is no such driver on Windows

    return LastingDriver


def let_go_of_lines() -> None:
    """Let the painted lines of a widget go when it goes.

    Textual 8.2.8 remembers two styles for each of the last 1024 widgets, and by that all that those have painted, long
    after they were removed: 40 MB after fifty screens. The styles hang on the colours only, so those alone are the key.
    """
    remembered = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(remembered, staticmethod):
        by_colours = lru_cache(1024)(partial(remembered.__wrapped__, None))
        setattr(StylesCache, "get_inner_outer", staticmethod(by_colours))  # noqa: B010 - the method of that class


def end_on_signals(leave: Callable[[int], Any]) -> None:
    """Call `leave` with an exit code when a signal asks the program to end, so that the terminal is restored."""
    loop = asyncio.get_running_loop()
    for name, code in SIGNALS.items():
        number = getattr(signal, name, None)
        if number is not None:
            loop.add_signal_handler(number, leave, code)


def overtaken(screen: Screen[Any], event: events.Resize) -> bool:
    """Drop a change of size that a later one has overtaken, and say so. Every `on_resize` of a screen asks first.

    Textual 8.2.8 sends a screen its own new size back after each layout. With two sizes under way, and anything
    else posted in between, they follow each other for ever and nothing else is done.
    """
    if event.size == screen.app.size:
        return False
    event.prevent_default()
    event.stop()
    return True
