"""The file that holds a SQLite database: named, made, looked at before SQLite sees it, and connected to.

SQLite's `immutable` takes no locks and knows no log, so to it a sound file that somebody writes to looks damaged.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from store.clock import a_while
from store.database.identity import Identity
from store.errors import DatabaseProblem
from store.paths import absolute, path_of, side_files

_HEADER: Final = struct.Struct(">16s 44x i 4x i 28x")
"""The first hundred bytes: SQLite's mark, `user_version` and `application_id`."""
_MARK: Final = b"SQLite format 3\0"
_EXPECTED: Final = "a path, sqlite:///path or postgresql://person@host/database"
_NO_PLACE: Final = ("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY")
"""What SQLite says, on a file system and in a folder that are read-only, if it has no place for its side files."""


def locate(location: str) -> Path:
    """Return the file that a path or SQLite URL names.

    Raises:
        DatabaseProblem: it names none.
    """
    if "://" not in location:
        return absolute(path_of(location))
    kind, _, place = location.partition("://")
    engine = kind.partition("+")[0]
    host, _, named = place.partition("/")
    file = named.partition("?")[0]
    if not engine:
        raise DatabaseProblem(f"the database URL cannot be read; expected {_EXPECTED}")
    # The URL itself is not shown: it may hold a password.
    if engine != "sqlite":
        raise DatabaseProblem(f"a {engine} database is not supported; expected {_EXPECTED}")
    if host or not file or file == ":memory:":
        raise DatabaseProblem("the database URL names no file; expected sqlite:///path")
    return absolute(Path(file))


def make(path: Path) -> None:
    """Make sure there is a file, readable by nobody else if it is new.

    Raises:
        DatabaseProblem: there is no folder for it, or something else is there.
    """
    try:
        if not path.parent.is_dir():
            raise DatabaseProblem(f"there is no folder {path.parent} for the database")
        if path.exists() and not path.is_file():
            raise DatabaseProblem(f"{path} is not a file, so it cannot be a database")
        with suppress(FileExistsError):
            make_new(path)
    except OSError as error:
        raise DatabaseProblem(f"the database {path} cannot be created: {error.strerror}") from error


def make_new(path: Path) -> None:
    """Make an empty file that nobody else can read.

    Raises:
        FileExistsError: there is something of that name.
        OSError: the folder does not allow it.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))


def look(path: Path) -> Identity | None:
    """Read a file's identity from its first bytes, without a lock, a side file or any other trace.

    It may be older than what the log or an interrupted change says; whose the file is does not change. As POSIX has
    it, closing the file ends every lock that this process holds on it: it must not have the database open.

    Returns:
        None if nothing stands there: the file is empty, or the power went before its first page was on the disk.

    Raises:
        DatabaseProblem: it is no database, or cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as file:
            header = file.read(_HEADER.size)
    except PermissionError as error:
        raise DatabaseProblem(f"the database {path} cannot be opened: its file or folder does not allow it") from error
    except OSError as error:
        raise DatabaseProblem(f"the database {path} cannot be read: {error.strerror}") from error
    if not header.strip(b"\0"):
        return None
    if not header.startswith(_MARK) or len(header) < _HEADER.size:
        raise DatabaseProblem(f"{path} is not a database; it was not touched")
    _, version, application = _HEADER.unpack(header)
    return Identity(application, version)


def may_write(path: Path) -> bool:
    """Tell whether this user may write to a file or into a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def log_of(path: Path) -> Path:
    """Return where the write-ahead log is, while anybody has the database open or after it was killed."""
    log, _, _ = side_files(path)
    return log


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what it takes back if a change without a log is cut short."""
    *_, journal = side_files(path)
    return journal


def remove(path: Path) -> None:
    """Remove a database with its side files, as far as they are there."""
    for each in (path, *side_files(path)):
        each.unlink(missing_ok=True)


def settle(path: Path, timeout: float) -> None:
    """Take back a change that was cut short, as whoever opens a database to write does: one that reads may not."""
    if journal_of(path).exists() and may_write(path):
        with closing(connect(path, "mode=rw", timeout)) as connection:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()


def connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    """Connect to an existing file, whose schema is not trusted to call what it names.

    Args:
        path: Where it is.
        mode: `mode=rw`, `mode=ro` or `immutable=1`.
        timeout: Seconds to wait for another program's write.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?{mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,  # no hidden BEGIN: the engine has its own
        check_same_thread=False,
    )
    return _wary(connection)


def _wary(connection: sqlite3.Connection) -> sqlite3.Connection:
    with closed_on_failure(connection):
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    """Close a connection that nobody will get: until it is, its side files stay."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def connect_to_read(path: Path, timeout: float) -> sqlite3.Connection:
    """Connect to a file that this user may not write to, or not beside, for one transaction.

    For its log SQLite needs side files. Where it can make none, it reads with those of whoever has the database open.
    If nobody has, nothing keeps somebody from opening it in the next moment: what is read then is a copy
    in memory, made anew if anybody wrote meanwhile.

    Raises:
        DatabaseProblem: somebody did for `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    while True:
        before = _state(path)
        try:
            return _connect_with_locks(path, timeout)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in _NO_PLACE or (before.log and log_of(path).exists()):
                raise
        try:
            copy = _copy(path)
        except sqlite3.DatabaseError:
            if _state(path) == before:
                raise
        else:
            if _state(path) == before:
                return copy
            copy.close()
        if time.monotonic() > deadline:
            raise DatabaseProblem(f"{path} is written to all the time by another program; try again later")
        time.sleep(0.02)


def _connect_with_locks(path: Path, timeout: float) -> sqlite3.Connection:
    connection = connect(path, "mode=ro", timeout)
    with closed_on_failure(connection):
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # the log is opened at the first question
    return connection


def _copy(path: Path) -> sqlite3.Connection:
    with closing(connect(path, "immutable=1", 0)) as source:
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with closed_on_failure(copy):
            source.backup(copy)
    return _wary(copy)


class _State(NamedTuple):
    """What differs if a database in the log's mode was written to: its log is there before its file changes."""

    log: bool
    size: int
    changed: int


def _state(path: Path) -> _State:
    log, file = log_of(path).exists(), path.stat()
    return _State(log, file.st_size, file.st_mtime_ns)


def when_free(connection: sqlite3.Connection, statement: str, timeout: float) -> None:
    """Execute a statement as soon as nobody else is in its way, for so many seconds.

    SQLite itself looks ever more seldom, every 100 ms at last, and finds the moment between two writes of somebody
    busy only by luck: with eight of these one waited 20 s. For some statements it does not wait at all.
    """
    deadline = time.monotonic() + timeout
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute(statement)
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                    raise
                time.sleep(a_while(0.0005, 0.003))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={round(timeout * 1000)}")
