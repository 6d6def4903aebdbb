"""In most tests of the app nothing is painted between two rests: that took more time than all else."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor


@pytest.fixture(autouse=True)
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what goes to a terminal that is not there, but for tests that are marked as `painted`.

    Each time the app has come to rest, its whole screen is drawn all the same: see `settled`.
    """
    if request.node.get_closest_marker("painted") is None:
        monkeypatch.setattr(Compositor, "render_update", lambda *_, **__: None)
