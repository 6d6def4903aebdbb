"""Work in a thread ends once nobody waits for it, and tells how far it is only if it takes longer than a moment."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tui import work_told
from tui.work_told import Ended, told_in_thread


def test_it_tells_now_and_then_and_ends_when_its_worker_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, now, parts = SimpleNamespace(is_cancelled=False), [0.0], list[float]()
    monkeypatch.setattr(work_told, "get_current_worker", lambda: worker)
    monkeypatch.setattr(work_told, "monotonic", lambda: now[0])
    told = told_in_thread(parts.append)
    for step in range(10):
        told(step / 10)
        now[0] += 0.125
    # Half a second is a moment; after that it is told after 0.2 s at the earliest.
    assert parts == [0.4, 0.6, 0.8]
    worker.is_cancelled = True
    with pytest.raises(Ended):
        told(1.0)
