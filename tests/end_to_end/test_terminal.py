"""The program in a real terminal, from the first start to what a restart finds."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.tmux import PROMPT, ROOT, Tmux, needs_tmux

pytestmark = [pytest.mark.terminal, needs_tmux]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Tmux]:
    pane = Tmux(tmp_path)
    yield pane
    pane.close()


def test_a_whole_session_and_what_a_restart_finds(terminal: Tmux, tmp_path: Path) -> None:
    terminal.start()
    terminal.wait_for("puzzle 2.05")
    # Rerank.
    terminal.keys("J")
    terminal.wait_for("2 The comparison")
    # Log evidence.
    terminal.keys("n")
    terminal.wait_for("what was found out")
    terminal.keys("Tab")
    terminal.type("Seen in the terminal")
    terminal.wait_for("Seen in the terminal")
    terminal.keys("C-s")
    terminal.wait_gone("New evidence")
    # Change a quantity: ten times the parameters are one order of magnitude less.
    terminal.keys("v")
    terminal.wait_for("Quantities")
    terminal.keys("Enter")
    terminal.wait_for("exactly 890M")
    terminal.keys("C-u")
    terminal.wait_for("found nothing")
    terminal.type("8.9B")
    terminal.wait_for("The puzzle 1.05")
    terminal.keys("Enter")
    terminal.wait_for("your own")
    terminal.keys("Escape")
    terminal.wait_gone("Quantities")
    # Export.
    terminal.keys("x")
    terminal.wait_for("enter writes it")
    terminal.keys("C-u")
    terminal.wait_for("does not say a format")
    terminal.type(str(tmp_path / "out.md"))
    terminal.wait_for("Markdown post to")
    terminal.keys("Enter")
    terminal.wait_for("Exported to")
    assert "Why are vision models" in (tmp_path / "out.md").read_text(encoding="utf-8")
    # Quit and restart.
    terminal.keys("q")
    terminal.wait_for(PROMPT)
    terminal.line("clear")
    terminal.start()
    shown = terminal.wait_for("puzzle 1.05")
    assert "2 The comparison" in shown
    terminal.keys("u")
    terminal.wait_for("puzzle 2.05")


@pytest.mark.parametrize(("name", "code"), [("TERM", 143), ("HUP", 129), ("QUIT", 131)])
def test_a_signal_leaves_the_terminal_clean_and_the_code_right(terminal: Tmux, name: str, code: int) -> None:
    terminal.start("; echo ended with $?")
    terminal.wait_for("puzzle 2.05")
    os.kill(terminal.process(), getattr(signal, f"SIG{name}"))
    shown = terminal.wait_for(f"ended with {code}")
    assert "puzzle" not in shown, "the alternate screen was not left"
    terminal.line("stty -a | tr ';' '\\n' | grep -c ' echo '")
    terminal.wait_for("\n1")


def test_an_invalid_byte_from_the_terminal_does_no_harm(terminal: Tmux) -> None:
    terminal.start()
    terminal.wait_for("puzzle 2.05")
    terminal.run("send-keys", "-H", "ff", "c3", "28")
    terminal.keys("?")
    terminal.wait_for("To the next part")


def test_text_of_a_form_survives_a_kill(terminal: Tmux) -> None:
    terminal.start()
    terminal.wait_for("puzzle 2.05")
    terminal.keys("i")
    terminal.wait_for("the idea in a few words")
    terminal.type("Half a thought")
    drafts = Path(terminal.environment["ABDUCE_HOME"]) / "drafts"
    _wait_for_file(drafts, "*/vision-efficiency_idea-*.json")
    os.kill(terminal.process(), signal.SIGKILL)
    terminal.keys("C-j")  # the killed program left the terminal raw
    terminal.type("stty sane; clear")
    terminal.keys("C-j")
    terminal.wait_gone("An idea")
    terminal.start()
    terminal.wait_for("puzzle 2.05")
    terminal.keys("i")
    terminal.wait_for("Half a thought")


def test_words_of_a_reader_cannot_reach_the_clipboard_or_the_title(terminal: Tmux, tmp_path: Path) -> None:
    terminal.run("set", "-g", "set-clipboard", "on")
    hostile = "idea \x1b]52;c;aGFjaw==\x07\x1b]2;owned\x07[@click=app.quit]x[/foo] \u202etxt"
    subprocess.run(
        [sys.executable, "-m", "tui", "idea", "submit", hostile, "--text", hostile],
        env={**os.environ, "ABDUCE_HOME": str(tmp_path)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=60,
    )
    terminal.start()
    terminal.wait_for("puzzle 2.05")
    for _ in range(3):
        terminal.keys("]")
    terminal.keys("Enter")
    terminal.wait_for("Count bits")
    terminal.keys("G")
    terminal.wait_for("\\x1b]52")
    terminal.keys("Enter")
    terminal.wait_for("<U+202E>")
    assert terminal.run("display-message", "-p", "#{pane_title}").strip() != "owned"
    with pytest.raises(subprocess.CalledProcessError):
        terminal.run("show-buffer")


def test_without_a_terminal_it_says_so_and_ends(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui"],
        env={**os.environ, "ABDUCE_HOME": str(tmp_path)},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "terminal" in done.stderr


def _wait_for_file(folder: Path, pattern: str) -> None:
    import time

    deadline = time.monotonic() + 10
    while not list(folder.glob(pattern)):
        assert time.monotonic() < deadline, f"{pattern} was not written"
        time.sleep(0.05)


def test_a_statement_is_edited_in_the_persons_own_editor(tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "written outside" > "$1"\n')
    editor.chmod(0o700)
    pane = Tmux(tmp_path, environment={"VISUAL": f"'{editor}'"})
    try:
        pane.start()
        pane.wait_for("puzzle 2.05")
        pane.keys("E")
        pane.wait_for("written outside")
        pane.keys("u")
        pane.wait_for("The visual cortex does far more")
    finally:
        pane.close()


def test_a_fault_of_the_program_says_so_in_a_sentence_and_ends_with_1(terminal: Tmux) -> None:
    broken = (
        "from tui import app; from tui.debate.screen import DebateScreen; import sys\n"
        "def show(*_):\n    secret = 'pass' + 'word'\n    raise RuntimeError('broken on purpose')\n"
        "DebateScreen.show = show; sys.exit(app.run_app())"
    )
    script = Path(terminal.environment["ABDUCE_HOME"]) / "broken.py"
    script.write_text(broken)
    terminal.line(f"{shlex.join([sys.executable, str(script)])}; echo ended with $?")
    shown = terminal.wait_for("ended with 1")
    assert "an unexpected error ended the program: RuntimeError" in shown.replace("\n", "")
    assert "Traceback" not in shown
    log = script.parent / "crash.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert "broken on purpose" in log.read_text()
    assert "password" not in log.read_text() + shown, "the values of variables were written down"
