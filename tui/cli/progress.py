"""How far work is that takes longer than a moment, on a terminal; ctrl+c ends it as it ends everything."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from hypotheses.progress import Told, untold

MOMENT: Final = 0.5
"""Seconds in which nothing is told."""
OFTEN: Final = 0.1
"""Seconds from one figure to the next."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """Give what is told how far work is; that is written on stderr, if it is a terminal, and gone afterwards."""
    if not sys.stderr.isatty():
        yield untold
        return
    line, next_at = "", monotonic() + MOMENT

    def told(part: float) -> None:
        nonlocal line, next_at
        if monotonic() >= next_at:
            line, next_at = f"{doing} … {part:.0%}", monotonic() + OFTEN
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    try:
        yield told
    finally:
        if line:
            sys.stderr.write(f"\r{' ' * (len(line) + 2)}\r")
            sys.stderr.flush()
