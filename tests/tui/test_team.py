"""The app on a PostgreSQL server: others' changes come by themselves, and a server that goes takes nothing along."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from hypotheses.debate import Debate, Hypothesis
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests import databases, postgres
from tests.tui.running import press, running, screen_text, settled, toasts
from tui.dialogs.form import Form

DEBATE = Debate("small", "A small debate", hypotheses={"eyes": Hypothesis("eyes", "Eyes are odd", "", 0.8, 0.5)})


@pytest.fixture
def location() -> Iterator[str]:
    with databases.schema() as url:
        DebateStore.open(url, first=lambda: DEBATE).close()
        yield url


async def test_a_change_of_another_comes_on_screen_without_looking(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.POLL_SECONDS", 3600)
    began = threading.Event()
    async with running((100, 40), location) as (app, pilot):
        assert app.session is not None
        app.session.store.listen(began.set)  # the app's own began before
        while not began.is_set():
            await asyncio.sleep(0.01)
        with DebateStore.open(location, actor="colleague") as other:
            other.edit_hypothesis("small", "eyes", title="Eyes are plain", expected=ANYTHING)
        async with asyncio.timeout(30):
            while "Eyes are plain" not in screen_text(app):
                await asyncio.sleep(0.01)
        await settled(app, pilot)
        assert "Eyes are plain" in screen_text(app)


async def test_a_server_that_goes_away_is_told_once_and_what_was_typed_is_saved_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    monkeypatch.setattr("tui.app.POLL_SECONDS", 3600)
    with postgres.running(*postgres.FAST) as server:
        DebateStore.open(server.url, first=lambda: DEBATE).close()
        async with running((100, 40), server.url) as (app, pilot):
            await press(app, pilot, "e")
            form = app.screen
            assert isinstance(form, Form)
            form.put("title", "Eyes are plain")
            server.stop()
            await press(app, pilot, "ctrl+s")
            assert id(app.screen) == id(form)
            assert form.text_of("title") == "Eyes are plain"
            assert "cannot be reached" in screen_text(app)
            for _ in range(3):
                app.changes.look()
                await settled(app, pilot)
            assert sum("reading is tried again until it works" in each for each in toasts(app)) == 1
            server.start()
            app.changes.look()
            await settled(app, pilot)
            assert toasts(app)[-1] == "The database can be read again."
            await press(app, pilot, "ctrl+s")
            assert not isinstance(app.screen, Form)
        with DebateStore.open(server.url) as store:
            assert store.load("small").hypotheses["eyes"].title == "Eyes are plain"
