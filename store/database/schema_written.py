"""Writes `schema.sql` anew, after the tables were changed: `python -m store.database.schema_written`."""

from __future__ import annotations

from sqlalchemy import create_engine

from store.database.rows import Base
from store.database.table_columns import SCHEMA


def schema_of_a_new_database() -> str:
    """Return the statements that make one."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        found = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC, name"
        )
        statements = [
            "\n".join(line.rstrip() for line in sql.strip().splitlines() if line.strip()) for sql in found.scalars()
        ]
    engine.dispose()
    return ";\n\n".join(statements) + ";\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_of_a_new_database(), encoding="utf-8")
