"""A real terminal: tmux."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

import pytest

from store.paths import REMEMBERED_NAME

ROOT = Path(__file__).parents[2]
PROMPT = "ready>"
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


class Tmux:
    """One pane with a shell in it."""

    def __init__(
        self, home: Path, size: tuple[int, int] = (80, 24), environment: Mapping[str, str] | None = None
    ) -> None:
        self.socket = f"abduce-{uuid.uuid4().hex[:8]}"
        (home / REMEMBERED_NAME).write_text('{"first_steps": "away"}')
        ours = {"ABDUCE_HOME": str(home), "PYTHONPATH": str(ROOT), "HOME": str(home)}
        self.environment = {**os.environ, **ours, **(environment or {})}
        self.run("-f", "/dev/null", "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sh")
        self.line(f"PS1='{PROMPT} '; clear")
        self.wait_for(PROMPT)

    def run(self, *arguments: str) -> str:
        """Run a tmux command."""
        done = subprocess.run(
            ["tmux", "-L", self.socket, *arguments], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self, *arguments: str) -> None:
        """Start the program."""
        self.line(" ".join([shlex.quote(sys.executable), "-m", "tui", *arguments]))

    def line(self, text: str) -> None:
        """Type a line into the shell."""
        self.run("send-keys", "-l", text)
        self.run("send-keys", "Enter")

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names."""
        self.run("send-keys", *names)

    def type(self, text: str) -> None:
        """Type letters."""
        self.run("send-keys", "-l", text)

    def screen(self) -> str:
        """Return what is on the screen."""
        return self.run("capture-pane", "-p")

    def wait_for(self, text: str, seconds: float = 20.0) -> str:
        """Wait until a text is on the screen."""
        deadline = time.monotonic() + seconds
        while text not in (shown := self.screen()):
            assert time.monotonic() < deadline, f"{text!r} did not appear on:\n{shown}"
            time.sleep(0.05)
        return shown

    def wait_gone(self, text: str, seconds: float = 20.0) -> str:
        """Wait until a text has left the screen."""
        deadline = time.monotonic() + seconds
        while text in (shown := self.screen()):
            assert time.monotonic() < deadline, f"{text!r} is still on:\n{shown}"
            time.sleep(0.05)
        return shown

    def process(self) -> int:
        """Return the id of the program that runs in the pane's shell."""
        shell = self.run("list-panes", "-F", "#{pane_pid}").strip()
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text().split()
        return int(children[0])

    def close(self) -> None:
        """End the terminal."""
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True)
