"""The columns of the tables, and what each holds, by `schema.sql`: for what only reads and does without SQLAlchemy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = Path(__file__).with_name("schema.sql")
"""What a new database has; `python -m store.database.schema_written` writes it anew."""
_TABLE: Final = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
_COLUMN: Final = re.compile(r'\n\t"?(\w+)"? (INTEGER|VARCHAR|TEXT|FLOAT|BOOLEAN|JSON|DATETIME|BLOB)\b')

WORDS: Final = "idea_words"
"""The table that SQLite makes others of, in which it keeps the index of the words of ideas."""

Read = Callable[[Any], Any]
"""Makes of a cell as the driver gives it what the rows of `image` have in its place."""


@cache
def table_bodies() -> Mapping[str, str]:
    """Return table -> what stands between the brackets of its statement."""
    return dict(_TABLE.findall(SCHEMA.read_text(encoding="utf-8")))


@cache
def columns() -> Mapping[str, Mapping[str, str]]:
    """Return table -> column -> its type in SQL."""
    return {name: dict(_COLUMN.findall(body)) for name, body in table_bodies().items()}


def _json(cell: str | None) -> object:
    return None if cell is None else [] if cell == "[]" else json.loads(cell)


def _float(cell: float | None) -> float | None:
    return None if cell is None else float(cell)


def _boolean(cell: int | None) -> bool | None:
    return None if cell is None else bool(cell)


READ: Final[Mapping[str, Read]] = {"JSON": _json, "FLOAT": _float, "BOOLEAN": _boolean}
"""Types whose cells are not taken as they are -> how they are read."""
PLAIN: Final[Mapping[str, frozenset[type]]] = {
    "INTEGER": frozenset({int, type(None)}),
    "BOOLEAN": frozenset({int, type(None)}),
    "FLOAT": frozenset({float, int, type(None)}),
    "VARCHAR": frozenset({str, type(None)}),
    "TEXT": frozenset({str, type(None)}),
    "JSON": frozenset({str, type(None)}),
    "DATETIME": frozenset({str, type(None)}),
    "BLOB": frozenset({bytes, type(None)}),
}
"""Type -> what the driver gives of a cell that is sound."""
