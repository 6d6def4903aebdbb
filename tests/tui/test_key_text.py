"""The keys that a dialog names in words: a click on one presses it; and the screen behind, on which nothing is bold."""

from __future__ import annotations

from rich.segment import Segment
from textual.widgets import Input

from tests.tui.running import press, running, settled, type_text
from tests.tui.test_form_choices import click
from tui.debate.row_prompt import PlausibilityPrompt
from tui.debate.screen import DebateScreen
from tui.dialogs.form import Form
from tui.widgets.key_text import PRESSED, key_text


def pressed(text: str) -> list[str]:
    return [str(span.style.meta[PRESSED]) for span in key_text(text).spans if not isinstance(span.style, str)]


def test_what_begins_with_a_key_presses_it_and_words_do_not() -> None:
    text = "enter keep · tab why · esc back · D removes · 890M, = a formula · type to narrow · ↑ ↓ move"
    assert key_text(text).plain == text
    assert pressed(text) == ["enter", "tab", "escape", "D"]
    assert pressed("F4 goes on · ctrl+n makes it") == ["f4", "ctrl+n"]
    assert pressed("") == pressed("enter") == []


async def test_a_figure_is_typed_and_kept_by_the_mouse() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "G", "p")
        await type_text(app, pilot, "20%")
        await click(app, pilot, "tab why")
        assert app.screen.query_one("#why", Input).has_focus
        await click(app, pilot, "enter keep")
        assert isinstance(app.screen, DebateScreen)
        assert app.debate is not None
        assert app.debate.hypotheses["wasteful-llms"].plausibility == 0.2
        await press(app, pilot, "p")
        assert isinstance(app.screen, PlausibilityPrompt)
        await click(app, pilot, "esc back")
        assert isinstance(app.screen, DebateScreen)


async def test_nothing_is_bold_behind_a_dialog_and_is_again_when_it_is_left() -> None:
    async with running((120, 40)) as (app, pilot):

        def bold(row: int) -> str:
            strips: list[list[Segment]] = [list(strip) for strip in app.screen._compositor.render_strips()]
            return "".join(each.text for each in strips[row] if each.style and each.style.bold).strip()

        headline = 4
        assert "The puzzle" in bold(headline)
        await press(app, pilot, "n")
        assert isinstance(app.screen, Form)
        assert bold(headline) == ""
        await press(app, pilot, "escape")
        await settled(app, pilot)
        assert "The puzzle" in bold(headline)
