"""Any keys in any order, faster than the screen follows, at any size: the app lives."""

from __future__ import annotations

import asyncio
import os
import random
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from store.debate_store import DebateStore
from tests.tui.bursts import burst, resize, resized
from tests.tui.running import BUNDLED, caught_up, fault, running, screen_text, send, settled
from tui import commands
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.debate.screen import DebateScreen

pytestmark = pytest.mark.painted

KEYS = int(os.environ.get("ABDUCE_TESTS_KEYS", "500"))
"""More keys by hand: `ABDUCE_TESTS_KEYS=30000 ABDUCE_TESTS_SEED=7 pytest tests/tui/test_keys.py -k random`."""
ENDS = {"q", "ctrl+q", "ctrl+z"}
"""Quitting and suspending are tried on their own."""
SIZES = [
    (1, 1),
    (2, 2),
    (5, 3),
    (20, 4),
    (40, 12),
    (80, 5),
    (3, 60),
    (80, 24),
    (109, 30),
    (110, 30),
    (140, 45),
    (250, 80),
]


def bound_keys() -> list[str]:
    """Return every key that a command of ours is bound to."""
    groups = [each for each in vars(commands).values() if isinstance(each, tuple)]
    known = [each for group in groups for each in group if isinstance(each, commands.Command)]
    return sorted({key for command in known for key in command.keys.split(",")} - ENDS)


MOVES = ["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "enter", "escape"]
EDITS = [
    "backspace",
    "delete",
    "space",
    "ctrl+s",
    "f2",
    "ctrl+u",
    "ctrl+d",
    "ctrl+k",
    "ctrl+w",
    "ctrl+n",
    "ctrl+c",
    "ctrl+a",
]
LETTERS = [*"abcdefghijklmnoprstuvwxyz", *"ABCDEGHIJKLMNOPRSTUVWXYZ", *"0123456789%/.,:;-+!()[]{}é日"]


@pytest.fixture(autouse=True)
def harmless_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: True)


def some_keys(chance: random.Random) -> Sequence[str]:
    kinds = chance.choices([bound_keys(), MOVES, EDITS, LETTERS, ["escape"]], [4, 4, 2, 3, 1])[0]
    if chance.random() < 0.2:
        return [chance.choice(kinds)] * chance.randint(2, 12)  # a key held down
    return chance.choices(kinds, k=chance.randint(1, 12))


async def fuzz(app: AbduceApp, seed: int, count: int) -> None:
    """Send `count` keys, in bursts and with changes of size between."""
    chance, sent = random.Random(seed), 0
    while sent < count:
        keys = some_keys(chance)
        send(app, *keys)
        sent += len(keys)
        if chance.random() < 0.08:
            resize(app, *chance.choice(SIZES))
        if chance.random() < 0.3:
            await asyncio.sleep(chance.choice([0, 0.001, 0.02]))
        if chance.random() < 0.25:
            await caught_up(app)
        assert fault(app) is None, f"seed {seed}, after {sent} keys, the last of them {keys}"


async def test_random_keys_and_sizes_never_end_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    # The palette has quitting too.
    monkeypatch.setattr(AbduceApp, "action_leave", lambda self: None)
    seed = int(os.environ.get("ABDUCE_TESTS_SEED", "2023"))
    async with running((80, 24)) as (app, pilot):
        await fuzz(app, seed, KEYS)
        await pilot.pause()
        await settled(app, pilot)
        assert fault(app) is None
        # It still does what it is asked to.
        resize(app, 120, 40)
        for _ in range(12):
            await burst(app, pilot, "escape")
        assert isinstance(app.screen, DebateScreen), app.screen_stack
        app.screen.query_one(RankingRows).focus()
        await burst(app, pilot, "g", "j")
        assert app.screen.query_one(RankingRows).cursor == 1
        assert "Explanations" in screen_text(app)
    # And what it wrote is a debate that can be read.
    with DebateStore.open() as store:
        assert store.load(BUNDLED).hypotheses


@pytest.mark.parametrize("seed", range(3))
async def test_quitting_in_the_middle_of_it_all_ends_well(seed: int) -> None:
    async with running((80, 24)) as (app, _):
        await fuzz(app, seed, 60)
        app.end()
        send(app, *some_keys(random.Random(seed)))
        await asyncio.sleep(0.05)
    assert fault(app) is None
    assert app.return_code == 0


async def test_keys_that_are_still_under_way_at_the_end_do_no_harm() -> None:
    async with running((80, 24)) as (app, _):
        send(app, *["escape", "j", "3", "]", "1", "p"] * 10)
        await caught_up(app)
    assert fault(app) is None


async def test_a_terminal_dragged_to_another_size_comes_to_rest() -> None:
    """Textual sends each screen its size back, and two sizes under way once chased each other for ever."""
    async with running((80, 24)) as (app, pilot):
        # Two screens, a picker and a form.
        for key in ("1", "3", "o", "n"):
            await burst(app, pilot, "1", key)
            screen = app.screen
            resize(app, 100, 30)
            for width, height in [(90, 20), (100, 30)]:
                screen.post_message(events.Resize(Size(width, height), Size(width, height)))
                screen.call_later(lambda: None)
            await pilot.pause(0.1)
            seen = []
            for _ in range(30):
                await asyncio.sleep(0.005)
                seen.append(screen.size)
            assert seen == [Size(100, 30)] * 30, key
            resize(app, 80, 24)
            await burst(app, pilot, "escape")
            assert app.size == Size(80, 24)


async def test_a_held_move_key_moves_as_often_as_it_is_seen_and_is_undone_one_by_one() -> None:
    async with running((80, 24)) as (app, pilot):
        before = [h.plausibility for h in app.debate.hypotheses.values()] if app.debate else []
        await burst(app, pilot, *"JJJJ")
        with DebateStore.open() as store:
            moved = store.load(BUNDLED)
            assert [h.title for h in moved.hypotheses.values() if h.plausibility == 0.08] != []
        await burst(app, pilot, *"uuuu")
        assert app.debate is not None
        assert [h.plausibility for h in app.debate.hypotheses.values()] == before


async def test_a_key_that_reaches_a_screen_after_it_was_left_does_nothing() -> None:
    async with running((80, 24)) as (app, pilot):
        for key in ("2", "3", "5"):
            await burst(app, pilot, key)
            left = app.screen
            assert not isinstance(left, DebateScreen)
            await burst(app, pilot, "escape")
            for _, binding in left._bindings:
                if not binding.action.startswith("app."):
                    await app.run_action(binding.action, left)
            await settled(app, pilot)
            assert isinstance(app.screen, DebateScreen), key


async def test_keys_pressed_before_the_debate_is_there_do_no_harm() -> None:
    app = AbduceApp()
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        send(app, *bound_keys(), *MOVES, *bound_keys())
        while app.estimates is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        assert fault(app) is None


@pytest.mark.parametrize(
    ("size", "keys"), [((1, 1), None), ((20, 10), "naieOwS"), ((21, 10), "ne")], ids=["1x1", "20x10", "21x10"]
)
async def test_every_dialog_opens_in_a_terminal_far_too_small(size: tuple[int, int], keys: str | None) -> None:
    async with running((80, 24)) as (app, pilot):
        await resized(app, pilot, *size)
        for key in keys or bound_keys():
            send(app, key)
            await caught_up(app)
            send(app, "tab", "pagedown", "down", "enter", "escape", "escape", "escape")
            await caught_up(app)
            assert fault(app) is None, key
        resize(app, 80, 24)
        await pilot.pause()
        assert app.is_running
