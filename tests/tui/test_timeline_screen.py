"""The Timeline screen, used as a person would."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from hypotheses.debate import Debate, Evidence
from store.bundled import bundled_debate
from store.debate_store import DebateStore
from store.entries import Entry, EntryKind
from store.expected import ANYTHING
from tests.conftest import Clock
from tests.tui.bursts import burst, resize
from tests.tui.running import BUNDLED, fault, press, running, screen_text, settled
from tui.app import AbduceApp
from tui.dialogs.message import Confirm, Page
from tui.dialogs.picker import Picker
from tui.timeline.chart import Chart
from tui.timeline.journal import JournalList, own_changes_after
from tui.timeline.screen import TimelineScreen

pytestmark = pytest.mark.painted


@asynccontextmanager
async def on_timeline(size: tuple[int, int] = (140, 45)) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    async with running(size) as (app, pilot):
        await press(app, pilot, "5")
        yield app, pilot


def at_cursor(app: AbduceApp) -> str:
    """What stands beside the chart."""
    box = app.screen.query_one("#moment").region
    lines = screen_text(app).splitlines()[box.y : box.bottom]
    return "\n".join(line[box.x : box.right] for line in lines)


def order(app: AbduceApp) -> str:
    """The marks of the explanations in the order in which they stand beside the chart."""
    return "".join(re.findall(r"^ *(\d) +[\d.<>]+%", at_cursor(app), re.MULTILINE))


def journal(app: AbduceApp) -> list[str]:
    return [entry.label for entry in app.screen.query_one(JournalList).rows]


def changed(clock: Clock, *plausibilities: float) -> str:
    """Set the first explanation's plausibility again and again, a day apart; return its slug."""
    clock.now = datetime(2024, 1, 1, 12, tzinfo=UTC)
    with DebateStore.open(clock=clock) as store:
        slug = next(iter(store.load(BUNDLED).hypotheses))
        for plausibility in plausibilities:
            clock.advance(days=1)
            store.set_plausibility(BUNDLED, slug, plausibility, expected=ANYTHING)
    return slug


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80x24", "140x45"])
async def test_the_screen_looks_like_this(
    size: tuple[int, int], clock: Clock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "me")
    monkeypatch.setenv("TZ", "UTC")
    changed(clock, 0.7, 0.3, 0.5)
    async with on_timeline(size) as (app, pilot):
        await press(app, pilot, "g", "l")
        assert screen_text(app) == snapshot
        await press(app, pilot, "]")
        assert screen_text(app) == snapshot


async def test_the_fifth_explanation_of_the_bundled_debate_rises_from_last_to_second() -> None:
    async with on_timeline() as (app, pilot):
        # Now: the language models that waste parameters are second, though ranked fifth.
        assert order(app) == "15423"
        assert "5 was last (1991), number 2 since" in screen_text(app)
        await press(app, pilot, "g")
        assert "As of the start" in at_cursor(app)
        assert order(app) == "12345"
        await press(app, pilot, "l")
        assert "As of 1991" in at_cursor(app)
        assert order(app) == "12345"
        # felleman91 is the evidence of 1991: a ratio of 2 for the first, 10 log10(2) = 3.0 decibans.
        assert re.search(r"felleman91 +1 \+3\.0", at_cursor(app))
        assert re.search(r"(?m)^ *1 +75% +\+3\.0 ", at_cursor(app))


async def test_the_marks_at_the_right_ends_stand_in_the_order_of_now_whatever_the_axes() -> None:
    async with on_timeline() as (app, pilot):
        region = app.screen.query_one(Chart).region
        lines = [line[region.x : region.right] for line in screen_text(app).splitlines()[region.y : region.bottom]]
        assert "".join(re.findall(r" (\d) *$", "\n".join(lines), re.MULTILINE)) == "15423"
        assert "in equal steps" in screen_text(app)
        assert "100%┤" in screen_text(app)
        await press(app, pilot, "T", "percent_sign")
        assert "true to time" in screen_text(app)
        assert "+10┤" in screen_text(app)
        assert "dB" in screen_text(app)
        # A third of a century, in fives.
        assert re.search(r"1995 +2000 +2005 +2010 +2015 +2020 +2025", screen_text(app))


async def test_what_was_stated_is_drawn_by_the_journal(clock: Clock) -> None:
    changed(clock, 0.7, 0.3)
    async with on_timeline() as (app, pilot):
        await press(app, pilot, "]")
        assert "Stated, by the journal" in screen_text(app)
        # 30% puts the first explanation behind the second and the third, so that it is the third now.
        assert re.search(r"(?m)^ *3 +30% ", at_cursor(app))
        assert "set the plausibility of 'unfair-compari" in at_cursor(app)
        await press(app, pilot, "h")
        assert re.search(r"(?m)^ *3 +70% ", at_cursor(app))
        await press(app, pilot, "h")
        assert re.search(r"(?m)^ *3 +60% ", at_cursor(app))
        await press(app, pilot, "[")
        assert "Implied by the evidence" in screen_text(app)


async def test_enter_opens_the_evidence_of_a_date() -> None:
    async with on_timeline() as (app, pilot):
        await press(app, pilot, "g", "l", "enter")
        assert "Distributed hierarchical processing" in screen_text(app)
        await press(app, pilot, "escape")
        screen = app.screen
        assert isinstance(screen, TimelineScreen)
        assert screen._known is not None
        steps = screen._known[1].steps
        screen.query_one(Chart).cursor = next(n for n, step in enumerate(steps) if len(step.pulls) == 2)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, "enter", "escape")
        assert isinstance(app.screen, TimelineScreen)


async def test_the_mouse_moves_the_cursor_and_opens() -> None:
    async with on_timeline() as (app, pilot):
        await pilot.click(Chart, offset=(7, 5))
        await settled(app, pilot)
        assert "As of the start" in at_cursor(app) or "As of 1991" in at_cursor(app)
        await press(app, pilot, "l")
        await pilot.click(JournalList, offset=(5, 0), times=2)
        await settled(app, pilot)
        assert isinstance(app.screen, Page)
        assert "added the debate" in screen_text(app)


# The journal


async def test_undo_to_an_entry_asks_how_many_and_takes_them_back(clock: Clock) -> None:
    slug = changed(clock, 0.7, 0.3, 0.5)
    async with on_timeline() as (app, pilot):
        await press(app, pilot, "z")
        # Nothing is newer than the newest.
        assert "There is no change of yours after this entry" in screen_text(app)
        await press(app, pilot, "shift+tab", "j", "j", "z")
        assert isinstance(app.screen, Confirm)
        text = " ".join(screen_text(app).replace("│", " ").split())
        assert "2 changes of yours after it will be taken back" in text
        assert "to 50%" in text
        await press(app, pilot, "n")
        with DebateStore.open() as store:
            assert store.load(BUNDLED).hypotheses[slug].plausibility == 0.5
        await press(app, pilot, "z", "y")
        with DebateStore.open() as store:
            assert store.load(BUNDLED).hypotheses[slug].plausibility == 0.7
        assert journal(app)[0].startswith("undo: set the plausibility")
        # Each can be made again.
        await press(app, pilot, "U", "U")
        with DebateStore.open() as store:
            assert store.load(BUNDLED).hypotheses[slug].plausibility == 0.5


async def test_an_undo_that_would_trample_somebody_elses_change_is_told(clock: Clock) -> None:
    slug = changed(clock, 0.7)
    with DebateStore.open() as store:
        store.edit_hypothesis(BUNDLED, slug, title="Mine", expected=ANYTHING)
    with DebateStore.open(actor="colleague") as other:
        other.edit_hypothesis(BUNDLED, slug, title="Theirs", expected=ANYTHING)
    async with on_timeline() as (app, pilot):
        await press(app, pilot, "shift+tab", "G", "z", "y")
        assert "colleague has changed the same since" in screen_text(app)


async def test_more_of_the_journal_is_read_when_one_goes_down(clock: Clock) -> None:
    changed(clock, *(0.3 + n / 1000 for n in range(130)))
    async with on_timeline((80, 24)) as (app, pilot):
        assert len(journal(app)) == 100
        await press(app, pilot, "shift+tab", "G")
        assert len(journal(app)) == 131
        await press(app, pilot, "G")
        assert "added the debate" in screen_text(app)


async def test_another_programs_change_comes_into_the_chart_and_the_journal() -> None:
    async with on_timeline() as (app, pilot):
        with DebateStore.open(actor="colleague") as other:
            other.load(BUNDLED)
            other.add_evidence(BUNDLED, Evidence("new2027", "New", date="2027"))
        while len(journal(app)) < 2:
            await pilot.pause(0.05)
        await settled(app, pilot)
        # The cursor was on the last date, and follows.
        assert "As of 2027" in at_cursor(app)
        assert "colleague" in screen_text(app)


def entries(*told: tuple[str, EntryKind]) -> list[Entry]:
    """Who did what, oldest first, numbered from 1; returned newest first."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    return [Entry(n, at, actor, f"{actor} {n}", kind) for n, (actor, kind) in enumerate(told, 1)][::-1]


@pytest.mark.parametrize(
    ("told", "after", "expected"),
    [
        ([("me", "change")] * 3, 1, [3, 2]),
        ([("me", "change"), ("you", "change"), ("me", "change")], 1, [3]),
        # The second is undone, so only the third counts.
        ([("me", "change"), ("me", "change"), ("me", "undo"), ("me", "change")], 1, [4]),
        # What is undone is of before the entry: nothing after it is left to take back.
        ([("me", "change"), ("me", "change"), ("me", "undo")], 2, []),
        ([("me", "change"), ("me", "change"), ("me", "undo"), ("me", "redo")], 2, []),
        ([("me", "change"), ("me", "change"), ("me", "undo"), ("me", "redo")], 1, [2]),
        ([("me", "change"), ("me", "undo"), ("me", "redo"), ("me", "change")], 2, [4]),
    ],
)
def test_what_undoing_to_an_entry_takes_back(
    told: list[tuple[str, EntryKind]], after: int, expected: list[int]
) -> None:
    assert [each.id for each in own_changes_after(entries(*told), after, "me")] == expected


# Anything else


@pytest.mark.parametrize("name", ["nothing", "thirty explanations", "undated and exclusive"])
async def test_a_debate_that_lacks_something_is_shown_and_every_key_is_safe(name: str) -> None:
    whole = bundled_debate()
    first = next(iter(whole.hypotheses.values()))
    debates = {
        "nothing": Debate("d", "D"),
        "thirty explanations": replace(
            whole, hypotheses={f"h{n}": replace(first, slug=f"h{n}", position=n, prior=n / 29) for n in range(30)}
        ),
        "undated and exclusive": replace(
            whole,
            mode="exclusive",
            hypotheses={s: replace(h, prior=h.prior / 2, plausibility=0.1) for s, h in whole.hypotheses.items()},
            evidence={k: replace(e, date="") for k, e in whole.evidence.items()},
        ),
    }
    if name == "thirty explanations":
        debates[name] = replace(debates[name], evidence={"e": Evidence("e", "E", date="2020")}, gaps={}, ideas={})
    DebateStore.open(first=lambda: debates[name]).close()
    async with on_timeline((80, 24)) as (app, pilot):
        for size in [(140, 45), (1, 1), (80, 5)]:
            resize(app, *size)
            await burst(app, pilot, *"5hlgGse]hl[z", "escape", "5", "tab", "tab", "j", "enter", "escape")
            assert fault(app) is None
        await press(app, pilot, "5")
        assert isinstance(app.screen, TimelineScreen)


async def test_in_a_small_terminal_tab_goes_through_the_parts() -> None:
    async with on_timeline((40, 12)) as (app, pilot):
        assert "Implied by the evidence" in screen_text(app)
        await press(app, pilot, "tab")
        assert "As of 2026-11-23" in screen_text(app)
        assert "Implied by" not in screen_text(app)
        await press(app, pilot, "tab")
        assert "Journal" in screen_text(app)
        await press(app, pilot, "tab")
        assert "Implied by the evidence" in screen_text(app)


async def test_a_database_that_cannot_be_written_is_shown_and_esc_goes_back(clock: Clock, home: Path) -> None:
    changed(clock, 0.7, 0.3)
    location = str(home / "copy.db")
    with DebateStore.open(location, clock=clock) as store:
        store.set_plausibility(BUNDLED, "unfair-comparison", 0.7, expected=ANYTHING)
    Path(location).chmod(0o400)
    async with running((80, 24), location) as (app, pilot):
        await press(app, pilot, "5")
        assert order(app) == "15423"
        assert len(journal(app)) == 2
        # Keys of the same instant: two parts on, then a row down.
        await burst(app, pilot, "tab", "tab", "j")
        assert app.screen.query_one(JournalList).cursor == 1
        # Held keys move as often as they are seen.
        await burst(app, pilot, *["h"] * 20, *["l"] * 5)
        assert "40 of 55" in at_cursor(app)
        await press(app, pilot, "escape")
        assert "Explanations" in screen_text(app)
