"""Standard input line by line, as it comes: no line without end fills the memory, and no read keeps the program up."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

LONGEST: Final = 1_000_000
"""Bytes of a line: more than any idea takes. A longer one is passed over."""
WAITING: Final = 16
"""Lines that are read before they are asked for, at most."""
_CHUNK: Final = 65_536


class Lines:
    """The lines of a file descriptor, for a loop that asks for one after the other.

    They are read by a thread that nobody waits for, straight from the descriptor: Python's own stream would be locked
    by a read that never ends, and so would the end of the program.
    """

    def __init__(self, descriptor: int) -> None:
        """Begin to read; the loop that runs is the one that asks."""
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._read: asyncio.Queue[str | None] = asyncio.Queue()
        self._room = threading.Semaphore(WAITING)
        threading.Thread(target=self._pass_on, name="lines", daemon=True).start()

    def __aiter__(self) -> Lines:
        return self

    async def __anext__(self) -> str:
        line = await self._read.get()
        self._room.release()
        if line is None:
            raise StopAsyncIteration
        return line

    def _pass_on(self) -> None:
        with suppress(RuntimeError):  # the loop has ended
            for line in lines_of(self._descriptor):
                self._put(line)
            self._put(None)

    def _put(self, line: str | None) -> None:
        self._room.acquire()
        self._loop.call_soon_threadsafe(self._read.put_nowait, line)


def lines_of(descriptor: int, longest: int = LONGEST) -> Iterator[str]:
    """Yield the lines that come by a descriptor, each without its end; one that is too long is passed over.

    What is no UTF-8 is replaced. A last line without an end is one too.
    """
    kept, too_long = b"", False
    while chunk := _read(descriptor):
        *ended, rest = (kept + chunk).split(b"\n")
        for line in ended:
            if not too_long and len(line) <= longest:
                yield line.decode("utf-8", "replace")
            too_long = False
        too_long = too_long or len(rest) > longest
        kept = b"" if too_long else rest
    if kept:
        yield kept.decode("utf-8", "replace")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK)
    except OSError:  # the other end is gone
        return b""
