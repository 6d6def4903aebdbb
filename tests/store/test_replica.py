"""Reading from a replica of a PostgreSQL server, and never going back in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest

from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from tests import databases, postgres
from tests.store.conftest import small_debate

SLUG = "piano-tuners"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[postgres.Server, postgres.Server]]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running(*postgres.FAST) as primary, postgres.running(*postgres.FAST, of=primary) as replica:
        DebateStore.open(primary.url, actor="ana", first=small_debate).close()
        catch_up(primary, replica)
        yield primary, replica


@pytest.fixture
def store(servers: tuple[postgres.Server, postgres.Server], monkeypatch: pytest.MonkeyPatch) -> Iterator[DebateStore]:
    primary, replica = servers
    catch_up(primary, replica)
    monkeypatch.setenv("ABDUCE_DB", primary.url)
    monkeypatch.setenv("ABDUCE_DB_READ", replica.url)
    with DebateStore.open(actor="ana") as opened:
        yield opened


def catch_up(primary: postgres.Server, replica: postgres.Server) -> None:
    with psycopg.connect(primary.url) as one, psycopg.connect(replica.url, autocommit=True) as other:
        (place,) = one.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone() or ("",)
        until = time.monotonic() + 30
        while other.execute("SELECT pg_last_wal_replay_lsn() < %s::pg_lsn", (place,)).fetchone() != (False,):
            assert time.monotonic() < until
            time.sleep(0.01)


def from_replica(store: DebateStore) -> bool:
    with store._database.reading() as connection:
        return bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one())


def test_what_this_program_wrote_is_read_from_the_database_until_the_replica_has_it(
    store: DebateStore, servers: tuple[postgres.Server, postgres.Server]
) -> None:
    assert from_replica(store)
    assert store.load(SLUG) == small_debate()
    with psycopg.connect(servers[1].url, autocommit=True) as replica:
        replica.execute("SELECT pg_wal_replay_pause()")
        debate = store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING).debate
        assert not from_replica(store)
        assert store.load(SLUG) == debate
        replica.execute("SELECT pg_wal_replay_resume()")
    catch_up(*servers)
    assert from_replica(store)
    assert store.load(SLUG) == debate


def test_a_replica_that_goes_away_is_done_without(
    store: DebateStore, servers: tuple[postgres.Server, postgres.Server]
) -> None:
    debate = store.load(SLUG)
    servers[1].stop()
    try:
        assert not from_replica(store)
        assert store.load(SLUG) == debate
    finally:
        servers[1].start()


def test_a_replica_alone_can_be_read_and_says_why_not_written(servers: tuple[postgres.Server, postgres.Server]) -> None:
    with DebateStore.open(servers[1].url, actor="ana") as store:
        assert store.load(SLUG).slug == SLUG
        with pytest.raises(DatabaseProblem, match="is a replica, which can only be read; nothing was saved"):
            store.set_plausibility(SLUG, "fewer", 0.9, expected=ANYTHING)


def test_another_database_is_no_replica(
    servers: tuple[postgres.Server, postgres.Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases.schema() as other:
        DebateStore.open(other, first=small_debate).close()
        monkeypatch.setenv("ABDUCE_DB", servers[0].url)
        monkeypatch.setenv("ABDUCE_DB_READ", other)
        with pytest.raises(DatabaseProblem, match="in ABDUCE_DB_READ is no replica of"):
            DebateStore.open()
        # A database that is named has no replica known.
        with DebateStore.open(servers[0].url) as store:
            assert store.load(SLUG).slug == SLUG
