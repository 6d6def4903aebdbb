"""A replica of a PostgreSQL database, read where it is not behind what this program has seen already."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from store.database.postgres_address import name_of, read_url
from store.database.postgres_engine import engine_of, reading_from
from store.errors import DatabaseProblem

AGAIN: Final = 30.0
"""Seconds until a replica that could not be reached is tried again."""
WHOSE: Final = "SELECT id::text FROM abduce_schema"
_PLACE: Final = "SELECT pg_current_wal_insert_lsn()::text"
_IS_THERE: Final = "SELECT coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false)"


class Replica:
    """What `ABDUCE_DB_READ` names.

    Whoever has written, or read the database itself, would go back in time on a replica that has not come so far. So
    the place in the server's log is kept that was seen, and the database is read until the replica has come there.
    """

    def __init__(self, location: str) -> None:
        """Prepare to use it; nothing is connected to yet.

        Raises:
            DatabaseProblem: that is no URL of a PostgreSQL database.
        """
        url = read_url(location)
        self.name = name_of(url)
        self._engine = engine_of(url)
        self._seen = "0/0"
        self._not_before = 0.0

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def require(self, database: str, whose: str) -> None:
        """Require that it is a replica of a database; if it does not answer now, it is used when it does.

        Raises:
            DatabaseProblem: it is another database, or none that follows this one.
        """
        try:
            with reading_from(self._engine) as connection:
                follows = connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one()
                there = connection.exec_driver_sql("SELECT to_regclass('abduce_schema') IS NOT NULL").scalar_one()
                if follows and there and connection.exec_driver_sql(WHOSE).scalar() == whose:
                    return
        except DBAPIError:
            self._not_before = time.monotonic() + AGAIN
            return
        raise DatabaseProblem(f"{self.name} in ABDUCE_DB_READ is no replica of {database}")

    def saw(self, connection: Connection) -> None:
        """Keep what was seen of the database itself, by a connection to it."""
        self._seen = connection.exec_driver_sql(_PLACE).scalar_one()

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Give a transaction that sees one state of it; None if it is behind, or does not answer."""
        with ExitStack() as stack:
            connection = None
            if time.monotonic() >= self._not_before:
                try:
                    # Asked before: the state that the transaction sees is no older than the answer.
                    with reading_from(self._engine) as asked:
                        is_there = asked.exec_driver_sql(_IS_THERE, (self._seen,)).scalar_one()
                    connection = stack.enter_context(reading_from(self._engine)) if is_there else None
                except DBAPIError:
                    self._not_before = time.monotonic() + AGAIN
            yield connection
