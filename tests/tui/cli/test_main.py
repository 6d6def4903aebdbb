"""How the program starts and ends: exit codes, streams, terminals, its own failures."""

from __future__ import annotations

import io
import os
import shlex
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pexpect
import pytest

from store.debate_store import DebateStore
from tests.tui.cli.conftest import Abduce
from tui.cli.root import COMMANDS, root

ROOT = Path(__file__).parents[3]


def run(*arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        **options,
    )


def test_help_lists_every_command_in_its_section(abduce: Abduce) -> None:
    text = abduce.done("--help").out
    for section in ("Debates:", "Explanations:", "Evidence and ideas:", "Numbers:", "Changes:"):
        assert f"\n{section}\n" in text
    for name, entry in COMMANDS.items():
        assert f"\n  {name} " in text
        command = root.get_command(click.Context(root), name)
        assert command is not None
        assert entry.about == command.get_short_help_str(70)
    assert max(map(len, text.splitlines())) <= 80
    assert "..." not in text.partition("Options:")[2], "every command is said in a line"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_page_with_the_shared_options(abduce: Abduce, name: str) -> None:
    text = abduce.done(name, "--help").out
    assert text.startswith(f"Usage: abduce {name} ")
    assert "--db" in text
    assert "--debate" in text


def test_the_version_is_told(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3" if name == "abduce" else "")
    assert abduce.done("--version").out == "abduce 1.2.3\n"


@pytest.mark.parametrize("arguments", [(), ("vision-efficiency",), ("open",), ("--debate", "vision-efficiency")])
def test_without_a_terminal_there_is_no_app(abduce: Abduce, arguments: tuple[str, ...]) -> None:
    assert "the app needs a terminal" in abduce.refused(*arguments, code=2)


@pytest.mark.parametrize(
    ("arguments", "slug", "person"),
    [
        ((), None, None),
        (("piano",), "piano", None),
        (("open", "piano"), "piano", None),
        (("--debate", "piano"), "piano", None),
        (("--as", "ana", "piano"), "piano", "ana"),
    ],
)
def test_with_a_terminal_the_app_opens_and_its_exit_code_counts(
    abduce: Abduce, arguments: tuple[str, ...], slug: str | None, person: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def open_app(*where: str | None) -> int:
        opened.append(where)
        return 7

    monkeypatch.setattr("tui.cli.opening._has_terminal", lambda: True)
    monkeypatch.setattr("tui.app.run_app", open_app)
    assert abduce(*arguments).code == 7
    assert opened == [(None, slug, person)]


def test_a_mistyped_command_is_not_taken_for_a_debate(abduce: Abduce) -> None:
    assert "there is no command or debate 'shwo'; did you mean 'show'?" in abduce.refused("shwo", code=2)
    assert "no such command 'shwo'" in abduce.refused("shwo", "--json", code=2)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("show", "--jsn"), "no such option '--jsn'"),
        (("rank", "1"), "missing argument"),
        (("export", "--format", "pdf"), "'pdf' is not one of"),
        (("show", "1", "2"), "unexpected extra argument"),
        (("history", "--limit", "0"), "is not in the range"),
        (("history", "--limit", "9" * 30), "is not in the range"),
        (("estimate", "--seed", "-1"), "is not in the range"),
        (("evidence", "burn"), "no such command 'burn'"),
        (("--debate",), "requires an argument"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help_page(
    abduce: Abduce, arguments: tuple[str, ...], reason: str
) -> None:
    line = abduce.refused(*arguments, code=2)
    assert reason in line
    assert "--help`" in line


def test_a_bug_ends_in_one_sentence_and_a_private_log_without_values(
    abduce: Abduce, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        password = "hunter2"  # a local variable, which must not be logged
        raise RuntimeError(f"length {len(password)}")

    monkeypatch.setattr(DebateStore, "load", fail)
    line = abduce.refused("history")
    log = abduce.home / "crash.log"
    assert line == f"abduce: an unexpected error ended the program: RuntimeError; the details are in {log}\n"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError: length 7" in log.read_text(encoding="utf-8")
    assert "hunter2'" not in log.read_text(encoding="utf-8").replace('password = "hunter2"', "")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "abduce: interrupted\n"),
        (OSError(28, "No space left on device"), 1, "abduce: No space left on device\n"),
        (PermissionError(13, "Permission denied", "/x\x1b"), 1, "abduce: /x\\x1b: Permission denied\n"),
    ],
)
def test_the_world_outside_ends_a_command_cleanly(
    abduce: Abduce, error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(DebateStore, "load", fail)
    assert abduce.refused("history", code=code) == said


def test_escape_codes_in_an_argument_are_shown_in_the_error(abduce: Abduce) -> None:
    assert r"\x1b[31m" in abduce.refused("show", "x\x1b[31m")


def test_standard_output_that_nobody_reads_ends_quietly_with_141(first_home: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home)}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "evidence", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_behind_standard_output_is_told(first_home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home)}
    for arguments in (["show"], ["--help"]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(
                [sys.executable, "-m", "tui", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment,
                check=False,
            )
        assert (done.returncode, done.stderr) == (1, b"abduce: No space left on device\n")


def test_a_full_disk_behind_standard_error_leaves_the_exit_code(first_home: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "shwo"],
            stdout=subprocess.PIPE,
            stderr=full,
            env={**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home)},
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, b"")


def test_closed_streams_end_nothing(first_home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home)}
    command = f"{shlex.quote(sys.executable)} -m tui show <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], env=environment, check=False).returncode == 0


def test_a_pipe_that_knows_ascii_only_gets_every_character(first_home: Path) -> None:
    environment = {"ABDUCE_HOME": str(first_home), "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"}
    done = run("evidence", "show", "dinov3", env=environment)
    assert done.returncode == 0, done.stderr
    assert rb"Sim\xe9oni" in done.stdout


def test_an_argument_that_is_no_text_is_wrong_usage(first_home: Path) -> None:
    done = run("show", b"a\xffb", env={"ABDUCE_HOME": str(first_home)})
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"abduce: an argument is not valid UTF-8\n"


def test_in_a_pipe_there_are_no_colours_and_no_lines(first_home: Path) -> None:
    out = run("show", env={"ABDUCE_HOME": str(first_home), "FORCE_COLOR": "1"}).stdout.decode()
    assert "\x1b" not in out
    assert not set(out) & set("─│┃━┏")


def test_on_a_terminal_of_80_columns_a_table_fits(first_home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home), "TERM": "xterm"}
    child = pexpect.spawn(
        sys.executable, ["-m", "tui", "show"], env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30
    )
    screen = child.read()
    child.close()
    assert child.exitstatus == 0
    assert max(len(line.rstrip()) for line in screen.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()) <= 80
    assert "unfair-comparison" in screen


def test_commands_load_neither_textual_nor_what_they_do_not_need(first_home: Path) -> None:
    code = (
        "import sys; from tui.__main__ import main; main(['show']); main(['--help']);"
        "print([m for m in ('textual', 'rich', 'numpy', 'alembic', 'httpx') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ABDUCE_HOME": str(first_home)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_completion_scripts_are_given(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ABDUCE_COMPLETE", "zsh_source")
    assert "_ABDUCE_COMPLETE=zsh_complete abduce" in abduce.done().out


def test_a_closed_standard_error_does_not_end_in_a_traceback(abduce: Abduce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert abduce("show", "nobody").code == 1
