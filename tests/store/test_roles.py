"""Who may do what on a PostgreSQL server, by which password, and what is told where one may not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from hypotheses.idea import Idea
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
pytestmark = pytest.mark.parametrize("location", ["postgresql"], indirect=True)


@contextmanager
def role(location: str, *grants: str) -> Iterator[tuple[str, str]]:
    """Give a role that has to say a password, and may do some things: the URL for it, and the password."""
    name, password = f"reader_{os.getpid()}", "s3cret-and-long"
    schema = location.rpartition("%3D")[2]
    with psycopg.connect(location, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
        try:
            for grant in grants:
                connection.execute(f"GRANT {grant.format(schema)} TO {name}")
            yield location.replace("abduce@", f"{name}@"), password
        finally:
            connection.execute(f"DROP OWNED BY {name}")
            connection.execute(f"DROP ROLE {name}")


@contextmanager
def opened(location: str, monkeypatch: pytest.MonkeyPatch, *grants: str) -> Iterator[DebateStore]:
    """Give the database as it is open to somebody whose role may do some things."""
    with role(location, *grants) as (url, password):
        monkeypatch.setenv("PGPASSWORD", password)
        with DebateStore.open(url, actor="bob") as store:
            yield store


READING = ("USAGE ON SCHEMA {}", "SELECT ON ALL TABLES IN SCHEMA {}")


def test_a_role_that_may_only_read_reads_and_is_told_why_it_may_not_write(
    location: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store()
    with opened(location, monkeypatch, *READING) as store:
        assert store.read_only
        assert store.open_debate() == small_debate()
        assert store.search_ideas(SLUG, "shops") == {1}
        with pytest.raises(DatabaseProblem, match=r"^the role 'reader_\d+' may only read .*; nothing was saved$"):
            store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)


WRITING = (
    *READING,
    "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {}",
    "USAGE ON ALL SEQUENCES IN SCHEMA {}",
)
"""As `docs/team.md` has it."""


def test_a_role_that_may_change_rows_and_no_tables_does_everything(
    location: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store()
    with opened(location, monkeypatch, *WRITING) as store:
        store.submit_idea(SLUG, Idea(0, "A zebra"))
        assert store.search_ideas(SLUG, "zebra") == {2}
        store.undo(SLUG, expected=ANYTHING)
        store.add_debate(replace(small_debate(), slug="second"))
        store.shelve_debate("second", "removed", expected=ANYTHING)
        store.note_of(SLUG, "here", {"read": 1})
        assert store.open_debate(SLUG) == small_debate()


def test_a_role_that_may_not_write_everything_is_told_of_what(
    location: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store()
    writing = ("INSERT, UPDATE ON {0}.journal_entry, {0}.debate", "USAGE ON ALL SEQUENCES IN SCHEMA {}")
    with opened(location, monkeypatch, *READING, *writing) as store:
        with pytest.raises(DatabaseProblem, match=r"does not allow that to this role.*nothing was saved"):
            store.edit_hypothesis(SLUG, "fewer", title="New", expected=ANYTHING)
        assert store.load() == small_debate()


def test_passwords_come_from_the_url_a_file_or_the_environment_and_are_never_shown(
    location: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_store()
    with role(location, *READING) as (url, password):
        name = url.partition("//")[2].partition("@")[0]
        for given in ("wrong-password", ""):
            bad = url.replace(f"{name}@", f"{name}:{given}@" if given else f"{name}@")
            with pytest.raises(DatabaseProblem) as told:
                DebateStore.open(bad)
            assert "cannot be reached" in str(told.value)
            assert not given or given not in f"{told.value}{told.value.__cause__!r}"
        file = tmp_path / "passwords"
        file.write_text(f"*:*:*:{name}:{password}\n")
        monkeypatch.setenv("PGPASSFILE", str(file))
        file.chmod(0o644)
        with pytest.raises(DatabaseProblem, match=f"{file} holds passwords and others can read it"):
            DebateStore.open(url)
        file.chmod(0o600)
        for good in (url, url.replace(f"{name}@", f"{name}:{password}@")):
            with DebateStore.open(good) as store:
                assert store.load() == small_debate()
                assert password not in store._database.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("/postgres?", "/nowhere?"), 'database "nowhere" does not exist'),
        (("host=", "host=/nowhere"), "No such file or directory"),
    ],
)
def test_a_server_or_database_that_is_not_there_is_told_in_one_line(
    location: str, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(DatabaseProblem, match=said) as told:
        DebateStore.open(location.replace(*change), first=small_debate)
    assert "\n" not in str(told.value)
