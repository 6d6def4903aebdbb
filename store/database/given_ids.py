"""The highest id that a table has ever given out: what was deleted may be redone as itself, so none is given twice."""

from __future__ import annotations

from sqlalchemy import Connection

# ruff: noqa: S608 -- what stands in the statements are names of tables, which no parameter can be


def last_id(connection: Connection, table: str) -> int:
    """Return it; 0 if there was none yet."""
    if connection.dialect.name == "sqlite":
        query = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"
    else:
        query = f"SELECT last_value FROM {table}_id_seq WHERE is_called"
    found: int | None = connection.exec_driver_sql(query).scalar()
    return found or 0


def set_last_id(connection: Connection, table: str, last: int) -> None:
    """Have the next id be a higher one than this."""
    if not last:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
    else:
        connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', %s)", (last,))
