"""Running the app in a test: a real store, a pretended terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from store.debate_store import DebateStore
from tui.app import AbduceApp

BUNDLED = "vision-efficiency"


@asynccontextmanager
async def running(
    size: tuple[int, int] = (120, 40), location: str | None = None, person: str | None = None
) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    """Run the app on a database, as somebody, until the debate and its numbers are on screen."""
    app = AbduceApp(location, person=person)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        while app.estimates is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        yield app, pilot


async def settled(app: AbduceApp, pilot: Pilot[int]) -> None:
    """Wait until every worker has ended and the screen has followed."""
    await pilot.pause()
    while not app.keyboard.idle or any(worker.is_running for worker in app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


async def press(app: AbduceApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys and wait for what they start."""
    await pilot.press(*keys)
    await settled(app, pilot)


async def type_text(app: AbduceApp, pilot: Pilot[int], text: str) -> None:
    """Type a text over what stands in the focused field."""
    await pilot.press("home", "ctrl+k")
    names = {
        ",": "comma",
        " ": "space",
        "%": "percent_sign",
        "/": "slash",
        "+": "plus",
        "-": "minus",
        ".": "full_stop",
        ":": "colon",
    }
    await pilot.press(*(names.get(char, char) for char in text))
    await settled(app, pilot)


def screen_text(app: AbduceApp) -> str:
    """Return the screen as text, one line a row, without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def stored(location: str | None = None, slug: str = BUNDLED) -> DebateStore:
    """Open the database as another process would."""
    store = DebateStore.open(location)
    store.load(slug)
    return store
