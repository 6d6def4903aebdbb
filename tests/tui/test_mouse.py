"""What the mouse does on the Debate screen and on what stays on every screen."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.running import one_line, press, running, screen_text, settled
from tui.app import AbduceApp
from tui.debate.detail import Detail
from tui.debate.question import Question
from tui.debate.screen import DebateScreen
from tui.dialogs.picker import Picker
from tui.evidence.evidence_list import EvidenceList
from tui.matrix.grid import MatrixGrid
from tui.matrix.layout import MARK
from tui.matrix.totals import MatrixHead


async def click(app: AbduceApp, pilot: Pilot[int], text: str, line: int | None = None, *, within: int = 0) -> None:
    """Click on a text where it stands first, or on a line."""
    lines = screen_text(app).splitlines()
    y = line if line is not None else next(n for n, each in enumerate(lines) if text in each)
    await pilot.click(offset=(lines[y].index(text) + within, y))
    await settled(app, pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_screens_are_tabs_of_the_first_line(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        for key, there in (("2", "by diagnosticity"), ("3", "Quantities"), ("5", "Journal"), ("1", "Explanations")):
            await click(app, pilot, f" {key}", 0, within=1)
            assert there in screen_text(app) or (key == "5" and "Implied by the evidence" in screen_text(app))


async def test_the_title_opens_the_choice_of_a_debate() -> None:
    async with running((120, 40)) as (app, pilot):
        await click(app, pilot, "Why are vision", 0)
        assert isinstance(app.screen, Picker)
        assert "Debates" in screen_text(app)


async def test_the_strip_opens_the_numbers_and_its_end_the_conventions() -> None:
    async with running((120, 40)) as (app, pilot):
        await click(app, pilot, "post ▾")
        assert "Which readings count" in screen_text(app)
        await press(app, pilot, "escape")
        await click(app, pilot, "weighed")
        assert app.showing == "numbers"


async def test_the_question_opens_to_all_of_it_by_click_and_by_key() -> None:
    async with running((120, 40)) as (app, pilot):
        assert "Any choice that scales all of cortex alike" not in one_line(app)
        await click(app, pilot, "An image generator")
        assert "Any choice that scales all of cortex alike" in one_line(app)
        await press(app, pilot, "escape")
        app.screen.query_one(Question).focus()
        await press(app, pilot, "enter")
        assert "Any choice that scales all of cortex alike" in one_line(app)
        await press(app, pilot, "escape", "j")
        assert isinstance(app.screen, DebateScreen)


async def test_the_parts_of_an_explanation_are_tabs() -> None:
    async with running((120, 40)) as (app, pilot):
        detail = app.screen.query_one(Detail)
        for name, part in (("Gap", "gap"), ("History", "history"), ("Ideas", "ideas"), ("Statement", "statement")):
            line = next(n for n, each in enumerate(screen_text(app).splitlines()) if "History" in each)
            await click(app, pilot, name, line)
            assert detail.active == part
    async with running((80, 24)) as (app, pilot):
        await click(app, pilot, "Evidence 17")
        assert app.screen.query_one(Detail).active == "evidence"
        assert "Movie Gen" in screen_text(app)


async def test_a_row_is_opened_by_a_second_click() -> None:
    async with running((120, 40)) as (app, pilot):
        await click(app, pilot, "Movie Gen")
        pull = app.screen.query_one(EvidenceList).current
        assert pull is not None
        assert pull.evidence.key == "movie-gen"
        # What is under the cursor says what it found.
        assert "Meta's largest video generator" in one_line(app)
        await pilot.click(EvidenceList, offset=(20, 1), times=2)
        await settled(app, pilot)
        assert not isinstance(app.screen, DebateScreen)


async def test_the_heads_of_the_matrix_sort_its_rows() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "2")
        grid = app.screen.query_one(MatrixGrid)
        head = app.screen.query_one(MatrixHead)
        debate = app.debate
        assert debate is not None

        async def click_at(x: int) -> None:
            await pilot.click(head, offset=(x, 1))
            await settled(app, pilot)

        await click_at(grid.layout_now.left + grid.layout_now.cell)
        assert grid.column == 1
        assert "by rating for 2" in screen_text(app)
        slug = grid.sheet.columns[1].slug
        cells = [debate.evidence[key].assessments.get(slug) for key in grid.rows]
        ratios = [cell.ratio for cell in cells if cell is not None and cell.ratio is not None]
        assert ratios == sorted(ratios, reverse=True)
        await press(app, pilot, "l")
        assert "by rating for 2" in screen_text(app)  # the rows stay, and so does what they are sorted by
        await click_at(4)
        titles = [debate.evidence[key].title.casefold() for key in grid.rows]
        assert titles == sorted(titles)
        assert grid.layout_now.beside[0] == "tells"
        await click_at(MARK + grid.layout_now.title + 1)
        assert "by diagnosticity" in screen_text(app)
