"""The server, and a look-up that goes there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from store.lookup.cache import MemoryCache
from store.lookup.ladder import look_up
from store.lookup.source import Source
from store.settings import Settings
from tests.store.lookup.server import Server, running

Look = Callable[..., Source]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def look(server: Server) -> Look:
    """Look something up at the server, in little time."""

    def at_server(
        text: str,
        *,
        seconds: float = 2,
        phase: float = 2,
        mail: str = "",
        stop: threading.Event | None = None,
        cache: MemoryCache | None = None,
        offline: bool = False,
    ) -> Source:
        settings = Settings(mail=mail, offline=offline, lookup_seconds=seconds)
        return look_up(text, settings, cache or MemoryCache(), stop=stop, services=server.services(phase))

    return at_server
