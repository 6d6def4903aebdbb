"""The index of the words of ideas, which SQLite's FTS5 keeps: made of them, so it can be made again at any time.

It holds words as `hypotheses.search` has them, so it asks nothing of SQLite's own tables of letters. What was not taken
into it is written down beside it: where SQLite has no FTS5 all of that is looked through instead, and the answer is the
same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from functools import cache
from typing import Final

from sqlalchemy import Connection, func, literal, select

from hypotheses.search import Phrase, plain, said_in
from store.database.identity import raw
from store.database.image import RowChange
from store.database.rows import Base
from store.database.translation import Row

NAME: Final = "idea_words"
MAKE: Final = f"CREATE VIRTUAL TABLE {NAME} USING fts5(words, content='', prefix='1 2', tokenize='ascii')"
"""No text is kept in it, only where each word stands. Beginnings of one or two letters are many: it has them ready."""
_ADD: Final = "INSERT INTO idea_words(rowid, words) VALUES (?, ?)"
_TAKE_OUT: Final = "INSERT INTO idea_words(idea_words, rowid, words) VALUES ('delete', ?, ?)"
_FIND: Final = "SELECT group_concat(rowid) FROM idea_words WHERE idea_words MATCH ?"
"""All in one row: to fetch a hundred thousand one by one takes longer than to find them."""
_FIND_FIRST: Final = (
    "SELECT group_concat(rowid), count(*) FROM "
    "(SELECT rowid FROM idea_words WHERE idea_words MATCH ? ORDER BY rowid LIMIT ?)"
)
_IDEA: Final = Base.metadata.tables["idea"]
_UNREAD: Final = Base.metadata.tables["idea_unread"]
GATHERED: Final = 8 << 20
"""Bytes of words that are gathered before they are put into the index: with fewer it takes twice as long to make."""
AT_ONCE: Final = 1000
"""Ideas that are taken into the index at once, when it is made."""


@cache
def has_index() -> bool:
    """Say whether this SQLite has FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute(MAKE)
        except sqlite3.OperationalError:
            return False
    return True


def is_made(connection: Connection) -> bool:
    """Say whether the index is there and can be used."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_schema WHERE name = 'idea_words'").first()
    return has_index() and there is not None


def is_behind(connection: Connection) -> bool:
    """Say whether the index could take something up."""
    return has_index() and (not is_made(connection) or connection.execute(select(_UNREAD).limit(1)).first() is not None)


def catch_up(connection: Connection) -> None:
    """Make the index, if there is none, and take up what it has not."""
    if not is_made(connection):
        connection.exec_driver_sql(MAKE)
        connection.exec_driver_sql("INSERT INTO idea_words(idea_words, rank) VALUES ('hashsize', ?)", (GATHERED,))
        connection.execute(_UNREAD.delete())
        new = select(_IDEA.c.id, literal(""))
        connection.execute(_UNREAD.insert().from_select(["idea_id", "words"], new))
    old = connection.execute(select(_UNREAD.c.idea_id, _UNREAD.c.words).where(_UNREAD.c.words != ""))
    _write(connection, _TAKE_OUT, ((row_id, words) for row_id, words in old))
    query = select(_IDEA).join(_UNREAD, _UNREAD.c.idea_id == _IDEA.c.id)
    for some in connection.execute(query).mappings().partitions(AT_ONCE):
        _write(connection, _ADD, ((row["id"], _words(dict(row))) for row in some))
    connection.execute(_UNREAD.delete())


def follow(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Take up what became of ideas, within the transaction that writes it."""
    moved = [
        (one.row_id, _words(one.before), _words(one.after))
        for one in changes
        if one.before is None or one.after is None or said_in(one.before) != said_in(one.after)
    ]
    if not moved:
        return
    behind = unread(connection)
    moved = [one for one in moved if one[0] not in behind]
    if is_made(connection):
        _write(connection, _TAKE_OUT, ((row_id, old) for row_id, old, _ in moved if old))
        _write(connection, _ADD, ((row_id, new) for row_id, _, new in moved if new))
    elif moved:
        connection.execute(_UNREAD.insert(), [{"idea_id": row_id, "words": old} for row_id, old, _ in moved])


def having(
    connection: Connection, wanted: Collection[Phrase], by_scan: Callable[[Collection[int] | None], Collection[int]]
) -> set[int]:
    """Return the ids of the ideas, of whatever debate, that say all of some phrases.

    Args:
        connection: An open transaction.
        wanted: One phrase at least.
        by_scan: Looks through ideas of these ids (None: all), where the index cannot tell.
    """
    if not is_made(connection):
        return set(by_scan(None))
    (listed,) = raw(connection).execute(_FIND, (" AND ".join(map(_quoted, wanted)),)).fetchone()
    found = set(_ids(listed))
    behind = unread(connection)
    return (found - behind).union(by_scan(behind)) if behind else found


def first_having(connection: Connection, wanted: Phrase, most: int) -> list[int]:
    """Return the lowest ids of the ideas, of whatever debate, that say a phrase by the index, `most` at most."""
    listed, _ = raw(connection).execute(_FIND_FIRST, (_quoted(wanted), most)).fetchone()
    return _ids(listed)


def having_few(connection: Connection, wanted: Phrase, most: int) -> list[int] | None:
    """Return the ids of the ideas, of whatever debate, that say a phrase by the index; None if more than `most` do."""
    listed, count = raw(connection).execute(_FIND_FIRST, (_quoted(wanted), most + 1)).fetchone()
    return _ids(listed) if count <= most else None


def last_id(connection: Connection) -> int:
    """Return the highest id of an idea, which is no less than how many there are."""
    return connection.execute(select(func.max(_IDEA.c.id))).scalar() or 0


def unread(connection: Connection) -> set[int]:
    """Return the ids of the ideas that the index cannot tell of."""
    return set(connection.execute(select(_UNREAD.c.idea_id)).scalars())


def _ids(listed: str | None) -> list[int]:
    ids: list[int] = json.loads(f"[{listed or ''}]")  # in half the time of `int` on each
    return ids


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.begins else ""}'


def _words(row: Row | None) -> str:
    return plain(said_in(row)) if row else ""


def _write(connection: Connection, statement: str, rows: Iterable[tuple[int, str]]) -> None:
    cells = list(rows)
    if cells:
        connection.exec_driver_sql(statement, cells)
