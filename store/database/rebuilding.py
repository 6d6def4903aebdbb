"""Give a table new columns in a migration: SQLite cannot add one before a constraint, so the table is made anew."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

# ruff: noqa: S608 -- what stands in the statements are names of tables and columns, which no parameter can be


def put_aside(table: str) -> list[str]:
    """Copy a table's rows and drop it; return its columns. SQLite cannot add a column before a constraint."""
    connection = op.get_bind()
    columns = [column["name"] for column in sa.inspect(connection).get_columns(table)]
    op.execute(f"CREATE TEMPORARY TABLE aside_{table} AS SELECT * FROM {table}")
    op.execute(f"CREATE TEMPORARY TABLE last_{table} AS SELECT seq FROM sqlite_sequence WHERE name = '{table}'")
    op.drop_table(table)
    return columns


def put_back(table: str, columns: list[str], new: Mapping[str, str]) -> None:
    """Copy the rows back, remember the highest id ever given, and widen the images of rows in the journal.

    Args:
        table: Made anew since its rows were put aside.
        columns: What it had.
        new: The columns it got, if any, and what they hold for the rows that are there, as SQL.
    """
    kept = [f'"{column}"' for column in columns]
    names, values = ", ".join((*kept, *(f'"{column}"' for column in new))), ", ".join((*kept, *new.values()))
    op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM aside_{table}")
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
    op.execute(f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', seq FROM last_{table}")
    op.execute(f"DROP TABLE aside_{table}")
    op.execute(f"DROP TABLE last_{table}")
    if not new:
        return
    added = ", ".join(f"'$.{column}', {value}" for column, value in new.items())
    for image in ("before", "after"):
        op.execute(
            f"UPDATE journal_change SET {image} = json_set({image}, {added})"
            f" WHERE table_name = '{table}' AND {image} IS NOT NULL"
        )
