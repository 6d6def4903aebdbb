"""A pasted DOI, arXiv id or address fills in what is empty in the form of evidence, and never holds it up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.problems import Malformed
from store.debate_store import DebateStore
from store.errors import LookupProblem
from store.lookup import ladder
from store.lookup.source import Source
from tests.store.network.server import Server, reply
from tests.store.network.server import running as server_running
from tests.tui.running import fault, press, running, settled
from tui.app import AbduceApp
from tui.evidence.form import EvidenceForm

DEBATE = Debate(
    "small",
    "A small debate",
    hypotheses={"eyes": Hypothesis("eyes", "Eyes are odd")},
    evidence={"old": Evidence("old", "An old paper", doi="10.1000/old")},
)
SOURCE = Source("Deep <learning>", ("Yann LeCun", "Sammy Davis, Jr."), "2015-05-27", "Nature", "10.1038/nature14539")


@pytest.fixture(autouse=True)
def database() -> None:
    DebateStore.open(first=lambda: DEBATE).close()


class Fake:
    """Answers when it is let go."""

    def __init__(self, answer: Source | Exception) -> None:
        self.answer = answer
        self.go = threading.Event()
        self.asked: list[str] = []
        self.stopped = threading.Event()

    def __call__(self, text: str, *_: object, stop: threading.Event, **__: Any) -> Source:
        self.asked.append(text)
        while not self.go.wait(0.01):
            if stop.is_set():
                self.stopped.set()
                raise LookupProblem("the look-up was stopped")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Source | Exception], Fake]:
    def install(answer: Source | Exception) -> Fake:
        made = Fake(answer)
        monkeypatch.setattr(ladder, "look_up", made)
        return made

    return install


async def opened(app: AbduceApp, pilot: Pilot[int]) -> EvidenceForm:
    await press(app, pilot, "n")
    assert isinstance(app.screen, EvidenceForm)
    return app.screen


def told(form: EvidenceForm) -> str:
    return str(form.query_one("#told", Static).render())


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come about")


Install = Callable[[Source | Exception], Fake]


async def test_empty_fields_are_filled_in_and_what_was_typed_meanwhile_stays(fake: Install) -> None:
    found = fake(SOURCE)
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        form.put("look_up", "10.1038/nature14539")
        await pilot.press("enter")
        await until(pilot, lambda: bool(found.asked))
        assert "Looking it up" in told(form)
        # The form stays typable.
        await pilot.press("tab", *"Mine")
        found.go.set()
        await settled(app, pilot)
        assert told(form) == "Filled in: authors, source, doi, date, key."
        texts = form.texts()
        assert texts["title"] == "Mine"
        assert texts["authors"] == "Yann LeCun, Sammy Davis Jr."
        assert (texts["date"], texts["source"], texts["doi"]) == ("2015-05-27", "Nature", "10.1038/nature14539")
        assert texts["key"] == "lecun2015"
        await press(app, pilot, "ctrl+s")
        with DebateStore.open() as store:
            assert store.load("small").evidence["lecun2015"].title == "Mine"


async def test_pasting_looks_up_at_once(fake: Install) -> None:
    found = fake(SOURCE)
    found.go.set()
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        app.post_message(events.Paste("https://doi.org/10.1038/nature14539\n"))
        await until(pilot, lambda: form.text_of("title") != "")
        await settled(app, pilot)
        assert found.asked == ["https://doi.org/10.1038/nature14539"]
        assert form.text_of("title") == "Deep <learning>"


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (LookupProblem("there is no network"), "there is no network. The fields can be filled in by hand."),
        (LookupProblem("there is no DOI 10.1/x"), "there is no DOI 10.1/x."),
        (Malformed("'x' is no DOI"), "'x' is no DOI."),
    ],
)
async def test_why_it_was_not_found_is_told_and_the_form_is_as_it_was(
    problem: Exception, sentence: str, fake: Install
) -> None:
    fake(problem).go.set()
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        form.put("doi", "10.1/x")
        before = form.texts()
        await press(app, pilot, "ctrl+l")
        assert sentence in told(form)
        assert form.texts() == before
        form.put("doi", "")
        await press(app, pilot, "ctrl+l")
        assert told(form) == "Paste a DOI, an arXiv id or an address to look up."


async def test_leaving_the_form_stops_the_look_up(fake: Install) -> None:
    found = fake(SOURCE)
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        form.put("look_up", "10.1/x")
        await pilot.press("enter")
        await until(pilot, lambda: bool(found.asked))
        await pilot.press("escape")
        await until(pilot, found.stopped.is_set)
        assert not isinstance(app.screen, EvidenceForm)
        assert fault(app) is None


async def test_what_the_debate_has_already_is_told(fake: Install) -> None:
    fake(Source("An old paper", doi="10.1000/OLD")).go.set()
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        form.put("look_up", "10.1000/old")
        await press(app, pilot, "enter")
        assert "The debate has it already: its DOI is that of 'old'" in told(form)


@pytest.fixture
def server() -> Iterator[Server]:
    with server_running() as server:
        yield server


async def test_a_real_look_up_at_a_server_and_without_one(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.on("/", reply(body="<title>A page</title>", kind="text/html"))
    monkeypatch.setattr(ladder, "look_up", partial(ladder.look_up, services=server.services()))
    async with running((100, 40)) as (app, pilot):
        form = await opened(app, pilot)
        form.put("look_up", f"{server.base}/")
        await press(app, pilot, "enter")
        assert form.text_of("title") == "A page"
        form.put("look_up", "10.1000/never")
        await press(app, pilot, "enter")
        assert "there is no DOI 10.1000/never" in told(form)
        monkeypatch.setenv("ABDUCE_OFFLINE", "1")
        form.put("look_up", "10.1000/other")
        await press(app, pilot, "enter")
        assert "look-ups are switched off" in told(form)
