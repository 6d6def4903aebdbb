"""What a key is pressed for is painted first and alone; everything else follows, and nothing is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.message import Message
from textual.messages import Layout
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from hypotheses.debate import Debate, Hypothesis
from hypotheses.estimates import estimate
from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.entries import Change
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, one_line, press, running, screen_text, settled, type_text
from tui.app import AbduceApp
from tui.debate.ranking import RankingRows
from tui.matrix.grid import MatrixGrid
from tui.numbers.quantities import QuantityList
from tui.numbers.screen import NumbersScreen
from tui.numbers.value_prompt import ValuePrompt
from tui.session import State
from tui.terminal import painting
from tui.terminal.painting import TextPieces
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList

pytestmark = pytest.mark.painted

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


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids="{0[0]}".format)
async def test_the_row_gone_to_is_painted_at_once_also_beside_a_bar(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(size) as (app, pilot):
        await press(app, pilot, "2")
        grid = app.screen.query_one(MatrixGrid)
        if not grid.show_vertical_scrollbar:
            await press(app, pilot, "F")  # with every cluster open there are more rows than lines
        assert grid.show_vertical_scrollbar
        painted: list[tuple[int, int, Strip]] = []

        def paint(pieces: list[tuple[int, int, Strip]]) -> TextPieces:
            painted.extend(pieces)
            return TextPieces(pieces)

        monkeypatch.setattr(painting, "TextPieces", paint)
        await press(app, pilot, "j")
        assert grid.current is not None
        row = [strip for x, y, strip in painted if (x, y) == (grid.region.x, grid.cursor_region.y)]
        assert row
        assert row[-1].text.startswith("▌")
        left = [strip for x, y, strip in painted if (x, y) == (grid.region.x, grid.cursor_region.y - 1)]
        assert left
        assert not left[-1].text.startswith("▌")
        bar = grid.vertical_scrollbar.region
        assert all(x + strip.cell_length <= bar.x for x, y, strip in painted if x < bar.x and y in bar.line_range)
        painted.clear()
        await press(app, pilot, "G")  # which scrolls
        assert {y for x, y, _ in painted if x == bar.x} == set(bar.line_range)


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids="{0[0]}".format)
async def test_lists_and_their_bars_are_painted_as_textual_would(size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        seen = set()
        for key in ("1", "2", "F", "G", "3", "j", "4", "5", "="):
            await press(app, pilot, key)
            for each in app.screen.query(LineList).results():
                bars = [each.vertical_scrollbar] if each.show_vertical_scrollbar else []
                for widget in (each, *bars):
                    whole = widget.scrollable_content_region.reset_offset
                    assert widget.render_lines(whole) == Widget.render_lines(widget, whole)
                    seen.add(type(widget).__name__)
        assert {"ListBar", "MatrixGrid", "RankingRows", "EvidenceList"} <= seen


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
        assert "painted True" in watched.seen[watched.seen.index("layout asked for") :]
        watched.seen.clear()
        await press(app, pilot, "enter")
        # The gaps stand there as they were tried.
        assert watched.seen[0] == "taken"
        assert set(watched.seen[1:]) <= {"layout asked for", "painted False"}
        # And then the rest: the value in the list, the message, the row free again, the focus back.
        assert isinstance(app.focused, QuantityList)
        assert isinstance(app.screen, NumbersScreen)
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
        assert sum("rank 2" in each for each in told) == 1


async def test_nothing_is_told_before_the_change_is_stored(monkeypatch: pytest.MonkeyPatch, told: list[str]) -> None:
    stored, plain = threading.Event(), DebateStore.set_value

    def slow(store: DebateStore, slug: str, symbol: str, value: str, why: str, **expected: Any) -> Change:
        assert stored.wait(30)
        return plain(store, slug, symbol, value, why, **expected)

    monkeypatch.setattr(DebateStore, "set_value", slow)
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "9.12B")
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ValuePrompt)
        assert not told
        stored.set()
        await settled(app, pilot)
        assert isinstance(app.screen, NumbersScreen)
        assert told


async def test_saving_tries_nothing_again_that_was_tried_while_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    plain = NumbersScreen._try

    def watched(screen: NumbersScreen, debate: Debate | None) -> None:
        tried.append(debate)
        plain(screen, debate)

    monkeypatch.setattr(NumbersScreen, "_try", watched)
    async with running(WIDE) as (app, pilot):
        await press(app, pilot, "3", "enter")
        await type_text(app, pilot, "9.12B")
        assert tried[-1] is not None
        tried.clear()
        await press(app, pilot, "enter")
        assert isinstance(app.screen, NumbersScreen)
        assert tried == [None]  # the prompt is gone


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
        assert app.screen.query_one("#typed", Input).value == "9.12B"
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
        assert app.screen.query_one("#typed", Input).value == "1.25B"
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
