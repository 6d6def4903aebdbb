"""The whole debate in an editor from inside the app: F4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import BUNDLED, press, running, screen_text, settled, toasts
from tui.terminal import external

TITLE = "The comparison is not fair"


class PretendedEditor:
    """Does one thing to the text each time it is opened, and keeps what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[Callable[[str], str]] = []
        self.given: list[tuple[str, int]] = []
        monkeypatch.setattr(external, "edit_file", self._edit)

    def _edit(self, _app: Any, path: Path, line: int = 0) -> None:
        text = path.read_text()
        self.given.append((text, line))
        if not self.steps:
            raise Refused("the editor ended with code 1")
        path.write_text(self.steps.pop(0)(text))

    def replaces(self, old: str, new: str) -> None:
        self.steps.append(lambda text: text.replace(old, new, 1))


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> PretendedEditor:
    return PretendedEditor(monkeypatch)


def title() -> str:
    with DebateStore.open() as store:
        return store.load(BUNDLED).hypotheses["unfair-comparison"].title


def left(home: Path) -> list[Path]:
    return [*(home / "drafts").rglob("*.debate.yaml")]


async def test_what_differs_is_shown_and_saved_as_one_change(editor: PretendedEditor, home: Path) -> None:
    editor.replaces(TITLE, "It is fair")
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        assert f"changed  title of the explanation 'unfair-comparison': {TITLE} → It is fair" in screen_text(app)
        assert title() == TITLE
        await press(app, pilot, "ctrl+s")
        assert title() == "It is fair"
        assert left(home) == []
        await press(app, pilot, "u")
        assert title() == TITLE


async def test_an_error_opens_the_editor_again_at_its_line(editor: PretendedEditor) -> None:
    editor.replaces("  mode: independent", "  mode: sometimes")
    editor.replaces("  mode: sometimes", "  mode: independent\n  author: Somebody")
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        again, line = editor.given[1]
        lines = again.split("\n")
        assert lines[line - 1] == "  mode: sometimes"
        assert lines[line - 2].startswith("  # found 'sometimes'; expected")
        await press(app, pilot, "e")  # the editor fails now; nothing is lost
        assert "# found" not in editor.given[2][0]
        assert "What was typed is kept" in screen_text(app)


async def test_what_is_left_for_later_is_taken_up_again_or_thrown_away(editor: PretendedEditor, home: Path) -> None:
    editor.replaces(TITLE, "It is fair")
    editor.steps.append(lambda text: text)
    async with running() as (app, pilot):
        await press(app, pilot, "f4", "escape")
        assert len(left(home)) == 1
        await press(app, pilot, "f4")
        assert "It is fair" in editor.given[1][0]
        await press(app, pilot, "D")
        assert left(home) == []
        assert title() == TITLE


async def test_an_editor_that_fails_changes_nothing(editor: PretendedEditor, home: Path) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        assert "The editor ended with code 1" in screen_text(app)
        assert left(home) == []


async def test_what_another_program_does_meanwhile_is_joined_or_offered(editor: PretendedEditor) -> None:
    def meanwhile(text: str) -> str:
        with DebateStore.open() as store:
            store.edit_hypothesis(BUNDLED, "unfair-comparison", expected=ANYTHING, title="Theirs", note="Their note")
        return text.replace(TITLE, "Mine", 1).replace("  mode: independent", "  author: Somebody\n  mode: independent")

    editor.steps.append(lambda text: meanwhile(text).replace("  author: Beren Millidge\n", ""))
    async with running() as (app, pilot):
        await press(app, pilot, "f4", "ctrl+s")
        shown = screen_text(app)
        assert "Changed by somebody else too" in shown
        assert "title of the explanation 'unfair-comparison'" in shown
        await press(app, pilot, "m", "enter")
        assert "changed  title of the explanation 'unfair-comparison': Theirs → Mine" in screen_text(app)
        await press(app, pilot, "ctrl+s")
        with DebateStore.open() as store:
            debate = store.load(BUNDLED)
        assert debate.hypotheses["unfair-comparison"].title == "Mine"
        assert debate.hypotheses["unfair-comparison"].note == "Their note"
        assert debate.author == "Somebody"


async def test_a_file_that_the_editor_removed_is_not_said_to_be_kept(
    editor: PretendedEditor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "edit_file", lambda _app, path, _line=0: path.unlink())
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        assert "cannot be read" in toasts(app)[-1]
        assert "is kept" not in toasts(app)[-1]
    assert left(home) == []


async def test_a_text_that_cannot_be_gone_on_with_is_named(editor: PretendedEditor, home: Path) -> None:
    editor.replaces(TITLE, "[")
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
    (text,) = left(home)
    text.with_name(text.name.replace(".debate.", ".base.")).write_text("[")
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        assert str(text) in toasts(app)[-1]
        assert "--afresh` throws it away" in toasts(app)[-1]
    assert text.exists()


async def test_another_debate_that_is_open_by_then_is_not_taken_for_it(editor: PretendedEditor, home: Path) -> None:
    editor.replaces(TITLE, "It is fair")
    editor.replaces("It is fair", "It is quite fair")
    with DebateStore.open() as store:
        store.create_debate("Another?", "another")
    async with running() as (app, pilot):
        await press(app, pilot, "f4")
        app.changes.open("another")
        await settled(app, pilot)
        assert app.debate is not None
        assert app.debate.slug == "another"
        await press(app, pilot, "e")  # once more, of what was edited
        assert "is not the debate that is open any more" in toasts(app)[-1]
    assert left(home)
