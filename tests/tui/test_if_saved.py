"""What saving a form would do is told before it is done, by the functions that do it."""

from __future__ import annotations

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import evidence_added, hypothesis_added
from store.debate_store import DebateStore
from tests.tui.running import box_text, press, running, type_text
from tui.dialogs.form import Form
from tui.dialogs.if_saved import moves
from tui.says import Says

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", "", 0.6, 1 / 3, position=0),
        "words": Hypothesis("words", "Words are odd", "", 0.4, 0.5, position=1),
    },
    evidence={"paper": Evidence("paper", "A paper", assessments={"eyes": Assessment(3.0)})},
)
"""Odds 1:2 times 3 are 3:2, so the evidence says 60% of the first; of the second it says its prior."""


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


def told(before: Debate, after: Debate) -> list[str]:
    return [line.plain for line in moves(before, after, Says()).lines()]


def test_what_moves_is_told_with_its_title_its_span_and_the_order_as_there_is_room() -> None:
    # 3:2 times 10 is 15:1. All ratios halved in logarithm: 1:2 times the root of 30, 73%; nothing puts it higher.
    lines = told(DEBATE, evidence_added(DEBATE, Evidence("new", "New", assessments={"eyes": Assessment(10.0)})))
    assert lines == [
        "1 Eyes are odd 60 → 94% 73–94   the order stays as it is",
        "1 Eyes are odd 60 → 94% 73–94",
        "1 Eyes are odd 60 → 94%",
        "1 60 → 94% 73–94   the order stays as it is",
        "1 60 → 94% 73–94",
        "1 60 → 94%",
    ]


def test_a_change_of_the_order_is_told() -> None:
    # 1:1 times 10 is 91%, more than 60%.
    lines = told(DEBATE, evidence_added(DEBATE, Evidence("new", "New", assessments={"words": Assessment(10.0)})))
    assert "2 Words are odd 50 → 91%" in lines[0]


def test_what_moves_by_less_than_a_point_is_not_told() -> None:
    # 3:2 times 1.01 is 60.2%.
    after = evidence_added(DEBATE, Evidence("new", "New", assessments={"eyes": Assessment(1.01)}))
    assert told(DEBATE, after) == ["no figure moves by a point or more"]


def test_where_a_new_explanation_would_stand_and_who_makes_room_for_it() -> None:
    new = Hypothesis("new", "New", "", 0.5, 0.2)
    assert told(DEBATE, hypothesis_added(DEBATE, new)) == ["place 2 of 3 with 50%, the evidence says 20%"]
    exclusive = Debate("one", "One", mode="exclusive", hypotheses=dict(DEBATE.hypotheses))
    line = told(exclusive, hypothesis_added(exclusive, new))[0]
    assert "you say 1 Eyes are odd 60 → 30%   2 Words are odd 40 → 20%" in line


async def test_it_follows_what_is_typed_and_says_what_is_to_be_mended() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "n")
        form = app.screen
        assert isinstance(form, Form)
        assert "If saved nothing is typed yet" in box_text(app)
        form.go_to("ratio.eyes")
        await type_text(app, pilot, "10")
        assert "If saved 1 Eyes are odd 60 → 94%" in box_text(app)
        await type_text(app, pilot, "ten")
        form.put("date", "never")
        await press(app, pilot, "tab")
        # The title is needed too.
        assert "If saved 3 fields to mend first" in box_text(app)
        form.put("ratio.eyes", "1/3")
        form.put("date", "")
        await press(app, pilot, "tab")
        # 3:2 by 3 is 1:2.
        assert "If saved 1 Eyes are odd 60 → 33%" in box_text(app)


async def test_a_key_that_is_taken_is_told_before_it_is_saved() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "n")
        assert isinstance(app.screen, Form)
        app.screen.put("title", "Another")
        app.screen.put("key", "paper")
        await press(app, pilot, "tab")
        assert "If saved there is evidence 'paper' already" in box_text(app)


async def test_an_edited_prior_and_a_single_rating_tell_it_too() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "e")
        assert isinstance(app.screen, Form)
        app.screen.put("prior", "50%")
        await press(app, pilot, "tab")
        # 1:1 times 3 is 75%.
        assert "If saved 1 Eyes are odd 60 → 75%" in box_text(app)
        await press(app, pilot, "escape", "t", "enter")
        assert isinstance(app.screen, Form)
        await press(app, pilot, "right")
        # From + to ++: 1:2 times 10 is 5:1.
        assert "If saved 1 Eyes are odd 60 → 83%" in box_text(app)


async def test_an_idea_moves_nothing_and_says_nothing_of_it() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "i")
        assert isinstance(app.screen, Form)
        app.screen.put("title", "An idea")
        await press(app, pilot, "tab")
        assert "If saved" not in box_text(app)
