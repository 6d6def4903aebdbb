"""`abduce export --watch`: files follow the debate, whoever changes it, until ctrl-c."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hypotheses.debate import Debate
from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.cli.conftest import Abduce
from tests.tui.cli.test_main import ROOT
from tui.cli.watching import watch


def steps(*acts: Any) -> Any:
    """Return what waits: at each look one more act, and ctrl-c at last."""
    waiting: Iterator[Any] = iter(acts)

    def wait() -> None:
        act = next(waiting, None)
        if act is None:
            raise KeyboardInterrupt
        act()

    return wait


def test_it_writes_after_every_change_of_another_and_not_without_one(
    abduce: Abduce, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[float] = []

    def state(share: float) -> None:
        with DebateStore.open() as other:
            other.set_plausibility("vision-efficiency", "unfair-comparison", share, expected=ANYTHING)

    with DebateStore.open() as store:
        watch(
            store,
            "vision-efficiency",
            lambda debate: written.append(debate.hypotheses["unfair-comparison"].plausibility),
            steps(lambda: None, lambda: state(0.7), lambda: None, lambda: state(0.8)),
        )
    assert written == [0.6, 0.7, 0.8]
    assert "ctrl-c ends it" in capsys.readouterr().err


def test_a_write_that_fails_is_told_once_and_tried_again(abduce: Abduce, capsys: pytest.CaptureFixture[str]) -> None:
    tried: list[str] = []

    def export(debate: Debate) -> None:
        tried.append(debate.slug)
        if 1 < len(tried) < 5:
            raise Refused("the disk is full")

    def change() -> None:
        with DebateStore.open() as other:
            other.set_plausibility("vision-efficiency", "unfair-comparison", 0.7, expected=ANYTHING)

    with DebateStore.open() as store:
        watch(store, "vision-efficiency", export, steps(change, *[lambda: None] * 5))
    assert len(tried) == 5
    assert capsys.readouterr().err.count("the disk is full") == 1


def test_what_cannot_be_written_at_first_ends_it(abduce: Abduce) -> None:
    Path("x.md").write_text("mine", encoding="utf-8")
    assert "x.md exists already" in abduce.refused("export", "-o", "x.md", "--watch")
    assert "--watch goes with -o FILE" in abduce.refused("export", "--watch", code=2)
    refused = abduce.refused("export", "-o", "y.md", "--watch", "--as-of", "2024", code=2)
    assert "--watch goes with -o FILE" in refused


@pytest.mark.parametrize("name", ["x.md", "notes/"])
def test_ctrl_c_ends_the_program_cleanly_and_the_files_are_those_of_the_last_change(
    abduce: Abduce, name: str, tmp_path: Path
) -> None:
    import os

    program = subprocess.Popen(
        [sys.executable, "-m", "tui", "export", "-o", name, "--watch"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # A shell has what it runs in the background ignore ctrl-c, and so what that runs.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    try:
        assert program.stderr is not None
        while "watching" not in program.stderr.readline():
            assert program.poll() is None
        abduce.done("hypothesis", "edit", "unfair-comparison", "--title", "The comparison limps")
        assert "exported vision-efficiency" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=20) == 0
        assert program.stderr.read() == ""
    finally:
        program.kill()
        program.communicate()
    page = tmp_path / ("x.md" if name == "x.md" else "notes/explanations/unfair-comparison.md")
    assert "The comparison limps" in page.read_text(encoding="utf-8")
