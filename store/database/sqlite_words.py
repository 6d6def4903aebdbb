"""The index of the words of ideas that SQLite's FTS5 keeps. An SQLite may be without it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from functools import cache
from typing import Final

from sqlalchemy import Connection

from hypotheses.search import Phrase
from store.database.identity import raw

MAKE: Final = "CREATE VIRTUAL TABLE idea_words USING fts5(words, content='', prefix='1 2', tokenize='ascii')"
"""No text is kept in it, only where each word stands. Beginnings of one or two letters are many: it has them ready."""
GATHERED: Final = 8 << 20
"""Bytes of words that are gathered before they are put into the index: with fewer it takes twice as long to make."""
_ADD: Final = "INSERT INTO idea_words(rowid, words) VALUES (?, ?)"
_TAKE_OUT: Final = "INSERT INTO idea_words(idea_words, rowid, words) VALUES ('delete', ?, ?)"
_FIND: Final = "SELECT group_concat(rowid) FROM idea_words WHERE idea_words MATCH ?"
"""All in one row: to fetch a hundred thousand one by one takes longer than to find them."""
_FIND_FIRST: Final = (
    "SELECT group_concat(rowid) FROM (SELECT rowid FROM idea_words WHERE idea_words MATCH ? ORDER BY rowid LIMIT ?)"
)


@cache
def can_be_made() -> bool:
    """Say whether this SQLite has FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(MAKE)
        except sqlite3.OperationalError:
            return False
    return True


def is_made(connection: Connection) -> bool:
    """Say whether the index is there."""
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'idea_words'").first() is not None


def make(connection: Connection) -> None:
    """Make it, with nothing in it."""
    connection.exec_driver_sql(MAKE)
    connection.exec_driver_sql("INSERT INTO idea_words(idea_words, rank) VALUES ('hashsize', ?)", (GATHERED,))


def take_out(connection: Connection, said: Iterable[tuple[int, str]]) -> None:
    """Take out ideas, with the words that it has of them."""
    _write(connection, _TAKE_OUT, said)


def add(connection: Connection, said: Iterable[tuple[int, str]]) -> None:
    """Add ideas that are not in it, with their words."""
    _write(connection, _ADD, said)


def having(connection: Connection, wanted: Collection[Phrase]) -> set[int]:
    """Return the ids of the ideas that say all of some phrases."""
    (listed,) = raw(connection).execute(_FIND, (" AND ".join(map(_quoted, wanted)),)).fetchone()
    return set(_ids(listed))


def first_having(connection: Connection, wanted: Phrase, most: int) -> list[int]:
    """Return the lowest ids of the ideas that say a phrase, `most` at most."""
    (listed,) = raw(connection).execute(_FIND_FIRST, (_quoted(wanted), most)).fetchone()
    return _ids(listed)


def _ids(listed: str | None) -> list[int]:
    ids: list[int] = json.loads(f"[{listed or ''}]")  # in half the time of `int` on each
    return ids


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.begins else ""}'


def _write(connection: Connection, statement: str, rows: Iterable[tuple[int, str]]) -> None:
    cells = list(rows)
    if cells:
        connection.exec_driver_sql(statement, cells)
