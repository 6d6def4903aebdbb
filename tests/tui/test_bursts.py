"""Whatever arrives in one burst does what it would do typed slowly: the journals are compared."""

from __future__ import annotations

import asyncio
import os
import random
import re
import webbrowser
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hypotheses.debate import Debate
from hypotheses.reports.debate_json import debate_json
from store.debate_store import DebateStore
from tests.tui.running import BUNDLED, caught_up, fault, send, settled
from tests.tui.test_keys import EDITS, LETTERS, MOVES, bound_keys
from tui.app import AbduceApp

pytestmark = pytest.mark.painted

KEYS = int(os.environ.get("ABDUCE_TESTS_BURSTS", "600"))
"""More by hand: `ABDUCE_TESTS_BURSTS=100000 ABDUCE_TESTS_SEED=7 pytest tests/tui/test_bursts.py -k random`."""
SEED = int(os.environ.get("ABDUCE_TESTS_SEED", "2024"))
RUNS = 4
SIZES = ((80, 24), (120, 40))
LONGEST = 40


@pytest.fixture(autouse=True)
def harmless_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: True)
    monkeypatch.setattr(AbduceApp, "action_leave", lambda self: None)


@asynccontextmanager
async def app_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[AbduceApp]:
    """Run the app on a new database in a folder of its own."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("ABDUCE_HOME", str(folder))
    monkeypatch.chdir(folder)
    app = AbduceApp()
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        yield app
        await settled(app, pilot)
        assert fault(app) is None


def came_of_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], str]:
    """Return what the journal says was done, oldest first, and the debate."""
    monkeypatch.setenv("ABDUCE_HOME", str(folder))
    with DebateStore.open() as store:
        debate: Debate = store.load(BUNDLED)
        labels = [entry.label for entry in reversed(store.history(BUNDLED, limit=100_000))]
        told = re.sub(r'"reference": "\w+"', "", debate_json(debate))
        return labels, re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "then", told)


async def slowly(app: AbduceApp, bursts: Sequence[Sequence[str]]) -> None:
    for keys in bursts:
        for key in keys:
            send(app, key)
            await caught_up(app)
            while any(worker.is_running for worker in app.workers):
                await asyncio.sleep(0.002)
            await caught_up(app)


async def at_once(app: AbduceApp, bursts: Sequence[Sequence[str]]) -> None:
    for keys in bursts:
        send(app, *keys)
        await caught_up(app)


def random_bursts(seed: int, count: int) -> Iterator[list[str]]:
    """Give bursts of 1 to 40 keys, of every kind, so many in all."""
    chance = random.Random(seed)
    while count > 0:
        keys: list[str] = []
        for _ in range(min(count, chance.randint(1, LONGEST))):
            kind = chance.choices([bound_keys(), MOVES, EDITS, LETTERS, ["escape"]], [5, 4, 2, 3, 1])[0]
            keys.append(chance.choice(kind))
        count -= len(keys)
        yield keys


@pytest.mark.parametrize("run", range(RUNS))
async def test_random_keys_in_bursts_do_what_they_do_one_by_one(
    run: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bursts = list(random_bursts(SEED + run, KEYS // RUNS))
    async with app_in(tmp_path / "slow", monkeypatch, SIZES[run % 2]) as app:
        await slowly(app, bursts)
    async with app_in(tmp_path / "fast", monkeypatch, SIZES[run % 2]) as app:
        await at_once(app, bursts)
    slow, fast = (came_of_it(tmp_path / name, monkeypatch) for name in ("slow", "fast"))
    assert fast[0] == slow[0]
    assert fast[1] == slow[1]
    assert len(slow[0]) > 1


async def test_a_key_that_moves_in_the_cells_waits_for_a_dialog_that_is_still_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The debates to choose from are read before they are shown: half a page down is the dialog's, not the Matrix's."""
    keys = ["2", "F", "right", "o", "ctrl+d", "escape", "j", "plus"]
    async with app_in(tmp_path / "slow", monkeypatch) as app:
        await slowly(app, [keys])
    async with app_in(tmp_path / "fast", monkeypatch) as app:
        await at_once(app, [keys])
    slow, fast = (came_of_it(tmp_path / name, monkeypatch) for name in ("slow", "fast"))
    assert fast == slow
    assert slow[0][-1].startswith("set the assessment of ")


async def test_keys_typed_while_the_debate_is_loading_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_in(tmp_path / "home", monkeypatch) as app:
        send(app, *"3451jjjp25%", "enter")
        await caught_up(app)
        while app.estimates is None or any(worker.is_running for worker in app.workers):
            await asyncio.sleep(0.002)
        order = list(app.debate.hypotheses.values()) if app.debate else []
        assert [each.plausibility for each in order if not each.placeholder] == [0.25]
    journal, _ = came_of_it(tmp_path / "home", monkeypatch)
    # The fourth of the five, by the order of the post.
    assert journal[1:] == [f"set the plausibility of {order[3].slug!r} to 25%"]


async def test_digits_typed_while_the_debate_is_loading_go_to_every_screen_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_in(tmp_path / "home", monkeypatch) as app:
        send(app, *"235", "2", "F", "j", "0", "3", "5", "1")
        await caught_up(app)
        while app.estimates is None or any(worker.is_running for worker in app.workers):
            await asyncio.sleep(0.002)
        assert app.showing == "debate"
    journal, _ = came_of_it(tmp_path / "home", monkeypatch)
    assert len(journal) == 2
    assert journal[1].startswith("set the assessment of ")  # by the 0, in the Matrix
