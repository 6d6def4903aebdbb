"""The third column of a wide Debate screen: doubts, what would change it, what the evidence said, the journal."""

from __future__ import annotations

import asyncio

import pytest
from textual.widgets import Static

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.doubted import doubted
from hypotheses.steps import steps
from store.debate_store import DebateStore
from tests.tui.running import press, running, screen_text, settled, stored
from tui.debate.aside import CALM, Aside, Beyond, doubts_table, past_text
from tui.debate.differences import Differences
from tui.debate.doubt_list import signs_of
from tui.debate.screen import DebateScreen
from tui.timeline.screen import TimelineScreen

# 1:1 and ten times the odds is 10:1, 91%; 1:1 and a third of the odds is 1:3, 25%.
DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", plausibility=0.6, prior=0.5, position=0),
        "words": Hypothesis("words", "Words are odd", plausibility=0.4, prior=0.5, position=1),
    },
    evidence={
        "early": Evidence("early", "A paper", date="2019", assessments={"eyes": Assessment(1 / 3)}),
        "late": Evidence("late", "Another", date="2021", assessments={"words": Assessment(10.0)}),
    },
)


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


async def test_it_is_there_from_180_columns_on_and_follows_what_changes() -> None:
    async with running((180, 50)) as (app, pilot):
        await pilot.pause(CALM + 0.1)
        await settled(app, pilot)
        text = screen_text(app)
        assert "Doubts about what the evidence says" in text
        assert "Every ratio halved" in text
        assert "2019" in text.split("What the evidence said")[1]
        assert "added the debate 'small'" in text.split("Lately")[1]
        with stored(slug="small") as store:
            store.set_plausibility("small", "words", 0.3, expected=store.load("small").hypotheses["words"])
        while "plausibility of 'words'" not in (lately := screen_text(app).split("Lately")[1]):
            await pilot.pause(0.1)
            app.clear_notifications()  # which tell it too
        assert lately.index("plausibility of 'words'") < lately.index("added the debate")
        await pilot.resize_terminal(120, 40)
        await settled(app, pilot)
        assert "Lately" not in screen_text(app)


async def test_it_comes_whole_when_a_timer_and_a_change_ask_for_it_together() -> None:
    async with running((120, 40)) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, DebateScreen)
        screen.add_class("widest")
        await asyncio.gather(screen._show_rest(), screen._show_rest())
        await settled(app, pilot)
        assert len(screen.query(Aside)) == 1
        assert "Every ratio halved" in str(screen.query_one("#aside-doubts Static", Static).render())


async def test_a_click_on_a_part_goes_where_its_key_goes() -> None:
    async with running((200, 50)) as (app, pilot):
        await pilot.pause(CALM + 0.1)
        await settled(app, pilot)
        await pilot.click("#aside-doubts")
        await settled(app, pilot)
        assert isinstance(app.screen, Differences)
        await press(app, pilot, "escape")
        await pilot.click("#aside-past")
        await settled(app, pilot)
        assert isinstance(app.screen, TimelineScreen)


async def test_a_debate_without_evidence_says_what_is_missing() -> None:
    with DebateStore.open() as store:
        store.add_debate(Debate("bare", "Bare", hypotheses={"one": Hypothesis("one", "One", position=0)}))
        store.open_debate("bare")
    async with running((200, 50)) as (app, pilot):
        await pilot.pause(CALM + 0.1)
        await settled(app, pilot)
        text = screen_text(app)
        for told in ("Nothing is rated yet", "No single change would do it.", "No evidence bears a date yet."):
            assert told in text


def test_the_doubts_are_figures_under_the_signs_of_the_explanations() -> None:
    table = doubts_table(doubted(DEBATE), signs_of(DEBATE), 50).plain.splitlines()
    assert table[0].split() == ["1", "2"]
    assert table[1].split() == ["As", "rated", "25", "91"]
    # 10 to the half is 3.16:1, 76%; a third to the half 1:1.73, 37%.
    assert next(line for line in table if line.startswith("Every ratio halved")).split()[-2:] == ["37", "76"]
    many = {f"h{number}": Hypothesis(f"h{number}", "One", position=number) for number in range(20)}
    rated = {"item": Evidence("item", "An item", assessments={"h0": Assessment(2.0)})}
    crowd = Debate("crowd", "A crowd", hypotheses=many, evidence=rated)
    lines = doubts_table(doubted(crowd), signs_of(crowd), 58).plain.splitlines()
    # 58 - 32 cells hold six figures of four.
    assert len(lines[0].split()) == 6
    assert "and 14 more explanations" in lines
    assert all(len(line) <= 58 for line in lines[:-1])


def test_the_past_ends_where_the_evidence_stands_now() -> None:
    drawn = past_text(Beyond(DEBATE, (), None, steps(DEBATE), ()), 50).plain.splitlines()
    assert [line.split()[-2:] for line in drawn if line.endswith("◆")] == [["25", "◆"], ["91", "◆"]]
    assert drawn[-1].split() == ["2019", "2021"]
    assert len({line.index("◆") for line in drawn if "◆" in line}) == 1
