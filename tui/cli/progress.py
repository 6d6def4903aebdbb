"""How far work is that takes longer than a moment, on a terminal; ctrl+c ends it as it ends everything."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final

from hypotheses.progress import Told, untold
from tui.terminal.clean import clean_text

MOMENT: Final = 0.5
"""Seconds in which nothing is told, and between two times."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """Give what is told how far work is, where that is known.

    That, or else for how long it has been going on, is written on stderr, if it is a terminal, and gone afterwards.
    """
    if not sys.stderr.isatty():
        yield untold
        return
    teller = _Teller(clean_text(doing))
    thread = Thread(target=teller.go_on, daemon=True)
    thread.start()
    try:
        yield teller.take
    finally:
        teller.ended.set()
        thread.join()


class _Teller:
    """Tells in a thread of its own, since work may say nothing for long."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._part: float | None = None
        self.ended = Event()

    def take(self, part: float) -> None:
        """Take in how far it is."""
        self._part = part

    def go_on(self) -> None:
        """Tell until it has ended."""
        start, told = monotonic(), False
        while not self.ended.wait(MOMENT):
            far = f"{monotonic() - start:.0f} s" if self._part is None else f"{self._part:.0%}"
            _write(f"\r\x1b[Kabduce: {self._doing}, {far}; ctrl+c stops it")
            told = True
        if told:
            _write("\r\x1b[K")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
