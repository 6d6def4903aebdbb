"""A SQLite file: found, checked, created, and opened so that what was acknowledged stays.

A SQLite file is ours if its `application_id` says so, and its `user_version` counts the migrations it
has been through. Nothing is written before both were read.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Self
from weakref import WeakSet

from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from hypotheses.problems import AbduceError
from store.database import cells, own_schema, sqlite_file
from store.database.database import BUSY_TIMEOUT, Database, Fill
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION, Identity, identity_of, newer, raw, set_identity
from store.disk import sync_folder
from store.errors import DatabaseProblem

_OPENING: Final = threading.Lock()
_IN_USE: Final[WeakSet[SqliteDatabase]] = WeakSet()
"""The databases that this process has open."""
_PRAGMAS: Final = ("synchronous=FULL", "foreign_keys=ON")


class SqliteDatabase(Database):
    """An open database file."""

    path: Path

    def __init__(self, path: Path, busy_timeout: float = BUSY_TIMEOUT) -> None:
        """Prepare to use an existing file; nothing is opened yet."""
        self.path = path
        self.file = path.stat()
        """Which file it is, whatever its path."""
        self.read_only = not (sqlite_file.may_write(path) and sqlite_file.may_write(path.parent))
        self._timeout = busy_timeout
        super().__init__(str(path), _engine(path, read_only=self.read_only, busy_timeout=busy_timeout))
        _IN_USE.add(self)

    @classmethod
    def open(cls, location: str, fill: Fill, busy_timeout: float = BUSY_TIMEOUT, *, new: bool = False) -> Self:
        """Open the database at a path or SQLite URL; create it, filled by `fill`, if there is none.

        Before it is brought up to date it is backed up. Where it is to be `new`, there may be none.

        Raises:
            DatabaseProblem: there is no such folder, or the file is foreign, newer, damaged, locked or there already.
        """
        path = sqlite_file.locate(location)
        with told(path):
            with _OPENING:
                sqlite_file.make(path)
                # One that this process has open was looked at, and again would cost it its locks.
                in_use = any(os.path.samestat(path.stat(), other.file) for other in _IN_USE)
                if not in_use and (identity := sqlite_file.look(path)):
                    _refuse_others(path, identity)
                database = cls(path, busy_timeout)
            try:
                with database._told():
                    database.prepare(fill, new=new)
                database.is_prepared = True
            except BaseException:
                database.close()
                raise
        return database

    def close(self) -> None:
        """Close every connection; one that a thread still uses, as soon as it is given back."""
        event.listen(self.engine, "checkin", lambda _connection, record: record.invalidate())
        self.engine.dispose()
        _IN_USE.discard(self)

    def hold(self, connection: Connection, debate_id: int) -> None:
        """Nobody else changes anything in a transaction that writes: it is the only one."""

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection.execution_options(readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        """Give a transaction that is the only one that writes."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def prepare(self, fill: Fill, *, new: bool = False) -> None:
        """Do what every database needs, and write to the log of this one from here on."""
        self._refuse_newer_log()
        super().prepare(fill, new=new)
        if not self.read_only:
            self._use_write_ahead_log()
            self.index_ideas()

    def _is_blank(self, connection: Connection) -> bool:
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
        return not tables and identity_of(raw(connection)) == (0, 0)

    def _version(self, connection: Connection) -> int:
        identity = identity_of(raw(connection))
        _refuse_others(self.path, identity)
        own_schema.refuse_foreign(self.path, raw(connection), identity.version)
        return identity.version

    def _version_now(self, connection: Connection) -> int:
        version: int = raw(connection).execute("PRAGMA user_version").fetchone()[0]
        return version

    def _set_version(self, connection: Connection, version: int) -> None:
        set_identity(connection, version)

    def _migrate(self) -> None:
        from store.database.migrating import migrate  # noqa: PLC0415 -- Alembic takes 90 ms, and a database is seldom behind

        migrate(self.engine, self.path)

    def _refuse_newer_log(self) -> None:
        """Refuse a newer Abduce's database of which only the log says so.

        Asked by a connection that cannot write: one that can brings the log into the file when it closes.
        """
        if sqlite_file.log_of(self.path).exists() and not self.read_only:
            with closing(sqlite_file.connect(self.path, "mode=ro", self._timeout)) as connection:
                if (identity := identity_of(connection)).version > SCHEMA_VERSION:
                    _refuse_others(self.path, identity)

    def _create(self, fill: Fill) -> None:
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
                if self._is_blank(connection):
                    self._make_tables(connection, fill)
        try:
            sync_folder(self.path.parent)
        except OSError as error:
            raise DatabaseProblem(_SENTENCES["SQLITE_IOERR_FSYNC"].format(path=self.path)) from error
        self.engine.dispose()

    def _use_write_ahead_log(self) -> None:
        """Switch to WAL, which the file then remembers."""
        with self.engine.connect() as connection:
            sqlite_file.when_free(raw(connection), "PRAGMA journal_mode=WAL", self._timeout)

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.path), super()._told():
            yield

    def _sentence(self, error: BaseException | None) -> str:
        return _sentence(self.path, error)


def _refuse_others(path: Path, identity: Identity) -> None:
    if identity.application != APPLICATION_ID:
        raise DatabaseProblem(f"{path} is a database of another program; it was not touched")
    if identity.version > SCHEMA_VERSION:
        raise DatabaseProblem(newer(str(path), identity.version))


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
    engine = create_engine("sqlite://", creator=connect, poolclass=pool, json_deserializer=cells.read_json)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer that began as a reader could not wait for its turn: it would be refused at once.
        if connection.get_execution_options().get("readonly"):
            connection.exec_driver_sql("BEGIN")
        else:
            sqlite_file.when_free(raw(connection), "BEGIN IMMEDIATE", busy_timeout)

    return engine


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file, or a cell of it that cannot be, into a sentence."""
    try:
        yield
    except (IntegrityError, AbduceError):
        raise
    except DBAPIError as error:
        raise DatabaseProblem(_sentence(path, error.orig)) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(_sentence(path, error)) from error
    except UnicodeDecodeError as error:
        # What SQLite itself says of a damaged file can have the damage in it.
        raise DatabaseProblem(_broken_cell(path) or _SENTENCES["SQLITE_CORRUPT"].format(path=path)) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        if not (sentence := _broken_cell(path)):
            raise
        raise DatabaseProblem(sentence) from error


def _broken_cell(path: Path) -> str:
    """Say where a cell holds what it cannot; nothing if none does, or that cannot be found out."""
    try:
        with closing(sqlite_file.connect(path, "mode=ro", BUSY_TIMEOUT)) as connection:
            found = next(cells.broken(connection), "")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return ""
    return f"the database {path} is damaged: {found}; `abduce doctor` says more" if found else ""


def _sentence(path: Path, error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    if (name or "SQLITE_ERROR") == "SQLITE_ERROR" and (broken := _broken_cell(path)):
        return broken
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
