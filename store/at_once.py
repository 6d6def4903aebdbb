"""A debate read from its file at once: without SQLAlchemy, which takes longer to load.

A command that only reads does so, and the app, which shows it before its store is open. Nothing is decided here
that the store decides: where anything about the file is not as it mostly is, the store looks.
"""

from __future__ import annotations

import gc
import math
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from hypotheses.debate import Debate
from store.database import own_schema, sqlite_file
from store.database.identity import APPLICATION_ID, SCHEMA_VERSION, Identity, identity_of
from store.database.image import DebateImage
from store.database.packed_rows import CHUNK
from store.database.sql_names import with_names
from store.database.table_columns import PLAIN, READ, columns
from store.database.translation import OWNERS, TABLES, Cells
from store.errors import DatabaseProblem
from store.paths import database_location
from store.person import system_user

_PATIENCE: Final = 0.5
"""Seconds to wait for a file that somebody has to himself; the store waits longer."""
_OPENED: Final = (
    "SELECT d.id FROM debate d LEFT JOIN opened o ON o.debate_id = d.id"
    " WHERE d.shelf = '' ORDER BY coalesce(o.id, 0) DESC, d.id LIMIT 1"
)
_CREATOR: Final = "SELECT actor FROM journal_entry WHERE debate_id = ? ORDER BY id LIMIT 1"
_ITEMS: Final = "SELECT count(*) FROM evidence WHERE debate_id = ?"
_REASONS: Final = (
    "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE debate_id = ? AND why <> '' AND about_id IS NOT NULL)"
)
_MANY: Final = frozenset({"evidence", "assessment", "idea", "comment"})
"""The tables of which a debate may have very many rows."""
_LATEST: Final = "SELECT max(id) FROM journal_entry WHERE debate_id = ?"


class _Unusual(Exception):
    """The store has to look."""


class Early(NamedTuple):
    """What there is of a debate before the store is open."""

    debate: Debate
    waiting: int | None
    """How many items of evidence are still to be read, and ideas and comments; None if it is all there."""
    has_reasons: bool
    """Whether somebody may have given a reason for what is stated, which `DebateStore.reasons` tells."""
    path: Path
    """The file of the database."""


def read_at_once(location: str | None, slug: str | None, largest: float = math.inf) -> Early | None:
    """Read what `DebateStore.load` returns to whoever runs the program; None if the store has to look for itself.

    Args:
        location: A path; None for `ABDUCE_DB`, else the file in the data folder.
        slug: Which debate; None for the one opened last.
        largest: Bytes of a file that is read; of a larger one only what is in a few rows is.
    """
    place = database_location(location)
    if "://" in place:
        return None
    collecting = gc.isenabled()
    gc.disable()  # nothing of what is read is garbage, and to look through it again and again takes half of the time
    try:
        path = sqlite_file.locate(place)
        if not _may_be_written(path) or sqlite_file.look(path) != Identity(APPLICATION_ID, SCHEMA_VERSION):
            return None
        with closing(sqlite_file.connect(path, "mode=rw", _PATIENCE)) as connection:
            connection.execute("BEGIN")
            return _read(connection, slug, path, whole=path.stat().st_size <= largest)
    except (_Unusual, DatabaseProblem, sqlite3.Error, OSError, ValueError, RecursionError):
        return None  # it is asked again, by the store, which tells what is wrong
    finally:
        if collecting:
            gc.freeze()
            gc.enable()


def _may_be_written(path: Path) -> bool:
    return sqlite_file.may_write(path) and sqlite_file.may_write(path.parent)


def _read(connection: sqlite3.Connection, slug: str | None, path: Path, *, whole: bool) -> Early:
    if next(own_schema.foreign(connection, SCHEMA_VERSION), None):
        raise _Unusual
    if identity_of(connection) != Identity(APPLICATION_ID, SCHEMA_VERSION):
        raise _Unusual  # so only the log says
    if slug is None:
        found = connection.execute(_OPENED).fetchone()
    else:
        found = connection.execute("SELECT id FROM debate WHERE slug = ?", (slug,)).fetchone()
    if found is None:
        raise _Unusual
    (debate_id,) = found
    (creator,), (latest,) = (connection.execute(query, (debate_id,)).fetchone() for query in (_CREATOR, _LATEST))
    (items,), (reasons,) = (connection.execute(query, (debate_id,)).fetchone() for query in (_ITEMS, _REASONS))
    tables = (_rows(connection, table, debate_id) if whole or table not in _MANY else () for table in TABLES)
    debate = DebateImage.of(tables, latest, creator).seen_by(system_user())
    return Early(debate, None if whole else items, bool(reasons), path)


def _rows(connection: sqlite3.Connection, table: str, debate_id: int) -> Iterator[Sequence[Cells]]:
    kinds = columns()[table]
    query = with_names("SELECT {columns} FROM {table} WHERE ", columns=kinds, table=table)
    if owner := OWNERS.get(table):
        of_debate = "{owner} IN (SELECT id FROM {owners} WHERE debate_id = ?)"
        query += with_names(of_debate, owner=owner, owners=owner.removesuffix("_id"))
    else:
        query += "id = ?" if table == "debate" else "debate_id = ?"
    cursor = connection.execute(query, (debate_id,))
    while found := cursor.fetchmany(CHUNK):
        read = []
        for (name, kind), column in zip(kinds.items(), zip(*found, strict=True), strict=True):
            if not PLAIN[kind].issuperset(map(type, column)):
                raise _Unusual(f"{table}.{name}")
            read.append(map(READ[kind], column) if kind in READ else column)
        yield list(zip(*read, strict=True))
