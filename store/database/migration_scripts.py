"""The migration scripts, run one after the other on a database of whichever engine."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, table

from store.database import checksums
from store.database.identity import SCHEMA_VERSION
from store.database.table_columns import WORDS
from store.errors import DatabaseProblem

SCRIPTS: Final = Path(__file__).parent / "migrations"


def run_scripts(connection: Connection, scripts: Path, done: int, version: int) -> None:
    """Run the migrations after the one numbered `done`, up to `version`, within the transaction.

    Raises:
        DatabaseProblem: rows would be lost.
    """
    off = checksums.off(connection)  # a migration does not vouch for what is not as it was written
    before = _counts(connection)
    context = MigrationContext.configure(connection)
    directory = ScriptDirectory(str(scripts), version_locations=[str(scripts)])
    revisions = sorted(directory.walk_revisions(), key=lambda script: script.revision)
    with Operations.context(context):
        for script in revisions[done:version]:
            script.module.upgrade()
    after = _counts(connection)
    if lost := sorted(table for table in before.keys() & after.keys() if before[table] != after[table]):
        raise DatabaseProblem(f"rows of {', '.join(lost)} would be lost")
    if version == SCHEMA_VERSION:
        checksums.renew(connection, off)


def _counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in inspect(connection).get_table_names()
        if not name.startswith((WORDS, checksums.NAME))  # they are made of the others
    }
