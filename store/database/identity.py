"""Whose a database file is, and how new: what it says of itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple, cast

if TYPE_CHECKING:
    from sqlalchemy import Connection

APPLICATION_ID: Final = 0x41626475
"""Marks a SQLite file as ours: `Abdu` in ASCII."""
SCHEMA_VERSION: Final = 15
"""How many migrations there are; `store.database.rows` is the schema after all of them."""


class Identity(NamedTuple):
    """Whose a database is, and how new."""

    application: int
    """`application_id`; 0 if nobody says so."""
    version: int
    """`user_version`: for ours, how many migrations it has been through."""


def identity_of(connection: sqlite3.Connection) -> Identity:
    """Return what an open file says of itself, with what only its log says."""
    (application,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return Identity(application, version)


def raw(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection, for statements that must not start a transaction."""
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def set_identity(connection: Connection, version: int) -> None:
    """Mark the database as ours and at this schema version, within the transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={version}")


def schema_version(connection: Connection) -> int:
    """Return how many migrations the database has been through."""
    return identity_of(raw(connection)).version


def newer(name: str, version: int) -> str:
    """Return the sentence that refuses a database of a version that this program does not know."""
    return f"{name} was made by a newer Abduce (schema {version}, this one knows {SCHEMA_VERSION}); it was not touched"
