"""What the app leaves behind when it ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from store.debate_store import DebateStore
from tests.tui.running import press, running
from tui.app import AbduceApp


def files(home: Path) -> list[str]:
    """Return what there is of the database; beside it lie two more files for as long as anything has it open."""
    return sorted(path.name for path in home.glob("abduce.db*"))


@pytest.mark.parametrize("keys", [(), ("J",)])
async def test_leaving_closes_the_database(home: Path, keys: tuple[str, ...]) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, *keys)
        assert len(files(home)) == 3
    await asyncio.get_running_loop().shutdown_default_executor()  # as at the end of the program: threads end first
    assert files(home) == ["abduce.db"]


async def test_a_debate_that_is_not_there_leaves_the_database_closed_too(home: Path) -> None:
    DebateStore.open().close()
    app = AbduceApp(slug="nobody")
    async with app.run_test() as pilot:
        while not app.parting_words:
            await pilot.pause(0.02)
    assert "nobody" in app.parting_words
    assert files(home) == ["abduce.db"]
