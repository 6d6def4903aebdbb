"""Several processes on one database, and processes that are killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from hypotheses.debate import Evidence
from store.database.identity import SCHEMA_VERSION
from store.database.soundness import flaws
from store.debate_store import DebateStore
from store.errors import Conflict, DatabaseProblem
from store.expected import ANYTHING
from tests.store.conftest import OpenStore, small_debate
from tests.store.team import lost, work_at_once

SLUG = "piano-tuners"

# Forked, because that spares each of the many processes the imports. Nothing has a database open at that point.
FORK = get_context("fork")


def add_for_ever(location: str, name: str, acknowledge: Connection) -> None:
    with DebateStore.open(location, actor=name, first=small_debate) as store:
        for number in count():
            store.add_evidence(SLUG, Evidence(f"{name}-{number}", "x"))
            acknowledge.send(f"{name}-{number}")


def append(location: str, name: str, times: int) -> None:
    with DebateStore.open(location, actor=name, first=small_debate) as store:
        for _ in range(times):
            while True:
                seen = store.load(SLUG).hypotheses["fewer"]
                with suppress(Conflict):
                    store.edit_hypothesis(SLUG, "fewer", expected=seen, note=seen.note + name)
                    break


def test_a_change_of_one_is_seen_by_the_other(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    first = bob.last_entry(SLUG)
    assert bob.refresh(SLUG, since=first) is None
    ana.set_plausibility(SLUG, "fewer", 0.9, expected=ANYTHING)
    last = ana.add_evidence(SLUG, Evidence("x", "X"))
    assert bob.refresh(SLUG, since=first) == last
    assert last.entry is not None
    assert bob.refresh(SLUG, since=last.entry.id) is None
    assert bob.load(SLUG) == last.debate
    changed = bob.edit_evidence(SLUG, "x", title="Y", expected=ANYTHING).debate
    # Also where something else has taken it in already.
    assert ana.load(SLUG) == changed
    seen = ana.refresh(SLUG, since=last.entry.id)
    assert seen is not None
    assert seen.entry is not None
    assert (seen.debate, seen.entry.actor) == (changed, "bob")


def test_a_change_is_built_on_what_others_did_meanwhile(open_store: OpenStore) -> None:
    ana, bob = open_store("ana"), open_store("bob")
    ana.load(SLUG)
    bob.edit_hypothesis(SLUG, "fewer", prior=0.9, expected=ANYTHING)
    debate = ana.edit_hypothesis(SLUG, "moved", prior=0.2, expected=ANYTHING).debate
    assert (debate.hypotheses["fewer"].prior, debate.hypotheses["moved"].prior) == (0.9, 0.2)


def test_threads_share_a_store(store: DebateStore) -> None:
    def add(name: str) -> None:
        for number in range(20):
            store.add_evidence(SLUG, Evidence(f"{name}{number}", "x"))

    threads = [Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.load(SLUG).evidence) == 2 + 4 * 20


def test_a_locked_database_is_told_after_the_wait_and_can_still_be_read(open_store: OpenStore) -> None:
    store, other = open_store(busy_timeout=0.1), open_store("bob")
    with other.together():
        other.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING)
        assert store.load() == small_debate()
        began = time.monotonic()
        with pytest.raises(DatabaseProblem, match=r" is locked by another program; nothing was saved"):
            store.set_plausibility(SLUG, "fewer", 0.9, expected=ANYTHING)
        assert 0.05 < time.monotonic() - began < 5
    assert store.set_plausibility(SLUG, "fewer", 0.9, expected=ANYTHING).entry is not None


def test_what_was_acknowledged_survives_a_kill(location: str, open_store: OpenStore) -> None:
    acknowledged: list[str] = []
    for round_number in range(5):
        writers = []
        for name in "abcd":
            receiver, sender = FORK.Pipe(duplex=False)
            writer = FORK.Process(target=add_for_ever, args=(location, f"{name}{round_number}", sender))
            writer.start()
            sender.close()
            writers.append((writer, receiver))
        for number, (writer, receiver) in enumerate(writers):
            # Killed after another addition, and at another moment of the next, every time.
            acknowledged += [receiver.recv() for _ in range(1 + number)]
            time.sleep(0.0007 * round_number)
            writer.kill()
            writer.join()
            acknowledged += received(receiver)
    store = open_store()
    evidence = store.load(SLUG).evidence
    assert len(acknowledged) >= 5 * (1 + 2 + 3 + 4)
    assert set(acknowledged) <= set(evidence)
    # An addition that was under way at the kill may be there without having been acknowledged.
    assert len(evidence) <= 2 + len(acknowledged) + 20
    assert store.add_evidence(SLUG, Evidence("after", "all that")).entry is not None


def received(receiver: Connection) -> Iterator[str]:
    """Take what was sent before the sender died."""
    with receiver, suppress(EOFError):
        while True:
            yield receiver.recv()


def test_four_processes_lose_no_edit(location: str, open_store: OpenStore) -> None:
    appenders = [FORK.Process(target=append, args=(location, name, 25)) for name in "abcd"]
    for appender in appenders:
        appender.start()
    for appender in appenders:
        appender.join(timeout=60)
        assert appender.exitcode == 0
    store = open_store()
    assert sorted(store.load(SLUG).hypotheses["fewer"].note) == sorted("abcd" * 25)
    # All four raced to create the database: one did, and its first debate is there once.
    assert [line.slug for line in store.debates()] == [SLUG]
    assert len(store.history(SLUG, limit=1000)) == 101


def test_eight_who_add_and_edit_at_once_lose_nothing_and_are_never_refused(path: Path) -> None:
    """As `python -m benchmarks.writers`, which lets each make two thousand edits."""
    DebateStore.open(str(path), actor="ana", first=small_debate).close()
    people = work_at_once(str(path), 8, 20)
    assert [person.refusals for person in people] == [[]] * 8
    assert lost(str(path), people) == []
    assert list(flaws(path)) == []


def test_a_database_that_another_abduce_brought_to_another_version_is_left_alone(open_store: OpenStore) -> None:
    store, database = open_store(), open_store("bob")._database
    store.load(SLUG)
    with database.writing() as connection:
        database._set_version(connection, SCHEMA_VERSION + 1)
    for act in (
        lambda: store.load(SLUG),
        lambda: store.history(SLUG),
        lambda: store.set_plausibility(SLUG, "moved", 0.9, expected=ANYTHING),
    ):
        with pytest.raises(DatabaseProblem, match=rf"\(schema {SCHEMA_VERSION + 1}, .* start it again"):
            act()
    with database.engine.connect() as connection, connection.begin():
        database._set_version(connection, SCHEMA_VERSION)
    assert store.load(SLUG).hypotheses["moved"].plausibility != 0.9
