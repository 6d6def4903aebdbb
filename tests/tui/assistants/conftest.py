"""A session on a real database file with the small debate in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from store.debate_store import DebateStore
from tests.assuming import assumed
from tests.conftest import Clock
from tests.store.conftest import small_debate
from tui.assistants.session import AssistantSession

SLUG = "piano-tuners"


def tuners() -> Debate:
    """The small debate, in which what is unlisted is 1 order of magnitude in the middle."""
    debate = small_debate()
    uncounted = replace(debate.hypotheses["uncounted"], assumes=assumed(unlisted="normal 0.5 to 1.5"))
    return replace(debate, hypotheses={**debate.hypotheses, "uncounted": uncounted})


class Assistant:
    """An assistant at work, for a test."""

    def __init__(self, store: DebateStore, clock: Clock) -> None:
        self.store = store
        self.session = AssistantSession(store, SLUG, lambda: clock().timestamp())

    def __call__(self, name: str, /, **given: Any) -> Any:
        answer = self.session.call(name, given, "Some Client")
        json.dumps(answer, allow_nan=False)
        return answer

    def refused(self, name: str, /, **given: Any) -> str:
        with pytest.raises(AbduceError) as told:
            self(name, **given)
        assert "\n" not in str(told.value)
        return str(told.value)

    def send(self, title: str, **given: Any) -> Any:
        return self("submit_idea", **{"title": title, "text": "What it says.", "kind": "comment", **given})

    @property
    def debate(self) -> Debate:
        return self.store.load(SLUG)


OpenAssistant = Callable[..., Assistant]


@pytest.fixture
def open_assistant(tmp_path: Path, clock: Clock) -> Iterator[OpenAssistant]:
    """Open the small debate, or another one; every call is like another process."""
    opened: list[DebateStore] = []

    def open_one(first: Callable[[], Debate] = tuners, busy_timeout: float = 5.0) -> Assistant:
        store = DebateStore.open(
            str(tmp_path / "debates.db"),
            actor="assistant",
            creator="ana",
            clock=clock,
            first=first,
            busy_timeout=busy_timeout,
        )
        opened.append(store)
        return Assistant(store, clock)

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def assistant(open_assistant: OpenAssistant) -> Assistant:
    return open_assistant()


@pytest.fixture
def owner(assistant: Assistant, tmp_path: Path, clock: Clock) -> Iterator[DebateStore]:
    """The owner's own window on the same database."""
    with DebateStore.open(str(tmp_path / "debates.db"), actor="ana", clock=clock) as store:
        yield store
