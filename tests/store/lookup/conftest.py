"""The server, and a look-up that goes there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hypotheses import rules
from hypotheses.debate import Evidence
from store.errors import LookupProblem
from store.lookup.ladder import look_up
from store.lookup.source import Source
from store.settings import Settings
from tests.store.lookup.memory_cache import MemoryCache
from tests.store.network.server import Server, running

Look = Callable[..., Source]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def look(server: Server) -> Look:
    """Look something up at the server, with all the time it needs."""

    def at_server(
        text: str,
        *,
        seconds: float = 20,
        phase: float = 20,
        mail: str = "",
        stop: threading.Event | None = None,
        cache: MemoryCache | None = None,
        offline: bool = False,
    ) -> Source:
        settings = Settings(mail=mail, offline=offline, lookup_seconds=seconds)
        return look_up(text, settings, cache or MemoryCache(), stop=stop, services=server.services(phase))

    return at_server


def told(look: Look, text: str, **options: Any) -> str:
    """Look up what cannot be found and return the sentence."""
    with pytest.raises(LookupProblem) as problem:
        look(text, **options)
    assert "\n" not in str(problem.value)
    return str(problem.value)


def can_be_kept(source: Source) -> None:
    """Require what the rules require of evidence."""
    assert Evidence("key", **source.fields()).title == source.title
    rules.title(source.title)
    rules.lines(source.authors)
    rules.day(source.date)
    rules.line(source.source)
    rules.line(source.doi)
    rules.line(source.arxiv)
    rules.url(source.url)
