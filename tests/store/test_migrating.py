"""Migrations: the same schema as a new database's, and all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest

from store.database import APPLICATION_ID, SCHEMA_VERSION, Database
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.migrating import SCRIPTS, migrate
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("hypothesis", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="grey"))
"""


def schema(path: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    connection.close()
    return found


def content(path: Path) -> str:
    connection = sqlite3.connect(path)
    found = "\n".join(connection.iterdump())
    connection.close()
    return found


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return a folder with the first migration, for others to be put beside it."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "0001_first.py").write_text((SCRIPTS / "0001_first.py").read_text())
    return folder


def ours_without_tables(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.close()


def test_the_migrations_lead_to_the_schema_of_a_new_database(path: Path, tmp_path: Path) -> None:
    ours_without_tables(path)
    Database.open(str(path), lambda _: None).close()
    Database.open(str(tmp_path / "new.db"), lambda _: None).close()
    assert schema(path) == schema(tmp_path / "new.db")
    assert version(path) == version(tmp_path / "new.db") == SCHEMA_VERSION


def test_there_are_as_many_migrations_as_versions() -> None:
    names = sorted(script.name[:4] for script in SCRIPTS.glob("0*.py"))
    assert names == [f"{number:04}" for number in range(1, SCHEMA_VERSION + 1)]


def test_a_migration_keeps_every_row_and_a_backup(path: Path, scripts: Path, open_store: OpenStore) -> None:
    open_store().close()
    before = content(path)
    (scripts / "0002_colour.py").write_text(SECOND)
    database = Database(path)
    migrate(database, scripts, 2)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*), min(colour) FROM hypothesis").one() == (3, "grey")
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar_one() == 3
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()
    assert version(path) == 2
    backup = path.with_name("debates.db.backup-1")
    assert content(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    with DebateStore.open(str(backup)) as store:
        assert store.load() == small_debate()


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("raise RuntimeError('no more')", "no more"),
        ("op.execute('DELETE FROM reading')", "rows of reading would be lost"),
        ("op.execute('UPDATE effect SET hypothesis_id = 99')", "rows would lose what they belong to"),
    ],
)
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    path: Path, scripts: Path, open_store: OpenStore, harm: str, reason: str
) -> None:
    open_store().close()
    before = content(path)
    (scripts / "0002_colour.py").write_text(f"{SECOND}    {harm}\n")
    database = Database(path)
    with pytest.raises(DatabaseProblem) as told:
        migrate(database, scripts, 2)
    database.close()
    assert str(told.value) == (
        f"{path} could not be brought up to date and is as it was ({reason}); a copy is in {path}.backup-1"
    )
    assert (content(path), version(path)) == (before, 1)
    assert open_store().set_plausibility(SLUG, "fewer", 0.5).entry is not None


def test_three_backups_are_kept(path: Path, scripts: Path, open_store: OpenStore) -> None:
    store = open_store()
    (scripts / "0002_colour.py").write_text(f"{SECOND}    raise RuntimeError\n")
    for number in range(1, 5):
        store.edit_debate(SLUG, title=f"Title {number}")
        database = Database(path)
        with pytest.raises(DatabaseProblem):
            migrate(database, scripts, 2)
        database.close()
    backups = sorted(path.parent.glob("debates.db.backup-*"))
    assert [backup.name[-1] for backup in backups] == ["1", "2", "3"]
    for backup, title in zip(backups, ["Title 4", "Title 3", "Title 2"], strict=True):
        with DebateStore.open(str(backup)) as kept:
            assert kept.load().title == title


def test_an_old_database_that_is_read_only_says_why_it_stays_old(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours_without_tables(path)
    monkeypatch.setattr("store.database._writable", lambda _: False)
    with pytest.raises(DatabaseProblem, match="is of an older version and read-only"):
        Database.open(str(path), lambda _: None)


def test_without_a_backup_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    ours_without_tables(path)
    monkeypatch.setattr("store.migrating.back_up", full)
    with pytest.raises(DatabaseProblem, match="as no backup of it can be made: No space left on device"):
        Database.open(str(path), lambda _: None)
    assert version(path) == 0
