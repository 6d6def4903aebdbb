"""Connections to a PostgreSQL server, and the transaction in which one reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, event

from store.database.cells import read_json
from store.database.postgres_address import connection_arguments
from store.errors import DatabaseProblem


def engine_of(url: URL) -> Engine:
    """Return what connects to a database; nothing is connected to yet. A connection that was lost is not used again.

    Raises:
        DatabaseProblem: the driver is not installed, or a file of passwords lies open.
    """
    try:
        engine = create_engine(
            url,
            connect_args=connection_arguments(url),
            pool_pre_ping=True,
            json_deserializer=read_json,
            use_native_hstore=False,  # which would be asked for at every start
        )
    except ModuleNotFoundError as missing:
        if missing.name != "psycopg":
            raise
        raise DatabaseProblem(
            "found no psycopg, which PostgreSQL needs; expected Abduce with its extra: pipx install '.[postgres]'"
        ) from None
    event.listen(engine, "connect", lambda connection, _: connection.add_notify_handler(pass_over))
    return engine


def pass_over(notice: object) -> None:
    """Do nothing with a notice.

    A pooler that lends connections by transaction may send us those of another program, which would be gathered.
    """


@contextmanager
def reading_from(engine: Engine) -> Iterator[Connection]:
    """Give a transaction that sees one state of a database."""
    with engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection
