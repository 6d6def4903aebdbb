"""The card of the first steps: it ticks itself off, takes nothing but its own key, and goes for good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from hypotheses.debate import Debate, Evidence, Hypothesis
from store import remembered
from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.bursts import burst
from tests.tui.running import BUNDLED, fault, press, running, screen_text, settled, stored, toasts, type_text
from tui.app import AbduceApp
from tui.beginning.first_steps import STEPS, Progress, card_lines, done_between
from tui.beginning.first_steps_card import FirstStepsCard
from tui.debate.ranking import RankingRows
from tui.debate.screen import DebateScreen
from tui.dialogs.dialog import Dialog
from tui.dialogs.help import Help
from tui.evidence.evidence_list import EvidenceList
from tui.numbers.screen import NumbersScreen

SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
FIRST = "unfair-comparison"
"""The explanation that stands first."""
TWO = Debate("small", "Small?", hypotheses={s: Hypothesis(s, f"It is {s}", position=i) for i, s in enumerate("ab")})


def card(app: AbduceApp) -> FirstStepsCard | None:
    return next(iter(app.screen.query(FirstStepsCard)), None)


def kept() -> str:
    return remembered.recall("first_steps")


async def ticked(app: AbduceApp, pilot: Pilot[int], count: int) -> bool:
    await settled(app, pilot)
    return f"{count} of 6" in screen_text(app)


# What a change did


def test_a_plausibility_an_exchange_and_a_finding_are_told_apart() -> None:
    higher = replace(TWO.hypotheses["b"], plausibility=0.7)
    assert done_between(TWO, replace(TWO, hypotheses={**TWO.hypotheses, "b": higher})) == {"set"}
    parted = replace(TWO, hypotheses={**TWO.hypotheses, "b": higher})
    a, b = (replace(parted.hypotheses[s], plausibility=p) for s, p in (("a", 0.7), ("b", 0.5)))
    assert done_between(parted, replace(parted, hypotheses={"a": a, "b": b})) == {"rank"}
    assert done_between(TWO, replace(TWO, evidence={"e": Evidence("e", "E")})) == {"log"}
    assert done_between(TWO, replace(TWO, title="Else")) == frozenset()


def test_equal_ones_that_change_places_are_ranked_and_a_figure_that_is_confirmed_is_set() -> None:
    places = {s: replace(TWO.hypotheses[s], position=1 - i) for i, s in enumerate("ab")}
    assert done_between(TWO, replace(TWO, hypotheses=places)) == {"rank"}
    before = replace(TWO, hypotheses={s: replace(one, placeholder=True) for s, one in TWO.hypotheses.items()})
    assert done_between(before, TWO) == {"set"}


def test_an_explanation_that_comes_or_goes_is_no_step() -> None:
    fewer = replace(TWO, hypotheses={"a": TWO.hypotheses["a"]})
    assert done_between(TWO, fewer) == done_between(fewer, TWO) == frozenset()


@pytest.mark.parametrize(
    ("debate", "done", "told"),
    [
        (Debate("none", "?"), "", "first a adds an explanation"),
        (Debate("none", "?"), "set", "it takes two: a adds another"),
        (Debate("none", "?"), "set rank log", "a there adds the first"),
        (Debate("none", "?"), "set rank log number", "it takes evidence that is rated"),
        (TWO, "", "60%, 0.6, 3:2 or 1 in 5"),
        (TWO, "set", "the two exchange their plausibilities"),
    ],
)
def test_the_next_step_says_what_it_still_takes_in_this_debate(debate: Debate, done: str, told: str) -> None:
    text = "\n".join(line.text.plain for line in card_lines(Progress(frozenset(done.split())), debate, "esc"))
    assert told in text


def test_every_card_has_as_many_lines_of_the_same_width() -> None:
    for count in range(len(STEPS) + 1):
        done = frozenset(step.id for step in STEPS[:count])
        lines = card_lines(Progress(done, dict.fromkeys(done, "x" * 200)), TWO, "esc")
        assert all(line.text.cell_length <= 46 for line in lines)


# When it is there


@SIZES
async def test_it_is_there_on_the_first_run_and_takes_nothing(
    size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with running(size, first_run=True) as (app, pilot):
        await settled(app, pilot)
        assert isinstance(app.focused, RankingRows)
        assert screen_text(app) == snapshot
    assert kept() == "shown"


async def test_a_debate_of_ones_own_from_before_is_not_bothered() -> None:
    with DebateStore.open() as store:
        store.create_debate("Mine?", "mine")
    async with running(first_run=True) as (app, pilot):
        await settled(app, pilot)
        assert card(app) is None
        await press(app, pilot, "f3")
        assert card(app) is not None
    assert kept() == "shown"


async def test_it_does_not_come_where_something_was_changed_before_there_was_one() -> None:
    with stored() as store:
        store.set_plausibility(BUNDLED, FIRST, 0.7, expected=ANYTHING)
    async with running(first_run=True) as (app, pilot):
        await settled(app, pilot)
        assert card(app) is None
    assert kept() == ""


async def test_esc_puts_it_away_for_good_and_help_brings_it_back() -> None:
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "escape")
        assert card(app) is None
        assert isinstance(app.screen, DebateScreen)
    assert kept() == "away"
    async with running(first_run=True) as (app, pilot):
        await settled(app, pilot)
        assert card(app) is None
        await press(app, pilot, "question_mark")
        assert "f3 first steps" in screen_text(app)
        await press(app, pilot, "f3")
        assert not isinstance(app.screen, Help)
        assert await ticked(app, pilot, 0)
    assert kept() == "shown"


async def test_what_is_done_is_known_after_a_restart() -> None:
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "J")
        assert await ticked(app, pilot, 1)
    assert kept() == "shown rank"
    async with running(first_run=True) as (app, pilot):
        assert await ticked(app, pilot, 1)


async def test_esc_does_first_what_it_does_without_the_card() -> None:
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "p", "escape")
        await press(app, pilot, "tab", "escape")
        assert isinstance(app.focused, RankingRows)
        await press(app, pilot, "X")
        await settled(app, pilot)
        await press(app, pilot, "enter")
        assert app.trial is not None
        await press(app, pilot, "escape")
        assert app.trial is None
        assert await ticked(app, pilot, 1)
        await press(app, pilot, "3", "escape")
        assert isinstance(app.screen, DebateScreen)
        assert card(app) is not None
        await press(app, pilot, "escape")
        assert card(app) is None


# What ticks it


@SIZES
async def test_every_step_ticks_by_its_key_and_the_key_after_the_last_puts_the_card_away(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(size, first_run=True) as (app, pilot):
        await press(app, pilot, "p")
        await type_text(app, pilot, "70%")
        await press(app, pilot, "enter")
        assert await ticked(app, pilot, 1)
        await press(app, pilot, "J")
        assert await ticked(app, pilot, 2)
        await press(app, pilot, "n", "tab", *"Found", "ctrl+s")
        assert await ticked(app, pilot, 3)
        await press(app, pilot, "3")
        assert await ticked(app, pilot, 4)
        await press(app, pilot, "X")
        await settled(app, pilot)
        await press(app, pilot, "enter")
        assert await ticked(app, pilot, 5)
        await press(app, pilot, "escape", "escape")
        app.clear_notifications()
        await settled(app, pilot)
        assert screen_text(app) == snapshot
        await press(app, pilot, "x", "enter")
        await settled(app, pilot)
        assert "All six done. The next key puts this away." in screen_text(app)
        assert kept() == "shown set rank log number crux export"
        await press(app, pilot, "j")
        assert card(app) is None
    assert kept() == "away set rank log number crux export"


async def test_steps_done_in_one_burst_are_ticked() -> None:
    async with running(first_run=True) as (app, pilot):
        await burst(app, pilot, "p", "7", "1", "percent_sign", "enter", "J", "n", "tab", *"Found", "ctrl+s", "3")
        await settled(app, pilot)
        assert await ticked(app, pilot, 4)
        assert isinstance(app.screen, NumbersScreen)


async def test_steps_are_done_by_the_mouse_on_the_card() -> None:
    async with running(first_run=True) as (app, pilot):
        await settled(app, pilot)
        for line, shown in ((2, "Plausibility"), (5, "Log"), (7, "What would change it")):
            await pilot.click(FirstStepsCard, offset=(8, line))
            await settled(app, pilot)
            assert isinstance(app.screen, Dialog), shown
            await press(app, pilot, "escape")
            await settled(app, pilot)
        await pilot.click(FirstStepsCard, offset=(8, 6))
        await settled(app, pilot)
        assert isinstance(app.screen, NumbersScreen)
        assert await ticked(app, pilot, 1)
        focused = app.focused
        await pilot.click(FirstStepsCard, offset=(8, 10))  # an empty line of it
        await settled(app, pilot)
        assert app.focused is focused
        await pilot.click(FirstStepsCard, offset=(8, 12))
        await settled(app, pilot)
        assert card(app) is None


async def test_what_the_same_person_does_in_another_process_ticks_and_what_others_do_does_not() -> None:
    async with running(first_run=True) as (app, pilot):
        with DebateStore.open(actor="ada") as store:
            store.set_plausibility(BUNDLED, FIRST, 0.7, expected=ANYTHING)
        app.changes.look()
        assert await ticked(app, pilot, 0)
        with DebateStore.open() as store:
            store.set_plausibility(BUNDLED, FIRST, 0.8, expected=ANYTHING)
        app.changes.look()
        assert await ticked(app, pilot, 1)


async def test_an_undo_ticks_nothing() -> None:
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "J")
        assert kept() == "shown rank"
        await press(app, pilot, "u")
        assert kept() == "shown rank"
        assert await ticked(app, pilot, 1)


# Where it stands


async def test_it_is_a_line_while_the_cursor_is_under_it() -> None:
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "tab")
        while not isinstance(app.focused, EvidenceList):
            await press(app, pilot, "tab")
        shown = card(app)
        assert shown is not None
        assert shown.has_class("-floats")
        await press(app, pilot, "G")
        await settled(app, pilot)
        assert not shown.has_class("-floats")
        assert "First steps 0 of 6  Say how likely one is  p" in screen_text(app).splitlines()[-2]
        assert not shown.region.overlaps(app.focused.cursor_region)
        await press(app, pilot, "g")
        await settled(app, pilot)
        assert shown.has_class("-floats")
        assert not shown.region.overlaps(app.focused.cursor_region)


async def test_it_follows_to_every_screen_and_stands_under_dialogs() -> None:
    async with running(first_run=True) as (app, pilot):
        for key in ("2", "3", "5", "1"):
            await press(app, pilot, key)
            await settled(app, pilot)
            assert card(app) is not None
        await press(app, pilot, "n")
        assert card(app) is None
        assert isinstance(app.focused, Input)


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (119, 35), (200, 60)], ids=str)
async def test_it_fits_any_terminal(size: tuple[int, int]) -> None:
    async with running(size, first_run=True) as (app, pilot):
        await settled(app, pilot)
        shown = card(app)
        assert shown is not None
        assert shown.display == (size[1] >= 16)
        assert app.screen.region.contains_region(shown.region)
        await press(app, pilot, "3", "2")
        assert fault(app) is None


async def test_without_colour_it_says_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "J")
        await settled(app, pilot)
        text = screen_text(app)
        assert "✓ Move one past its neighbour" in text
        assert "▌· Say how likely one is" in text


async def test_a_home_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.remembered.write_whole", lambda *_, **__: (_ for _ in ()).throw(OSError("read-only")))
    async with running(first_run=True) as (app, pilot):
        await press(app, pilot, "J", "escape")
        assert card(app) is None
    assert kept() == ""


async def test_a_database_that_cannot_be_written_stops_nothing() -> None:
    async with running(first_run=True) as (app, pilot):
        assert app.session is not None
        app.session.store._database.read_only = True  # root can write to any file
        await press(app, pilot, "J", "3")
        assert any("is read-only; nothing was saved" in told for told in toasts(app))
        assert await ticked(app, pilot, 1)
        assert kept() == "shown number"


async def test_a_card_that_comes_back_with_every_step_done_goes_with_the_next_key() -> None:
    remembered.remember("first_steps", " ".join(["away", *(step.id for step in STEPS)]))
    async with running((120, 40), first_run=True) as (app, pilot):
        await press(app, pilot, "f3")
        assert "All six done" in screen_text(app)
        await press(app, pilot, "j")
        assert "All six done" not in screen_text(app)
