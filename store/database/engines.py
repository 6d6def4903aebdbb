"""Opens a database by its path or URL, with the engine that it is of."""

from __future__ import annotations

from store.database.database import BUSY_TIMEOUT, Database, Fill
from store.database.sqlite_database import SqliteDatabase


def open_database(location: str, fill: Fill, busy_timeout: float = BUSY_TIMEOUT, replica: str = "") -> Database:
    """Open the database at a path or URL; create what is not there, filled by `fill`.

    A `replica` of one on a server is read instead of it, where it is not behind. A file has none.

    Raises:
        DatabaseProblem: it cannot be opened or created.
    """
    if location.partition("://")[0].partition("+")[0] != "postgresql":
        return SqliteDatabase.open(location, fill, busy_timeout)
    from store.database.postgres_database import PostgresDatabase  # noqa: PLC0415 -- its driver is an extra

    return PostgresDatabase.open(location, fill, busy_timeout, replica)
