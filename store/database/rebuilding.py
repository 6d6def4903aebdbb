"""Give a table new columns in a migration, on any engine: made anew, as SQLite adds none before a constraint.

Where an engine has foreign keys on, those that name the table are taken away and put back with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from store.database import packs
from store.database.given_ids import last_id, set_last_id
from store.database.sql_names import with_names

PACK: Final = "journal_pack"
"""As it is called here: a migration names tables by itself."""


@dataclass(frozen=True, slots=True)
class TableAside:
    """What a table was, while it is made anew."""

    columns: list[str]
    last_id: int
    """The highest id ever given."""
    named_by: list[tuple[str, str, str]]
    """Foreign keys of other tables that name it: their table, their name and their column."""


def put_aside(table: str) -> TableAside:
    """Copy a table's rows and drop it."""
    connection = op.get_bind()
    inspector = sa.inspect(connection)
    columns = [column["name"] for column in inspector.get_columns(table)]
    copy = "CREATE TEMPORARY TABLE {aside} AS SELECT * FROM {table}"
    op.execute(with_names(copy, aside=_aside(table), table=table))
    last, named_by = last_id(connection, table), []
    if not _is_sqlite():
        for other in inspector.get_table_names():
            for key in inspector.get_foreign_keys(other):
                if key["referred_table"] == table and other != table:
                    named_by.append((other, str(key["name"]), key["constrained_columns"][0]))
                    op.drop_constraint(str(key["name"]), other, type_="foreignkey")
    op.drop_table(table)
    return TableAside(columns, last, named_by)


def put_back(table: str, aside: TableAside, new: Mapping[str, Any]) -> None:
    """Copy the rows back, remember the highest id ever given, and widen the images of rows in the journal.

    Args:
        table: Made anew since its rows were put aside.
        aside: What it was.
        new: The columns it got, if any, and what they hold for the rows that are there.
    """
    aside_rows = sa.table(_aside(table), *map(sa.column, aside.columns))
    rows = sa.select(*aside_rows.c, *map(_value, new.values()))
    names = [*aside.columns, *new]
    op.execute(sa.table(table, *map(sa.column, names)).insert().from_select(names, rows))
    op.execute(with_names("DROP TABLE {aside}", aside=_aside(table)))
    set_last_id(op.get_bind(), table, aside.last_id)
    for other, name, column in aside.named_by:
        # One that was made anew meanwhile has it already.
        if name not in {key["name"] for key in sa.inspect(op.get_bind()).get_foreign_keys(other)}:
            op.create_foreign_key(name, other, table, [column], ["id"])
    if new:
        widen_images(table, new)


def widen_images(table: str, new: Mapping[str, Any]) -> None:
    """Give the images of a table's rows in the journal new columns, and what they hold."""
    changes = sa.table("journal_change", *map(sa.column, ("table_name", "before", "after")))
    for image in (changes.c.before, changes.c.after):
        of_table = changes.update().where(changes.c.table_name == table, image.is_not(None))
        op.execute(of_table.values({image.name: _widened(image, new)}))
    _widen_packs(table, new)


def _widen_packs(table: str, new: Mapping[str, Any]) -> None:
    connection = op.get_bind()
    if not sa.inspect(connection).has_table(PACK):
        return  # a database of so old a version has none yet
    pack = sa.table(PACK, *map(sa.column, ("entry_id", "position", "packed")))
    for entry_id, position in connection.execute(sa.select(pack.c.entry_id, pack.c.position)).all():
        this = (pack.c.entry_id == entry_id) & (pack.c.position == position)
        content = connection.execute(sa.select(pack.c.packed).where(this)).scalar_one()
        with suppress(packs.NotAPack):  # one that is damaged stays so, and the checksum of its debate stays wrong
            op.execute(pack.update().where(this).values(packed=packs.widened(bytes(content), table, new)))


def _aside(table: str) -> str:
    return f"aside_{table}"


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _value(value: object) -> sa.ColumnElement[Any]:
    return sa.literal(value, sa.JSON() if isinstance(value, list | dict) else None)


def _widened(image: sa.ColumnElement[Any], new: Mapping[str, object]) -> sa.ColumnElement[Any]:
    """Return an image of a row with more columns."""
    if _is_sqlite():
        added = [part for name, value in new.items() for part in (f"$.{name}", sa.func.json(json.dumps(value)))]
        return sa.func.json_set(image, *added)
    return sa.cast(sa.cast(image, JSONB).concat(sa.cast(dict(new), JSONB)), sa.JSON)
