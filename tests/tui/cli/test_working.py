"""What is told while a command works for long."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from tui.cli import working


def test_what_takes_long_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "PATIENCE", 0.001)
    seen = threading.Event()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            if "ctrl+c stops it" in text:
                seen.set()
            return super().write(text)

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with working.working("reading \x1b[31mrefs.bib"):
        assert seen.wait(10)
    assert "abduce: reading \\x1b[31mrefs.bib, 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_in_a_pipe_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with working.working("reading"):
        pass
    assert capsys.readouterr().err == ""
