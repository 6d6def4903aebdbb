"""In most tests of the app nothing is painted between two rests: that took more time than all else."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.notifications import Notification


@pytest.fixture(autouse=True)
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what goes to a terminal that is not there, but for tests that are marked as `painted`.

    Each time the app has come to rest, its whole screen is drawn all the same: see `settled`.
    """
    if request.node.get_closest_marker("painted") is None:
        monkeypatch.setattr(Compositor, "render_update", lambda *_, **__: None)


@pytest.fixture(autouse=True)
def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no message expire before a test has looked at it, however busy the machine is."""
    monkeypatch.setattr(Notification, "time_left", property(lambda _: 60.0))
