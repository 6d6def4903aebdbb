"""The highest id that a table has ever given out: what was deleted may be redone as itself, so none is given twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from store.database.sql_names import with_names


def last_id(connection: Connection, table: str) -> int:
    """Return it; 0 if there was none yet."""
    if connection.dialect.name == "sqlite":
        query, given = "SELECT seq FROM sqlite_sequence WHERE name = :table", {"table": table}
    else:
        query, given = with_names("SELECT last_value FROM {ids} WHERE is_called", ids=f"{table}_id_seq"), {}
    found: int | None = connection.execute(text(query), given).scalar()
    return found or 0


def next_ids(connection: Connection, table: str, count: int) -> Sequence[int]:
    """Return ids for rows that are about to be inserted, in a transaction that writes."""
    if connection.dialect.name == "sqlite":
        # As SQLite itself does where what it noted lags behind.
        there = connection.execute(text(with_names("SELECT max(id) FROM {table}", table=table))).scalar() or 0
        first = max(last_id(connection, table), there) + 1
        return range(first, first + count)
    query = text("SELECT nextval(CAST(:ids AS regclass)) FROM generate_series(1, :count)")
    return list(connection.execute(query, {"ids": f"{table}_id_seq", "count": count}).scalars())


def set_last_id(connection: Connection, table: str, last: int) -> None:
    """Have the next id be a higher one than this."""
    if not last:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        insert = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
        connection.execute(insert, {"table": table, "last": last})
    else:
        query = text("SELECT setval(CAST(:ids AS regclass), :last)")
        connection.execute(query, {"ids": f"{table}_id_seq", "last": last})
