"""Any keys in any order, faster than the screen follows, at any size: the app lives."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import pytest

from store.debate_store import DebateStore
from tests.tui.bursts import burst, caught_up, resize, send
from tests.tui.running import BUNDLED, running, settled
from tui import commands
from tui.app import AbduceApp

KEYS = int(os.environ.get("ABDUCE_FUZZ_KEYS", "3000"))
SECONDS = 20 if KEYS == 3000 else 3600
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


async def test_keys_pressed_before_the_debate_is_there_do_no_harm() -> None:
    app = AbduceApp()
    app.animation_level = "none"
    async with app.run_test(size=(80, 24)) as pilot:
        send(app, *bound_keys(), *MOVES, *bound_keys())
        while app.estimates is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        assert app._exception is None


@pytest.mark.parametrize("size", [(1, 1), (80, 5)])
async def test_every_dialog_opens_in_a_terminal_far_too_small(size: tuple[int, int]) -> None:
    async with running((80, 24)) as (app, pilot):
        resize(app, *size)
        for key in bound_keys():
            send(app, key)
            await caught_up(app)
            send(app, "tab", "pagedown", "down", "enter", "escape", "escape", "escape")
            await caught_up(app)
            assert app._exception is None, key
        resize(app, 80, 24)
        await pilot.pause()
        assert app.is_running
