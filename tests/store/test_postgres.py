"""What is PostgreSQL's own: whose a database is, who may what, others who come in between, a server that goes away."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, MetaData, event

from hypotheses.debate import Assessment, Debate
from hypotheses.idea import Idea
from store.database import postgres_database
from store.database.given_ids import set_last_id
from store.database.identity import SCHEMA_VERSION
from store.database.migration_scripts import SCRIPTS, run_scripts
from store.database.postgres_database import PostgresDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem, OutcomeUnknown
from store.expected import ANYTHING
from tests import databases
from tests.store.conftest import OpenStore, small_debate
from tests.store.team import lost, work_at_once
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


# Who may what


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


READING = ("USAGE ON SCHEMA {}", "SELECT ON ALL TABLES IN SCHEMA {}")


def test_a_role_that_may_only_read_reads_and_is_told_why_it_may_not_write(
    location: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store()
    with role(location, *READING) as (url, password):
        monkeypatch.setenv("PGPASSWORD", password)
        with DebateStore.open(url, actor="bob") as store:
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
    with role(location, *WRITING) as (url, password):
        monkeypatch.setenv("PGPASSWORD", password)
        with DebateStore.open(url, actor="bob") as store:
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
    with role(location, *READING, *writing) as (url, password):
        monkeypatch.setenv("PGPASSWORD", password)
        with DebateStore.open(url, actor="bob") as store:
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


# Others who come in between


def raising(state: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'planned' USING ERRCODE = '{state}'; END $$"


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_fails_because_others_came_between_is_done_again_from_its_start(open_store: OpenStore, state: str) -> None:
    store, calls = open_store(), []

    def edit(debate: Debate) -> tuple[Debate, str]:
        calls.append(debate.title)
        if len(calls) < 4:
            with store._database.writing() as connection:
                connection.exec_driver_sql(raising(state))
        return replace(debate, title="New"), "renamed it"

    change = store._ledger.change(SLUG, edit, ())
    assert calls == ["How many piano tuners?"] * 4
    assert change.debate.title == open_store().load(SLUG).title == "New"
    assert len(store.history(SLUG)) == 2


def test_trying_again_ends(open_store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_database, "TRIES", 3)
    store, calls = open_store(), []

    def fail(connection: Connection) -> None:
        calls.append(1)
        connection.exec_driver_sql(raising("40001"))

    with pytest.raises(DatabaseProblem, match=r"others changed the same in .* at once; nothing was saved"):
        store._database.write(fail)
    assert len(calls) == 3


def test_two_who_hold_each_other_up_both_get_through(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    ana.add_debate(replace(small_debate(), slug="second"))
    meet = Barrier(2)
    met: list[int] = []

    def both(store: DebateStore, share: float, first: str, second: str) -> None:
        def do(connection: Connection) -> None:
            store._ledger._images.clear()  # they are ahead of what was undone, if this is done again
            store.set_plausibility(first, "fewer", share, expected=ANYTHING)
            if len(met) < 2:
                met.append(1)
                meet.wait()
            store.set_plausibility(second, "fewer", share, expected=ANYTHING)

        store._database.write(do)

    threads = [Thread(target=both, args=args) for args in ((ana, 0.5, SLUG, "second"), (bob, 0.7, "second", SLUG))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(ana.history(slug)) for slug in (SLUG, "second")] == [3, 3]


def test_sixteen_people_at_once_lose_nothing_and_are_refused_nothing(location: str, open_store: OpenStore) -> None:
    open_store().close()
    people = work_at_once(location, 16, 10)
    assert [len(person.waits) for person in people] == [10] * 16
    assert [refusal for person in people for refusal in person.refusals] == []
    assert lost(location, people) == []


# A server that goes away


def test_connections_that_were_lost_while_nothing_was_done_are_not_noticed(
    location: str, open_store: OpenStore
) -> None:
    store = open_store()
    with store._database.reading() as connection:
        mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    kill(mine)
    assert store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING).entry is not None


def kill(pid: int) -> None:
    """End a connection from the server's side."""
    with psycopg.connect(databases.server()) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))


def test_a_change_whose_connection_is_lost_before_it_is_saved_is_made_again(open_store: OpenStore) -> None:
    store, calls = open_store(), []

    def edit(debate: Debate) -> tuple[Debate, str]:
        calls.append(1)
        if len(calls) == 1:
            with store._database.writing() as connection:
                kill(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        return replace(debate, title="New"), "renamed it"

    store._ledger.change(SLUG, edit, ())
    assert (len(calls), len(store.history(SLUG)), store.load().title) == (2, 2, "New")


def losing_the_answer(store: DebateStore, monkeypatch: pytest.MonkeyPatch, *, saved: bool) -> list[int]:
    """Have the connection lost at the next commit, after or before the server has made it."""
    dialect = store._database.engine.dialect
    lost_at: list[int] = []
    commit: Callable[[Any], None] = dialect.do_commit

    def lose(connection: Any) -> None:
        if not lost_at:
            lost_at.append(1)
            if saved:
                commit(connection)
            connection.driver_connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        commit(connection)

    monkeypatch.setattr(dialect, "do_commit", lose)
    return lost_at


@pytest.mark.parametrize("saved", [True, False])
def test_a_change_whose_acknowledgement_is_lost_is_looked_up_and_made_once(
    open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    store = open_store()
    store.load(SLUG)
    lost_at = losing_the_answer(store, monkeypatch, saved=saved)
    debate = store.comment(SLUG, "Once", hypothesis="fewer").debate
    assert lost_at == [1]
    assert [comment.text for comment in debate.comments.values()] == ["Once"]
    assert open_store().load(SLUG) == store.load(SLUG) == debate
    assert len(store.history(SLUG)) == 2


@pytest.mark.parametrize("saved", [True, False])
def test_while_the_server_stays_away_the_outcome_is_told_as_unknown(
    open_store: OpenStore, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    monkeypatch.setattr(postgres_database, "PATIENCE", 0)
    store, away = open_store(), Event()
    store.load(SLUG)

    def refuse(*_: object) -> None:
        if away.is_set():
            raise psycopg.OperationalError("connection refused")

    event.listen(store._database.engine, "do_connect", refuse)
    losing_the_answer(store, monkeypatch, saved=saved)
    away.set()
    with pytest.raises(OutcomeUnknown, match="whether it did is not known until it is back") as told:
        store.comment(SLUG, "Once", hypothesis="fewer")
    with pytest.raises(DatabaseProblem, match="cannot be reached"):
        told.value.was_saved()
    with pytest.raises(DatabaseProblem, match="cannot be reached"):
        store.load(SLUG)
    away.clear()
    assert told.value.was_saved() is saved
    assert len(store.load(SLUG).comments) == saved


# Hearing of others


def test_a_change_of_another_is_heard(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    heard = Event()
    end = bob.listen(heard.set)
    assert heard.wait(10)  # it has begun
    heard.clear()
    ana.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
    assert heard.wait(10)
    end()


# What was there before


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
            if table.name == "abduce_schema":
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
