"""An idea typed in an editor, which is a script, at a terminal; or read from a pipe."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import Abduce, Result

ROOT = Path(__file__).parents[3]


class Editor:
    """An editor that types what it is told, one text each time it is opened, and keeps what it was given."""

    def __init__(self, folder: Path) -> None:
        self._script = folder / "editor.py"
        self.given = folder / "given"
        self.given.mkdir()
        self.command = shlex.join([sys.executable, str(self._script)])

    def types(self, *texts: str, code: int = 0, more: str = "") -> None:
        self._script.write_text(
            "import os, sys\nfrom pathlib import Path\n"
            f"texts, given, path = {texts!r}, Path({str(self.given)!r}), Path(sys.argv[-1])\n"
            "count = len(list(given.iterdir()))\n"
            "(given / str(count)).write_bytes(path.read_bytes())\n"
            f"path.write_text(texts[count] + path.read_text())\n{more}\nsys.exit({code})\n"
        )

    @property
    def was_given(self) -> list[str]:
        return [path.read_text() for path in sorted(self.given.iterdir())]


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def at_terminal(abduce: Abduce, *arguments: str, command: str) -> Result:
    """Run the program in a process of its own whose standard input is a terminal."""
    ours, its = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            stdin=its,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "VISUAL": "", "EDITOR": command},
            timeout=60,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(its)
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


def latest(abduce: Abduce) -> dict[str, Any]:
    found: dict[str, Any] = abduce.done("idea", "list", "--json").json["ideas"][-1]
    return found


def left(abduce: Abduce) -> list[Path]:
    return [*(abduce.home / "drafts").rglob("idea-*")]


def test_an_idea_is_typed_in_the_editor(abduce: Abduce, editor: Editor) -> None:
    editor.types(
        "They share pianos\n\n# Why\n\nTwo flats,\n  one piano.\n", more="os.stat(path).st_mode & 0o77 and 1 / 0"
    )
    done = at_terminal(abduce, "idea", "submit", "--kind", "hypothesis", "--from", "Ana", command=editor.command)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("abduce: idea 11 is in the inbox: They share pianos; its reference is ")
    idea = latest(abduce)
    assert (idea["title"], idea["text"]) == ("They share pianos", "# Why\n\nTwo flats,\n  one piano.")
    assert (idea["kind"], idea["from"]) == ("hypothesis", "Ana")
    (template,) = editor.was_given
    assert template.startswith("\n%% The first line is the title")
    assert left(abduce) == []


@pytest.mark.parametrize("typed", ["", "  \n\n", "%% a remark\n"])
def test_where_nothing_is_typed_nothing_is_sent(abduce: Abduce, editor: Editor, typed: str) -> None:
    editor.types(typed)
    done = at_terminal(abduce, "idea", "submit", command=editor.command)
    assert (done.code, done.err) == (1, "abduce: nothing was typed; nothing is sent\n")
    assert latest(abduce)["number"] == 10
    assert left(abduce) == []


def test_what_is_refused_comes_back_with_the_reason(abduce: Abduce, editor: Editor) -> None:
    editor.types(f"Too long\n{'x' * 50_001}\n", "", more="if count: path.write_text('Short\\nenough\\n')")
    done = at_terminal(abduce, "idea", "submit", command=editor.command)
    assert done.code == 0, done.err
    assert (latest(abduce)["title"], latest(abduce)["text"]) == ("Short", "enough")
    reason, title, _ = editor.was_given[1].split("\n", 2)
    assert reason == "%% text of idea 11: found 50,001 characters; expected at most 50,000"
    assert title == "Too long"


def test_what_is_left_as_it_is_is_given_up_and_kept_to_be_sent(abduce: Abduce, editor: Editor) -> None:
    editor.types(f"Too long\n{'x' * 50_001}\n", "")
    done = at_terminal(abduce, "idea", "submit", command=editor.command)
    assert done.code == 1
    kept, told = done.err.splitlines()
    assert "50,001 characters" in told
    (path,) = left(abduce)
    assert kept == f"abduce: what was typed is kept; `abduce idea submit - < {shlex.quote(str(path))}` sends it"
    assert path.read_text() == f"Too long\n{'x' * 50_001}\n"
    abduce.done("idea", "submit", "-", stdin=path.read_bytes().replace(b"xx", b"x"))
    assert latest(abduce)["title"] == "Too long"


def test_an_editor_that_fails_loses_nothing(abduce: Abduce, editor: Editor) -> None:
    editor.types("Half an idea\n", code=3)
    done = at_terminal(abduce, "idea", "submit", command=editor.command)
    assert done.code == 1
    assert done.err.endswith("abduce: the editor ended with code 3\n")
    assert [path.read_text() for path in left(abduce)] == ["Half an idea\n"]
    assert latest(abduce)["number"] == 10


def test_bytes_that_are_no_text_stay_as_they_are(abduce: Abduce, editor: Editor) -> None:
    editor.types("", more="path.write_bytes(b'An idea\\n\\xff')")
    done = at_terminal(abduce, "idea", "submit", command=editor.command)
    assert done.code == 1
    assert done.err.endswith("abduce: line 2: found bytes that are not UTF-8 text\n")
    assert [path.read_bytes() for path in left(abduce)] == [b"An idea\n\xff"]


def test_without_an_editor_it_is_said_what_else_there_is(abduce: Abduce) -> None:
    done = at_terminal(abduce, "idea", "submit", command="")
    assert (done.code, done.err) == (
        1,
        "abduce: no editor is set; set VISUAL or EDITOR, e.g. EDITOR=nano; or give a title, --text, or text on "
        "standard input\n",
    )
    assert left(abduce) == []


def test_with_a_title_nothing_is_opened(abduce: Abduce) -> None:
    assert at_terminal(abduce, "idea", "submit", "A title", command="false").code == 0
    assert latest(abduce)["title"] == "A title"
    assert "text" not in latest(abduce)


@pytest.mark.parametrize("arguments", [(), ("-",), ("--text", "-")])
def test_a_pipe_gives_the_title_and_the_text(abduce: Abduce, arguments: tuple[str, ...]) -> None:
    abduce.done("idea", "submit", *arguments, stdin=b"\n First line \n\nand the rest\n")
    assert (latest(abduce)["title"], latest(abduce)["text"]) == ("First line", "and the rest")


def test_a_first_line_that_is_no_title_is_kept_whole(abduce: Abduce) -> None:
    line = "word " * 100
    abduce.done("idea", "submit", stdin=f"{line}\nrest".encode())
    assert latest(abduce)["title"] == ("word " * 60).strip()
    assert latest(abduce)["text"] == f"{line}\nrest"
