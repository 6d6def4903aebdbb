"""Keys wait for each other: what they wait for, and what need not wait."""

from __future__ import annotations

import asyncio
import re
import threading
from types import SimpleNamespace

import pytest
from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Input, Static

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from store.debate_store import DebateStore
from tests.end_to_end.tmux import ROOT
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, caught_up, press, running, send, settled, stored
from tui.debate.screen import DebateScreen
from tui.dialogs.form import Form
from tui.keyboard import BACKGROUND
from tui.matrix.grid import MOVING_KEYS, acts_in_cells
from tui.matrix.screen import MatrixScreen
from tui.session import Made, Session, StoreCall
from tui.terminal.escape_keys import WordKey

SMALL = Debate(
    "small",
    "A small debate",
    hypotheses={slug: Hypothesis(slug, slug, "", 0.5, 0.5, position=place) for place, slug in enumerate("abc")},
    evidence={key: Evidence(key, key, assessments={"a": Assessment(2.0)}) for key in "xyz"},
)


def test_of_every_worker_it_is_said_whether_keys_wait_for_it() -> None:
    calls = re.compile(r"(?:@work|run_worker)\([^)]*group=\"([a-z ]+)\"")
    groups = {group for file in (ROOT / "tui").rglob("*.py") for group in calls.findall(file.read_text("utf-8"))}
    # What these bring is what the next key acts on: debates to choose from, what is in a file, a page, what is tried.
    assert groups == BACKGROUND | {"debates", "file", "page", "trying"}


def test_what_is_asked_of_textual_is_there() -> None:
    pump = MessagePump()
    assert pump._message_queue.empty()
    assert (pump._next_callbacks, pump._pending_message, pump._closed, pump._is_mounted) == ([], None, False, False)
    assert not pump._message_queue.ready_event._waiters


async def test_a_key_alone_waits_for_nothing_and_leaves_the_keyboard_idle() -> None:
    async with running((80, 24)) as (app, _):
        assert app.keyboard.idle
        send(app, "j")
        await caught_up(app)
        assert app.keyboard.idle
        assert isinstance(app.screen, DebateScreen)


async def test_keys_that_rate_go_on_while_a_rating_is_being_stored() -> None:
    DebateStore.open(first=lambda: SMALL).close()
    assert all(map(acts_in_cells, ["plus", "minus", "0", "j", "k", "l", "h", "tab", "full_stop", "asterisk"]))
    assert not any(map(acts_in_cells, ["enter", "C", "e", "s", "f", "slash", "u"]))
    assert {"j", "k", "l", "h"} <= MOVING_KEYS
    assert not {"plus", "0", "tab", "full_stop"} & MOVING_KEYS
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2")
        assert isinstance(app.screen, MatrixScreen)
        await burst(app, pilot, *"+j-j0", "e")
        assert isinstance(app.screen, Form)  # of the third item, with its rating in it
        assert app.screen.text_of("ratio.a") == "0"
    with stored(slug="small") as store:
        ratings = [item.assessments["a"].ratio for item in store.load("small").evidence.values()]
    assert ratings == [3.0, 1 / 3, 1.0]


async def test_alt_with_a_letter_moves_by_words_in_a_text_and_is_two_keys_elsewhere() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2")
        app.post_message(WordKey("ctrl+right", "f"))
        await caught_up(app)
        assert isinstance(app.screen, DebateScreen)  # esc left the Matrix
        await press(app, pilot, "p")
        field = app.focused
        assert isinstance(field, Input)
        field.value = "two words"
        await press(app, pilot, "home")
        app.post_message(WordKey("ctrl+right", "f"))
        await caught_up(app)
        assert app.focused is field
        assert field.cursor_position == 4


async def test_a_paste_waits_for_the_field_it_is_meant_for() -> None:
    async with running((120, 40)) as (app, pilot):
        send(app, "j", "p")
        app.post_message(events.Paste("33%"))
        await burst(app, pilot, "enter")
        assert app.debate is not None
        assert 0.33 in [each.plausibility for each in app.debate.hypotheses.values()]


async def test_a_screen_that_finds_no_rest_is_typed_on_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.keyboard.PATIENCE", 0.05)
    async with running((80, 24)) as (app, _):
        app.screen.set_interval(0.001, lambda: app.screen.call_after_refresh(lambda: None))
        send(app, "j")
        for _ in range(400):
            await asyncio.sleep(0.005)
            if app.keyboard.idle:
                break
        assert isinstance(app.screen, DebateScreen)
        assert app.screen.open_slug == next(iter(list(app.debate.hypotheses)[1:])) if app.debate else False


async def test_a_key_that_comes_while_the_one_before_it_comes_to_rest_is_not_forgotten() -> None:
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "p")
        field = app.focused
        assert isinstance(field, Input)
        field.value = ""
        for pause in range(24):
            send(app, "5")
            await asyncio.sleep(0)
            while app.keyboard._typed:
                await asyncio.sleep(0)
            for _ in range(pause):
                await asyncio.sleep(0)
            send(app, "5")
            await caught_up(app)
            assert len(field.value) == 2 * pause + 2


@pytest.mark.parametrize("turn", range(1, 6))
async def test_a_key_acts_after_all_that_the_change_before_it_did_to_the_screen(
    turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whichever turn of the waiting the change ends: the field that closes with it would take the key in."""
    make, began, end = Session.make, threading.Event(), threading.Event()

    def held(session: Session, edit: StoreCall, seen: object) -> Made:
        made = make(session, edit, seen)
        began.set()
        assert end.wait(20)
        return made

    async with running((120, 40)) as (app, pilot):
        turns = 0

        async def sleep(seconds: float) -> None:
            nonlocal turns
            await asyncio.sleep(seconds)
            if began.is_set() and not end.is_set():
                turns += 1
                if turns == turn:
                    end.set()
                    while app.changes.under_way:
                        await asyncio.sleep(0)

        await press(app, pilot, "3")
        monkeypatch.setattr(Session, "make", held)
        monkeypatch.setattr("tui.keyboard.asyncio", SimpleNamespace(sleep=sleep, create_task=asyncio.create_task))
        await burst(app, pilot, "e", *"1.1B", "enter", "u")
        assert turns == turn
    with stored() as store:
        assert [entry.label for entry in store.history(BUNDLED, limit=2)] == [
            "undo: set stable_diffusion to 1.1B",
            "set stable_diffusion to 1.1B",
        ]


async def test_held_keys_in_the_search_of_the_matrix_go_where_each_is_meant_to() -> None:
    DebateStore.open(first=lambda: SMALL).close()
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2")
        await burst(app, pilot, "slash", "h", "l", "home", "k", "end", "tab", "j")
        assert isinstance(app.screen, MatrixScreen)
        field = app.screen.query_one("#search", Input)
        assert field.value == "khl"


class Slow(Static):
    """Takes its time over a message."""

    class Begun(Message):
        pass

    done = False

    async def on_slow_begun(self) -> None:
        await asyncio.sleep(0.2)
        self.done = True


async def test_a_key_waits_for_a_message_that_is_being_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running((120, 40)) as (app, pilot):
        slow, acted = Slow(), []
        await app.screen.mount(slow)
        await settled(app, pilot)
        do = app.carry_out

        async def seen(event: events.Key | events.Paste) -> None:
            acted.append(slow.done)
            await do(event)

        monkeypatch.setattr(app, "carry_out", seen)
        slow.post_message(Slow.Begun())
        await asyncio.sleep(0.05)
        await burst(app, pilot, "j")
        assert acted == [True]


async def test_keys_that_move_in_the_cells_wait_for_a_change_that_orders_the_columns_anew() -> None:
    DebateStore.open(first=lambda: SMALL).close()
    async with running((120, 40)) as (app, pilot):
        await press(app, pilot, "2")
        # The first explanation goes down; the one before it is then the one that was second.
        await burst(app, pilot, "J", "h", "0")
    with stored(slug="small") as store:
        assert store.load("small").evidence["x"].assessments.keys() == {"a", "b"}
