"""The program when its terminal goes away: a window is closed, a connection drops, an emulator is killed."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.end_to_end.tmux import ROOT

SECONDS = 15
"""The longest that a program may outlive its terminal; on a machine with nothing else to do it takes about one."""
HANGUP = 129
"""128 + SIGHUP: what a shell expects of a program whose terminal went away."""
WITHOUT_SIGHUP = ""
"""The program has no controlling terminal, so that only what it reads and writes can tell it that its own is gone."""
WITH_SIGHUP = "fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
IGNORING_SIGHUP = f"{WITH_SIGHUP}; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
START = "os.execv(sys.executable, [sys.executable, '-m', 'tui'])"


class Terminal:
    """The far end of a terminal the app runs on."""

    def __init__(self, home: Path, how: str) -> None:
        self._far, near = pty.openpty()
        termios.tcsetwinsize(near, (24, 80))
        start = (
            f"import fcntl, os, signal, sys, termios; {how}\nos.execv(sys.executable, [sys.executable, '-m', 'tui'])"
        )
        self.app = subprocess.Popen(
            [sys.executable, "-c", start],
            stdin=near,
            stdout=near,
            stderr=near,
            env={**os.environ, "ABDUCE_HOME": str(home), "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        os.close(near)

    def wait_for(self, text: str) -> None:
        """Read until a text was drawn."""
        drawn, deadline = b"", time.monotonic() + 40
        while text.encode() not in drawn:
            assert select.select([self._far], [], [], deadline - time.monotonic())[0], f"{text!r} was not drawn"
            drawn += os.read(self._far, 65536)

    def type(self, keys: str) -> None:
        """Type."""
        os.write(self._far, keys.encode())

    def kill(self) -> None:
        """Kill the app, which has no chance to do anything more."""
        self.app.kill()
        self.app.wait()
        os.close(self._far)

    def lose(self) -> int:
        """Go away; return the exit code of the app."""
        os.close(self._far)
        try:
            return self.app.wait(SECONDS)
        finally:
            self.app.kill()
            self.app.wait()


@pytest.mark.parametrize("how", [WITHOUT_SIGHUP, WITH_SIGHUP, IGNORING_SIGHUP])
def test_the_app_ends_with_its_terminal_and_keeps_what_was_typed(tmp_path: Path, how: str) -> None:
    terminal = Terminal(tmp_path, how)
    terminal.wait_for("puzzle")
    terminal.type("i")
    terminal.wait_for("the idea in a few words")
    terminal.type("Half a thought")
    terminal.wait_for("thought")
    assert terminal.lose() == HANGUP
    (draft,) = (tmp_path / "drafts").rglob("*.json")
    assert "Half a thought" in draft.read_text(encoding="utf-8")


def test_the_app_ends_with_a_terminal_that_stopped_reading_first(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, WITHOUT_SIGHUP)
    terminal.wait_for("puzzle")
    terminal.type("jk" * 2000)
    time.sleep(2)  # what they draw is more than a terminal holds, so the app stands in the middle of writing
    assert terminal.lose() == HANGUP
