"""Debates whose every field holds a text of the corpus, on every screen and in every dialog: nothing acts."""

from __future__ import annotations

import pytest

from store.debate_store import DebateStore
from tests.exploring import EXPLORING
from tests.hostile.corpus import CORPUS, MARK, mixed_debate
from tests.tui.running import fault, running, screen_text
from tests.tui.test_hostile import LEAVES, first_key, visit
from tui.commands import APP, DEBATE, INBOX, MATRIX, NUMBERS, TIMELINE, Command

pytestmark = pytest.mark.painted

SCREENS = {"1": (*DEBATE, *APP), "2": MATRIX, "3": NUMBERS, "4": INBOX, "5": TIMELINE}
"""Key of a screen -> what can be done there."""
FIRSTS = range(len(CORPUS)) if EXPLORING else (9,)
"""Which text is that of the people, and stands first; all of them are there each time."""


def _reached(commands: tuple[Command, ...], screen: str) -> list[Command]:
    """Return the commands that show something, each once: those of other screens are gone through there."""
    return [
        one
        for one in commands
        if one.id not in LEAVES and (screen != "2" or not one.id.startswith(("rate_", "clear_")))
    ]


@pytest.mark.parametrize("first", FIRSTS)
@pytest.mark.parametrize("size", [(80, 24), (130, 36)] if EXPLORING else [(110, 30)])
async def test_every_screen_and_dialog_shows_it_and_nothing_acts(first: int, size: tuple[int, int]) -> None:
    actor = list(CORPUS.values())[first]
    with DebateStore.open(first=lambda: mixed_debate(first), actor=actor) as store:
        assert store.load("full") == mixed_debate(first)
    shown = 0
    async with running(size) as (app, pilot):
        for screen, commands in SCREENS.items():
            await visit(app, pilot, screen, "escape", screen)
            for _ in range(5):
                await visit(app, pilot, f"{screen}, a view", "right_square_bracket")
                shown += MARK in screen_text(app)
            await visit(app, pilot, f"{screen}, the first", "home", "enter", "escape")
            for command in _reached(commands, screen):
                await visit(app, pilot, f"{screen}: {command.id}", first_key(command))
                shown += MARK in screen_text(app)
                await visit(app, pilot, f"{screen}: {command.id} and back", "escape", "escape", screen)
            assert fault(app) is None, screen
    assert shown > 50
