"""Keys faster than the app follows, as a held key or a paste sends them."""

from __future__ import annotations

import asyncio

from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot

from tests.tui.running import send, settled
from tui.app import AbduceApp


def resize(app: AbduceApp, width: int, height: int) -> None:
    """Change the size of the terminal without waiting for anything."""
    assert isinstance(app._driver, HeadlessDriver)
    app._driver._size = (width, height)
    app.post_message(events.Resize(Size(width, height), Size(width, height)))


async def resized(app: AbduceApp, pilot: Pilot[int], width: int, height: int) -> None:
    """Change the size of the terminal and wait until the screen has taken it up."""
    resize(app, width, height)
    async with asyncio.timeout(60):
        while app.screen.size != (width, height):
            await pilot.pause(0.01)
    await settled(app, pilot)


async def burst(app: AbduceApp, pilot: Pilot[int], *keys: str) -> None:
    """Send keys at once and wait for what they start."""
    send(app, *keys)
    await settled(app, pilot)
