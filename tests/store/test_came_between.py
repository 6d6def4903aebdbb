"""Others who come in between on a PostgreSQL server, and a server that goes away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from threading import Barrier, Event, Thread
from time import sleep
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event

from hypotheses.debate import Debate, Evidence
from store.database import postgres_database
from store.debate_store import DebateStore
from store.errors import DatabaseProblem, OutcomeUnknown
from store.expected import ANYTHING
from tests import databases, postgres
from tests.store.conftest import OpenStore, small_debate
from tests.store.team import lost, work_at_once

SLUG = "piano-tuners"
POSTGRES = pytest.mark.parametrize("location", ["postgresql"], indirect=True)


# Others who come in between


def raising(state: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'planned' USING ERRCODE = '{state}'; END $$"


@pytest.mark.parametrize("state", ["40001", "40P01"])
@POSTGRES
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


@POSTGRES
def test_trying_again_ends(open_store: OpenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_database, "TRIES", 3)
    store, calls = open_store(), []

    def fail(connection: Connection) -> None:
        calls.append(1)
        connection.exec_driver_sql(raising("40001"))

    with pytest.raises(DatabaseProblem, match=r"others changed the same in .* at once; nothing was saved"):
        store._database.write(fail)
    assert len(calls) == 3


@POSTGRES
def test_two_who_hold_each_other_up_both_get_through(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    ana.add_debate(replace(small_debate(), slug="second"))
    meet = Barrier(2)
    met: list[int] = []

    def both(store: DebateStore, share: float, first: str, second: str) -> None:
        def do(connection: Connection) -> None:
            store._ledger._images.forget_all()  # they are ahead of what was undone, if this is done again
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


@POSTGRES
def test_sixteen_people_at_once_lose_nothing_and_are_refused_nothing(location: str, open_store: OpenStore) -> None:
    open_store().close()
    people = work_at_once(location, 16, 10)
    assert [len(person.waits) for person in people] == [10] * 16
    assert [refusal for person in people for refusal in person.refusals] == []
    assert lost(location, people) == []


# A server that goes away


@POSTGRES
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


@POSTGRES
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
@POSTGRES
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
@POSTGRES
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


@POSTGRES
def test_a_change_of_another_is_heard(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    heard = Event()
    end = bob.listen(heard.set)
    assert heard.wait(10)  # it has begun
    heard.clear()
    ana.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
    assert heard.wait(10)
    end()


def test_a_server_that_crashes_among_writers_loses_nothing_that_was_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres_database, "PATIENCE", 60)
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    ended, saved, told = Event(), list[str](), list[str]()

    def add(name: str) -> None:
        with DebateStore.open(server.url, actor=name) as store:
            for number in count():
                if ended.is_set():
                    return
                try:
                    store.add_evidence(SLUG, Evidence(f"{name}-{number}", "x"))
                except DatabaseProblem as problem:
                    told.append(str(problem))
                else:
                    saved.append(f"{name}-{number}")

    with postgres.running() as server:  # with all that keeps what was acknowledged
        DebateStore.open(server.url, actor="ana", first=small_debate).close()
        threads = [Thread(target=add, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for crash in range(3):
            before = len(saved)
            while len(saved) < before + 20:
                sleep(0.001 * (crash + 1))
            server.stop("immediate")
            server.start()
        ended.set()
        for thread in threads:
            thread.join()
        with DebateStore.open(server.url) as store:
            there = [key for key in store.load(SLUG).evidence if "-" in key]
    assert len(saved) >= 60
    assert set(saved) <= set(there)
    # What is told as not saved is not there; nothing was left unknown, since the server was back soon.
    assert len(there) == len(saved)
    assert all("nothing was saved" in each or "starting up" in each for each in told)


@POSTGRES
def test_tokens_of_days_ago_are_forgotten_when_it_is_opened(location: str, open_store: OpenStore) -> None:
    store = open_store()
    store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
    with psycopg.connect(location) as connection:
        connection.execute("INSERT INTO abduce_saved VALUES ('old', now() - interval '3 days')")
    open_store()
    with psycopg.connect(location) as connection:
        left = [token for (token,) in connection.execute("SELECT token FROM abduce_saved")]
    assert "old" not in left
    assert len(left) >= 2  # that of making the database, and that of the change
