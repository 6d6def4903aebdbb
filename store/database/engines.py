"""Opens a database by its path or URL, with the engine that it is of."""

from __future__ import annotations

from store.database.database import BUSY_TIMEOUT, Database, Fill
from store.database.postgres_database import PostgresDatabase
from store.database.sqlite_database import SqliteDatabase


def open_database(
    location: str, fill: Fill, busy_timeout: float = BUSY_TIMEOUT, replica: str = "", *, new: bool = False
) -> Database:
    """Open the database at a path or URL; create what is not there, filled by `fill`.

    A `replica` of one on a server is read instead of it, where it is not behind. Where it is to be `new`, nothing may
    be there.

    Raises:
        DatabaseProblem: it cannot be opened or created.
    """
    if is_on_a_server(location):
        return PostgresDatabase.open(location, fill, busy_timeout, replica, new=new)
    return SqliteDatabase.open(location, fill, busy_timeout, new=new)


def is_on_a_server(location: str) -> bool:
    """Say whether a path or URL is that of a database on a PostgreSQL server."""
    return location.partition("://")[0].partition("+")[0] == "postgresql"
