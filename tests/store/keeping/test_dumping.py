"""Backups of a database on a server, and what the doctor says of one."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hypotheses.problems import Refused
from store.database.postgres_database import PostgresDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.keeping.backing_up import backed_up
from store.keeping.examining import examined
from store.keeping.restoring import restored
from tests import databases
from tests.store.conftest import small_debate
from tests.store.keeping.damage import SLUG

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
NOWHERE = "postgresql://ana:secret@127.0.0.1:1/nowhere"


def test_pg_dump_makes_the_backup_of_a_server(tmp_path: Path) -> None:
    with databases.schema() as url:
        with DebateStore.open(url, actor="ana", first=small_debate) as store:
            store.edit_debate(SLUG, title="On a server", expected=ANYTHING)
        target = backed_up(url, tmp_path / "b.dump", NOON)
        assert target.stat().st_mode & 0o777 == 0o600
        command = ["pg_restore", "--data-only", "--table=debate", "--file=-", str(target)]
        assert "On a server" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
        with pytest.raises(Refused, match="exists already"):
            backed_up(url, target, NOON)
        with pytest.raises(Refused, match="is not restored here"):
            restored(url, target, NOON)


def test_what_pg_dump_says_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="pg_dump") as told:
        backed_up(NOWHERE, tmp_path / "b.dump", NOON)
    assert "secret" not in str(told.value)
    assert list(tmp_path.glob("*.dump*")) == list(tmp_path.glob(".*")) == []


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which a stand-in for `pg_dump` writes what it was called with, and its password."""
    told, folder = tmp_path / "told", tmp_path / "bin"
    folder.mkdir()
    dump = f"""echo "$@" "$PGPASSWORD" > '{told}'
for each; do case $each in --file=*) printf PGDMP > "${{each#*=}}";; esac; done"""
    for name, does in {"pg_dump": dump, "pg_restore": "true"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{does}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return told


@pytest.mark.parametrize(
    "url", ["postgresql://ana:hunter2@h/db", "postgresql://ana@h/db?password=hunter2&sslmode=prefer"]
)
def test_a_password_is_no_argument_of_pg_dump(tmp_path: Path, stand_in: Path, url: str) -> None:
    backed_up(url, tmp_path / "b.dump", NOON)
    *arguments, password = stand_in.read_text().split()
    assert password == "hunter2"
    assert "hunter2" not in " ".join(arguments)


def test_only_an_older_dump_is_replaced(tmp_path: Path, stand_in: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        backed_up("postgresql://ana@h/db", notes, NOON, force=True)
    assert notes.read_text() == "mine"
    backed_up("postgresql://ana@h/db", tmp_path / "b.dump", NOON)
    assert backed_up("postgresql://ana@h/db", tmp_path / "b.dump", NOON, force=True).read_bytes() == b"PGDMP"


def test_without_pg_dump_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseProblem, match="pg_dump is not installed; the server's own tools do that"):
        backed_up(NOWHERE, tmp_path / "b.dump", NOON)
    with pytest.raises(Refused, match="expected the name of a file"):
        backed_up(NOWHERE, None, NOON)


def test_the_doctor_looks_at_what_a_server_holds() -> None:
    with databases.schema() as url:
        with DebateStore.open(url, actor="ana", first=small_debate) as store:
            store.edit_debate(SLUG, title="On a server", expected=ANYTHING)
            assert [finding for finding in examined(url) if finding.state == "wrong"] == []
            with store._ledger.database.writing() as connection:
                connection.exec_driver_sql("UPDATE debate SET title = 'Om a server'")
        assert [finding.part for finding in examined(url) if finding.state == "wrong"] == ["content", "journal"]


def test_the_doctor_does_not_bring_a_server_up_to_date() -> None:
    with databases.schema() as url:
        assert [(each.part, each.state) for each in examined(url)][:1] == [("database", "note")]
        with DebateStore.open(url, first=small_debate) as store, store._ledger.database.writing() as connection:
            connection.exec_driver_sql("UPDATE abduce_schema SET version = 13")
        finding = next(iter(examined(url)))
        assert (finding.state, "is of version 13" in finding.text) == ("note", True)
        database = PostgresDatabase(url)
        assert database.version() == 13
        database.close()
