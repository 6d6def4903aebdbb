"""What every test stands on: a home of its own, a clock that is told what time it is, and no network."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.exploring import explored

KEPT = ("ABDUCE_TESTS_", "HOME", "PATH", "PYTEST_", "TMPDIR")
"""How the names of variables begin that the tests see: what says how to test, and where there is room."""


def _forget_the_machine() -> None:
    """Leave no setting of whoever runs the tests where one could show, in these processes or those they start."""
    for name in tuple(os.environ):
        if not name.startswith(KEPT):
            del os.environ[name]
    os.environ |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC"}
    time.tzset()


_forget_the_machine()
gc.set_threshold(100_000, 50, 100)  # each full collection goes through all that three thousand tests have loaded


@pytest.fixture(autouse=True, scope="session")
def collected() -> Iterator[None]:
    """Let what an app leaves behind be collected: a program reads one debate at once, and keeps what is there then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "freeze", lambda: None)
        yield


settings.register_profile("abduce", explored(50))
settings.load_profile("abduce")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what hypothesis draws examples for, so that `make explore` finds it."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("property")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where a test was skipped for want of a part that the machine should have."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if reporter and skipped and os.environ.get("ABDUCE_TESTS_MAY_NOT_SKIP"):
        reporter.write_line(f"{len(skipped)} tests were skipped, and here none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def user(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Call the person who runs the program `tester`, whoever that is."""
    tmp_path_factory.getbasetemp()  # first, since its name has the true one in it
    os.environ["LOGNAME"] = "tester"
    return "tester"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep everything the program remembers in a folder of this test."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("ABDUCE_HOME", str(folder))
    return folder


class Clock:
    """Stands at one time until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2024, 2, 29, 12, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **units: float) -> None:
        self.now += timedelta(**units)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine only."""

    def guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
        def guard(sock: socket.socket, address: Any) -> Any:
            if sock.family != socket.AF_UNIX and not _is_here(address[0]):
                raise AssertionError(f"a test reached for the network: {address}")
            return connect(sock, address)

        return guard

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
