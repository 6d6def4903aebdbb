"""Toasts: what is told for a while."""

from __future__ import annotations

import time

import pytest

from tests.tui.running import running
from tui.messages import Told


def test_a_toast_never_has_less_than_a_moment_left_and_expires_all_the_same() -> None:
    told = Told("Hm", timeout=5)
    assert 4 < told.time_left <= 5
    assert not told.has_expired
    late = Told("Hm", timeout=5, raised_at=time.time() - 5.1)
    assert late.time_left > 0
    assert late.has_expired


async def test_a_toast_whose_time_runs_out_while_a_screen_takes_it_over_does_not_stop_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Told, "has_expired", property(lambda _: False))  # as it was a moment ago
    async with running((80, 24)) as (app, pilot):
        app.notify("Hm", timeout=-0.001)
        # Textual's timer of a negative time never lets go of the loop.
        for _ in range(20):
            await pilot.pause(0.01)
        assert not app._notifications
