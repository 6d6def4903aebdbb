"""Typing a plausibility in its row: read back at every key, with what it would move; and pointing at it."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.ranking import ranked
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.debate.row_prompt import PlausibilityPrompt
from tui.debate.screen import DebateScreen

pytestmark = pytest.mark.painted

SECOND, FIFTH = "copied-filters", "wasteful-llms"


def stated(slug: str = FIFTH) -> float:
    with DebateStore.open() as store:
        return store.load(BUNDLED).hypotheses[slug].plausibility


def row_of(app: AbduceApp, title: str) -> str:
    return next(line for line in screen_text(app).splitlines() if title in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_what_is_typed_is_read_back_in_its_row(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        await press(app, pilot, "G", "p")
        await type_text(app, pilot, "1 in 5")
        text = one_line(app)
        assert "20%, unlikely" in text
        assert "was 8%" in text
        # Past the fourth, at 10%.
        assert "rank 5 → 4" in text
        # It stood at 8% and would stand at 20%.
        row = row_of(app, "Language models waste")
        assert row.index("○") < row.index("●") < row.index("◆")
        # The line under the ranking has moved down, and no row is hidden.
        assert all(h.title[:20] in text for h in app.debate.hypotheses.values()) if app.debate else False
        assert "The evidence puts" in text
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DebateScreen)
        assert stated() == 0.2
        await press(app, pilot, "u")
        assert stated() == 0.08


async def test_what_would_be_closed_is_told_once_it_is_worked_out() -> None:
    # One explanation closes the gap and is true half of the time: it is closed as likely as that is true.
    debate = Debate(
        "one",
        "One",
        hypotheses={"why": Hypothesis("why", "Why", plausibility=0.5, prior=0.5, effects={"a": "b"}, position=0)},
        quantities={
            "a": Quantity("a", readings={"post": Reading("100")}),
            "b": Quantity("b", readings={"post": Reading("1")}),
        },
        gaps={"gap": Gap("gap", "a / b", headline=True)},
    )
    with DebateStore.open(first=lambda: debate) as store:
        store.open_debate("one")
    async with running() as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "80%")
        await settled(app, pilot)
        assert "closed 50% → 80%" in one_line(app)
        # Nothing is stored, and the line at the top still says how things are.
        assert "closed 50%" in next(line for line in screen_text(app).splitlines() if "weighed" in line)
        await press(app, pilot, "escape")
    with DebateStore.open() as store:
        assert store.load("one").hypotheses["why"].plausibility == 0.5


async def test_what_is_taken_by_a_key_is_replaced_by_what_is_typed_next() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "G", "p", "equals_sign", "backspace")
        assert isinstance(app.screen, PlausibilityPrompt)
        assert app.screen.query_one(Input).value == ""
        await press(app, pilot, "4", "0", "%", "up", "5", "5", "%", "enter")
        assert stated() == 0.55


async def test_the_row_shows_what_is_typed_after_a_click_and_a_new_size() -> None:
    async with running((120, 40)) as (app, pilot):
        columns = app.screen.query_one(RankingRows).drawn_along.columns
        await pilot.click(RankingRows, offset=(columns.belief_at + columns.belief - 2, 4))
        await settled(app, pilot)
        row = row_of(app, "Language models waste")
        assert row.index("○") < row.index("◆") < row.index("●")
        await pilot.resize_terminal(100, 30)
        await pilot.pause(0.2)
        await settled(app, pilot)
        row = row_of(app, "Language models waste")
        assert row.index("○") < row.index("◆") < row.index("●")


async def test_the_field_follows_its_row_when_another_process_changes_the_order() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "G", "p")
        with DebateStore.open() as other:
            other.load(BUNDLED)
            other.set_plausibility(BUNDLED, FIFTH, 0.99, expected=ANYTHING)
        while "was 99%" not in one_line(app):
            await pilot.pause(0.1)
        await settled(app, pilot)
        assert screen_text(app).count("Language models waste") == 1
        box, rows = app.screen.query_one("#box").region, app.screen_stack[0].query_one(RankingRows)
        assert (rows.cursor, box.y) == (0, rows.region.y)
        # What it was when the field was opened is not replaced without being asked.
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PlausibilityPrompt)
        assert stated() == 0.99


async def test_what_means_nothing_stays_and_is_told() -> None:
    async with running((80, 24)) as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "perhaps")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PlausibilityPrompt)
        assert "expected a plausibility such as 60%" in one_line(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, DebateScreen)
        assert stated("unfair-comparison") == 0.6


async def test_arrows_move_by_a_point_and_the_equals_sign_takes_what_the_evidence_says() -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "G", "p", "up", "up", "down", "enter")
        assert stated() == 0.09
        await press(app, pilot, "p", "equals_sign", "enter")
        assert app.debate is not None
        assert stated() == pytest.approx(0.76)


async def test_keys_of_one_burst_do_what_they_would_do_one_by_one() -> None:
    async with running((80, 24)) as (app, pilot):
        await burst(app, pilot, "G", "p", "ctrl+u", *"30%", "enter", "k")
        assert stated() == 0.3
        assert isinstance(app.screen, DebateScreen)
        assert app.debate is not None
        # 30% is the fourth; one up is the third.
        assert app.screen.open_slug == ranked(app.debate)[2].slug


async def test_a_click_on_the_track_points_to_a_plausibility_and_asks() -> None:
    async with running((120, 40)) as (app, pilot):
        rows = app.screen.query_one(RankingRows)
        columns = rows.drawn_along.columns
        # 21 cells are five points each: the 14th is 65%.
        await pilot.click(RankingRows, offset=(columns.belief_at + 13, 4))
        await settled(app, pilot)
        assert isinstance(app.screen, PlausibilityPrompt)
        assert "65%, likely" in one_line(app)
        assert stated() == 0.08
        await press(app, pilot, "enter")
        assert stated() == 0.65
        # On a title it only goes there.
        await pilot.click(RankingRows, offset=(10, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, DebateScreen)


async def test_what_another_process_set_meanwhile_is_shown_before_it_is_replaced() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "G", "p")
        with DebateStore.open() as other:
            other.load(BUNDLED)
            other.set_plausibility(BUNDLED, FIFTH, 0.5, expected=ANYTHING)
        await type_text(app, pilot, "30%")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PlausibilityPrompt)
        assert "50%" in one_line(app)
        assert stated() == 0.5
        await press(app, pilot, "enter")
        assert stated() == 0.3


async def test_the_row_stays_under_the_field_when_the_terminal_changes_its_size() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "j", "p")
        for size in ((80, 24), (60, 16), (200, 50), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.2)
            await settled(app, pilot)
            place = app.screen.query_one("#box").region
            rows = app.screen_stack[0].query_one(RankingRows)
            assert place.y == rows.region.y + rows.cursor, size
            assert place.width == size[0]
        await press(app, pilot, "escape")
        assert "3 Diffusion steps" in screen_text(app)


async def test_a_reason_is_kept_by_the_journal_and_shown_in_the_history() -> None:
    async with running((160, 40)) as (app, pilot):
        await press(app, pilot, "G", "p")
        await type_text(app, pilot, "20%")
        await press(app, pilot, "tab")
        await type_text(app, pilot, "Minitron did it")
        # And back to the figure, which stays as it was typed.
        await press(app, pilot, "tab", "tab", "enter")
        assert stated() == 0.2
        await press(app, pilot, "[")
        assert "set the plausibility to 20%: Minitron did it" in one_line(app)
        await press(app, pilot, "5")
        assert "to 20%: Minitron did it" in one_line(app)
    with DebateStore.open() as store:
        assert store.history(BUNDLED)[0].why == "Minitron did it"
        assert store.reasons(BUNDLED)[FIFTH].why == "Minitron did it"
        store.undo(BUNDLED, expected=ANYTHING)
        assert store.reasons(BUNDLED) == {}
        store.redo(BUNDLED, expected=ANYTHING)
        assert store.reasons(BUNDLED)[FIFTH].why == "Minitron did it"


async def test_a_reason_for_the_figure_that_stands_is_refused_and_stays_in_the_line() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "G", "p")
        await type_text(app, pilot, "20%")
        await press(app, pilot, "enter", "p", "tab")
        await type_text(app, pilot, "Minitron did it")
        await press(app, pilot, "enter")
        assert "it is so already; the reason was not kept" in one_line(app)
        assert "Minitron did it" in one_line(app)
        await press(app, pilot, "tab")
        await type_text(app, pilot, "30%")
        await press(app, pilot, "enter")
        assert stated() == 0.3


async def test_what_was_put_off_is_left_when_its_parts_have_gone_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is left is attached until it has gone, and what stands on it goes first."""
    async with running() as (app, pilot):
        await press(app, pilot, "p")
        prompt = app.screen
        assert isinstance(prompt, PlausibilityPrompt)
        await press(app, pilot, "escape")
        monkeypatch.setattr(PlausibilityPrompt, "is_attached", property(lambda _: True))
        assert not prompt.query("#box")
        prompt._make_room()
