"""What is told on a terminal while a command works for long."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tui.terminal.clean import clean_text

PATIENCE: Final = 1.0
"""Seconds after which it is told, and between two times."""


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Tell on a terminal what is being done, for how long by now, and that it can be stopped; only what takes long."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(clean_text(doing), done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(doing: str, done: threading.Event) -> None:
    start, told = time.monotonic(), False
    while not done.wait(PATIENCE):
        sys.stderr.write(f"\r\x1b[Kabduce: {doing}, {time.monotonic() - start:.0f} s; ctrl+c stops it")
        sys.stderr.flush()
        told = True
    if told:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
