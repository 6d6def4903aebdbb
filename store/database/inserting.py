"""Rows into a table by the driver: SQLAlchemy takes three times as long, which counts where there are a million."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from json import JSONEncoder
from typing import Any, Final

from sqlalchemy import Connection

from store.database.sql_names import with_names
from store.database.table_columns import columns

_WRITE_JSON: Final = JSONEncoder(check_circular=False).encode


def insert(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each with all columns of the table, of which none is a time."""
    if not rows:
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names, of_json = columns()[table], _of_json(table)
    lists = [[row[name] for row in rows] for name in names]
    for place in of_json:
        lists[place] = [_json(cell) for cell in lists[place]]
    statement = with_names("INSERT INTO {table} ({columns})", table=table, columns=names)
    statement += f" VALUES ({', '.join(mark for _ in names)})"
    connection.exec_driver_sql(statement, list(zip(*lists, strict=True)))


@cache
def _of_json(table: str) -> tuple[int, ...]:
    """Return the places of columns that hold JSON."""
    return tuple(place for place, kind in enumerate(columns()[table].values()) if kind == "JSON")


def _json(cell: object) -> str | None:
    return None if cell is None else "[]" if cell == [] else _WRITE_JSON(cell)
