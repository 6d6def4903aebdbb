"""A PostgreSQL database: connected to, checked, created, and written to by many at once.

A database is ours if the first schema of its search path has the table `abduce_schema`, whose one row counts the
migrations it has been through, and has an id by which a replica is known.

Who changes a debate takes its row first, until the end of the transaction, and only then reads what is changed: so what
others commit meanwhile is seen, and nobody's change is lost. No lock outlives its transaction, so that a pooler may
stand between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import Final, Self

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from store.clock import a_while
from store.database import idea_words, postgres_token
from store.database.database import BUSY_TIMEOUT, Database, Fill, Result
from store.database.identity import SCHEMA_VERSION, newer
from store.database.named_tables import METADATA
from store.database.postgres_address import name_of, read_url
from store.database.postgres_engine import engine_of, reading_from
from store.database.postgres_listening import CHANNEL, Listener
from store.database.postgres_replica import WHOSE, Replica
from store.database.postgres_sentences import is_gone, needs_another_try, sentence_of
from store.database.postgres_token import Token
from store.errors import DatabaseProblem, OutcomeUnknown

TRIES: Final = 12
"""How often a transaction is begun that others come in between of."""
PATIENCE: Final = 5.0
"""Seconds to wait for a server that went away, to learn whether it had saved."""
IDLE: Final = 60.0
"""Seconds after which the server ends a transaction in which nothing happens: its program is gone, or stands still."""
_DEBATE: Final = METADATA.tables["debate"]
_MAKE: Final = f"CREATE TABLE abduce_schema AS SELECT 0 AS version, gen_random_uuid() AS id; {postgres_token.MAKE}"
_TABLES: Final = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
_ABOUT: Final = (
    "SELECT current_setting('server_encoding'), current_user, pg_is_in_recovery(),"
    " current_setting('default_transaction_read_only'),"
    " coalesce(has_table_privilege(to_regclass('journal_entry'), 'INSERT'), true),"
    " to_regclass('abduce_schema') IS NOT NULL AND to_regclass('abduce_saved') IS NOT NULL"
    " AND to_regclass('idea_unread') IS NOT NULL AND to_regclass('idea_words') IS NOT NULL"
)
_READY: Final = (
    "SELECT version = %s AND NOT EXISTS (SELECT FROM idea_unread)"
    " AND NOT EXISTS (SELECT FROM abduce_saved WHERE at < now() - interval '2 days') FROM abduce_schema"
)


class PostgresDatabase(Database):
    """An open database of a PostgreSQL server."""

    def __init__(self, location: str, busy_timeout: float = BUSY_TIMEOUT) -> None:
        """Prepare to use a database; nothing is connected to yet.

        Raises:
            DatabaseProblem: that is no URL of one, or the driver is not installed.
        """
        url = read_url(location)
        self._replica: Replica | None = None
        self._follows = False
        """Whether this is a replica itself."""
        self._timeout = busy_timeout
        self._mark = token_hex(8)
        """Goes out with what is written here, so that nobody hears of their own changes."""
        self._listeners: list[Listener] = []
        super().__init__(name_of(url), engine_of(url))
        self.read_only = False

    @classmethod
    def open(
        cls, location: str, fill: Fill, busy_timeout: float = BUSY_TIMEOUT, replica: str = "", *, new: bool = False
    ) -> Self:
        """Open the database at a URL, filled by `fill` if nothing is in it; read a `replica` where that is not behind.

        Raises:
            DatabaseProblem: there is no such server or database, it is another program's, or newer.
        """
        database = cls(location, busy_timeout)
        try:
            if not database._look() or new:
                database.prepare(fill, new=new)
                if not database.read_only:
                    database.index_ideas()
                    database.write(postgres_token.forget_old)
            database.is_prepared = True
            if replica and not database._follows:
                database._read_from(replica)
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close every connection."""
        for listener in self._listeners:
            listener.end()
        self.engine.dispose()
        if self._replica is not None:
            self._replica.close()

    def write(self, do: Callable[[Connection], Result]) -> Result:
        """Do something in one transaction that writes, again from its start if another program came between.

        Raises:
            OutcomeUnknown: the server went away while it saved, and did not come back in time.
        """
        if self._outer():
            return super().write(do)
        done: list[Result] = []
        for tried in range(1, TRIES):
            done.clear()
            try:
                super().write(lambda connection: done.append(do(connection)))
            except OutcomeUnknown as unknown:
                if _was_saved_after_all(unknown):
                    return done[0]
            except (DatabaseProblem, IntegrityError) as problem:
                if not needs_another_try(problem):
                    raise
            else:
                return done[0]
            # For a while that differs, to part those who met.
            time.sleep(a_while(0, min(0.5, 0.005 * 2**tried)))
        return super().write(do)

    def hold(self, connection: Connection, debate_id: int) -> None:
        """Take a debate's row until the end of a transaction that writes."""
        if connection is self._outer():
            connection.execute(select(_DEBATE.c.id).where(_DEBATE.c.id == debate_id).with_for_update())

    def listen(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have `told` called whenever another program has written, until what is returned is called."""
        listener = Listener(self.engine, self._mark, told)
        self._listeners.append(listener)
        return listener.end

    def _read_from(self, location: str) -> None:
        replica = Replica(location)
        try:
            with self.reading() as connection:
                whose = connection.exec_driver_sql(WHOSE).scalar_one()
            replica.require(self.name, whose)
        except BaseException:
            replica.close()
            raise
        self._replica = replica

    @contextmanager
    def _reader(self) -> Iterator[Connection]:
        if self._replica is None:
            with reading_from(self.engine) as connection:
                yield connection
            return
        with self._replica.reading() as connection:
            if connection is not None:
                yield connection
                return
        with reading_from(self.engine) as connection:
            yield connection
            self._saw(connection)

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            transaction = connection.begin()
            try:
                token = Token.begin(connection, self._timeout, IDLE)
                yield connection
                token.leave(connection, CHANNEL, self._mark)
            except BaseException:
                with suppress(DBAPIError):  # the connection may be gone, and what was done on it with it
                    transaction.rollback()
                    self._saw(connection)
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if not is_gone(error):
                    raise
                raise OutcomeUnknown(self.name, lambda: self._was_saved(token)) from error
            self._saw(connection)

    def _saw(self, connection: Connection) -> None:
        if self._replica is not None:
            self._replica.saw(connection)

    def _was_saved(self, token: Token) -> bool:
        """Look up what became of a transaction that was being saved when the connection was lost.

        Raises:
            DatabaseProblem: the server cannot say so, as yet.
        """
        with self._told():
            saved = token.is_left(self.engine)
        if saved is None:
            raise DatabaseProblem(f"{self.name} is still saving")
        return saved

    def _sentence(self, error: BaseException | None) -> str:
        return sentence_of(error, self.name)

    # What kind of a database it is

    def _look(self) -> bool:
        """Find out whether this role may write to the database; say whether it is as it should be already.

        Raises:
            DatabaseProblem: it cannot hold our texts.
        """
        with self.reading() as connection:
            encoding, role, recovering, fixed, may, there = connection.exec_driver_sql(_ABOUT).one()
            ready = there and connection.exec_driver_sql(_READY, (SCHEMA_VERSION,)).scalar()
        if encoding != "UTF8":
            raise DatabaseProblem(f"{self.name} has the encoding {encoding}; expected UTF8")
        self._follows = recovering
        if recovering:
            self._only_read(f"{self.name} is a replica, which can only be read")
        elif fixed == "on":
            self._only_read(f"{self.name} is set to be only read")
        elif not may:
            self._only_read(f"the role {role!r} may only read {self.name}")
        return bool(ready)

    def _only_read(self, because: str) -> None:
        self.read_only, self.read_only_because = True, because

    def _is_blank(self, connection: Connection) -> bool:
        return not connection.exec_driver_sql(_TABLES).scalar_one()

    def _version(self, connection: Connection) -> int:
        ours = connection.exec_driver_sql("SELECT to_regclass('abduce_schema') IS NOT NULL").scalar_one()
        version = connection.exec_driver_sql("SELECT version FROM abduce_schema").scalar() if ours else None
        if version is None:
            raise DatabaseProblem(
                f"{self.name} has tables of another program, which were not touched;"
                " expected a database or a schema of Abduce's own"
            )
        if version > SCHEMA_VERSION:
            raise DatabaseProblem(newer(self.name, version))
        return int(version)

    def _version_now(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT version FROM abduce_schema").scalar_one())

    def _set_version(self, connection: Connection, version: int) -> None:
        connection.exec_driver_sql("UPDATE abduce_schema SET version = %s", (version,))

    def _create(self, fill: Fill) -> None:
        if self.read_only:
            raise DatabaseProblem(f"{self.read_only_because}; nothing is in it yet")

        def make(connection: Connection) -> None:
            if self._is_blank(connection):
                # First of all: of two programs that make it at once, one waits here, fails, and begins again.
                connection.exec_driver_sql(_MAKE)
                self._make_tables(connection, fill)
                idea_words.catch_up(connection)

        self.write(make)

    def _migrate(self) -> None:
        from store.database.migration_scripts import SCRIPTS, run_scripts  # noqa: PLC0415 -- Alembic takes 90 ms

        def step(connection: Connection) -> None:
            # Whoever else begins the same now waits here.
            done = connection.exec_driver_sql("SELECT version FROM abduce_schema FOR UPDATE").scalar_one()
            run_scripts(connection, SCRIPTS, done, SCHEMA_VERSION)
            self._set_version(connection, SCHEMA_VERSION)

        try:
            self.write(step)
        except DatabaseProblem as problem:
            raise DatabaseProblem(f"{self.name} was not brought up to date and is as it was: {problem}") from problem


def _was_saved_after_all(unknown: OutcomeUnknown) -> bool:
    """Wait a little for a server that went away, and ask it what became of what it was saving."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return unknown.was_saved()
        except DatabaseProblem:
            if time.monotonic() > until:
                raise unknown from None
        time.sleep(0.2)
