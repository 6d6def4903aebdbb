"""How long until a change of another process is on screen: `python -m benchmarks.team.hearing [TIMES]`.

Timed is from the call that saves it, in another process, to the first screen on which it is seen, by the clock of the
machine. Without LISTEN, the app looks every 0.7 s.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from store.debate_store import DebateStore
from store.expected import ANYTHING
from tests import postgres
from tests.store.conftest import small_debate
from tests.tui.running import running, screen_text

SLUG = "piano-tuners"


def write(location: str, asked: Connection) -> None:
    """Save a title whenever one is asked for, and say when that began."""
    with DebateStore.open(location, actor="bob") as store:
        store.load(SLUG)
        while title := asked.recv():
            began = time.monotonic()
            store.edit_hypothesis(SLUG, "uncounted", title=title, expected=ANYTHING)
            asked.send(began)


async def measure(location: str, times: int) -> list[float]:
    """Return how long each change took to the screen, in seconds."""
    context = get_context("spawn")
    here, there = context.Pipe()
    writer = context.Process(target=write, args=(location, there))
    writer.start()
    took = []
    async with running((140, 45), location) as (app, pilot):
        for number in range(times):
            await asyncio.sleep(0.05 + (number * 0.37) % 0.7)  # at every moment between two looks
            title = f"Title number {number}."
            here.send(title)
            while title not in screen_text(app):
                await asyncio.sleep(0.002)
            took.append(time.monotonic() - here.recv())
        await pilot.pause()
    here.send("")
    writer.join()
    return took


def main() -> None:
    """Print the median and the worst."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as home, postgres.running() as server:
        os.environ["ABDUCE_HOME"] = home
        DebateStore.open(server.url, actor="ana", first=small_debate).close()
        took = asyncio.run(measure(server.url, times))
    print(
        f"{times} changes of another process on screen after {statistics.median(took) * 1000:.0f} ms (median), ", end=""
    )
    print(f"{max(took) * 1000:.0f} ms (worst)")


if __name__ == "__main__":
    main()
