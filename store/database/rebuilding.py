"""Give a table new columns in a migration, on any engine: made anew, as SQLite adds none before a constraint.

Where an engine has foreign keys on, those that name the table are taken away and put back with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.database.given_ids import last_id, set_last_id

# ruff: noqa: S608 -- what stands in the statements are names of tables and columns, which no parameter can be


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
    op.execute(f"CREATE TEMPORARY TABLE aside_{table} AS SELECT * FROM {table}")
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
    kept = ", ".join(f'"{column}"' for column in aside.columns)
    names = "".join(f', "{column}"' for column in new)
    values = "".join(f", {_literal(value)}" for value in new.values())
    op.execute(f"INSERT INTO {table} ({kept}{names}) SELECT {kept}{values} FROM aside_{table}")
    op.execute(f"DROP TABLE aside_{table}")
    set_last_id(op.get_bind(), table, aside.last_id)
    for other, name, column in aside.named_by:
        # One that was made anew meanwhile has it already.
        if name not in {key["name"] for key in sa.inspect(op.get_bind()).get_foreign_keys(other)}:
            op.create_foreign_key(name, other, table, [column], ["id"])
    for image in ("before", "after") if new else ():
        op.execute(
            f"UPDATE journal_change SET {image} = {_widened(image, new)}"
            f" WHERE table_name = '{table}' AND {image} IS NOT NULL"
        )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _literal(value: object) -> str:
    if isinstance(value, list | dict):
        return f"'{json.dumps(value)}'"
    return str(sa.literal(value).compile(dialect=op.get_bind().dialect, compile_kwargs={"literal_binds": True}))


def _widened(image: str, new: Mapping[str, object]) -> str:
    """Return an image of a row with more columns, as SQL."""
    if _is_sqlite():
        added = ", ".join(f"'$.{name}', json('{json.dumps(value)}')" for name, value in new.items())
        return f"json_set({image}, {added})"
    return f"(CAST({image} AS jsonb) || CAST('{json.dumps(new)}' AS jsonb))::json"
