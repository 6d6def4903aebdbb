"""How far work is, on a terminal: told after a moment, and gone when the work is done or ended."""

from __future__ import annotations

import io
import sys

import pytest

from tui.cli import progress as progress_module
from tui.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, end: bool = False) -> str:
    """Work for a second, told ten times; perhaps it is ended by ctrl+c then."""
    now = [0.0]
    monkeypatch.setattr(progress_module, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("counting") as told:
        for step in range(10):
            now[0] += 0.1
            told(step / 10)
        if end:
            raise KeyboardInterrupt
    return stream.getvalue()


def test_what_takes_longer_than_a_moment_is_told_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    written = run(monkeypatch, Terminal())
    assert "counting … 30%" not in written
    assert "\rcounting … 90%" in written
    assert written.endswith("\r" + " " * (len("counting … 90%") + 2) + "\r")


def test_nothing_is_told_into_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, io.StringIO()) == ""


def test_the_line_is_gone_when_the_work_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        run(monkeypatch, terminal, end=True)
    assert terminal.getvalue().endswith(" \r")
