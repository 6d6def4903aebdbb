"""A database as everything else in the store sees it, whichever engine keeps it."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from store.database import idea_words
from store.database.identity import SCHEMA_VERSION
from store.errors import DatabaseProblem

BUSY_TIMEOUT: Final = 30.0
"""Seconds to wait for another program's write to end."""
Result = TypeVar("Result")
Fill = Callable[[Connection], None]
"""Writes the first content of a new database."""


class Database(ABC):
    """An open database. Use `reading` and `write` for one transaction each; safe to use from several threads."""

    read_only: bool
    """Whether this user may only read it."""
    path: Path | None = None
    """Its file, if it is one."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        """What sentences call it; no password is in it."""
        self.read_only_because = f"{name} is read-only"
        """Why this user may only read it, if that is so."""
        self.engine = engine
        self.created = False
        """True if opening created it."""
        self.is_prepared = False
        """Whether it is of the version that this program knows: from then on each transaction asks if it still is."""
        self._mine = threading.local()
        """Has the connection on which this thread is writing, as long as it is."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give one transaction that sees one state of the database and never waits for a writer.

        Inside `writing` it is that transaction, which sees what was written.
        """
        if outer := self._outer():
            yield outer
        else:
            with self._told(), self._reader() as connection:
                self._require_version(connection)
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give one transaction that writes; it is on disk when this returns.

        Inside another `writing` it is a part of that one: an error that leaves it undoes this part, and only the end
        of the outer one puts it on disk. What can be done again from its start belongs into `write`.
        """
        if outer := self._outer():
            with outer.begin_nested():
                yield outer
            return
        if self.read_only:
            raise DatabaseProblem(f"{self.read_only_because}; nothing was saved")
        with self._told(), self._writer() as connection:
            self._require_version(connection)
            self._mine.connection = connection
            try:
                yield connection
            finally:
                self._mine.connection = None

    def write(self, do: Callable[[Connection], Result]) -> Result:
        """Do something in one transaction that writes, again from its start if another program came between."""
        with self.writing() as connection:
            return do(connection)

    @abstractmethod
    def hold(self, connection: Connection, debate_id: int) -> None:
        """Keep a debate to a transaction that writes, until its end: what is read of it from here on stays."""

    def listen(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have `told` called, in a thread of its own, whenever another program may have changed something.

        Where an engine cannot tell, it is never called: whoever wants to know looks, too.

        Returns:
            What ends it.
        """
        return lambda: None

    def version(self) -> int | None:
        """Return how many migrations the database has been through, None if nothing is in it; nothing is changed.

        Raises:
            DatabaseProblem: it is another program's, or newer than this one.
        """
        with self.reading() as connection:
            return None if self._is_blank(connection) else self._version(connection)

    def prepare(self, fill: Fill, *, new: bool = False) -> None:
        """Create what a new database lacks, filled by `fill`, or bring one that is behind up to date.

        Args:
            fill: Writes the first content.
            new: Whether nothing may be there already.

        Raises:
            DatabaseProblem: it is another program's, newer, there already, or cannot be brought up to date.
        """
        version = self.version()
        if new and version is not None:
            raise DatabaseProblem(f"there is a database in {self.name} already; it was not touched")
        if version is None:
            self._create(fill)
            version = self.version() or 0
        if version < SCHEMA_VERSION:
            if self.read_only:
                raise DatabaseProblem(
                    f"{self.name} is of an older version and read-only, so it cannot be brought up to date"
                )
            self._migrate()

    def index_ideas(self) -> None:
        """Take into the index of words what is not in it yet."""
        with self.reading() as connection:
            behind = idea_words.is_behind(connection)
        if behind:
            self.write(idea_words.catch_up)

    def _require_version(self, connection: Connection) -> None:
        """Refuse to go on with a database that another program has brought to another version meanwhile.

        Raises:
            DatabaseProblem: it has been.
        """
        if self.is_prepared and (version := self._version_now(connection)) != SCHEMA_VERSION:
            raise DatabaseProblem(
                f"another Abduce has brought {self.name} to another version (schema {version}, this one knows"
                f" {SCHEMA_VERSION}): start it again; nothing was saved"
            )

    def _outer(self) -> Connection | None:
        connection: Connection | None = getattr(self._mine, "connection", None)
        return connection

    def _make_tables(self, connection: Connection, fill: Fill) -> None:
        """Create tables and first content where nothing is yet."""
        from store.database.rows import Base  # noqa: PLC0415 -- 0.2 s that a database which is there does not wait for

        Base.metadata.create_all(connection, checkfirst=False)
        self._set_version(connection, SCHEMA_VERSION)
        fill(connection)
        self.created = True

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says into a sentence."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise DatabaseProblem(self._sentence(error.orig)) from error

    # What each engine does in its own way

    @abstractmethod
    def _reader(self) -> AbstractContextManager[Connection]:
        """Give a transaction for `reading`."""

    @abstractmethod
    def _writer(self) -> AbstractContextManager[Connection]:
        """Give a transaction for `writing`."""

    @abstractmethod
    def _sentence(self, error: BaseException | None) -> str:
        """Return what to tell a person of what the driver said."""

    @abstractmethod
    def _is_blank(self, connection: Connection) -> bool:
        """Tell whether nobody has made anything in the database yet."""

    @abstractmethod
    def _version(self, connection: Connection) -> int:
        """Return how many migrations the database has been through.

        Raises:
            DatabaseProblem: it is another program's, or newer than this one.
        """

    @abstractmethod
    def _version_now(self, connection: Connection) -> int:
        """Return what `_version` does of a database that is known to be ours, as quickly as can be."""

    @abstractmethod
    def _set_version(self, connection: Connection, version: int) -> None:
        """Mark the database as ours and at this schema version, within the transaction."""

    @abstractmethod
    def _create(self, fill: Fill) -> None:
        """Have `_make_tables` called in one transaction, unless another process was faster."""

    @abstractmethod
    def _migrate(self) -> None:
        """Run the migrations that the database has not been through, all or none."""
