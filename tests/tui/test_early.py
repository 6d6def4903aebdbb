"""The ranking is there while very much evidence is still being read, and nothing that is typed then is lost."""

from __future__ import annotations

import threading

import pytest
from textual.pilot import Pilot

from store.debate_store import DebateStore, open_as
from store.errors import DatabaseProblem
from tests.tui.running import BUNDLED, screen_text, send, settled
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows


class Slow:
    """A store that opens when it is let."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.problem: DatabaseProblem | None = None

    def open(self, person: str | None, location: str | None) -> DebateStore:
        assert self.opened.wait(20)
        if self.problem is not None:
            raise self.problem
        return open_as(person, location)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    DebateStore.open().close()
    store = Slow()
    monkeypatch.setattr("tui.app.EARLY", 0)
    monkeypatch.setattr("store.debate_store.open_as", store.open)
    return store


def rows(app: AbduceApp) -> list[str]:
    """Return the rows of the ranking, and the line below them, as they stand on the screen."""
    lines = [line.strip("▌ ") for line in screen_text(app).splitlines()]
    first = next(at for at, line in enumerate(lines) if line.startswith("1 "))
    return lines[first : first + 6]


async def until_rows(app: AbduceApp, pilot: Pilot[int]) -> None:
    while not app.screen.query(RankingRows) or not app.screen.query_one(RankingRows).rows:
        await pilot.pause(0.02)
    await pilot.pause(0.1)


async def test_the_ranking_is_there_before_the_evidence(slow: Slow) -> None:
    app = AbduceApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await until_rows(app, pilot)
        early = rows(app)
        assert app.debate is None
        assert early[5].startswith("Reading 85 items of evidence …")
        assert not any("+" in row or "untested" in row for row in early[:5])
        send(app, "j", "K")
        slow.opened.set()
        while app.estimates is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        late = rows(app)
        assert "Reading" not in late[5]
        assert all("+" in row for row in late[:5])
        titles = [row[2:20] for row in early[:5]]
        assert [row[2:20] for row in late[:5]] == [titles[1], titles[0], *titles[2:]]
        with DebateStore.open() as store:
            assert len(store.history(BUNDLED)) == 2


async def test_a_database_that_does_not_open_after_all_says_why(slow: Slow) -> None:
    app = AbduceApp()
    slow.problem = DatabaseProblem("it is gone")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_rows(app, pilot)
        slow.opened.set()
        while not app.parting_words:
            await pilot.pause(0.02)
    assert app.parting_words == "it is gone"
