"""What a key is pressed for is painted first and alone; everything else follows, and nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.message import Message
from textual.messages import Layout
from textual.strip import Strip

from hypotheses.debate import Hypothesis
from hypotheses.estimates import estimate
from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.entries import Change
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.numbers.quantities import QuantityList, ValueInput
from tui.session import State
from tui.terminal.painting import TextPieces
from tui.widgets.key_line import KeyLine

WIDE = (140, 45)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect every message; on a busy machine one may be gone from the screen before a test looks."""
    sentences: list[str] = []
    notify = AbduceApp.notify

    def collect(app: AbduceApp, message: str, **options: Any) -> None:
        sentences.append(message)
        notify(app, message, **options)

    monkeypatch.setattr(AbduceApp, "notify", collect)
    return sentences


class Watched:
    """In which order a state is taken, lines are painted, and a widget asks for the screen to be laid out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        take, seen = AbduceApp.take, self.seen

        def taken(app: AbduceApp, state: State) -> None:
            seen.append("taken")
            take(app, state)

        class Told(TextPieces):
            """Tells of itself."""

            def __init__(self, pieces: list[tuple[int, int, Strip]]) -> None:
                seen.append(f"painted {'puzzle' in ''.join(strip.text for _, _, strip in pieces)}")
                super().__init__(pieces)

        monkeypatch.setattr(AbduceApp, "take", taken)
        monkeypatch.setattr("tui.terminal.painting.TextPieces", Told)

    def hook(self, message: Message) -> None:
        """Watch what goes through the queues of all widgets."""
        if isinstance(message, Layout):
            self.seen.append("layout asked for")


async def test_the_gaps_are_painted_before_anything_is_laid_out(
    monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    watched = Watched(monkeypatch)
    async with running(WIDE, hook=watched.hook) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "9.12B")
        watched.seen.clear()
        await press(app, pilot, "enter")
        assert watched.seen[watched.seen.index("taken") + 1] == "painted True"
        assert "layout asked for" in watched.seen
        # And then the rest: the value in the list, the message, the field closed, the focus back.
        assert isinstance(app.focused, QuantityList)
        assert not app.screen.query_one(ValueInput).has_class("open")
        text = screen_text(app)
        assert "9.12B" in text
        assert "9.12B" in told[-1]
        assert "e Change" in text.splitlines()[-1]


async def test_a_move_is_painted_before_anything_is_laid_out(monkeypatch: pytest.MonkeyPatch, told: list[str]) -> None:
    watched = Watched(monkeypatch)
    async with running(WIDE, hook=watched.hook) as (app, pilot):
        watched.seen.clear()
        await press(app, pilot, "J")
        assert watched.seen[watched.seen.index("taken") + 1] == "painted True"
        assert app.screen.query_one(RankingRows).cursor == 1
        assert len(told) == 1


async def test_nothing_is_told_before_the_change_is_stored(monkeypatch: pytest.MonkeyPatch, told: list[str]) -> None:
    stored, plain = threading.Event(), DebateStore.set_value

    def slow(store: DebateStore, slug: str, symbol: str, value: str, **expected: Any) -> Change:
        assert stored.wait(30)
        return plain(store, slug, symbol, value, **expected)

    monkeypatch.setattr(DebateStore, "set_value", slow)
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "9.12B")
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.screen.query_one(ValueInput).has_class("open")
        assert not told
        stored.set()
        await settled(app, pilot)
        assert not app.screen.query_one(ValueInput).has_class("open")
        assert told


async def test_a_refused_value_stays_and_esc_shows_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> Change:
        raise Refused("The disk is full")

    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        before = screen_text(app).splitlines()[1]
        monkeypatch.setattr(DebateStore, "set_value", refused)
        await type_text(app, pilot, "9.12B")
        assert screen_text(app).splitlines()[1] != before
        await press(app, pilot, "enter")
        assert "The disk is full" in screen_text(app)
        assert app.screen.query_one(ValueInput).value == "9.12B"
        await press(app, pilot, "escape")
        assert screen_text(app).splitlines()[1] == before


async def test_a_change_of_another_that_is_merged_in_is_shown_too() -> None:
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "890M")
        with DebateStore.open(actor="somebody") as other:
            other.load(BUNDLED)
            other.set_value(BUNDLED, "whisper", "10B", expected=ANYTHING)
        await press(app, pilot, "enter")
        # What was tried is not what is true now: somebody's value moves the audio gap.
        assert app.debate is not None
        audio = estimate(app.debate).gaps["audio_gap"].now.median
        assert f"Audio {audio:.2f}".replace("-", "−") in one_line(app)
        assert "Audio 1.27" not in one_line(app)


async def test_the_screen_below_shows_a_change_when_it_is_returned_to() -> None:
    async with running(WIDE) as (app, pilot):
        ranking = app.screen.query_one(RankingRows)
        await press(app, pilot, "3")
        shown = ranking.rows
        with DebateStore.open() as other:
            other.load(BUNDLED)
            other.set_plausibility(BUNDLED, "wasteful-llms", 0.99, expected=ANYTHING)
        app.changes.look()
        await pilot.pause()
        while app.debate is None or app.debate.hypotheses["wasteful-llms"].plausibility != 0.99:
            await pilot.pause(0.02)
        assert ranking.rows is shown
        await press(app, pilot, "1")
        assert "1 Language models waste parameters" in screen_text(app)


async def test_an_explanation_that_is_out_of_the_running_is_not_ticked(told: list[str]) -> None:
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "tab", "tab", "space")
        assert "→" in screen_text(app).split("If these are true")[0]
        first: Hypothesis = next(iter(app.debate.hypotheses.values())) if app.debate else Hypothesis("", "")
        with DebateStore.open() as other:
            other.load(BUNDLED)
            other.edit_hypothesis(BUNDLED, first.slug, status="rejected", expected=ANYTHING)
        app.changes.look()
        while app.debate is None or app.debate.hypotheses[first.slug].status != "rejected":
            await pilot.pause(0.02)
        await settled(app, pilot)
        assert "→" not in screen_text(app).split("If these are true")[0].split("Gaps")[1]
        await press(app, pilot, "g", "space")
        assert "is rejected; it is not combined" in told[-1]


async def test_keys_that_edit_do_not_let_letters_overtake_them(told: list[str]) -> None:
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await burst(app, pilot, "ctrl+u", *"1.25B")
        assert app.screen.query_one(ValueInput).value == "1.25B"
        await burst(app, pilot, "ctrl+u", *"1.26B", "enter")
        assert app.debate is not None
        assert "1.26B" in told[-1]


async def test_the_line_of_keys_can_be_clicked_and_says_what_a_key_does() -> None:
    async with running(WIDE) as (app, pilot):
        line = app.screen.query_one(KeyLine)
        for name, tooltip, opened in (
            ("Evidence", "Log new evidence with a rating per explanation", "New evidence"),
            ("Help", "Show every key that works here", "Move in a list"),  # at the right end
        ):
            at = screen_text(app).splitlines()[-1].index(name)
            await pilot.hover(KeyLine, offset=(at, 0))
            assert line.tooltip == tooltip
            await pilot.click(KeyLine, offset=(at, 0))
            await settled(app, pilot)
            assert opened in screen_text(app)
            await press(app, pilot, "escape")
