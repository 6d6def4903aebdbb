"""The database: found, checked, created, and opened so that what was acknowledged stays.

A SQLite file is ours if its `application_id` says so, and its `user_version` counts the migrations it
has been through. Nothing is written before both were read.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Self
from weakref import WeakSet

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from store.database import idea_words, sqlite_file
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION, Identity, raw, set_identity
from store.database.rows import Base
from store.disk import sync_folder
from store.errors import DatabaseProblem

BUSY_TIMEOUT: Final = 30.0
"""Seconds to wait for another program's write to end."""

_OPENING: Final = threading.Lock()
_IN_USE: Final[WeakSet[Database]] = WeakSet()
"""The databases that this process has open."""
_PRAGMAS: Final = ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")


class Database:
    """An open database file. Use `reading` and `writing` for one transaction each."""

    def __init__(self, path: Path, busy_timeout: float = BUSY_TIMEOUT) -> None:
        """Prepare to use an existing file; nothing is opened yet."""
        self.path = path
        self.file = path.stat()
        """Which file it is, whatever its path."""
        self.read_only = not (sqlite_file.may_write(path) and sqlite_file.may_write(path.parent))
        self.created = False
        """True if `open` created it."""
        self._timeout = busy_timeout
        self._mine = threading.local()
        """Has the connection on which this thread is writing, as long as it is."""
        self.engine = _engine(path, read_only=self.read_only, busy_timeout=busy_timeout)
        _IN_USE.add(self)

    @classmethod
    def open(cls, location: str, fill: Callable[[Connection], None], busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """Open the database at a path or SQLite URL; create it, filled by `fill`, if there is none.

        Raises:
            DatabaseProblem: there is no such folder, or the file is foreign, newer, damaged or locked.
        """
        path = sqlite_file.locate(location)
        with _told(path):
            with _OPENING:
                sqlite_file.make(path)
                # One that this process has open was looked at, and again would cost it its locks.
                in_use = any(os.path.samestat(path.stat(), other.file) for other in _IN_USE)
                if not in_use and (identity := sqlite_file.look(path)):
                    _refuse_others(path, identity)
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
        _IN_USE.discard(self)

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
        self._refuse_newer_log()
        with self.reading() as connection:
            blank = _is_blank(connection)
        if blank:
            self._create(fill)
        with self.reading() as connection:
            identity = _identity(raw(connection))
        _refuse_others(self.path, identity)
        if identity.version < SCHEMA_VERSION:
            from store.database.migrating import migrate  # noqa: PLC0415 -- Alembic takes 90 ms, and a database is seldom behind

            if self.read_only:
                raise DatabaseProblem(
                    f"{self.path} is of an older version and read-only, so it cannot be brought up to date"
                )
            migrate(self.engine, self.path)
        if not self.read_only:
            self._use_write_ahead_log()
            self._index_ideas()

    def _index_ideas(self) -> None:
        with self.reading() as connection:
            behind = idea_words.is_behind(connection)
        if behind:
            with self.writing() as connection:
                idea_words.catch_up(connection)

    def _refuse_newer_log(self) -> None:
        """Refuse a newer Abduce's database of which only the log says so.

        Asked by a connection that cannot write: one that can brings the log into the file when it closes.
        """
        if sqlite_file.log_of(self.path).exists() and not self.read_only:
            with closing(sqlite_file.connect(self.path, "mode=ro", self._timeout)) as connection:
                if (identity := _identity(connection)).version > SCHEMA_VERSION:
                    _refuse_others(self.path, identity)

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
                if _is_blank(connection):
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
                except sqlite3.OperationalError as error:
                    if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                        raise
                    time.sleep(0.02)
                else:
                    return


def _identity(connection: sqlite3.Connection) -> Identity:
    (application,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return Identity(application, version)


def _is_blank(connection: Connection) -> bool:
    """Tell whether nobody has made anything in the database yet."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    return not tables and _identity(raw(connection)) == (0, 0)


def _refuse_others(path: Path, identity: Identity) -> None:
    if identity.application != APPLICATION_ID:
        raise DatabaseProblem(f"{path} is a database of another program; it was not touched")
    if identity.version > SCHEMA_VERSION:
        raise DatabaseProblem(
            f"{path} was made by a newer Abduce (schema {identity.version}, this one knows {SCHEMA_VERSION}); "
            "it was not touched"
        )


def _engine(path: Path, *, read_only: bool, busy_timeout: float) -> Engine:
    def connect() -> sqlite3.Connection:
        if read_only:
            connection = sqlite_file.connect_to_read(path, busy_timeout)
        else:
            connection = sqlite_file.connect(path, "mode=rw", busy_timeout)
        with sqlite_file.closed_on_failure(connection):
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        return connection

    # What is only read may be a copy, so it is connected to for each transaction.
    pool = NullPool if read_only else QueuePool
    engine = create_engine("sqlite://", creator=connect, poolclass=pool, json_deserializer=_read_json)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that began as a reader could not wait for its turn: it would be refused at once.
        kind = "BEGIN" if connection.get_execution_options().get("readonly") else "BEGIN IMMEDIATE"
        connection.exec_driver_sql(kind)

    return engine


def _read_json(text: str) -> object:
    """Read a column of JSON; of many rows most lists are empty."""
    return [] if text == "[]" else json.loads(text)


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
    "SQLITE_READONLY_ROLLBACK": "a change of {path} was cut short; whoever may write to it has to open it first",
    "SQLITE_READONLY": "the database {path} is read-only; nothing was saved",
    # What was written may have come to the disk all the same, and be there after the next start.
    "SQLITE_IOERR_FSYNC": "the disk of {path} failed while saving; look whether it is there before you do it again",
    "SQLITE_IOERR": "the disk of {path} failed; nothing was saved",
    "SQLITE_CANTOPEN": "the database {path} cannot be opened: its file or folder does not allow it",
    "SQLITE_NOTADB": "{path} is not a database; it was not touched",
    "SQLITE_CORRUPT": "the database {path} is damaged; restore a backup of it",
}
