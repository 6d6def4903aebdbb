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
from pathlib import Path


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
            self.seen += self._read(self.seen)
        return time.perf_counter() - self.started

    def _read(self, before: bytes) -> bytes:
        try:
            return os.read(self._descriptor, 1 << 16)
        except OSError:
            raise EOFError(f"the program has ended; the last it wrote was {before[-400:]!r}") from None

    def read_until_quiet(
        self, quiet: float = 0.3, seconds: float = 5.0, first: float | None = None
    ) -> list[tuple[float, bytes]]:
        """Read until nothing came for `quiet` seconds; return what came, each part with the clock when it did.

        The first part may take `first` seconds, if that is given.

        Raises:
            TimeoutError: it goes on for longer than `seconds`.
        """
        deadline = time.perf_counter() + seconds
        parts: list[tuple[float, bytes]] = []
        while select.select([self._descriptor], [], [], quiet if parts or first is None else first)[0]:
            part = self._read(b"".join(part for _, part in parts))
            parts.append((time.perf_counter(), part))
            if parts[-1][0] > deadline:
                raise TimeoutError(f"there is no end of output; the last was {part[-400:]!r}")
        return parts

    def send(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self._descriptor, keys)

    @property
    def megabytes(self) -> float:
        """What the program has in memory now (Linux)."""
        pages = int(Path(f"/proc/{self._process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    @property
    def processor_seconds(self) -> float:
        """What the program has used of the processor so far (Linux)."""
        fields = Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
