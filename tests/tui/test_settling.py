"""A hypothesis turns out true or false, and the reckoning after it."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.reckoning import Reckoning, Score
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import dialog_text, press, running, screen_text, stored, type_text
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.dialogs.prompt import Prompt
from tui.evidence.view import EvidenceView
from tui.people.reckoning import course
from tui.people.settle_prompt import SettlePrompt

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={
        "eyes": Hypothesis("eyes", "Eyes are odd", plausibility=0.6, position=0),
        "words": Hypothesis("words", "Words are odd", plausibility=0.4, position=1),
    },
    evidence={"paper": Evidence("paper", "A paper", assessments={"eyes": Assessment(10.0)})},
    owner="olga",
)


@pytest.fixture(autouse=True)
def database() -> None:
    with DebateStore.open(first=lambda: DEBATE, creator="olga", actor="olga") as store:
        store.set_plausibility("small", "eyes", 0.5, expected=ANYTHING)
        store.set_plausibility("small", "eyes", 0.8, expected=ANYTHING)
    with DebateStore.open(actor="ana") as store:
        store.set_plausibility("small", "eyes", 0.1, expected=ANYTHING)


def outcome() -> tuple[str, str]:
    with stored(slug="small") as store:
        eyes = store.load("small").hypotheses["eyes"]
        return eyes.settled, eyes.settled_on


async def enter(app: AbduceApp, pilot: Pilot[int], text: str) -> None:
    await press(app, pilot, "S")
    assert isinstance(app.screen, Prompt)
    app.screen.query_one("#typed", Input).value = text
    await press(app, pilot, "enter")


async def test_an_explanation_is_settled_marked_and_opened_again() -> None:
    async with running((120, 40), person="olga") as (app, pilot):
        await enter(app, pilot, "false 2024-03-01")
        assert outcome() == ("false", "2024-03-01")
        while "Settled    ✗ false  2024-03-01" not in screen_text(app):
            await pilot.pause(0.05)
        assert "✗ false" in screen_text(app).split("Settled")[0]
        await enter(app, pilot, "T")
        assert outcome()[0] == "true"
        assert "✓ true" in screen_text(app)
        await enter(app, pilot, "open")
        assert outcome() == ("", "")
        await press(app, pilot, "u")
        assert outcome()[0] == "true"


async def test_what_is_no_outcome_is_told_and_nothing_is_settled() -> None:
    async with running((80, 24), person="olga") as (app, pilot):
        for text in ("", "perhaps", "true 2024-02-30", "true 2024", "open 2024-02-01", "true 2024-02-01 x"):
            await enter(app, pilot, text)
            assert isinstance(app.screen, Prompt), text
            assert "expected true, false or open" in " ".join(screen_text(app).replace("│", " ").split()), text
            assert outcome() == ("", ""), text
            await press(app, pilot, "escape")


async def test_the_reckoning_scores_everybody_and_names_what_misled() -> None:
    async with running((120, 40), person="olga") as (app, pilot):
        await press(app, pilot, "R")
        assert "Nothing is settled yet." in screen_text(app)
        await press(app, pilot, "escape")
        await enter(app, pilot, "false")
        await press(app, pilot, "R")
        rows = {line.split()[1]: line.split() for line in dialog_text(app).splitlines() if "0." in line}
        # It was false: 0.1 squared is 0.01 and 0.8 squared 0.64; -ln 0.9 is 0.11 and -ln 0.2 is 1.61.
        assert rows["ana"][2:5] == ["0.01", "0.11", "1"]
        assert rows["olga"][2:6] == ["(you)", "0.64", "1.61", "1"]
        # 0.36, 0.25 and 0.64 of a full bar are 3, 2 and 5 eighths.
        assert rows["olga"][6] == "▃▂▅"
        text = screen_text(app)
        assert text.index("ana") < text.index("olga (you)")
        assert "paper spoke for it with 10.0 decibans, and it was false: Eyes are odd" in text
        await press(app, pilot, "enter")
        assert isinstance(app.screen, EvidenceView)


def test_the_course_shows_the_last_scores_and_the_best_as_a_low_bar() -> None:
    scores = tuple(Score(None, brier, 0.0, 1) for brier in (1.0, 0.5, 0.0))
    assert course(Reckoning("", scores[-1], scores), 10) == "█▄▁"
    assert course(Reckoning("", scores[-1], scores), 2) == "▄▁"
    assert course(Reckoning("", scores[-1], ()), 2) == ""


async def test_in_an_exclusive_debate_one_that_is_true_makes_the_others_false_after_asking() -> None:
    with DebateStore.open(actor="olga") as store:
        store.set_plausibility("small", "eyes", 0.5, expected=ANYTHING)
        store.edit_debate("small", mode="exclusive", expected=ANYTHING)
    async with running((120, 40), person="olga") as (app, pilot):
        await press(app, pilot, "S")
        await press(app, pilot, *"true")
        assert "enter settles the other 1 as false" in screen_text(app)
        await press(app, pilot, "enter")
        with stored(slug="small") as store:
            found = store.load("small").hypotheses
            entry = store.history("small", limit=1)[0]
        assert (found["eyes"].settled, found["words"].settled) == ("true", "false")
        assert found["words"].settled_on == found["eyes"].settled_on
        assert entry.label == "settled 'eyes' as true and 'words' as false"
        await press(app, pilot, "u")
        with stored(slug="small") as store:
            assert {h.settled for h in store.load("small").hypotheses.values()} == {""}


async def test_it_is_typed_in_its_row_with_what_settled_it() -> None:
    async with running((120, 40), person="olga") as (app, pilot):
        await press(app, pilot, "S")
        assert isinstance(app.screen, SettlePrompt)
        rows = app.screen_stack[0].query_one(RankingRows).region
        await type_text(app, pilot, "false 2024-03-01")
        assert "it turned out false, on 2024-03-01" in screen_text(app).splitlines()[rows.y + 1]
        assert "Eyes are odd" in screen_text(app).splitlines()[rows.y]
        await press(app, pilot, "tab")
        await type_text(app, pilot, "seen by all")
        await press(app, pilot, "enter")
        assert outcome() == ("false", "2024-03-01")
    with stored(slug="small") as store:
        assert store.history("small")[0].why == "seen by all"
