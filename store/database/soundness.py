"""What is wrong with a database file, asked without changing or healing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from store.database import cells, checksums, own_schema, sqlite_file
from store.database.database import BUSY_TIMEOUT
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION, identity_of, raw
from store.errors import DatabaseProblem

_MOST: Final = 20
"""So many faults of one kind are told."""
FlawKind = Literal["file", "version", "foreign", "missing", "pages", "keys", "cells", "content", "journal"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a database."""

    kind: FlawKind
    text: str
    debate_id: int = 0
    """The debate it is about, if it is about one."""

    @property
    def is_in_content(self) -> bool:
        """Whether the database is sound, but what it holds is not what was written."""
        return self.kind in ("cells", "content", "journal")


@contextmanager
def looked_at(path: Path) -> Iterator[Connection]:
    """Give one transaction on a file that cannot write to it, and sees all that was saved.

    Nobody of this process may have the file open.
    """

    def connect() -> sqlite3.Connection:
        return sqlite_file.connect_to_read(path, BUSY_TIMEOUT)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, json_deserializer=cells.read_json)
    try:
        with engine.connect() as connection:
            raw(connection).isolation_level = None
            connection.exec_driver_sql("BEGIN")
            yield connection
    finally:
        engine.dispose()


def flaws(path: Path) -> Iterator[Flaw]:
    """Find what is wrong with a database file: as a file, in its schema, its pages, its cells and its content."""
    try:
        identity = sqlite_file.look(path)
        if identity is None:
            yield Flaw("file", f"{path} is empty")
            return
        with looked_at(path) as connection:
            yield from flaws_in(connection, path)
    except DatabaseProblem as error:
        yield Flaw("file", str(error))
    except UnicodeDecodeError:
        yield Flaw("pages", f"{path} cannot be read")
    except (DBAPIError, sqlite3.DatabaseError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        yield Flaw("pages", f"{path} cannot be read ({said})")


def flaws_in(connection: Connection, path: Path) -> Iterator[Flaw]:
    """Find what is wrong with an open database."""
    direct = raw(connection)
    identity = identity_of(direct)
    if identity.application != APPLICATION_ID:
        yield Flaw("file", f"{path} is a database of another program")
        return
    if identity.version > SCHEMA_VERSION:
        yield Flaw("version", f"{path} was made by a newer Abduce (schema {identity.version})")
        return
    strange = [Flaw("foreign", f"{path} holds {each}") for each in own_schema.foreign(direct, identity.version)]
    absent = own_schema.missing(direct) if identity.version == SCHEMA_VERSION else []
    yield from strange
    yield from (Flaw("missing", f"{path} has no {name!r}") for name in absent)
    broken_pages = _broken_pages(direct)
    yield from (Flaw("pages", text) for text in broken_pages)
    yield from (Flaw("keys", text) for text in _broken_keys(direct))
    if not absent and not (strange and broken_pages):
        yield from _broken_content(connection)


def _broken_pages(connection: sqlite3.Connection) -> list[str]:
    try:
        lines = [line for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return [str(error)]
    return [] if lines == ["ok"] else [" ".join(str(line).split()) for line in lines]


def _broken_keys(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        for table, row_id, named, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
            yield f"table {table}, row {row_id}: what it belongs to in {named} is not there"
    except sqlite3.DatabaseError:
        return  # the pages are broken, which is told


def _broken_content(connection: Connection) -> Iterator[Flaw]:
    """Say of each debate that is not as it was written whether its rows or its journal are not; or which cells."""
    found = [text for text, _ in zip(cells.broken(raw(connection), OUTSIDE), range(_MOST), strict=False)]
    try:
        off = checksums.off(connection)
    except (DBAPIError, ValueError, TypeError, LookupError, AttributeError) as error:
        inside = (text for text, _ in zip(cells.broken(raw(connection)), range(_MOST), strict=False))
        found = list(inside) or [f"what it holds cannot be read ({error})"]
        off = {}
    yield from (Flaw("cells", text) for text in found)
    names = dict(raw(connection).execute("SELECT id, slug FROM debate").fetchall()) if off else {}
    for debate_id, checksum in off.items():
        name = names.get(debate_id)
        if checksum.content:
            yield Flaw("content", f"the debate {name!r} is not as it was saved: its checksum is another", debate_id)
        if checksum.journal:
            yield Flaw(
                "journal", f"the journal of {name!r} is not as it was written: its checksum is another", debate_id
            )


OUTSIDE: Final = ("checksum", "opened", "lookup", "intake", "idea_unread")
"""The tables that belong to no debate's content."""
