"""A picture of the screen, as it was when it was asked for."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from textual.widgets import Input

from tests.tui.running import BUNDLED, one_line, press, running, type_text


async def test_the_screen_is_drawn_without_the_question_for_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running() as (app, pilot):
        await press(app, pilot, "2", "f8", "enter")
        drawn = tmp_path / f"{BUNDLED}-matrix.svg"
        assert "Drawn to" in one_line(app)
        text = " ".join("".join(ET.parse(drawn).getroot().itertext()).split())
        assert "vision-efficiency-matrix.svg" not in text
        before = drawn.read_bytes()
        await press(app, pilot, "f8", "enter")
        assert "is there already. enter again replaces it." in one_line(app)
        assert drawn.read_bytes() == before


async def test_the_name_says_whether_it_is_a_png(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with running() as (app, pilot):
        await press(app, pilot, "f8")
        assert app.screen.query_one("#typed", Input).value == f"{BUNDLED}-debate.svg"
        await type_text(app, pilot, "x.txt")
        await press(app, pilot, "enter")
        assert "expected a name ending in .svg or .png" in one_line(app)
        await type_text(app, pilot, "x.png")
        await press(app, pilot, "enter")
        assert (tmp_path / "x.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
