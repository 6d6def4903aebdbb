"""A PostgreSQL database: whose it is, how it is made, and how one that is older is brought up to date."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, MetaData

from hypotheses.debate import Assessment
from store.database import postgres_database
from store.database.given_ids import set_last_id
from store.database.identity import SCHEMA_VERSION
from store.database.migration_scripts import SCRIPTS, run_scripts
from store.database.postgres_database import PostgresDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from tests import databases
from tests.store.conftest import OpenStore, small_debate
from tests.store.test_migrating import as_of_version_1, stated

SLUG = "piano-tuners"
pytestmark = pytest.mark.parametrize("location", ["postgresql"], indirect=True)


def schema_of(location: str) -> list[tuple[Any, ...]]:
    """Return everything about the tables of a schema that its name is not in."""
    queries = (
        "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, replace(column_default, %s, '')"
        " FROM information_schema.columns WHERE table_schema = current_schema()",
        "SELECT conrelid::regclass::text, conname, replace(pg_get_constraintdef(oid), %s, ''), 0, '', ''"
        " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace",
        "SELECT tablename, indexname, replace(indexdef, %s, ''), 0, '', '' FROM pg_indexes"
        " WHERE schemaname = current_schema()",
    )
    with psycopg.connect(location) as connection:
        (name,) = connection.execute("SELECT current_schema()").fetchone() or ("",)
        rows = [row for query in queries for row in connection.execute(query, (f"{name}.",)).fetchall()]
    return sorted(rows, key=str)


def version_of(location: str) -> int:
    with psycopg.connect(location) as connection:
        (version,) = connection.execute("SELECT version FROM abduce_schema").fetchone() or (-1,)
    return int(version)


def test_what_went_through_all_migrations_is_as_what_is_made_today(location: str, open_store: OpenStore) -> None:
    open_store()
    with databases.schema() as old:
        database = PostgresDatabase(old)
        with database.writing() as connection:
            connection.exec_driver_sql(postgres_database._MAKE)
        database.prepare(lambda _: None)
        database.index_ideas()
        database.close()
        assert version_of(old) == SCHEMA_VERSION
        assert len(schema_of(old)) > 150
        assert schema_of(old) == schema_of(location)


def test_a_migration_that_fails_leaves_all_as_it_was(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with DebateStore.open(location, actor="ana", first=small_debate):
        pass
    with psycopg.connect(location) as connection:
        connection.execute("UPDATE abduce_schema SET version = 12")  # so that 13 is run again, and its table is there
    before = schema_of(location)
    with pytest.raises(DatabaseProblem, match=r"was not brought up to date and is as it was: .*idea_unread"):
        DebateStore.open(location, actor="ana")
    assert (version_of(location), schema_of(location)) == (12, before)


def test_tables_of_another_program_are_refused_and_not_touched(location: str) -> None:
    with psycopg.connect(location) as connection:
        connection.execute("CREATE TABLE theirs (x integer)")
    before = schema_of(location)
    with pytest.raises(DatabaseProblem, match="has tables of another program, which were not touched"):
        DebateStore.open(location, first=small_debate)
    assert schema_of(location) == before


def test_a_newer_database_is_refused_and_not_touched(location: str, open_store: OpenStore) -> None:
    open_store().close()
    with psycopg.connect(location) as connection:
        connection.execute("UPDATE abduce_schema SET version = %s", (SCHEMA_VERSION + 1,))
    newer = rf"made by a newer Abduce \(schema {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION}\)"
    with pytest.raises(DatabaseProblem, match=newer):
        DebateStore.open(location)
    assert version_of(location) == SCHEMA_VERSION + 1


def test_of_many_who_make_it_at_once_one_does(location: str) -> None:
    begin, made = Barrier(5), []

    def make() -> None:
        begin.wait()
        with DebateStore.open(location, actor="ana", first=small_debate) as store:
            made.append((store.created, store.load()))

    threads = [Thread(target=make) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(created for created, _ in made) == [False] * 4 + [True]
    assert {debate == small_debate() for _, debate in made} == {True}


def test_a_database_of_version_1_is_the_same_debate_with_its_journal(
    location: str, tmp_path: Path, open_store: OpenStore
) -> None:
    """Bring a database of the first version up to date on PostgreSQL: a file's rows of that version, put there."""
    today, old = tmp_path / "today.db", tmp_path / "old.db"
    with DebateStore.open(str(today), actor="ana", first=small_debate) as store:
        store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
        store.assess(SLUG, "ads", "moved", Assessment(3.0, "why"), expected=ANYTHING)
        store.edit_debate(SLUG, title="New", expected=ANYTHING)
        whole = store.load(SLUG)
    as_of_version_1(today, old)
    database = PostgresDatabase(location)
    with database.writing() as connection:
        connection.exec_driver_sql(postgres_database._MAKE)
        run_scripts(connection, SCRIPTS, 0, 1)
        database._set_version(connection, 1)
        put_rows(old, connection)
    database.close()
    with DebateStore.open(location, actor="ana") as upgraded:
        assert version_of(location) == SCHEMA_VERSION
        assert upgraded.load(SLUG) == stated(whole)
        assert len(upgraded.history(SLUG)) == 4
        for _ in range(3):
            upgraded.undo(SLUG, expected=ANYTHING)
        assert upgraded.load(SLUG) == stated(small_debate())
        upgraded.assess(SLUG, "ads", "uncounted", Assessment(2.0), expected=ANYTHING)
    with psycopg.connect(location) as there:
        # As in the file, where 77 was given out and taken away again.
        assert there.execute("SELECT max(id) FROM assessment").fetchone() == (78,)


def put_rows(old: Path, connection: Connection) -> None:
    """Put the rows of a file into the tables of the same names and columns."""
    tables = MetaData()
    tables.reflect(connection)
    with closing(sqlite3.connect(old)) as file:
        file.row_factory = sqlite3.Row
        for table in tables.sorted_tables:
            if table.name.startswith("abduce_"):
                continue
            rows = [dict(row) for row in file.execute(f'SELECT * FROM "{table.name}" ORDER BY 1, 2')]
            for row in rows:
                for column in table.columns:
                    row[column.name] = as_kept(column, row[column.name])
            if rows:
                connection.execute(table.insert(), rows)
            if "id" in table.c:
                found = file.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
                set_last_id(connection, table.name, found[0] if found else 0)


def as_kept(column: Column[Any], cell: Any) -> Any:
    """Return what a file holds as what it means."""
    if isinstance(column.type, JSON):
        column.type.none_as_null = True
        return None if cell is None else json.loads(cell)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    return bool(cell) if isinstance(column.type, Boolean) else cell
