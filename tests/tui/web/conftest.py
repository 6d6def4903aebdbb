"""A page for readers that is really served, on this machine and in a thread of the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.debate_store import DebateStore
from tests.tui.cli.conftest import Abduce
from tests.tui.web.site import Site
from tui.web.limits import LIMITS


@pytest.fixture(scope="session")
def first_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the bundled debate; copied, since making one takes longer than a test."""
    path = tmp_path_factory.mktemp("first") / "abduce.db"
    DebateStore.open(str(path), actor="tester").close()
    return path


@pytest.fixture
def database(first_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(first_database, tmp_path / "page.db"))


@pytest.fixture
def abduce(
    first_database: Path,
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Abduce:
    """Run commands on that database."""
    shutil.copy(first_database, home / "abduce.db")
    monkeypatch.chdir(tmp_path)
    return Abduce(capsys, monkeypatch, home)


MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(database: Path) -> Iterator[MakeSite]:
    """Serve the page with these limits changed."""
    with ExitStack() as stack:

        def make(**given: Any) -> Site:
            options = {name: given.pop(name) for name in ("token", "door", "url", "proxied") if name in given}
            few = {"fill_seconds": 0.0, "a_minute": 1000, "an_address": LIMITS.connections}
            limits = replace(LIMITS, **{**few, **given})
            return stack.enter_context(Site(database, limits, **options))

        yield make


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site()
