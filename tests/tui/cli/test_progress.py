"""How far work is, on a terminal: told after a moment, and gone when the work is done or ended."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from tui.cli import progress as progress_module
from tui.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that is a terminal; it says when something was written."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.seen = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.wanted in text:
            self.seen.set()
        return super().write(text)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "MOMENT", 0.001)


def test_what_does_not_know_how_far_it_is_tells_for_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal("0 s; ctrl+c stops it"))
    with progress("reading \x1b[31mrefs.bib"):
        assert terminal.seen.wait(10)
    assert "abduce: reading \\x1b[31mrefs.bib, 0 s" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_what_knows_how_far_it_is_tells_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal("abduce: counting, 90%"))
    with progress("counting") as told:
        told(0.9)
        assert terminal.seen.wait(10)
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_nothing_is_told_of_what_takes_no_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "MOMENT", 60)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal("counting"))
    with progress("counting"):
        pass
    assert terminal.getvalue() == ""


def test_nothing_is_told_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("counting") as told:
        told(0.5)
    assert capsys.readouterr().err == ""


def test_the_line_is_gone_when_the_work_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal("counting"))

    def work() -> None:
        with progress("counting"):
            assert terminal.seen.wait(10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert terminal.getvalue().endswith("\r\x1b[K")
