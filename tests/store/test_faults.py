"""Kills and failing disks at any write, and writers at once: the database opens, with all that was acknowledged."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from store.database.backup import back_up
from store.database.database import BUSY_TIMEOUT
from store.database.identity import SCHEMA_VERSION
from store.debate_store import DebateStore
from tests.store.conftest import small_debate
from tests.store.faults import KILL, Acknowledge, Fault, create, meet_all, meet_each, submit, troubles, why_not
from tests.store.test_migrating import as_of_version_1, content, version

FULL = "error=ENOSPC"
BROKEN = "error=EIO"


@pytest.fixture(autouse=True)
def faults_can_be_made() -> None:
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture
def database(path: Path) -> Path:
    create(path, print, small_debate)
    return path


@pytest.mark.parametrize(
    ("side", "call", "every", "least"),
    [
        ("", "pwrite64", 1, 15),
        ("", "fdatasync", 1, 1),
        ("-wal", "pwrite64", 4, 5),
        ("-wal", "fdatasync", 1, 2),
        ("-wal", "unlink", 1, 1),
    ],
)
def test_a_kill_at_any_write_loses_nothing_acknowledged(
    database: Path, side: str, call: str, every: int, least: int
) -> None:
    fault = Fault(database.with_name(f"{database.name}{side}"), KILL, "1", call)
    outcomes = []
    for outcome in meet_each(submit, database, fault, every):
        assert troubles(database, outcome) == []
        outcomes.append(outcome)
    assert len(outcomes) > least
    assert outcomes[-1].acknowledged


@pytest.mark.parametrize(
    ("side", "call", "every"), [("", "pwrite64", 9), ("-journal", "pwrite64", 1), ("-journal", "unlink", 1)]
)
def test_a_creation_that_is_killed_is_done_by_the_next(path: Path, side: str, call: str, every: int) -> None:
    fault = Fault(path.with_name(f"{path.name}{side}"), KILL, "1", call)
    for outcome in meet_each(partial(create, first=small_debate), path, fault, every):
        assert troubles(path, outcome, first=small_debate) == []
        with DebateStore.open(str(path)) as store:
            assert [line.slug for line in store.debates()] == ["piano-tuners"]


def test_a_creation_that_a_power_cut_tore_is_done_by_the_next(path: Path) -> None:
    """The first page, which says whose file it is, did not reach the disk, but others did."""
    making = partial(create, first=small_debate)
    for outcome in meet_each(making, path, Fault(path, KILL, "1"), every=20):
        if outcome.killed and path.stat().st_size:
            with path.open("rb+") as file:
                file.write(bytes(4096))
        assert troubles(path, outcome, first=small_debate) == []


def test_a_migration_that_is_killed_is_done_by_the_next(database: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    as_of_version_1(database, old)
    for outcome in meet_each(submit, old, Fault(old, KILL, "1"), every=12):
        assert troubles(old, outcome) == []
        assert version(old) == SCHEMA_VERSION
        with DebateStore.open(str(old)) as store:
            assert len(store.load().evidence) == 2


@pytest.mark.parametrize("when", ["1", "1+"])
@pytest.mark.parametrize(
    ("side", "every", "what", "told"),
    [
        # What was saved is in the log; that it does not come into the file at once harms nobody.
        ("", 7, FULL, set()),
        ("", 7, BROKEN, set()),
        ("-wal", 11, FULL, {"the disk is full; nothing was saved in {}"}),
        ("-wal", 11, BROKEN, {"the disk of {} failed; nothing was saved"}),
    ],
)
def test_a_disk_that_fails_is_told_and_loses_nothing(
    database: Path, side: str, every: int, what: str, told: set[str], when: str
) -> None:
    fault = Fault(database.with_name(f"{database.name}{side}"), what, when)
    refusals = set()
    for outcome in meet_each(submit, database, fault, every):
        assert bool(outcome.refusal) != bool(outcome.acknowledged)
        assert troubles(database, outcome) == []
        refusals.add(outcome.refusal)
    assert refusals - {""} == {sentence.format(database) for sentence in told}


def test_a_disk_that_fails_to_synchronise_is_not_told_as_nothing_saved(database: Path) -> None:
    fault = Fault(database.with_name(f"{database.name}-wal"), BROKEN, "1+", "fdatasync")
    refusals = set()
    for outcome in meet_each(submit, database, fault):
        assert troubles(database, outcome) == []
        refusals.add(outcome.refusal)
    assert refusals == {
        "",
        f"the disk of {database} failed while saving; look whether it is there before you do it again",
    }


@pytest.mark.parametrize("what", [FULL, BROKEN])
@pytest.mark.parametrize(("side", "every"), [("", 9), ("-journal", 1)])
def test_a_disk_that_fails_as_the_database_is_made_is_told(path: Path, what: str, side: str, every: int) -> None:
    fault = Fault(path.with_name(f"{path.name}{side}"), what, "1+")
    began, told = time.monotonic(), 0
    for outcome in meet_each(partial(create, first=small_debate), path, fault, every):
        told += bool(outcome.refusal)
        assert time.monotonic() - began < BUSY_TIMEOUT, "waited for another program"
        assert troubles(path, outcome, first=small_debate) == []
        began = time.monotonic()
    assert told >= 4


def test_a_backup_that_the_disk_did_not_take_is_none(database: Path) -> None:
    """A write that is said to be done and is not."""
    target = database.with_name("backup.db")

    def write_backup(path: Path, _: Acknowledge) -> None:
        with closing(sqlite3.connect(path)) as source:
            back_up(source, target)

    fault = Fault(database.with_name(".backup.db.part"), "retval=4096", "1")
    refusals = 0
    for outcome in meet_each(write_backup, database, fault, every=6):
        assert outcome.crash == ""
        if outcome.refusal:
            assert outcome.refusal.endswith("no backup was made")
            refusals += 1
        else:
            assert content(target) == content(database)
        target.unlink(missing_ok=True)
    assert refusals >= 5


def test_eight_writers_are_never_refused_and_lose_nothing(database: Path) -> None:
    """Each opens and closes all the time; the log goes into the file so slowly that others look at it half done."""

    def submit_often(path: Path, acknowledge: Acknowledge) -> None:
        for _ in range(6):
            submit(path, acknowledge, size=45_000)

    outcomes = meet_all([submit_often] * 8, database, Fault(database, "delay_enter=1000"))
    assert [outcome.refusal for outcome in outcomes] == [""] * 8
    assert [len(outcome.acknowledged) for outcome in outcomes] == [6] * 8
    assert troubles(database, *outcomes) == []
