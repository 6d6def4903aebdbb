"""A terminal that changes its size: every screen then looks as if it had been opened at that size."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from tests.tui.bursts import resized
from tests.tui.running import press, running, screen_text, settled
from tui.app import AbduceApp
from tui.debate.detail import Detail

pytestmark = pytest.mark.painted

SIZES = ((80, 24), (120, 40), (200, 60), (100, 30))
OPENED = {
    "debate": (),
    "history": ("[",),
    "matrix": ("2",),
    "numbers": ("3",),
    "tornado": ("3", "]"),
    "timeline": ("5",),
}


async def after_resizing(app: AbduceApp, pilot: Pilot[int], size: tuple[int, int]) -> str:
    await resized(app, pilot, *size)
    return await worked_out(app, pilot)


async def worked_out(app: AbduceApp, pilot: Pilot[int]) -> str:
    """Return the screen once its third column, if it has one, has waited for the calm that it begins to work in."""
    async with asyncio.timeout(60):
        while "working it out" in (text := screen_text(app)):
            await pilot.pause(0.05)
            await settled(app, pilot)
    return text


async def test_parts_that_come_to_stand_beside_each_other_later_are_drawn_for_that_width() -> None:
    async with running((120, 40)) as (app, pilot):
        before, detail = screen_text(app), app.screen.query_one(Detail)
        detail.lay_out(beside=False, tall=True, spacious=False)
        await settled(app, pilot)
        assert app.debate is not None
        detail.show(app.debate, app.estimates, "unfair-comparison")
        await settled(app, pilot)
        detail.lay_out(beside=True, tall=True, spacious=False)
        await settled(app, pilot)
        assert screen_text(app) == before


@pytest.mark.parametrize("keys", OPENED.values(), ids=OPENED)
async def test_it_looks_as_if_opened_at_its_new_size(keys: tuple[str, ...]) -> None:
    looks = {}
    async with running(SIZES[0]) as (app, pilot):
        await press(app, pilot, *keys)
        looks[SIZES[0]] = screen_text(app)
        for size in SIZES[1:]:
            looks[size] = await after_resizing(app, pilot, size)
        assert await after_resizing(app, pilot, SIZES[0]) == looks[SIZES[0]]
    for size in SIZES[1:]:
        async with running(size) as (app, pilot):
            await press(app, pilot, *keys)
            assert looks[size] == await worked_out(app, pilot)
