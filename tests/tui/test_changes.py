"""The one way of a change: nothing is overwritten unseen, and each lands where it was asked for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from textual.content import Content
from textual.pilot import Pilot

from hypotheses.debate import Assessment, Debate, Evidence, Gap, Hypothesis, Quantity
from hypotheses.reading import Reading
from store.debate_store import DebateStore
from store.errors import DatabaseProblem, OutcomeUnknown
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import caught_up, press, running, screen_text, send, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.debate.screen import DebateScreen
from tui.dialogs.conflict import ConflictDialog
from tui.dialogs.message import Page
from tui.dialogs.prompt import Prompt
from tui.numbers.quantities import QuantityList

SLUG = "small"
DEBATE = Debate(
    SLUG,
    "A small debate",
    convention="post",
    quantities={
        "size": Quantity("size", readings={"post": Reading("100"), "survey": Reading("200")}),
        "width": Quantity("width", readings={"post": Reading("5")}),
    },
    gaps={"gap": Gap("gap", "size / width", headline=True)},
    hypotheses={
        slug: Hypothesis(slug, f"Title {slug}", "", share, 0.5, position=place)
        for place, (slug, share) in enumerate([("one", 0.8), ("two", 0.6), ("three", 0.4), ("four", 0.2)])
    },
    evidence={"ads": Evidence("ads", "The ads", assessments={"one": Assessment(3.0), "two": Assessment(2.0)})},
)


@pytest.fixture(autouse=True)
def database() -> None:
    with DebateStore.open(first=lambda: DEBATE) as store:
        store.add_debate(replace(DEBATE, slug="other", title="Another debate"))
        store.load(SLUG)


def in_store(slug: str = SLUG) -> Debate:
    with stored(slug=SLUG) as store:
        return store.load(slug)


def elsewhere(change: Callable[[DebateStore], object]) -> None:
    """Make a change as another window of the same person would."""
    with stored(slug=SLUG) as store:
        change(store)


@asynccontextmanager
async def not_looking(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    """Run the app without its looks for what others do: each test says when they come to light."""
    monkeypatch.setattr("tui.app.POLL_SECONDS", 3600)
    async with running((140, 45)) as (app, pilot):
        yield app, pilot


def plausibility(slug: str) -> float:
    return in_store().hypotheses[slug].plausibility


# Prompts and fields


async def test_a_typed_plausibility_meets_another_ones_and_replaces_it_only_on_purpose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "j", "p")
        elsewhere(lambda store: store.set_plausibility(SLUG, "two", 0.45, expected=ANYTHING))
        # The second enter was typed before one could know.
        await burst(app, pilot, *"31%", "enter", "enter")
        assert isinstance(app.screen, Prompt)
        assert "plausibility: 45%" in screen_text(app)
        assert plausibility("two") == 0.45
        await press(app, pilot, "enter")
        assert not isinstance(app.screen, Prompt)
    assert plausibility("two") == 0.31


async def test_esc_leaves_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "j", "p")
        elsewhere(lambda store: store.set_plausibility(SLUG, "two", 0.45, expected=ANYTHING))
        await burst(app, pilot, *"31%", "enter")
        await press(app, pilot, "escape")
        assert "45%" in screen_text(app)
    assert plausibility("two") == 0.45


async def test_how_it_turned_out_is_not_turned_round_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "S")
        elsewhere(lambda store: store.settle(SLUG, "one", "true", "2023-01-01", expected=ANYTHING))
        await burst(app, pilot, *"false", "enter")
        assert "settled: true" in screen_text(app)
    assert in_store().hypotheses["one"].settled == "true"


async def test_a_typed_value_meets_another_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "3", "enter")
        elsewhere(lambda store: store.set_value(SLUG, "size", "300", expected=ANYTHING))
        await type_text(app, pilot, "400")
        await burst(app, pilot, "enter", "enter")
        assert "Theirs is now 300: enter replaces it" in screen_text(app)
        assert in_store().quantities["size"].readings["mine"].value == "300"
        await press(app, pilot, "enter")
    assert in_store().quantities["size"].readings["mine"].value == "400"


async def test_a_value_goes_to_the_quantity_on_which_it_was_begun() -> None:
    async with running((140, 45)) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "7")
        # Another window takes the cursor's row away from under it, as a click in the list would.
        app.screen_stack[-2].query_one("#quantities", QuantityList).cursor = 1
        await pilot.pause()
        await press(app, pilot, "enter")
    quantities = in_store().quantities
    assert quantities["size"].readings["mine"].value == "7"
    assert "mine" not in quantities["width"].readings


async def test_a_value_typed_over_what_is_there_no_more_is_refused_in_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "3", "enter")
        left = replace(DEBATE, quantities={"width": DEBATE.quantities["width"]}, gaps={})
        elsewhere(lambda store: store.add_debate(left, replace=True))
        app.changes.look()
        await settled(app, pilot)
        await type_text(app, pilot, "7")
        assert "there is no quantity 'size'" in screen_text(app)
        await press(app, pilot, "enter", "escape")
        assert app.focused is app.screen.query_one("#quantities")
    assert in_store().quantities == left.quantities


# Keys that change at once


async def test_a_move_that_met_another_is_offered_and_decided_by_what_is_typed_after_it_was_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        elsewhere(lambda store: store.set_plausibility(SLUG, "two", 0.7, expected=ANYTHING))
        # The last of them would choose mine, and take it.
        await burst(app, pilot, "j", "K", "m", "enter")
        assert plausibility("two") == 0.7
        assert isinstance(app.screen, ConflictDialog)
        text = screen_text(app)
        assert "theirs 70%" in text
        assert "mine   80%" in text
        await press(app, pilot, "enter")
        assert "Press t or m first" in screen_text(app)
        await press(app, pilot, "m", "enter")
        assert isinstance(app.screen, DebateScreen)
    assert (plausibility("two"), plausibility("one")) == (0.8, 0.7)


async def test_a_rating_that_met_another_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "2")
        elsewhere(lambda store: store.assess(SLUG, "ads", "one", Assessment(0.5, "no"), expected=ANYTHING))
        await press(app, pilot, "0")
        assert isinstance(app.screen, ConflictDialog)
        assert "theirs 0.5 no" in screen_text(app)
        await press(app, pilot, "t", "enter")
    assert in_store().evidence["ads"].assessments["one"] == Assessment(0.5, "no")


async def test_a_choice_that_met_another_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "3", "r")
        elsewhere(lambda store: store.set_value(SLUG, "size", "300", expected=ANYTHING))
        await press(app, pilot, "up", "enter")
        assert isinstance(app.screen, ConflictDialog)
        assert "theirs mine" in screen_text(app)
        assert "mine   survey" in screen_text(app)
        await press(app, pilot, "m", "enter")
    assert in_store().quantities["size"].chosen == "survey"


async def test_what_the_evidence_says_now_is_not_adopted_for_what_was_agreed_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "j", "A")
        elsewhere(lambda store: store.edit_hypothesis(SLUG, "two", prior=0.9999, expected=ANYTHING))
        await press(app, pilot, "y")
        assert "implied plausibility" in screen_text(app)
        assert "Press A to see what it says now" in messages(app)[-1]
    assert plausibility("two") == 0.6


async def test_undo_waits_until_what_another_window_did_was_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        await press(app, pilot, "J")
        elsewhere(lambda store: store.set_plausibility(SLUG, "four", 0.33, expected=ANYTHING))
        await press(app, pilot, "u")
        assert plausibility("four") == 0.33
        await press(app, pilot, "u")
        assert plausibility("four") == 0.2
        await press(app, pilot, "u")
    assert in_store().hypotheses == DEBATE.hypotheses


# The debate it is for


async def test_a_change_lands_in_the_debate_it_was_asked_for_whatever_is_open_by_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        go, entered = threading.Event(), threading.Event()

        def slow(*_: object) -> None:
            entered.set()
            assert go.wait(20)

        app.changes.ask(slow, ANYTHING)
        app.changes.open("other")
        # Asked for while the small debate is on screen, and carried out when the other one is open.
        app.screen.query_one("#ranking-rows").focus()
        send(app, "K")
        await asyncio.to_thread(entered.wait, 10)
        app.changes.ask(lambda store, seen: store.set_plausibility(SLUG, "one", 0.99, expected=seen), ANYTHING)
        go.set()
        await caught_up(app)
        await settled(app, pilot)
        assert app.debate is not None
        assert app.debate.slug == "other"
        assert "in 'A small debate': set the plausibility of 'one' to 99%" in [
            toast for toast in messages(app) if "99%" in toast
        ]
    assert plausibility("one") == 0.99
    assert in_store("other").hypotheses == DEBATE.hypotheses


async def test_what_is_changed_while_a_debate_is_being_opened_stays_on_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        app.changes.open("other")
        app.changes.ask(lambda store, seen: store.set_plausibility("other", "one", 0.99, expected=seen), ANYTHING)
        await settled(app, pilot)
        assert app.debate is not None
        assert app.debate.hypotheses["one"].plausibility == 0.99
        await press(app, pilot, "u")  # it is what was done last on this screen
    assert in_store("other").hypotheses == DEBATE.hypotheses


def messages(app: AbduceApp) -> list[str]:
    return toasts(app)


# A database that fails


async def test_a_database_that_cannot_be_read_is_told_once_and_again_when_it_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    notify = AbduceApp.notify

    def collect(app: AbduceApp, message: str, **rest: Any) -> None:
        told.append(message)
        notify(app, message, **rest)

    monkeypatch.setattr(AbduceApp, "notify", collect)

    def failing(*_: object, **__: object) -> None:
        raise DatabaseProblem("the disk of debates.db failed")

    async with not_looking(monkeypatch) as (app, pilot):
        with monkeypatch.context() as broken:
            broken.setattr(DebateStore, "refresh", failing)
            broken.setattr(DebateStore, "history", failing)
            for _ in range(5):
                app.changes.look()
                await settled(app, pilot)
            await press(app, pilot, "j", "k")  # which read the journal of an explanation
            assert [each for each in told if "the disk" in each] == [
                "the disk of debates.db failed. What is on screen was read before; reading is tried again until it "
                "works, and that is told."
            ]
        told.clear()
        for _ in range(3):
            app.changes.look()
            await settled(app, pilot)
        assert told == ["The database can be read again."]


async def test_what_is_typed_waits_for_a_slow_disk_and_acts_on_what_it_was_meant_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        go, move = threading.Event(), DebateStore.move

        def slow(*arguments: Any, **named: Any) -> object:
            assert go.wait(20)
            return move(*arguments, **named)

        monkeypatch.setattr(DebateStore, "move", slow)
        send(app, *"jjK", "j", "p", "5", "%", "enter")
        await pilot.pause(0.1)
        assert not isinstance(app.screen, Prompt)
        go.set()
        await caught_up(app)
        await settled(app, pilot)
    # "three" went up with the cursor, so what is below it is "two".
    assert (plausibility("three"), plausibility("two")) == (0.6, 0.05)


async def test_a_dialog_whose_change_is_made_under_another_one_leaves_once_that_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with not_looking(monkeypatch) as (app, pilot):
        go, setting = threading.Event(), DebateStore.set_plausibility

        def slow(*arguments: Any, **named: Any) -> object:
            assert go.wait(20)
            return setting(*arguments, **named)

        monkeypatch.setattr(DebateStore, "set_plausibility", slow)
        send(app, *"p5%", "enter")
        while not app.changes.under_way:
            await pilot.pause(0.01)
        app.push_screen(Page("On top", Content("a page")))
        go.set()
        while app.changes.under_way:
            await pilot.pause(0.01)
        await settled(app, pilot)
        assert isinstance(app.screen, Page)
        await press(app, pilot, "escape")
        async with asyncio.timeout(10):
            while not isinstance(app.screen, DebateScreen):
                await pilot.pause(0.01)
    assert plausibility("one") == 0.05


async def test_ctrl_q_twice_ends_the_program_whatever_it_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    async with not_looking(monkeypatch) as (app, _):

        def waits(*_: object) -> None:
            go.wait(20)

        app.changes.ask(waits, ANYTHING)
        send(app, "j", "ctrl+q", "ctrl+q")
        for _ in range(200):
            if app.leaving:
                break
            await asyncio.sleep(0.01)
        assert app.leaving
        go.set()


@pytest.mark.parametrize("saved", [True, False])
async def test_what_became_of_a_change_is_told_when_the_server_that_was_saving_it_is_back(
    monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    away = [True]

    def was_saved() -> bool:
        if away:
            raise DatabaseProblem("it cannot be reached")
        return saved

    def lose(store: DebateStore, seen: object) -> None:
        raise OutcomeUnknown("postgresql://host/debates", was_saved)

    async with not_looking(monkeypatch) as (app, pilot):
        app.changes.ask(lose, ANYTHING)
        await settled(app, pilot)
        assert "whether it did is not known until it is back" in toasts(app)[-1]
        app.changes.look()
        await settled(app, pilot)
        assert len(toasts(app)) == 1
        away.clear()
        for _ in range(2):  # it is told once
            app.changes.look()
            await settled(app, pilot)
        told = "What was being saved when the server went away was "
        assert toasts(app)[1:] == [told + ("saved." if saved else "not saved: make it again")]
