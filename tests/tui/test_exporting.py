"""Export in the app: what is written is chosen or named, and nothing is replaced by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Input

from store import remembered
from store.debate_store import DebateStore
from tests.tui.running import BUNDLED, dialog_text, one_line, press, running, screen_text, type_text
from tui.export.formats import FORMATS


async def test_export_writes_a_file_and_over_one_on_purpose_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running() as (app, pilot):
        await press(app, pilot, "x", "enter")
        exported = tmp_path / f"{BUNDLED}.md"
        assert "Exported to" in one_line(app)
        post = exported.read_text(encoding="utf-8")
        assert post.startswith("# Why are vision models")
        assert "1.) **The comparison is not fair.**" in post
        exported.write_text("mine")
        await press(app, pilot, "x", "enter")
        assert "is there already. enter again replaces it." in one_line(app)
        assert exported.read_text() == "mine"
        await press(app, pilot, "enter")
        assert exported.read_text(encoding="utf-8") == post


async def test_what_is_exported_is_chosen_and_the_name_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with running() as (app, pilot):
        await press(app, pilot, "x")
        begins = {
            "Post": "# Why",
            "Report": "# Why",
            "List": "# Why",
            "JSON": "{",
            "YAML": "# What",
            "BibTeX": "@misc{",
        }
        for place, one in enumerate(FORMATS):
            if place:
                await press(app, pilot, "down")
            assert one.title in dialog_text(app)
            assert f"{BUNDLED}{one.ending}" in dialog_text(app)
            if one.title in begins:
                name = app.screen.query_one("#typed", Input).value
                await press(app, pilot, "enter", "x")
                assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins[one.title])
                await type_text(app, pilot, name)


async def test_the_choice_follows_the_name_that_is_typed() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "x")
        await type_text(app, pilot, "mine.json")
        await press(app, pilot, "down")
        assert "mine.yaml" in dialog_text(app)
        await type_text(app, pilot, "mine.md")
        await press(app, pilot, "down")
        assert "mine.report.md" in dialog_text(app)
        await type_text(app, pilot, "mine/")
        assert "Obsidian to" in dialog_text(app)


async def test_an_export_never_replaces_the_database_that_is_open(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remembered.remember("theme", "nord")
    async with running() as (app, pilot):
        Path("wal.json").hardlink_to(home / "abduce.db-wal")
        Path("all.json").hardlink_to(home / "abduce.db")
        Path("theme.json").hardlink_to(home / "remembered.json")
        for path in map(Path, ("wal.json", "all.json", "theme.json")):
            before = path.read_bytes()
            await press(app, pilot, "x")
            app.screen.query_one("#typed", Input).value = str(path)
            await press(app, pilot, "enter", "enter")
            assert "a file that Abduce works with" in screen_text(app)
            assert path.read_bytes() == before
            await press(app, pilot, "escape")
    with DebateStore.open() as store:
        assert store.load() == app.debate


async def test_a_click_chooses_what_is_written() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "x")
        await pilot.click("#shapes", offset=(4, 3))
        await press(app, pilot, "end")
        assert f"{BUNDLED}{FORMATS[3].ending}" in dialog_text(app)


async def test_a_small_terminal_shows_everything_that_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "x")
        assert "Markdown post to" in dialog_text(app)
        for one in FORMATS:
            assert re.search(rf"\b{one.title} +{re.escape(one.about)} ", dialog_text(app))
            assert f" {one.said} to " in dialog_text(app)
            await press(app, pilot, "down")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("~nobody-of-this-name/post.md", "cannot be written: No such file or directory"),
        (f"{'n' * 300}.md", "cannot be written: File name too long"),
    ],
)
async def test_a_name_that_no_file_can_have_is_told(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with running() as (app, pilot):
        await press(app, pilot, "x")
        await type_text(app, pilot, name)
        await press(app, pilot, "enter")
        assert told in one_line(app)
        assert list(folder.iterdir()) == []


async def test_a_folder_that_was_deleted_under_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with running() as (app, pilot):
        folder.rmdir()
        await press(app, pilot, "x", "enter")
        assert "cannot be written: No such file or directory" in one_line(app)
