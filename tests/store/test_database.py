"""Finding, creating, checking and opening the database."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from hypotheses.problems import Refused
from store.database import sqlite_file
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION, raw
from store.database.sqlite_database import SqliteDatabase
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.paths import default_database
from tests.store.conftest import OpenStore, small_debate
from tests.store.faults import FORK

SLUG = "piano-tuners"
PLACES = "a path, sqlite:///path or postgresql://person@host/database"


def opened(location: str | Path) -> DebateStore:
    return DebateStore.open(str(location), actor="ana", first=small_debate, busy_timeout=0.1)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_connection_that_is_used_while_the_database_is_closed_is_closed_when_it_is_given_back(path: Path) -> None:
    opened(path).close()
    database = SqliteDatabase(path)
    with database.reading() as connection:
        used = raw(connection)
        database.close()
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        used.execute("PRAGMA user_version")
    with database.reading() as connection:
        late = raw(connection)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        late.execute("PRAGMA user_version")


@contextmanager
def powerless() -> Iterator[Path]:
    """Give a folder, and rights that its permissions hold against even if the tests run as root."""
    root = os.geteuid() == 0
    # Whoever root becomes may not enter a folder of root's, which TMPDIR can lie in.
    with tempfile.TemporaryDirectory(dir="/tmp" if root else None) as name:
        folder = Path(name)
        if root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o700)


def test_connections_lose_nothing_and_trust_nobody(path: Path) -> None:
    opened(path).close()
    database = SqliteDatabase(path)
    for _ in range(2):  # the second time the connection comes from the pool
        with database.reading() as connection:
            assert {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
            } == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}
            assert connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION
    database.close()


def test_nobody_else_can_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABDUCE_HOME", str(tmp_path / "deep" / "home"))
    before = os.umask(0o022)
    try:
        with DebateStore.open(first=small_debate) as store:
            store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
            folder = default_database().parent
            assert {name.name: mode(name) for name in folder.iterdir()} == {
                "abduce.db": 0o600,
                "abduce.db-wal": 0o600,
                "abduce.db-shm": 0o600,
            }
            assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)
    finally:
        os.umask(before)


def test_the_database_is_the_one_that_is_named(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with DebateStore.open(first=small_debate):
        assert (home / "abduce.db").exists()
    monkeypatch.setenv("ABDUCE_DB", str(tmp_path / "variable.db"))
    with DebateStore.open(first=small_debate):
        assert (tmp_path / "variable.db").exists()
    with DebateStore.open(f"sqlite:///{tmp_path}/a url %.db", first=small_debate):
        assert (tmp_path / "a url %.db").exists()
    with opened(tmp_path / "odd ?#%.db") as store:
        store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
        assert (tmp_path / "odd ?#%.db").exists()


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("mysql://ana:secret@host/db", f"a mysql database is not supported; expected {PLACES}"),
        ("nothing://ana:secret@host/db", f"a nothing database is not supported; expected {PLACES}"),
        ("://secret", f"the database URL cannot be read; expected {PLACES}"),
        (
            "postgresql+psycopg2://ana:secret@host/db",
            "the driver postgresql+psycopg2 is not supported; expected postgresql://person@host/database",
        ),
        (
            "postgresql://ana:secret@host:secret/db",
            "the database URL cannot be read; expected postgresql://person@host/database",
        ),
        ("sqlite://", "the database URL names no file; expected sqlite:///path"),
    ],
)
def test_other_urls_are_refused_without_their_password(location: str, sentence: str) -> None:
    with pytest.raises(DatabaseProblem) as told:
        opened(location)
    assert str(told.value) == sentence
    assert told.value.__cause__ is None


def test_a_missing_folder_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match=r"there is no folder .*/nowhere for the database"):
        opened(tmp_path / "nowhere" / "x.db")
    with pytest.raises(DatabaseProblem, match=r"there is no folder .*/~nobody-of-this-name for the database"):
        opened("~nobody-of-this-name/x.db")
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(DatabaseProblem, match="is not a file, so it cannot be a database"):
        opened(tmp_path)


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.touch()
    with opened(path) as store:
        assert store.created
        assert store.load() == small_debate()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs(x)")
    connection.close()


def foreign_and_without_tables(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=7")
    connection.close()


def foreign_and_busy(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


NEWER = f"made by a newer Abduce (schema {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION}); it was not touched"


def newer(path: Path) -> None:
    opened(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()


def junk(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)


def cut(path: Path) -> None:
    opened(path).close()
    path.write_bytes(path.read_bytes()[:5000])


def too_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 83)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(100_000))


def newer_by_its_log_alone(path: Path) -> None:
    """Make what a newer Abduce leaves that was killed after it had changed the schema."""
    opened(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    left = {file: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    connection.close()
    for file, content in left.items():
        file.write_bytes(content)
    assert len(left) == 3


def traces(path: Path) -> dict[str, tuple[bytes, int]]:
    """Return each file beside the database, with its time; of the index of the log, which is no data, only the name."""
    return {
        file.name: (b"", 0) if file.name.endswith("-shm") else (file.read_bytes(), file.stat().st_mtime_ns)
        for file in path.parent.iterdir()
        if file.is_file()
    }


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (foreign, "is a database of another program; it was not touched"),
        (foreign_and_without_tables, "is a database of another program; it was not touched"),
        (foreign_and_busy, "is a database of another program; it was not touched"),
        (newer, NEWER),
        (newer_by_its_log_alone, NEWER),
        (too_short, "is not a database; it was not touched"),
        (zeros, "is not a database; it was not touched"),
        (junk, "is not a database; it was not touched"),
        (cut, "is damaged; restore a backup of it"),
    ],
)
def test_what_is_not_ours_is_refused_and_not_touched(path: Path, make: object, sentence: str) -> None:
    assert callable(make)
    make(path)
    before = traces(path)
    with pytest.raises(DatabaseProblem) as told, opened(path) as store:
        store.load()
    assert sentence in str(told.value)
    assert traces(path) == before


def test_an_empty_file_that_another_program_fills_first_is_not_ours(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_too_early(path: Path) -> None:
        foreign(path)

    monkeypatch.setattr("store.database.sqlite_file.look", look_too_early)
    with pytest.raises(DatabaseProblem, match="is a database of another program; it was not touched"):
        opened(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    connection.close()


def test_a_database_opened_twice_keeps_other_programs_from_taking_it_for_closed(path: Path) -> None:
    """As POSIX has it, closing a file ends all locks of the process on it, whoever has taken them."""

    def close_the_last(path: Path) -> None:
        with path.open("rb+") as file:
            # Where SQLite has its locks; whoever gets all of them puts the log away.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)

    with opened(path) as store:
        store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)
        opened(path).close()
        other = FORK.Process(target=close_the_last, args=(path,))
        other.start()
        other.join()
        assert other.exitcode == 1


def test_a_database_made_newer_while_in_use_is_refused(path: Path) -> None:
    with opened(path):
        other = SqliteDatabase(path)
        with other.writing() as connection:
            connection.exec_driver_sql("PRAGMA user_version=99")
        with pytest.raises(DatabaseProblem, match="was made by a newer Abduce"):
            opened(path)
        other.close()


def test_a_first_debate_that_fails_leaves_no_half_database(path: Path) -> None:
    def broken() -> NoReturn:
        raise RuntimeError("no debate")

    with pytest.raises(RuntimeError):
        DebateStore.open(str(path), first=broken)
    assert path.stat().st_size == 0
    with opened(path) as store:
        assert store.load() == small_debate()


def test_a_read_only_file_can_be_read_and_says_why_not_written() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        opened(path).close()
        path.chmod(0o400)
        with opened(path) as store:
            assert store.read_only
            assert store.load(SLUG) == small_debate()
            with pytest.raises(DatabaseProblem, match=r"x\.db is read-only; nothing was saved"):
                store.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING)


def test_a_read_only_folder_can_be_read_and_says_why_not_written() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        opened(path).close()
        folder.chmod(0o500)
        with opened(path) as store:
            assert store.load() == small_debate()
            with pytest.raises(DatabaseProblem, match=r"x\.db is read-only; nothing was saved"):
                store.undo(SLUG, expected=ANYTHING)
        with pytest.raises(DatabaseProblem, match=r"new\.db cannot be created: Permission denied"):
            opened(folder / "new.db")


def test_what_others_write_is_seen_in_a_read_only_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with powerless() as folder:
        path = folder / "x.db"
        opened(path).close()

        def write(title: str) -> DebateStore:
            """Change the title as somebody who may."""
            folder.chmod(0o700)
            writer = opened(path)
            writer.edit_debate(SLUG, title=title, question="x" * 45_000, expected=ANYTHING)
            folder.chmod(0o500)
            return writer

        folder.chmod(0o500)
        with DebateStore.open(str(path), actor="ana", busy_timeout=20) as store:
            assert store.load().title == "How many piano tuners?"
            with write("It is in the log"):
                assert store.load().title == "It is in the log"
                folder.chmod(0o700)  # for its end
            folder.chmod(0o500)
            assert store.load().title == "It is in the log"

            copy = sqlite_file._copy
            titles = ["Written while it was copied", "And again"]

            def copy_too_early(path: Path) -> sqlite3.Connection:
                copied = copy(path)
                if titles:
                    writer = write(titles.pop(0))
                    folder.chmod(0o700)
                    writer.close()
                    folder.chmod(0o500)
                return copied

            monkeypatch.setattr("store.database.sqlite_file._copy", copy_too_early)
            assert store.load().title == "And again"


def test_a_change_that_was_cut_short_is_told_to_who_may_not_undo_it() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        opened(path).close()
        connection = sqlite3.connect(path)
        for statement in (
            "PRAGMA journal_mode=DELETE",
            "PRAGMA cache_size=1",
            "BEGIN",
            "UPDATE hypothesis SET note = 'x'",
            "UPDATE debate SET question = 'y', note = printf('%.50000c', 'x')",
        ):
            connection.execute(statement)
        left = {file: file.read_bytes() for file in folder.iterdir()}
        connection.close()
        for file, content in left.items():
            file.write_bytes(content)
        assert len(left) == 2
        path.chmod(0o400)
        with pytest.raises(DatabaseProblem, match="was cut short; whoever may write to it has to open it first"):
            opened(path)
        path.chmod(0o600)
        with opened(path) as store:
            assert store.load() == small_debate()


def test_an_empty_file_that_is_read_only_cannot_become_a_database() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        path.touch(0o400)
        with pytest.raises(DatabaseProblem, match=r"x\.db is empty and read-only"):
            opened(path)


def test_a_file_that_cannot_be_read_is_told() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        opened(path).close()
        path.chmod(0)
        with pytest.raises(DatabaseProblem, match=r"x\.db cannot be opened: its file or folder does not allow it"):
            opened(path)


def test_a_data_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with powerless() as folder:
        folder.chmod(0o500)
        monkeypatch.setenv("ABDUCE_HOME", str(folder / "home"))
        with pytest.raises(DatabaseProblem, match=r"the folder .*/home cannot be created: Permission denied"):
            DebateStore.open(first=small_debate)


def test_opening_waits_for_whoever_is_reading_before_it_switches_to_the_log(path: Path) -> None:
    opened(path).close()
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("PRAGMA journal_mode=DELETE")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM debate").fetchone()
    with pytest.raises(DatabaseProblem, match="is locked by another program"):
        opened(path)
    reader.execute("COMMIT")
    with opened(path) as store:
        assert store.load() == small_debate()
    reader.close()


def test_without_a_name_of_the_user_the_changes_are_somebodys(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> NoReturn:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    with DebateStore.open(str(path), first=small_debate) as store:
        assert store.actor == "somebody"


def test_what_is_in_the_log_is_read_in_a_read_only_folder() -> None:
    with powerless() as folder:
        path = folder / "x.db"
        with opened(path) as writer:
            changed = writer.set_plausibility(SLUG, "fewer", 0.5, expected=ANYTHING).debate
            folder.chmod(0o500)
            with opened(path) as store:
                assert store.load() == changed
            folder.chmod(0o700)


def test_a_full_disk_is_told_and_nothing_is_half_there(path: Path, open_store: OpenStore) -> None:
    store = open_store()
    before = store.load()
    with store._database.engine.connect() as connection:
        pages = raw(connection).execute("PRAGMA page_count").fetchone()[0]
        raw(connection).execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(DatabaseProblem, match=r"the disk is full; nothing was saved in .*debates\.db"):
        store.edit_debate(SLUG, question="x" * 50_000, expected=ANYTHING)
    assert store.load() == before
    assert open_store("bob").load() == before
    with store._database.engine.connect() as connection:
        raw(connection).execute("PRAGMA max_page_count=100000")
    assert store.edit_debate(SLUG, question="x" * 50_000, expected=ANYTHING).entry is not None


def test_the_schema_itself_refuses_what_the_door_would(path: Path) -> None:
    opened(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=ON")
    for statement in [
        "UPDATE hypothesis SET plausibility = 1.5",
        "UPDATE hypothesis SET status = 'other'",
        "UPDATE evidence SET credibility = -0.1",
        "UPDATE assessment SET ratio = 0",
        "UPDATE debate SET title = ''",
        f"UPDATE hypothesis SET statement = '{'x' * 50_001}'",
        "UPDATE evidence SET key = 'same'",
        "DELETE FROM hypothesis",
        "UPDATE reading SET rank_correlation = 0.5, correlated_quantity = NULL",
    ]:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_a_part_that_fails_undoes_itself_and_not_what_it_is_a_part_of(store: DebateStore, path: Path) -> None:
    def slugs() -> list[str]:
        with database.reading() as connection:
            return [slug for (slug,) in connection.exec_driver_sql("SELECT slug FROM debate ORDER BY id")]

    def rename(slug: str) -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE debate SET slug = ?", (slug,))
            if slug == "bad":
                raise Refused("no")

    database = SqliteDatabase(path)
    with database.writing():
        rename("good")
        with pytest.raises(Refused):
            rename("bad")
        assert slugs() == ["good"]
        assert [line.slug for line in store.debates()] == [SLUG]
    assert slugs() == [line.slug for line in store.debates()] == ["good"]
    database.close()
