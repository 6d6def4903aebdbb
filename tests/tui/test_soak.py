"""Work does not wear the app off: nothing of it is kept that only grows. `benchmarks/soak` does the same for hours."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections import Counter
from functools import reduce
from operator import and_, or_

import pytest
from textual.pilot import Pilot

from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests.tui.running import BUNDLED, press, running, settled
from tui.app import AbduceApp
from tui.changes import LONG

pytestmark = pytest.mark.painted

ROUND = (*("J", "K") * 4, *("u", "U") * 2, *"2Fj", "plus", "minus", "plus", "minus", "escape", *("J", "K") * 2)
"""Twenty edits, four of them on the Matrix screen."""
EDITS = 20
AT_MOST, SHARE = 80, 0.02
"""How many more objects of one type there may be, and what share of those there were: what is under way comes and goes,
and Textual's caches fill slowly up to their bounds. What is kept for every edit, or two of every screen, is more."""
OURS = ("hypotheses.", "store.", "tui.", "textual.", "rich.", "sqlalchemy.", "asyncio.", "_asyncio.")


async def every_thread_runs_another(app: AbduceApp, pilot: Pilot[int]) -> None:
    """Have each thread forget the worker it ran last: Textual leaves it in the thread's context, and so its screen."""
    threads = min(32, (os.cpu_count() or 1) + 4)  # as many as asyncio's own executor has
    together = threading.Barrier(threads)
    for _ in range(threads):
        app.run_worker(together.wait, thread=True)
    await settled(app, pilot)


async def census(app: AbduceApp, pilot: Pilot[int]) -> Counter[str]:
    """Count objects by type when nothing is told and nothing under way."""
    app.clear_notifications()
    await settled(app, pilot)
    await every_thread_runs_another(app, pilot)
    await pilot.pause(LONG + 0.1)  # asyncio keeps a timer that was cancelled, and where it was set, until its time
    gc.collect()
    kinds = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    found = Counter({kind: count for kind, count in kinds.items() if kind.startswith(OURS)})
    found["tasks"] = len(asyncio.all_tasks())
    return found


def grown(before: Counter[str], after: Counter[str]) -> dict[str, tuple[int, int]]:
    return {
        kind: (before[kind], count) for kind, count in after.items() if count > before[kind] * (1 + SHARE) + AT_MOST
    }


async def test_220_edits_leave_no_more_behind_than_60() -> None:
    async with running((80, 24)) as (app, pilot):
        early: list[Counter[str]] = []
        late: list[Counter[str]] = []
        for done in range(EDITS, 220 + EDITS, EDITS):
            for key in ROUND:
                await press(app, pilot, key)
            # Several times: the screen that was left last may still be on its way out, or not.
            if done in (40, 60):
                early.append(await census(app, pilot))
            if done in (180, 200, 220):
                late.append(await census(app, pilot))
        with DebateStore.open() as other:
            assert other.last_entry(BUNDLED) >= 220
        most, least = reduce(or_, early), reduce(and_, late)
        assert grown(most, least) == {}


async def test_what_another_program_changes_leaves_nothing_behind() -> None:
    async with running((120, 40)) as (app, pilot):
        counts: list[Counter[str]] = []
        with DebateStore.open(actor="somebody") as other:
            slugs = list(other.load(BUNDLED).hypotheses)
            for done in range(140):
                if done == 40:
                    counts.append(await census(app, pilot))
                other.set_plausibility(BUNDLED, slugs[done % len(slugs)], 0.05 + done % 90 / 100, expected=ANYTHING)
                app.changes.look()
                await settled(app, pilot)
                while any(worker.group == "changes" for worker in app.workers):
                    await pilot.pause(0.01)
        counts.append(await census(app, pilot))
        assert grown(counts[0], counts[-1]) == {}


async def test_a_screen_that_was_left_takes_its_painted_lines_along() -> None:
    async with running((120, 40)) as (app, pilot):
        early: list[Counter[str]] = []
        late: list[Counter[str]] = []
        for visit in range(9):
            await press(app, pilot, "2", "escape", "question_mark", "escape")
            if visit >= 2:
                (early if visit < 5 else late).append(await census(app, pilot))
        most, least = reduce(or_, early), reduce(and_, late)
        for kind in ("textual._styles_cache.StylesCache", "tui.matrix.screen.MatrixScreen", "tui.dialogs.help.Help"):
            assert least[kind] <= most[kind]
