"""Migrations: the same schema as a new database's, and all or nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from hypotheses.debate import Assessment, Debate
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION
from store.database.migrating import migrate
from store.database.migration_scripts import SCRIPTS
from store.database.sqlite_database import SqliteDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from tests.store.conftest import OpenStore, small_debate

SLUG = "piano-tuners"
NEXT = f"{SCHEMA_VERSION + 1:04}"
"""The number of a migration that is yet to come."""
NOTHING = """
revision = "{:04}"
down_revision = "{:04}"


def upgrade():
    pass
"""
COLOUR = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade():
    with op.batch_alter_table("hypothesis", table_kwargs={{"sqlite_autoincrement": True}}) as table:
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
    """Return a folder with the migrations there are, for another to be put beside them."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    for script in SCRIPTS.glob("0*.py"):
        (folder / script.name).write_text(script.read_text())
    return folder


def ours_without_tables(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.close()


def test_the_migrations_lead_to_the_schema_of_a_new_database(path: Path, tmp_path: Path) -> None:
    ours_without_tables(path)
    SqliteDatabase.open(str(path), lambda _: None).close()
    SqliteDatabase.open(str(tmp_path / "new.db"), lambda _: None).close()
    assert schema(path) == schema(tmp_path / "new.db")
    assert version(path) == version(tmp_path / "new.db") == SCHEMA_VERSION


def test_there_are_as_many_migrations_as_versions() -> None:
    names = sorted(script.name[:4] for script in SCRIPTS.glob("0*.py"))
    assert names == [f"{number:04}" for number in range(1, SCHEMA_VERSION + 1)]


def test_a_migration_keeps_every_row_and_a_backup(path: Path, scripts: Path, open_store: OpenStore) -> None:
    open_store().close()
    before = content(path)
    (scripts / f"{NEXT}_colour.py").write_text(COLOUR)
    database = SqliteDatabase(path)
    migrate(database.engine, database.path, scripts, SCHEMA_VERSION + 1)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*), min(colour) FROM hypothesis").one() == (3, "grey")
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar_one() == 3
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()
    assert version(path) == SCHEMA_VERSION + 1
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
    (scripts / f"{NEXT}_colour.py").write_text(f"{COLOUR}    {harm}\n")
    database = SqliteDatabase(path)
    with pytest.raises(DatabaseProblem) as told:
        migrate(database.engine, database.path, scripts, SCHEMA_VERSION + 1)
    database.close()
    assert str(told.value) == (
        f"{path} could not be brought up to date and is as it was ({reason}); a copy is in {path}.backup-1"
    )
    # Abduce first: any other SQLite that opens the file could heal it.
    store = open_store()
    assert [line.slug for line in store.debates()] == [SLUG]
    assert (content(path), version(path)) == (before, SCHEMA_VERSION)
    assert store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING).entry is not None


def test_backups_of_three_versions_are_kept_each_the_latest(path: Path, scripts: Path, open_store: OpenStore) -> None:
    open_store().close()
    for step in range(4):
        to = SCHEMA_VERSION + 1 + step
        script, nothing = scripts / f"{to:04}_nothing.py", NOTHING.format(to, to - 1)
        script.write_text(f"{nothing}    raise RuntimeError\n")
        for attempt in range(3):
            with sqlite3.connect(path) as connection:
                connection.execute("UPDATE debate SET title = ?", [f"Title {step}, tried {attempt} times"])
            connection.close()
            moved(path, scripts, to, fails=True)
        script.write_text(nothing)
        moved(path, scripts, to, fails=False)
    backups = sorted(path.parent.glob("debates.db.backup-*"))
    assert [backup.name[-1] for backup in backups] == ["1", "2", "3"]
    for backup, step in zip(backups, (3, 2, 1), strict=True):
        assert version(backup) == SCHEMA_VERSION + step
        assert f"Title {step}, tried 2 times" in str(content(backup))


def moved(path: Path, scripts: Path, to: int, *, fails: bool) -> None:
    database = SqliteDatabase(path)
    with pytest.raises(DatabaseProblem) if fails else nullcontext():
        migrate(database.engine, database.path, scripts, to)
    database.close()


def test_an_old_database_that_is_read_only_says_why_it_stays_old(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours_without_tables(path)
    monkeypatch.setattr("store.database.sqlite_file.may_write", lambda _: False)
    with pytest.raises(DatabaseProblem, match="is of an older version and read-only"):
        SqliteDatabase.open(str(path), lambda _: None)


def test_without_a_backup_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    ours_without_tables(path)
    monkeypatch.setattr("store.database.backup.keep", full)
    sentence = "was not brought up to date: no backup of .* can be made: No space left on device"
    with pytest.raises(DatabaseProblem, match=sentence):
        SqliteDatabase.open(str(path), lambda _: None)
    assert version(path) == 0


WEIGHTS = ("credibility", "relevance")
"""What every item of evidence had to have at first."""


def stated(debate: Debate) -> Debate:
    """Return a debate whose evidence states the weights that it counts with: versions before knew no others."""
    evidence = {
        key: replace(
            e,
            credibility=1.0 if e.credibility is None else e.credibility,
            relevance=1.0 if e.relevance is None else e.relevance,
        )
        for key, e in debate.evidence.items()
    }
    return replace(debate, evidence=evidence)


def copied_to(path: Path, old: Path, version: int) -> sqlite3.Connection:
    """Write the rows of a database into a new one of an older version; return a connection to that."""
    ours_without_tables(old)
    database = SqliteDatabase(old)
    migrate(database.engine, database.path, SCRIPTS, version)
    database.close()
    connection = sqlite3.connect(old)
    connection.execute("ATTACH ? AS now", (str(path),))
    for (table,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f"coalesce({name}, 1.0)" if name in WEIGHTS else f'"{name}"' for name in names)
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {values} FROM now.{table}")
    connection.commit()
    return connection


def test_programs_that_open_an_older_database_at_once_bring_it_up_to_date_once(
    path: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    open_store().close()
    old = tmp_path / "old.db"
    copied_to(path, old, SCHEMA_VERSION - 1).close()
    code = f"from store.debate_store import DebateStore; DebateStore.open({str(old)!r}).close()"
    programs = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [program.communicate()[1] for program in programs] == ["", "", ""]
    assert version(old) == SCHEMA_VERSION
    # That of version 0 was made when the older database was written.
    assert [version(each) for each in sorted(tmp_path.glob("old.db.backup-*"))] == [SCHEMA_VERSION - 1, 0]


def as_of_version_1(path: Path, old: Path) -> None:
    """Write what a database holds into a new one as the first version kept it."""
    connection = copied_to(path, old, 1)
    later = ["owner", "settled", "settled_on", "person", "tolerance", "counts", "schemes", "prior_on", "given"]
    gone = ", ".join(f"'$.{name}'" for name in (*later, "group", "short", "shelf", "also"))
    gone += "".join(f", '$.{name}'" for name in ("reference", "contact", "via", "unnamed", "became"))
    for image in ("before", "after"):
        connection.execute(f"UPDATE journal_change SET {image} = json_remove({image}, {gone})")
        of_readings = ", ".join(f"'$.{name}'" for name in ("reading", "source", "url", "note", "chosen"))
        connection.execute(
            f"UPDATE journal_change SET {image} = json_remove({image}, {of_readings}) WHERE table_name = 'assumption'"
        )
        for name in WEIGHTS:
            connection.execute(
                f"UPDATE journal_change SET {image} = json_set({image}, '$.{name}', 1.0)"
                f" WHERE table_name = 'evidence' AND json_extract({image}, '$.{name}') IS NULL AND {image} IS NOT NULL"
            )
    connection.execute("INSERT INTO assessment VALUES (77, 1, 3, 2.0, '', 9)")
    connection.execute("DELETE FROM assessment WHERE id = 77")
    connection.commit()
    connection.close()


def test_a_database_of_version_1_is_the_same_debate_with_its_journal(
    path: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    store, old = open_store(), tmp_path / "old.db"
    store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
    store.assess(SLUG, "ads", "moved", Assessment(3.0, "why"), expected=ANYTHING)
    store.edit_debate(SLUG, title="New", expected=ANYTHING)
    whole = store.load(SLUG)
    store.close()
    as_of_version_1(path, old)
    assert version(old) == 1
    with DebateStore.open(str(old), actor="ana") as upgraded:
        assert version(old) == SCHEMA_VERSION
        assert schema(old) == schema(path)
        assert upgraded.load(SLUG) == stated(whole)
        assert len(upgraded.history(SLUG)) == 4
        for _ in range(3):
            upgraded.undo(SLUG, expected=ANYTHING)
        assert upgraded.load(SLUG) == stated(small_debate())
        # The highest id ever given is remembered: what was undone can still be redone as itself.
        cell = upgraded.assess(SLUG, "ads", "uncounted", Assessment(2.0), expected=ANYTHING)
        assert cell.entry is not None
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT max(id) FROM assessment").fetchone()[0] > 77
    connection.close()
    with DebateStore.open(str(old), actor="bob") as upgraded:
        assert upgraded.set_plausibility(SLUG, "moved", 0.5, expected=ANYTHING).debate.owner == "ana"


def test_a_reason_of_version_7_is_about_the_explanation_whose_figure_was_set(
    path: Path, tmp_path: Path, open_store: OpenStore
) -> None:
    store, bob, old = open_store(), open_store("bob"), tmp_path / "old.db"
    store.edit_debate(SLUG, mode="exclusive", expected=ANYTHING)
    store.set_plausibility(SLUG, "moved", 0.3, "they left", expected=ANYTHING)
    bob.set_plausibility(SLUG, "fewer", 0.5, "few are left", expected=ANYTHING)
    store.close()
    bob.close()
    copied_to(path, old, 7).close()
    for who, slug, why in (("ana", "moved", "they left"), ("bob", "fewer", "few are left")):
        with DebateStore.open(str(old), actor=who) as upgraded:
            assert {name: entry.why for name, entry in upgraded.reasons(SLUG).items()} == {slug: why}
    assert schema(old) == schema(path)
