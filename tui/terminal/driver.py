"""Textual's driver, for a terminal that may go away while the app runs."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from typing import IO, Any, Final

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

LOOK_SECONDS: Final = 1.0
"""How often the terminal is asked whether it is still there."""


class LastingDriver(LinuxDriver):
    """Ends the app by SIGHUP when its terminal is gone, also where the system sends none.

    In Textual 8.2.8 the thread that writes dies of its first error, and then whatever draws waits for it for ever;
    the thread that reads goes on reading nothing, or dies of an error and takes the app along with all that was typed.
    """

    _next_look: asyncio.TimerHandle | None = None

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take what Textual's driver takes."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file: Any = _Outlet(self._file)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._look()

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._next_look:
            self._next_look.cancel()
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read keys until the app ends."""
        try:
            super().run_input_thread()
        except OSError:
            _hang_up()

    def _look(self) -> None:
        self._next_look = self._loop.call_later(LOOK_SECONDS, self._look)
        if not os.isatty(self.fileno):
            _hang_up()


class _Outlet:
    """What Textual's writing thread writes to: the terminal, for as long as it takes anything."""

    def __init__(self, terminal: IO[str]) -> None:
        self._terminal = terminal
        self._open = True

    def fileno(self) -> int:
        return self._terminal.fileno()

    def write(self, text: str) -> None:
        self._try(self._terminal.write, text)

    def flush(self) -> None:
        self._try(self._terminal.flush)

    def _try(self, do: Callable[..., object], *arguments: str) -> None:
        if not self._open:
            return
        try:
            do(*arguments)
        except OSError:
            self._open = False
            _hang_up()


def _hang_up() -> None:
    os.kill(os.getpid(), signal.SIGHUP)
