"""The whole debate in an editor, in a real terminal: a shell script is the editor."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.tmux import PROMPT, Tmux, needs_tmux

pytestmark = [pytest.mark.terminal, needs_tmux]

SCRIPT = """#!/bin/sh
# The first time it makes a mistake, then it mends it where the comment says so, then it is changed once more.
file=$1
if ! [ -e "$0.1" ]; then
    sed -i 's/^  mode: independent/  mode: sometimes/' "$file"; touch "$0.1"
elif ! [ -e "$0.2" ]; then
    grep -A1 '^  # found .sometimes' "$file" > "$0.2"
    sed -i 's/^  mode: sometimes/  mode: exclusive/; s/plausibility: 60%/plausibility: 20%/' "$file"
    sed -i 's/plausibility: 45%/plausibility: 15%/; s/plausibility: 40%/plausibility: 10%/' "$file"
else
    cat "$file" > "$0.3"
fi
"""


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    script = tmp_path / "editor"
    script.write_text(SCRIPT)
    script.chmod(0o755)
    return script


@pytest.fixture
def terminal(tmp_path: Path, editor: Path) -> Iterator[Tmux]:
    pane = Tmux(tmp_path, (320, 40), {"EDITOR": shlex.quote(str(editor)), "VISUAL": ""})
    yield pane
    pane.close()


def test_a_mistake_comes_back_as_a_comment_and_what_is_saved_can_be_undone(
    terminal: Tmux, tmp_path: Path, editor: Path
) -> None:
    terminal.start("edit")
    terminal.wait_for("[n]o")
    comment, line = (tmp_path / "editor.2").read_text().splitlines()
    assert comment.startswith("  # found 'sometimes'; expected")
    assert line == "  mode: sometimes"
    terminal.type("e")
    terminal.keys("Enter")
    shown = terminal.wait_for("plausibility of the explanation")
    assert "changed  mode of the debate: independent → exclusive" in shown
    assert "prior" not in shown
    terminal.wait_for("[n]o e")
    while not (again := tmp_path / "editor.3").exists():
        time.sleep(0.05)
    assert "# found" not in again.read_text()
    terminal.type("y")
    terminal.keys("Enter")
    terminal.wait_for("`abduce undo` takes it back")
    terminal.line("clear")
    terminal.start("undo")
    terminal.wait_for("undo: edited the whole debate")
    assert not [*tmp_path.rglob("*.debate.yaml")]


def test_no_leaves_the_debate_alone_and_says_where_the_text_is(terminal: Tmux, tmp_path: Path) -> None:
    (tmp_path / "editor").write_text("#!/bin/sh\nsed -i 's/The comparison is not fair/It is fair/' \"$1\"\n")
    terminal.start("edit")
    terminal.wait_for("It is fair")
    terminal.type("n")
    terminal.keys("Enter")
    terminal.wait_for("goes on with it")
    terminal.wait_for(PROMPT)
    (left,) = tmp_path.rglob("*.debate.yaml")
    assert "It is fair" in left.read_text()
