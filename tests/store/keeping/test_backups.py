"""Backups and restoring: a copy that was verified, made while others write; a database in whose place it is put."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from hypotheses.debate import Debate, Evidence
from hypotheses.problems import AbduceError, Refused
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION
from store.database.soundness import flaws
from store.database.sqlite_database import SqliteDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.keeping.backing_up import backed_up
from store.keeping.restoring import restored
from store.ledger import BULK
from tests.conftest import Clock
from tests.store.conftest import OpenStore
from tests.store.faults import FORK
from tests.store.keeping.damage import SLUG, by_hand, flip, shown, used
from tests.store.test_migrating import as_of_version_1, content, version

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def back_up(path: Path, target: Path | None = None) -> Path:
    return backed_up(str(path), target, NOON)


def restore(path: Path, backup: Path) -> Path | None:
    return restored(str(path), backup, NOON)


def rename_to(path: Path, title: str) -> None:
    with DebateStore.open(str(path), actor="ana") as store:
        store.edit_debate(SLUG, title=title, expected=ANYTHING)


def titles(path: Path) -> set[str]:
    with DebateStore.open(str(path), actor="ana") as store:
        return {line.title for line in store.debates()}


def test_a_backup_is_the_same_database_that_nobody_else_can_read(path: Path) -> None:
    used(path)
    before = os.umask(0)
    try:
        target = back_up(path)
    finally:
        os.umask(before)
    assert target == path.with_name("debates.db.backup-20261201T120000Z")
    assert target.stat().st_mode & 0o777 == 0o600
    assert content(target) == content(path)
    assert list(path.parent.glob("*backup*")) + list(path.parent.glob(".*")) == [target]
    with pytest.raises(Refused, match="exists already; use --force to replace it"):
        back_up(path)
    rename_to(path, "Later")
    assert shown(backed_up(str(path), target, NOON, force=True)) == shown(path)


def test_a_backup_is_made_of_what_is_in_the_log_too_while_it_is_open(path: Path, open_store: OpenStore) -> None:
    store = open_store()
    store.edit_debate(SLUG, title="In the log", expected=ANYTHING)
    assert titles(back_up(path)) == {"In the log"}


def write_for_ever(path: Path) -> None:
    with DebateStore.open(str(path), actor="bob") as store:
        for number in count():
            # Each entry is two rows of evidence or none.
            with store.together():
                store.add_evidence(SLUG, Evidence(f"a{number}", "x" * 200))
                store.add_evidence(SLUG, Evidence(f"b{number}", "x" * 200))


def test_a_backup_while_another_process_writes_is_one_moment(path: Path) -> None:
    used(path)
    writer = FORK.Process(target=write_for_ever, args=(path,))
    writer.start()
    try:
        numbers = []
        for number in range(10):
            target = back_up(path, path.with_name(f"b{number}.db"))
            with DebateStore.open(str(target), actor="ana") as store:
                keys = store.load(SLUG).evidence.keys()
            assert {f"b{key[1:]}" for key in keys if key[1:].isdigit()} <= keys
            numbers.append(len(keys))
    finally:
        writer.kill()
        writer.join()
    assert numbers == sorted(numbers)
    assert numbers[-1] > numbers[0]


def test_a_backup_of_an_older_version_leaves_it_as_it_is(path: Path, tmp_path: Path) -> None:
    used(path)
    old = tmp_path / "old.db"
    as_of_version_1(path, old)
    assert version(back_up(old)) == version(old) == 1


@pytest.mark.parametrize("name", ["debates.db", "debates.db-wal", "link.db", "theirs.db", "nowhere/b.db"])
def test_a_backup_never_takes_the_place_of_a_database(path: Path, name: str, open_store: OpenStore) -> None:
    store = open_store()
    store.edit_debate(SLUG, title="New", expected=ANYTHING)
    path.with_name("link.db").symlink_to(path)
    with by_hand(path.with_name("theirs.db")) as connection:
        connection.execute("CREATE TABLE theirs(x)")
    with pytest.raises(AbduceError):
        backed_up(str(path), path.parent / name, NOON, force=True)
    assert titles(path) == {"New"}


def test_no_backup_is_made_of_what_is_not_as_it_was_saved(path: Path) -> None:
    used(path)
    with by_hand(path) as connection:
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")
    with pytest.raises(DatabaseProblem, match=r"the debate 'piano-tuners' is not as it was saved: .* no backup"):
        back_up(path)
    assert list(path.parent.glob("*backup*")) == []


def test_without_a_database_there_is_no_backup(path: Path) -> None:
    with pytest.raises(DatabaseProblem, match=r"there is no database .*debates\.db"):
        back_up(path)
    path.write_bytes(b"x" * 5000)
    with pytest.raises(DatabaseProblem, match="is not a database; it was not touched"):
        back_up(path)


def test_restoring_brings_all_back_and_keeps_what_was_there(path: Path) -> None:
    used(path)
    backup, before = back_up(path), shown(path)
    rename_to(path, "Spoilt")
    spoilt = shown(path)
    old = restore(path, backup)
    assert old == path.with_name("debates.db.before-restore-1")
    assert shown(path) == before
    assert path.stat().st_mode & 0o777 == old.stat().st_mode & 0o777 == 0o600
    assert restore(path, old) == old
    assert shown(path) == spoilt


def test_the_last_three_that_were_replaced_are_kept(path: Path, home: Path) -> None:
    used(path)
    backup = back_up(path)
    for number in range(5):
        rename_to(path, f"Title {number}")
        restore(path, backup)
    kept = sorted(path.parent.glob("debates.db.before-restore-*"))
    assert [titles(each) for each in kept] == [{"Title 4"}, {"Title 3"}, {"Title 2"}]
    (home / "settings.toml").write_text("backups = 1\n")
    restored(str(path), kept[0], NOON)
    assert len(list(path.parent.glob("debates.db.before-restore-?"))) == 1


def test_a_backup_that_was_opened_and_killed_leaves_its_log_to_no_other(path: Path) -> None:
    used(path)
    backup = back_up(path)
    rename_to(path, "First")
    old = restore(path, backup)
    assert old is not None
    with DebateStore.open(str(old), actor="ana") as store:
        store.edit_debate(SLUG, title="In the log of the old one", expected=ANYTHING)
        left = {file: file.read_bytes() for file in path.parent.glob(f"{old.name}*")}
    for file, its in left.items():
        file.write_bytes(its)
    rename_to(path, "Second")
    restore(path, backup)
    assert titles(old) == {"Second"}
    assert titles(path.with_name("debates.db.before-restore-2")) == {"In the log of the old one"}


def test_a_database_that_is_gone_comes_back_without_its_old_log(path: Path) -> None:
    used(path)
    backup, before = back_up(path), shown(path)
    log = path.with_name("debates.db-wal")
    with DebateStore.open(str(path), actor="ana") as store:
        store.edit_debate(SLUG, title="In the log", expected=ANYTHING)
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)
    assert restore(path, backup) is None
    assert shown(path) == before


def test_nothing_is_restored_into_a_database_that_somebody_has_open(path: Path) -> None:
    used(path)
    backup = back_up(path)
    rename_to(path, "Here")

    def hold(path: Path, ready: object, go: object) -> None:
        with DebateStore.open(str(path), actor="bob") as store:
            store.load(SLUG)
            ready.send("")  # type: ignore[attr-defined]  # a Connection, of a class that has no public name
            go.recv()  # type: ignore[attr-defined]

    told, ready = FORK.Pipe(duplex=False)
    waiting, go = FORK.Pipe(duplex=False)
    other = FORK.Process(target=hold, args=(path, ready, waiting))
    other.start()
    told.recv()
    began = time.monotonic()
    with pytest.raises(DatabaseProblem, match=r"another program has .* open; close it and try again: nothing was"):
        restore(path, backup)
    assert time.monotonic() - began < 30
    go.send("")
    other.join()
    assert titles(path) == {"Here"}
    restore(path, backup)
    assert titles(path) == {"How many of them?"}


def foreign(path: Path) -> None:
    with by_hand(path) as connection:
        connection.execute("CREATE TRIGGER quiet AFTER UPDATE ON debate BEGIN DELETE FROM idea; END")


def theirs(path: Path) -> None:
    path.unlink()
    with by_hand(path) as connection:
        connection.execute("CREATE TABLE theirs(x)")


def newer(path: Path) -> None:
    with by_hand(path) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def junk(path: Path) -> None:
    path.write_bytes(b"junk" * 5000)


def flipped(path: Path) -> None:
    flip(path, 8 * path.read_bytes().index(b"How many of them?"))


def orphaned(path: Path) -> None:
    with by_hand(path) as connection:
        connection.execute("UPDATE reading SET quantity_id = 99 WHERE id = 1")


@pytest.mark.parametrize("spoil", [foreign, theirs, newer, cut, junk, flipped, orphaned, Path.unlink])
def test_what_is_no_sound_backup_replaces_nothing(path: Path, spoil: object) -> None:
    used(path)
    backup = back_up(path)
    rename_to(path, "Here")
    assert callable(spoil)
    spoil(backup)
    with pytest.raises(AbduceError):
        restore(path, backup)
    assert titles(path) == {"Here"}
    assert list(path.parent.glob("*before*")) == []


@pytest.mark.parametrize("spoil", [foreign, newer, cut, junk, flipped, orphaned])
def test_a_damaged_database_is_replaced_and_kept(path: Path, spoil: object) -> None:
    used(path)
    backup, before = back_up(path), shown(path)
    assert callable(spoil)
    spoil(path)
    spoilt = path.read_bytes()
    old = restore(path, backup)
    assert old is not None
    assert shown(path) == before
    assert old.stat().st_mode & 0o777 == 0o600
    if spoil in (cut, junk):
        assert old == path.with_name("debates.db.damaged-20261201T120000Z")
        assert old.read_bytes() == spoilt


def test_another_programs_database_is_not_replaced(path: Path, tmp_path: Path) -> None:
    used(path)
    backup, other = back_up(path), tmp_path / "other.db"
    with by_hand(other) as connection:
        connection.execute("CREATE TABLE theirs(x)")
        connection.execute("PRAGMA application_id=77")
    with pytest.raises(Refused, match="is a database of another program; it was not touched"):
        restore(other, backup)
    with pytest.raises(Refused, match="is the database itself"):
        restore(path, path)


def test_a_backup_of_an_older_version_is_brought_up_to_date_after_it_was_restored(path: Path, tmp_path: Path) -> None:
    used(path)
    old = tmp_path / "old.db"
    as_of_version_1(path, old)
    restore(path, old)
    assert version(path) == 1
    assert titles(path) == {"How many of them?"}
    assert version(path) == SCHEMA_VERSION


def many(number: int, key: str = "e") -> Debate:
    """Return a debate that takes so many rows and one."""
    items = {f"{key}{each}": Evidence(f"{key}{each}", "An item") for each in range(number)}
    return Debate("many", "Many", evidence=items)


def test_a_bulk_import_keeps_what_was_there_before(path: Path, open_store: OpenStore) -> None:
    store = open_store()
    with store.together():
        store.edit_debate(SLUG, title="Of the same transaction", expected=ANYTHING)
        store.add_debate(many(BULK))
        store.add_debate(Debate("many", "Few"), replace=True)
    kept = list(path.parent.glob("debates.db.before-import-*"))
    assert kept == [path.with_name("debates.db.before-import-1")]
    assert titles(kept[0]) == {"How many piano tuners?"}
    assert list(flaws(path)) == []


def test_what_undoes_a_bulk_or_deletes_for_good_keeps_what_was_there_before(
    path: Path, home: Path, open_store: OpenStore, clock: Clock
) -> None:
    (home / "settings.toml").write_text("backups = 9\n")
    store = open_store()
    store.add_debate(Debate("many", "Many"))
    store.add_debate(many(BULK), replace=True)
    store.undo("many", expected=ANYTHING)
    assert len(list(path.parent.glob("debates.db.before-import-*"))) == 2
    store.shelve_debate("many", "removed", expected=ANYTHING)
    clock.advance(days=60)
    store.shelve_debate(SLUG, "removed", expected=ANYTHING)  # those of long ago go then
    assert len(list(path.parent.glob("debates.db.before-import-*"))) == 3


def take_back(store: DebateStore) -> None:
    """Import much, as a dry run does: nothing of it stays."""
    with store.together():
        store.add_debate(many(BULK, "f"), replace=True)
        raise DatabaseProblem("not meant")


def test_an_import_of_a_few_or_one_that_is_done_again_pushes_no_backup_out(path: Path, open_store: OpenStore) -> None:
    store = open_store()
    store.add_debate(many(BULK // 2))
    assert list(path.parent.glob("*before-import*")) == []
    for _ in range(3):
        with pytest.raises(DatabaseProblem):
            take_back(store)
    assert len(list(path.parent.glob("*before-import*"))) == 1


def test_as_many_backups_are_kept_as_the_settings_say(path: Path, home: Path, open_store: OpenStore) -> None:
    (home / "settings.toml").write_text("backups = 2\n")
    store = open_store()
    for number in range(4):
        store.add_debate(many(BULK, "abcd"[number]), replace=True)
    assert sorted(each.name[-1] for each in path.parent.glob("*before-import*")) == ["1", "2"]


def test_without_room_for_a_backup_nothing_is_imported(
    path: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.database.backup.back_up", full)
    with pytest.raises(DatabaseProblem, match=r"no backup of .*debates\.db can be made: No space left on device"):
        store.add_debate(many(BULK))
    assert titles(path) == {"How many piano tuners?"}


def test_a_backup_is_ours(path: Path) -> None:
    used(path)
    with closing(sqlite3.connect(back_up(path))) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    SqliteDatabase(path).close()
