"""Where a PostgreSQL database is: a URL read, and named without its password."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from store.errors import DatabaseProblem

EXPECTED: Final = "postgresql://person@host/database"
DRIVERS: Final = ("postgresql", "postgresql+psycopg")
_PATIENCE: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    # A server that is gone without a word is noticed within half a minute.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


def read_url(location: str) -> URL:
    """Read a URL of a PostgreSQL database.

    Raises:
        DatabaseProblem: it cannot be read, or names another driver. It is not shown: it may hold a password.
    """
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise DatabaseProblem(f"the database URL cannot be read; expected {EXPECTED}") from None
    if url.drivername not in DRIVERS:
        raise DatabaseProblem(f"the driver {url.drivername} is not supported; expected {EXPECTED}")
    return url.set(drivername="postgresql+psycopg")


def name_of(url: URL) -> str:
    """Return what sentences call a database: who, where and which, and no password."""
    query = {key: value if isinstance(value, str) else value[0] for key, value in url.query.items()}
    host = url.host or query.get("host") or ""
    where = f"{host}:{url.port}" if url.port else host
    database = url.database or query.get("dbname") or ""
    who = f"{url.username}@" if url.username else ""
    return f"postgresql://{who}{where}/{database}"


def connection_arguments(url: URL) -> dict[str, Any]:
    """Return what the driver is told beside the URL, which may say otherwise.

    Raises:
        DatabaseProblem: the file of passwords can be read by others, so that PostgreSQL would pass it over.
    """
    refuse_open_passwords(url)
    wanted = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    # Statements are not kept on the server: behind a pooler the next one may go to another connection.
    return {**wanted, "client_encoding": "utf8", "application_name": "abduce", "prepare_threshold": None}


def refuse_open_passwords(url: URL) -> None:
    """Refuse a file of passwords that others can read, if passwords would come from it."""
    if url.password or os.environ.get("PGPASSWORD"):
        return
    named = url.query.get("passfile") or os.environ.get("PGPASSFILE") or "~/.pgpass"
    file = Path(str(named)).expanduser()
    try:
        mode = file.stat().st_mode
    except OSError:
        return
    if stat.S_ISREG(mode) and mode & 0o077:
        raise DatabaseProblem(f"{file} holds passwords and others can read it; make it yours alone: chmod 600 {file}")
