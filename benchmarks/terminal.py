"""A real pseudo-terminal for timing a program from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Terminal:
    """One program on a pseudo-terminal of its own."""

    command: list[str]
    environment: Mapping[str, str]
    size: tuple[int, int] = (120, 40)
    seen: bytes = b""
    _descriptor: int = field(default=-1, init=False)
    _process: int = field(default=0, init=False)

    def __enter__(self) -> Terminal:
        self.started = time.perf_counter()
        self._process, self._descriptor = pty.fork()
        if self._process == 0:
            os.execvpe(self.command[0], self.command, {**self.environment, "TERM": "xterm-256color"})
        columns, rows = self.size
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.close(self._descriptor)
        os.waitpid(self._process, 0)

    def wait_for(self, text: bytes, seconds: float = 20.0) -> float:
        """Read until `text` was written; return the seconds since the start. TimeoutError if it never is."""
        deadline = time.perf_counter() + seconds
        while text not in self.seen:
            left = deadline - time.perf_counter()
            if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                raise TimeoutError(f"{text!r} did not appear; the end of what did: {self.seen[-400:]!r}")
            self.seen += os.read(self._descriptor, 1 << 16)
        return time.perf_counter() - self.started

    def read_until_quiet(self, quiet: float = 0.3, seconds: float = 5.0) -> list[tuple[float, bytes]]:
        """Read until nothing came for `quiet` seconds; return what came, each part with the clock when it did.

        Raises:
            TimeoutError: it goes on for longer than `seconds`.
        """
        deadline = time.perf_counter() + seconds
        parts: list[tuple[float, bytes]] = []
        while select.select([self._descriptor], [], [], quiet)[0]:
            part = os.read(self._descriptor, 1 << 16)
            parts.append((time.perf_counter(), part))
            if parts[-1][0] > deadline:
                raise TimeoutError(f"there is no end of output; the last was {part[-400:]!r}")
        return parts

    def send(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self._descriptor, keys)
