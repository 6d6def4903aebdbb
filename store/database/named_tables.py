"""The tables as statements name them, by `schema.sql`: SQLModel, which defines them in `rows`, takes 0.2 s to load.

A test holds both to be the same. What makes tables uses `rows`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from store.database.table_columns import table_bodies


class UtcTime(TypeDecorator[datetime]):
    """A time, which is UTC wherever it is kept; SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take a time of any zone."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it with its zone."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


_COLUMN: Final = re.compile(r'\n\t"?(\w+)"? ([A-Z]+)( NOT NULL)?\b')
_PRIMARY_KEY: Final = re.compile(r"PRIMARY KEY \(([\w, ]+)\)")
_FOREIGN_KEY: Final = re.compile(r"FOREIGN KEY\((\w+)\) REFERENCES (\w+) \((\w+)\)")
_TYPES: Final[dict[str, type[TypeEngine[Any]]]] = {
    "INTEGER": Integer,
    "VARCHAR": String,
    "TEXT": Text,
    "FLOAT": Float,
    "BOOLEAN": Boolean,
    "DATETIME": UtcTime,
    "BLOB": LargeBinary,
}


def _read() -> MetaData:
    metadata = MetaData()
    for name, body in table_bodies().items():
        found = _PRIMARY_KEY.search(body)
        keys = found[1].split(", ") if found else ["id"]
        named = {column: f"{table}.{key}" for column, table, key in _FOREIGN_KEY.findall(body)}
        Table(
            name,
            metadata,
            *(
                Column(
                    column,
                    JSON(none_as_null=True) if kind == "JSON" else _TYPES[kind](),
                    *([ForeignKey(named[column])] if column in named else []),
                    primary_key=column in keys,
                    nullable=not required,
                )
                for column, kind, required in _COLUMN.findall(body)
            ),
        )
    return metadata


METADATA: Final = _read()
"""All tables, with their columns and keys; without what else is required of them."""
