"""What the mouse does on the Debate screen and on what stays on every screen."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from hypotheses.debate import Assessment, Evidence
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled
from tui.app import AbduceApp
from tui.cruxes.dialog import Cruxes
from tui.debate.detail import Detail
from tui.debate.differences import Differences
from tui.debate.question import Question
from tui.debate.ranking import RankingRows
from tui.debate.screen import DebateScreen
from tui.dialogs.form import Form
from tui.dialogs.help import Help
from tui.dialogs.picker import ChoiceList, Picker
from tui.dialogs.prompt import Prompt
from tui.evidence.evidence_list import EvidenceList
from tui.matrix.grid import MatrixGrid
from tui.matrix.heads import MatrixHead
from tui.matrix.layout import MARK
from tui.widgets.passage import Passage
from tui.widgets.tab_head import TabHead


async def click(app: AbduceApp, pilot: Pilot[int], text: str, line: int | None = None, *, within: int = 0) -> None:
    """Click on a text where it stands first, or on a line."""
    lines = screen_text(app).splitlines()
    y = line if line is not None else next(n for n, each in enumerate(lines) if text in each)
    await pilot.click(offset=(lines[y].index(text) + within, y))
    await settled(app, pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_screens_are_tabs_of_the_first_line(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        timeline = "Journal" if size[0] > 100 else "Implied by the evidence"
        for key, there in (("2", "by diagnosticity"), ("3", "Quantities"), ("5", timeline), ("1", "Explanations")):
            await click(app, pilot, f" {key}", 0, within=1)
            assert there in screen_text(app)


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
        shown = [
            grid.sheet.figures.clusters[row.cluster].sums if row.cluster else debate.evidence[row.key].assessments
            for row in grid.rows
        ]
        cells = [each.get(slug) for each in shown]
        ratios = [cell.ratio for cell in cells if cell is not None and cell.ratio is not None]
        assert ratios == sorted(ratios, reverse=True)
        await press(app, pilot, "l")
        assert "by rating for 2" in screen_text(app)  # the rows stay, and so does what they are sorted by
        await click_at(4)
        titles = [(row.cluster or debate.evidence[row.key].title).casefold() for row in grid.rows]
        assert titles == sorted(titles)
        assert grid.layout_now.beside[0] == "tells"
        await click_at(MARK + grid.layout_now.title + 1)
        assert "by diagnosticity" in screen_text(app)


@pytest.mark.parametrize("width", [30, 36, 58])
async def test_a_row_can_be_clicked_anywhere_also_where_a_track_has_one_cell(width: int) -> None:
    async with running((width, 24)) as (app, pilot):
        rows = app.screen.query_one(RankingRows)
        for cell in range(0, width, 2):
            await pilot.click(RankingRows, offset=(cell, 1))
            await settled(app, pilot)
            if isinstance(app.screen, Prompt):
                await press(app, pilot, "escape")
        assert rows.cursor == 1


async def test_the_plausibility_pointed_to_stands_in_the_field_where_a_row_has_no_room_for_one() -> None:
    async with running((58, 24)) as (app, pilot):
        columns = app.screen.query_one(RankingRows).drawn_along.columns
        await pilot.click(RankingRows, offset=(columns.belief_at + columns.belief - 1, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, Prompt)
        assert app.screen.query_one(Input).value == "100%"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_row_of_keys_is_pressed(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        last = size[1] - 1
        await click(app, pilot, "a Explanation", last)
        assert isinstance(app.screen, Form)
        await press(app, pilot, "escape")
        await click(app, pilot, "? Help", last)
        assert isinstance(app.screen, Help)


async def test_a_click_on_a_track_sets_the_figure_there_once_enter_is_pressed() -> None:
    async with running((120, 40)) as (app, pilot):
        ranking = app.screen.query_one(RankingRows)
        columns = ranking.drawn_along.columns
        assert app.debate is not None
        slug = ranking.rows[1].hypothesis.slug
        # The second row, in the middle of its axis.
        await pilot.click(ranking, offset=(columns.belief_at + columns.belief // 2, 1))
        await settled(app, pilot)
        assert "50%" in screen_text(app).splitlines()[ranking.region.y + 1]
        assert app.debate.hypotheses[slug].plausibility == 0.45
        await press(app, pilot, "enter")
        assert app.debate.hypotheses[slug].plausibility == 0.5


async def test_heads_over_the_ranking_and_empty_places_do_nothing() -> None:
    async with running((120, 40)) as (app, pilot):
        before = screen_text(app)
        for text in ("evidence     found", "left", "you  0"):
            await click(
                app, pilot, text, next(n for n, row in enumerate(before.splitlines()) if "evidence     f" in row)
            )
        await click(app, pilot, "Explanations ━")
        assert screen_text(app) == before


async def test_what_names_a_key_beside_a_panel_is_pressed() -> None:
    async with running((200, 60)) as (app, pilot):
        await click(app, pilot, "= compare")
        assert isinstance(app.screen, Differences)
        await press(app, pilot, "escape")
        await click(app, pilot, "X what would change it")
        assert isinstance(app.screen, Cruxes)
        # Behind the rule and a blank, behind the other name and two blanks.
        await pilot.click(app.screen.query_one(TabHead), offset=(3 + len("Smallest change") + 2, 0))
        await settled(app, pilot)
        assert "further ahead of the second" in screen_text(app)
        await press(app, pilot, "escape")
        await click(app, pilot, "[ ] next part")
        assert app.screen.query_one(Detail).active == "gap"
        await click(app, pilot, "/ find")
        assert isinstance(app.focused, Input)


async def test_a_list_in_a_dialog_goes_to_a_row_and_takes_it_on_the_second_click() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "c")
        choices = app.screen.query_one(ChoiceList)
        names = [row.name for row in choices.rows]
        await pilot.click(choices, offset=(5, names.index("literature")))
        await settled(app, pilot)
        assert choices.current is not None
        assert choices.current.name == "literature"
        await pilot.click(choices, offset=(5, names.index("literature")), times=2)
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)
        assert app.debate is not None
        assert app.debate.convention == "literature"


@pytest.mark.parametrize("key", ["X", "?", "c", "R", "ctrl+p", "a", "w"])
async def test_a_click_beside_a_dialog_leaves_it(key: str) -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, key)
        assert app.screen.is_modal
        await pilot.click(offset=(0, 38))
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)


async def turn_wheel(pilot: Pilot[int], widget: Widget, at: tuple[int, int] = (0, 0)) -> None:
    """Turn the wheel over a widget and wait until it stands lower than at its top, which is after the next layout."""
    async with asyncio.timeout(20):
        while not widget.allow_vertical_scroll:
            await pilot.pause(0.02)
        await pilot._post_mouse_events([events.MouseScrollDown], widget, offset=at, times=3)
        while widget.scroll_offset.y <= 0:
            await pilot.pause(0.02)


async def test_the_wheel_scrolls_lists_and_texts_and_moves_no_cursor() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "]")
        listed = app.screen.query_one(EvidenceList)
        await turn_wheel(pilot, listed)
        assert listed.cursor == 0
        await press(app, pilot, "?")
        page = app.screen.query_one(Passage)
        await turn_wheel(pilot, page, (5, 5))


async def test_a_list_stays_where_the_wheel_left_it_until_a_key_moves_the_cursor() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "]")
        listed = app.screen.query_one(EvidenceList)
        listed.focus()
        await turn_wheel(pilot, listed)
        stood = listed.scroll_offset.y
        with DebateStore.open(actor="bob") as other:
            other.set_plausibility(BUNDLED, "wasteful-llms", 0.09, expected=ANYTHING)
            other.add_evidence(BUNDLED, Evidence("late", "Late", assessments={"unfair-comparison": Assessment(1.01)}))
        app.changes.hear()
        await settled(app, pilot)
        assert "late" in [row.evidence.key for row in listed.rows]
        assert (listed.scroll_offset.y, listed.cursor) == (stood, 0)
        await press(app, pilot, "down")
        assert listed.cursor == 1
        assert listed.scroll_offset.y <= 1
