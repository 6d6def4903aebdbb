"""The database: found, checked, created, and opened so that what was acknowledged stays.

A SQLite file is ours if its `application_id` says so, and its `user_version` counts the migrations it
has been through. Nothing is written before both were read.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from store.errors import DatabaseProblem
from store.files import sync_folder
from store.rows import Base

APPLICATION_ID: Final = 0x41626475
"""Marks a SQLite file as ours: `Abdu` in ASCII."""
SCHEMA_VERSION: Final = 2
"""How many migrations there are; `store.rows` is the schema after all of them."""
BUSY_TIMEOUT: Final = 30.0
"""Seconds to wait for another program's write to end."""

_PRAGMAS: Final = ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")


class Database:
    """An open database file. Use `reading` and `writing` for one transaction each."""

    def __init__(self, path: Path, busy_timeout: float = BUSY_TIMEOUT) -> None:
        """Prepare to use an existing file; nothing is opened yet."""
        self.path = path
        self.read_only = not (_writable(path) and _writable(path.parent))
        self.created = False
        """True if `open` created it."""
        self._timeout = busy_timeout
        self._mine = threading.local()
        """Has the connection on which this thread is writing, as long as it is."""
        self.engine = _engine(path, _mode(path, read_only=self.read_only), busy_timeout)

    @classmethod
    def open(cls, location: str, fill: Callable[[Connection], None], busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """Open the database at a path or SQLite URL; create it, filled by `fill`, if there is none.

        Raises:
            DatabaseProblem: there is no such folder, or the file is foreign, newer, damaged or locked.
        """
        path = _path(location)
        _make_file(path)
        with _told(path):
            if path.stat().st_size:
                _refuse_foreign(path)
            database = cls(path, busy_timeout)
            try:
                database._prepare(fill)
            except BaseException:
                database.close()
                raise
        return database

    def close(self) -> None:
        """Close every connection; one that a thread still uses, as soon as it is given back."""
        event.listen(self.engine, "checkin", lambda _connection, record: record.invalidate())
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give one transaction that sees one state of the database and never waits for a writer.

        Inside `writing` it is that transaction, which sees what was written.
        """
        if outer := self._outer():
            yield outer
            return
        with _told(self.path), self.engine.connect() as connection:
            connection.execution_options(readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give one transaction that is the only writer; it is on disk when this returns.

        Inside another `writing` it is a part of that one: an error that leaves it undoes this part, and only the end
        of the outer one puts it on disk.
        """
        if outer := self._outer():
            with outer.begin_nested():
                yield outer
            return
        if self.read_only:
            raise DatabaseProblem(f"{self.path} is read-only; nothing was saved")
        with _told(self.path), self.engine.connect() as connection, connection.begin():
            self._mine.connection = connection
            try:
                yield connection
            finally:
                self._mine.connection = None

    def _outer(self) -> Connection | None:
        return getattr(self._mine, "connection", None)

    def _prepare(self, fill: Callable[[Connection], None]) -> None:
        with self.reading() as connection:
            application, version = _identity(connection)
        if application == version == 0:
            self._create(fill)
            version = SCHEMA_VERSION
        if version > SCHEMA_VERSION:
            raise _newer(self.path, version)
        if version < SCHEMA_VERSION:
            # Imported here: Alembic costs a third of a second, and a database is seldom behind.
            from store.migrating import migrate  # noqa: PLC0415

            migrate(self)
        if not self.read_only:
            self._use_write_ahead_log()

    def _create(self, fill: Callable[[Connection], None]) -> None:
        """Create tables and first content in one transaction, unless another process was faster.

        That happens with a rollback journal, synchronised to the last step and never spilled, so that the file
        stays empty until it is whole, and its first page, which says whose it is, is written first.
        """
        if self.read_only:
            raise DatabaseProblem(f"{self.path} is empty and read-only, so no database can be created in it")
        with self.engine.connect() as connection:
            for pragma in ("synchronous=EXTRA", "cache_spill=OFF"):
                raw(connection).execute(f"PRAGMA {pragma}")
            with connection.begin():
                if _identity(connection) == (0, 0):
                    Base.metadata.create_all(connection)
                    set_identity(connection, SCHEMA_VERSION)
                    fill(connection)
                    self.created = True
        sync_folder(self.path.parent)
        self.engine.dispose()

    def _use_write_ahead_log(self) -> None:
        """Switch to WAL, which the file then remembers. SQLite does not wait for other users here: we do."""
        deadline = time.monotonic() + self._timeout
        with self.engine.connect() as connection:
            while True:
                try:
                    raw(connection).execute("PRAGMA journal_mode=WAL")
                except sqlite3.OperationalError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.02)
                else:
                    return


def raw(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection, for statements that must not start a transaction."""
    driver_connection = connection.connection.dbapi_connection
    assert isinstance(driver_connection, sqlite3.Connection)  # noqa: S101 -- for the type checker
    return driver_connection


def set_identity(connection: Connection, version: int) -> None:
    """Mark the database as ours and at this schema version, within the transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={version}")


def _identity(connection: Connection) -> tuple[int, int]:
    return connection.exec_driver_sql("PRAGMA application_id").scalar_one(), schema_version(connection)


def schema_version(connection: Connection) -> int:
    """Return how many migrations the database has been through."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def _path(location: str) -> Path:
    if "://" not in location:
        return Path(location).expanduser().absolute()
    try:
        url = make_url(location)
    except ArgumentError:
        raise DatabaseProblem("the database URL cannot be read; expected a path or sqlite:///path") from None
    # The URL itself is not shown: it may hold a password.
    if url.get_backend_name() != "sqlite":
        raise DatabaseProblem(
            f"a {url.get_backend_name()} database is not supported; expected a path or sqlite:///path"
        )
    if not url.database or url.database == ":memory:":
        raise DatabaseProblem("the database URL names no file; expected sqlite:///path")
    return Path(url.database).absolute()


def _make_file(path: Path) -> None:
    """Make sure there is a file, readable by nobody else if it is new."""
    try:
        if not path.parent.is_dir():
            raise DatabaseProblem(f"there is no folder {path.parent} for the database")
        if path.exists() and not path.is_file():
            raise DatabaseProblem(f"{path} is not a file, so it cannot be a database")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise DatabaseProblem(f"the database {path} cannot be created: {error.strerror}") from error


def _refuse_foreign(path: Path) -> None:
    """Read whose file it is and how new, without a lock, a side file or any other trace."""
    looking = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    try:
        (application,) = looking.execute("PRAGMA application_id").fetchone()
        (version,) = looking.execute("PRAGMA user_version").fetchone()
    finally:
        looking.close()
    if application != APPLICATION_ID:
        raise DatabaseProblem(f"{path} is a database of another program; it was not touched")
    if version > SCHEMA_VERSION:
        raise _newer(path, version)


def _newer(path: Path, version: int) -> DatabaseProblem:
    return DatabaseProblem(
        f"{path} was made by a newer Abduce (schema {version}, this one knows {SCHEMA_VERSION}); it was not touched"
    )


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _mode(path: Path, *, read_only: bool) -> str:
    if not read_only:
        return "mode=rw"
    # Without a folder to write to there is no place for the side files of WAL, unless they are there.
    return "mode=ro" if _writable(path.parent) or path.with_name(f"{path.name}-wal").exists() else "immutable=1"


def _engine(path: Path, mode: str, busy_timeout: float) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{mode}",
            uri=True,
            timeout=busy_timeout,
            isolation_level=None,  # no hidden BEGIN: ours stands in `begin`
            check_same_thread=False,
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that began as a reader could not wait for its turn: it would be refused at once.
        kind = "BEGIN" if connection.get_execution_options().get("readonly") else "BEGIN IMMEDIATE"
        connection.exec_driver_sql(kind)

    return engine


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the database says into a sentence."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        raise DatabaseProblem(_sentence(path, error.orig)) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(_sentence(path, error)) from error


def _sentence(path: Path, error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return sentence.format(path=path)
    return f"the database {path} failed: {error}"


_SENTENCES: Final = {
    "SQLITE_BUSY": "the database {path} is locked by another program; nothing was saved",
    "SQLITE_LOCKED": "the database {path} is locked by another program; nothing was saved",
    "SQLITE_FULL": "the disk is full; nothing was saved in {path}",
    "SQLITE_READONLY": "the database {path} is read-only; nothing was saved",
    "SQLITE_IOERR": "the disk of {path} failed; nothing was saved",
    "SQLITE_CANTOPEN": "the database {path} cannot be opened: its file or folder does not allow it",
    "SQLITE_NOTADB": "{path} is not a database; it was not touched",
    "SQLITE_CORRUPT": "the database {path} is damaged; restore a backup of it",
}
