"""What a database of ours consists of, and what stands in one that is not ours: it is refused before it could act.

A trigger runs with every edit, a view can stand for a table, and a table can be made to forget rows by itself.
`schema.sql` is what a new database has; see `schema_written`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from store.database.identity import SCHEMA_VERSION
from store.database.table_columns import SCHEMA, WORDS
from store.errors import DatabaseProblem

_MADE: Final = re.compile(r'CREATE (?:UNIQUE )?(?:TABLE|INDEX) "?(\w+)"?')
_WRITING: Final = re.compile(r'[\s"`\[\]]+')
"""In what two statements may differ that say the same."""
_INDEX: Final = frozenset(WORDS + ending for ending in ("", "_config", "_data", "_docsize", "_idx"))
"""The tables in which SQLite keeps the index of the words of ideas."""
_OF_SQLITE: Final = "sqlite_"
"""How the names begin that SQLite gives, and nobody else may."""


def refuse_foreign(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Require that everything in a database is Abduce's.

    Raises:
        DatabaseProblem: something is not; it is named.
    """
    if found := next(foreign(connection, version), ""):
        raise DatabaseProblem(f"{path} holds {found}; it was not touched")


def foreign(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    """Say of each thing in a database that is not Abduce's what it is; of an older version, by its name alone."""
    ours = _ours()
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    for kind, name, table, sql in connection.execute(query):
        if kind in ("trigger", "view"):
            yield f"the {kind} {name!r} ({table}), which is not Abduce's"
        elif name in _INDEX or name.startswith(_OF_SQLITE):
            if name == WORDS and not str(sql).startswith("CREATE VIRTUAL TABLE idea_words USING fts5("):
                yield f"the table {name!r}, which is not as Abduce makes it"
        elif name not in ours and (kind == "table" or version == SCHEMA_VERSION):
            yield f"the {kind} {name!r}, which is not Abduce's"
        elif version == SCHEMA_VERSION and _plain(sql) != ours[name]:
            yield f"the {kind} {name!r}, which is not as Abduce makes it"


def missing(connection: sqlite3.Connection) -> list[str]:
    """Return the tables and indexes of ours that a database of today's version has not."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    return sorted(_ours().keys() - there)


@cache
def _ours() -> Mapping[str, str]:
    statements = SCHEMA.read_text(encoding="utf-8").split(";\n")
    found = ((_MADE.match(each), each) for each in map(str.strip, statements))
    return {match[1]: _plain(statement) for match, statement in found if match}


def _plain(sql: str) -> str:
    return _WRITING.sub("", sql).casefold()
