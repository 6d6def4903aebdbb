"""Running the app in a test: a real store, a pretended terminal."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message import Message
from textual.pilot import Pilot

from store import remembered
from store.debate_store import DebateStore
from store.paths import default_database
from store.person import system_user
from tui.app import AbduceApp
from tui.dialogs.offer_list import OfferList
from tui.terminal import at_rest

BUNDLED = "vision-efficiency"


@asynccontextmanager
async def running(
    size: tuple[int, int] = (120, 40),
    location: str | None = None,
    person: str | None = None,
    hook: Callable[[Message], None] | None = None,
    *,
    first_run: bool = False,
) -> AsyncIterator[tuple[AbduceApp, Pilot[int]]]:
    """Run the app on a database, as somebody, until the debate and its numbers are on screen.

    `hook` is told of every message that comes to a widget. The card of the first steps is away already, but on a
    `first_run`.
    """
    if not first_run:
        remembered.remember("first_steps", "away")
    if location is None and not (database := default_database()).exists():
        database.write_bytes(_first_database(system_user()))
    app = AbduceApp(location, person=person)
    app.animation_level = "none"
    async with app.run_test(size=size, message_hook=hook) as pilot:
        while app.estimates is None and fault(app) is None:
            await pilot.pause(0.02)
        await settled(app, pilot)
        yield app, pilot


@cache
def _first_database(owner: str) -> bytes:
    """Return what the first start makes; made once, since that takes as long as some tests."""
    with TemporaryDirectory() as folder:
        DebateStore.open(f"{folder}/first.db", actor=owner).close()
        return Path(folder, "first.db").read_bytes()


async def settled(app: AbduceApp, pilot: Pilot[int]) -> None:
    """Wait until every worker has ended and the screen has followed."""
    try:
        await caught_up(app)
        async with asyncio.timeout(90):
            while True:
                while _is_busy(app):
                    await asyncio.sleep(0.002)  # so that the threads of the workers get on
                for _ in range(2):  # what is laid out may need scrollbars, and those another layout
                    await app.keyboard.rest()
                    await pilot.pause(0)
                if not _is_busy(app):
                    break
    except TimeoutError as never:
        raise AssertionError(f"it does not come to rest: {_unrest(app)}") from never
    if fault(app) is None:
        app.screen._compositor.render_strips()  # whatever cannot be drawn fails here


def _unrest(app: AbduceApp) -> str:
    """Say what keeps the app from its rest."""
    workers = [f"{worker.group} {worker.state.name}" for worker in app.workers]
    pumps = [str(pump) for pump in app._registry if not at_rest._has_nothing_left(pump)]
    return f"keyboard idle {app.keyboard.idle}, workers {workers}, pumps {pumps}, screen {app.screen.size}"


def _is_busy(app: AbduceApp) -> bool:
    return fault(app) is None and (not app.keyboard.idle or any(worker.is_running for worker in app.workers))


def send(app: AbduceApp, *keys: str) -> None:
    """Send keys without waiting for anything; a single character stands for itself."""
    for key in keys:
        event = events.Key(_character_to_key(key) if len(key) == 1 else key, character_of(key))
        event.set_sender(app)
        app.post_message(event)


def character_of(key: str) -> str | None:
    """Return the character that a key types, if it does."""
    if len(key) == 1:
        return key
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        return None


async def caught_up(app: AbduceApp) -> None:
    """Wait until the app has taken in every key sent so far, for each of them a minute at most."""
    taken_in = asyncio.Event()
    app.call_later(taken_in.set)
    left = -1
    async with asyncio.timeout(60) as patience:
        while not (taken_in.is_set() and app.keyboard.idle) and fault(app) is None:
            if left != app.keyboard.left:
                left = app.keyboard.left
                patience.reschedule(asyncio.get_running_loop().time() + 60)
            await asyncio.sleep(0.001)


async def press(app: AbduceApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys one by one and wait for what they start."""
    for key in keys:
        send(app, key)
        await settled(app, pilot)


async def type_text(app: AbduceApp, pilot: Pilot[int], text: str) -> None:
    """Type a text over what stands in the focused field."""
    send(app, "home", "ctrl+k", *text)
    await settled(app, pilot)


def screen_text(app: AbduceApp) -> str:
    """Return the screen as text, one line a row, without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def one_line(app: AbduceApp) -> str:
    """Return the screen as words with one blank between, whatever its columns."""
    return " ".join(screen_text(app).split())


def dialog_text(app: AbduceApp) -> str:
    """Return the dialog that is open as text, with its frame."""
    region = app.screen.query_one("#box").region
    rows = screen_text(app).splitlines()[region.y : region.bottom]
    return "\n".join(row[region.x : region.right].rstrip() for row in rows)


def box_text(app: AbduceApp) -> str:
    """Return the words in the dialog that is open, without its frame."""
    words = (row.strip("│") for row in dialog_text(app).splitlines()[1:-1])
    return " ".join(" ".join(words).split())


def stored(location: str | None = None, slug: str = BUNDLED) -> DebateStore:
    """Open the database as another process would."""
    store = DebateStore.open(location)
    store.load(slug)
    return store


def toasts(app: AbduceApp) -> list[str]:
    """Return what is told now, the latest last. Textual has no public way to ask."""
    return [each.message for each in app._notifications]


def fault(app: AbduceApp) -> Exception | None:
    """Return the fault of the program that ended it, if one has. Textual has no public way to ask."""
    return app._exception


def offered(app: AbduceApp) -> list[str]:
    """Return the lines of the list of what may be taken in the place of what is typed; none while it is away."""
    box = OfferList.on(app.screen)
    return [] if box is None or not box.display else [line.strip() for line in str(box.render()).splitlines()]
