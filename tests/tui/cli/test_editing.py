"""The whole debate in an editor, which is a script."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.store.conftest import small_debate
from tests.tui.cli.conftest import Abduce
from tui.terminal.own_editor import command_for


@pytest.fixture
def tuners(abduce: Abduce) -> Abduce:
    """The program, on a debate of its own."""
    with DebateStore.open(actor="tester") as store:
        store.add_debate(small_debate())
        store.open_debate("piano-tuners")
    return abduce


class Script:
    """An editor that does what it is told to the text, and keeps what it was given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._path = folder / "editor.py"
        self.given = folder / "given.yaml"
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(self._path)]))

    def does(self, *lines: str) -> None:
        """Say what it does to `text`, a line of Python each."""
        head = ["import sys", "from pathlib import Path", "path = Path(sys.argv[-1])", "text = path.read_text()"]
        tail = [f"Path({str(self.given)!r}).write_text(text)", *lines, "path.write_text(text)"]
        self._path.write_text("\n".join([*head, *tail]))

    def replaces(self, old: str, new: str) -> None:
        self.does(f"text = text.replace({old!r}, {new!r}, 1)")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    return Script(tmp_path, monkeypatch)


def drafts(home: Path) -> list[Path]:
    return [*(home / "drafts").rglob("*.debate.yaml")]


def test_what_was_edited_is_told_and_is_one_change_that_undo_takes_back(tuners: Abduce, script: Script) -> None:
    script.does("text = text.replace('Most are not listed', 'Nobody lists them').replace('8.1M', '8M')")
    result = tuners.done("edit", "--yes")
    assert result.out.splitlines() == [
        "changed  value of the quantity 'people': 8.1M to 8.4M → 8M to 8.4M",
        "changed  title of the explanation 'uncounted': Most are not listed → Nobody lists them",
    ]
    assert result.err == "abduce: piano-tuners: edited the whole debate: 2 changed; `abduce undo` takes it back\n"
    assert "Nobody lists them" in tuners.done("show").out
    tuners.done("undo")
    assert "Most are not listed" in tuners.done("show").out
    assert drafts(tuners.home) == []


def test_the_text_is_the_export_and_is_nobody_elses_to_read(tuners: Abduce, script: Script) -> None:
    script.does("import os", "assert os.stat(path).st_mode & 0o777 == 0o600")
    assert "piano-tuners: nothing was changed" in tuners.done("edit", "piano-tuners", "--yes").err
    assert "title: Most are not listed" in script.given.read_text()
    assert drafts(tuners.home) == []


def test_an_error_is_told_with_its_line_and_nothing_typed_is_lost(tuners: Abduce, script: Script) -> None:
    script.replaces("mode: independent", "mode: sometimes")
    error = tuners("edit", "--yes")
    assert (error.code, error.out) == (1, "")
    (left,) = drafts(tuners.home)
    assert "line " in error.err
    assert "sometimes" in error.err
    assert f"what was typed is in {left}" in error.err
    assert "mode: sometimes" in left.read_text()
    # The next one goes on with it.
    script.replaces("mode: sometimes", "mode: exclusive")
    assert "changed  mode of the debate: independent → exclusive" in tuners.done("edit", "--yes").out
    assert drafts(tuners.home) == []


def test_what_was_left_is_thrown_away_where_somebody_begins_afresh(tuners: Abduce, script: Script) -> None:
    script.replaces("mode: independent", "mode: sometimes")
    assert tuners("edit", "--yes").code == 1
    script.does()
    assert "nothing was changed" in tuners.done("edit", "--yes", "--afresh").err
    assert "mode: independent" in script.given.read_text()
    assert drafts(tuners.home) == []


def test_without_a_terminal_to_ask_at_it_wants_yes(tuners: Abduce, script: Script) -> None:
    assert "expected --yes" in tuners.refused("edit", code=2)
    assert not script.given.exists()


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("", "no editor is set; set VISUAL or EDITOR"),
        ("'", "cannot be read: No closing quotation; set VISUAL or EDITOR"),
        ("/nowhere/ed", "the editor '/nowhere/ed' could not be started"),
        ("false", "the editor ended with code 1"),
    ],
)
def test_an_editor_that_fails_is_told_of(
    tuners: Abduce, monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    result = tuners("edit", "--yes")
    assert (result.code, result.out) == (1, "")
    assert told in result.err


def test_text_that_is_not_utf_8_or_too_long_is_kept(tuners: Abduce, script: Script) -> None:
    script.does("path.write_bytes(text.encode() + b'\\xff')", "sys.exit()")
    assert "found bytes that are not UTF-8 text" in tuners("edit", "--yes").err
    script.does("path.write_bytes(b'#' * 16_000_001)", "sys.exit()")
    assert "16,000,000 bytes" in tuners("edit", "--yes", "--afresh").err
    assert len(drafts(tuners.home)) == 1


def test_another_slug_is_no_matter_of_the_text(tuners: Abduce, script: Script) -> None:
    script.replaces("slug: piano-tuners", "slug: pianos")
    assert "`abduce debate rename` gives another" in tuners("edit", "--yes").err


def meanwhile(script: Script, *arguments: str, old: str = "", new: str = "") -> None:
    """Have another process change the debate while it is in the editor."""
    command = [sys.executable, "-m", "tui", *arguments]
    script.does(
        "import subprocess", f"subprocess.run({command!r}, check=True)", f"text = text.replace({old!r}, {new!r})"
    )


def test_what_others_do_meanwhile_is_joined(tuners: Abduce, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    meanwhile(script, "plausibility", "uncounted", "90%", old="Most are not listed", new="Nobody lists them")
    assert "1 changed" in tuners.done("edit", "--yes").err
    shown = tuners.done("show", "uncounted").out
    assert "Nobody lists them" in shown
    assert "90%" in shown


def test_what_both_have_changed_is_not_forced(tuners: Abduce, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    meanwhile(script, "plausibility", "uncounted", "90%", old="plausibility: 60%", new="plausibility: 70%")
    result = tuners("edit", "--yes")
    assert result.code == 1
    assert "meanwhile somebody else changed what you changed: plausibility of the explanation 'uncounted'" in result.err
    assert "plausibility: 70%" in drafts(tuners.home)[0].read_text()
    assert "90%" in tuners.done("show", "uncounted").out


def test_a_debate_that_is_removed_meanwhile_stays_so(
    tuners: Abduce, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    meanwhile(script, "debate", "remove", old="Most are not listed", new="Nobody lists them")
    assert "`abduce debate restore piano-tuners` brings it back" in tuners("edit", "--yes").err
    assert len(drafts(tuners.home)) == 1


def test_what_no_longer_fits_together_is_refused(
    tuners: Abduce, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DebateStore.open(actor="tester") as store:
        store.remove_hypothesis("piano-tuners", "moved", expected=ANYTHING)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    block = "  moved:\n    title: Again\n    plausibility: 10%\n    prior: 10%\n\nevidence:"
    meanwhile(script, "hypothesis", "remove", "fewer", "--with", old="evidence:", new=block)
    assert tuners.done("edit", "--yes").code == 0
    script.does("text = text.replace('    assessments:', '    assessments:\\n      gone: 3', 1)")
    assert "there is no hypothesis 'gone'" in tuners("edit", "--yes").err


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vim -n", ["vim", "-n", "+7", "d.yaml"]),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7", "d.yaml"]),
        ("hx", ["hx", "d.yaml:7"]),
        ("code", ["code", "--wait", "-g", "d.yaml:7"]),
        ("code --wait", ["code", "--wait", "-g", "d.yaml:7"]),
        ("ed", ["ed", "d.yaml"]),
    ],
)
def test_editors_that_can_are_sent_to_the_line(
    monkeypatch: pytest.MonkeyPatch, editor: str, command: list[str]
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert command_for(Path("d.yaml"), 7) == command
