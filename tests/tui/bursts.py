"""Keys faster than the app follows, as a held key or a paste sends them."""

from __future__ import annotations

import asyncio

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.tui.running import settled
from tui.app import AbduceApp


def send(app: AbduceApp, *keys: str) -> None:
    """Send keys without waiting for anything; a single character stands for itself."""
    for key in keys:
        character = key if len(key) == 1 else " " if key == "space" else None
        event = events.Key(_character_to_key(key) if len(key) == 1 else key, character)
        event.set_sender(app)
        app.post_message(event)


def resize(app: AbduceApp, width: int, height: int) -> None:
    """Change the size of the terminal without waiting for anything."""
    assert isinstance(app._driver, HeadlessDriver)
    app._driver._size = (width, height)
    app.post_message(events.Resize(Size(width, height), Size(width, height)))


async def caught_up(app: AbduceApp) -> None:
    """Wait until the app has taken in every key sent so far."""
    done = asyncio.Event()
    app.call_later(done.set)
    async with asyncio.timeout(60):
        await done.wait()
        while not app.keyboard.idle:
            await asyncio.sleep(0.001)


async def burst(app: AbduceApp, pilot: Pilot[int], *keys: str) -> None:
    """Send keys at once and wait for what they start."""
    send(app, *keys)
    await pilot.pause()
    await settled(app, pilot)
