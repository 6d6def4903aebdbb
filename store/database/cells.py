"""What a cell of a column can hold, and where one holds something else, in a file that was damaged or sent by somebody.

PostgreSQL keeps to it by itself; SQLite keeps what it is given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, LargeBinary, Row, Table, TypeDecorator
from sqlalchemy.types import TypeEngine

from store.database.named_tables import METADATA
from store.database.sql_names import with_names

_NULL: Final = type(None)


class BrokenCell(ValueError):
    """A cell holds what none of its column can. Where it is, `broken` finds out."""


class _Kind(NamedTuple):
    types: frozenset[type]
    """Of the values that are read of such a column."""
    word: str
    """What stands there, for a sentence."""


_KINDS: Final[Sequence[tuple[type, _Kind]]] = (
    (Boolean, _Kind(frozenset({bool}), "yes or no")),
    (Integer, _Kind(frozenset({int}), "a whole number")),
    (Float, _Kind(frozenset({float, int}), "a number")),
    (DateTime, _Kind(frozenset({datetime}), "a time")),
    (LargeBinary, _Kind(frozenset({bytes}), "bytes")),
)
_INSTEAD: Final[Sequence[tuple[type, object]]] = (
    (Boolean, 0),
    (Integer, 0),
    (Float, 0),
    (DateTime, "1970-01-01 00:00:00.000000"),
    (LargeBinary, b""),
)
"""What is put in the place of what a column cannot hold."""
_TEXT: Final = _Kind(frozenset({str}), "text")
_LIST: Final = _Kind(frozenset({list}), "a JSON list of texts")
_OBJECT: Final = _Kind(frozenset({dict}), "a JSON object")
_OBJECTS: Final = frozenset({"schemes", "before", "after", "source", "state"})
"""The columns of JSON that are objects; `source` is text elsewhere. All others are lists of texts."""


def _stored(column: Column[Any]) -> TypeEngine[Any]:
    """Return the type that a column has in the database."""
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _kind(column: Column[Any]) -> _Kind:
    if isinstance(column.type, JSON):
        kind = _OBJECT if column.name in _OBJECTS else _LIST
    else:
        kind = next((kind for sort, kind in _KINDS if isinstance(_stored(column), sort)), _TEXT)
    return _Kind(kind.types | {_NULL}, kind.word) if column.nullable else kind


_OF: Final[Mapping[str, Mapping[str, _Kind]]] = {
    name: {column.name: _kind(column) for column in table.columns} for name, table in METADATA.tables.items()
}


def require_sound(table: Table, names: Sequence[str], rows: Sequence[Row[Any]]) -> None:
    """Require that cells which were read are such as their columns can hold.

    Raises:
        BrokenCell: one is not.
    """
    kinds = _OF[table.name]
    for name, column in zip(names, zip(*rows, strict=True), strict=False):
        kind = kinds.get(name, _TEXT)
        if not kind.types.issuperset(map(type, column)):
            raise BrokenCell(f"{table.name}.{name}")
        if list in kind.types and not {str}.issuperset(map(type, chain.from_iterable(each or () for each in column))):
            raise BrokenCell(f"{table.name}.{name}")


def read_json(text: str) -> object:
    """Read a column of JSON; of many rows most lists are empty.

    Raises:
        BrokenCell: it is none.
    """
    if text == "[]":
        return []
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise BrokenCell(str(error)) from error


def broken(connection: sqlite3.Connection, tables: Collection[str] = _OF.keys()) -> Iterator[str]:
    """Find every cell, of all or some tables, that holds what none of its column can, and say so in a sentence."""
    there = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    ]
    with as_bytes(connection):
        for name in there:
            if name in _OF and name in tables:
                yield from _broken_in(connection, name)


def _broken_in(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1].decode() for row in connection.execute(f'PRAGMA table_info("{table}")')]
    kinds, known = _OF[table], [name for name in columns if name in _OF[table]]
    query = with_names("SELECT rowid, {columns} FROM {table}", columns=known, table=table)
    for row_id, *cells in connection.execute(query):
        for name, cell in zip(known, cells, strict=True):
            if found := _found(METADATA.tables[table].c[name], cell):
                yield f"table {table}, row {row_id}, column {name}: found {found}; expected {kinds[name].word}"


def _found(column: Column[Any], cell: object) -> str:
    """Say what a raw cell holds that it cannot; nothing if it can."""
    if cell is None:
        return "" if column.nullable else "nothing"
    if isinstance(cell, _Text):
        return _found_in_text(column, bytes(cell))
    if isinstance(cell, bytes):
        return "" if isinstance(column.type, LargeBinary) else f"{len(cell)} bytes"
    expected = (float, int) if isinstance(column.type, Float) else int
    is_number = isinstance(column.type, Boolean | Integer | Float) and isinstance(cell, expected)
    return "" if is_number else f"the number {cell!r}"


def _found_in_text(column: Column[Any], cell: bytes) -> str:
    try:
        text = cell.decode()
    except UnicodeDecodeError as error:
        return f"bytes that are no UTF-8 (from byte {error.start + 1} on)"
    if isinstance(column.type, Boolean | Integer | Float | LargeBinary):
        return f"the text {text[:40]!r}"
    if isinstance(_stored(column), DateTime):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return f"the text {text[:40]!r}"
    if isinstance(column.type, JSON):
        try:
            value = read_json(text)
        except BrokenCell:
            return f"broken JSON, {text[:40]!r}"
        if (isinstance(value, dict) != (column.name in _OBJECTS)) or (
            isinstance(value, list) and not all(isinstance(each, str) for each in value)
        ):
            return f"the JSON {text[:40]!r}"
    return ""


def made_readable(table: str, names: Sequence[str], cells: Sequence[object]) -> list[object]:
    """Return raw cells of a row, as `as_bytes` gives them, with something readable in the place of what is not."""
    columns = METADATA.tables[table].c
    return [_readable(columns[name], cell) for name, cell in zip(names, cells, strict=True)]


def _readable(column: Column[Any], cell: object) -> object:
    if not _found(column, cell):
        return bytes(cell).decode() if isinstance(cell, _Text) else cell
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return "{}" if column.name in _OBJECTS else "[]"
    for sort, instead in _INSTEAD:
        if isinstance(_stored(column), sort):
            return instead
    return bytes(cell).decode(errors="replace") if isinstance(cell, bytes) else str(cell)


class _Text(bytes):
    """What SQLite calls text, before anybody tried to read it as such."""


@contextmanager
def as_bytes(connection: sqlite3.Connection) -> Iterator[None]:
    """Have texts read as the bytes that they are."""
    before = connection.text_factory
    connection.text_factory = _Text
    try:
        yield
    finally:
        connection.text_factory = before
