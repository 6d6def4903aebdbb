"""Bring a SQLite database that is behind to the schema of today: backed up first, all or nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from store.database.backup import keep_committed
from store.database.identity import SCHEMA_VERSION, raw, schema_version, set_identity
from store.database.migration_scripts import SCRIPTS, run_scripts
from store.errors import DatabaseProblem


def migrate(engine: Engine, path: Path, scripts: Path = SCRIPTS, version: int = SCHEMA_VERSION) -> None:
    """Run the migrations that a database has not been through, in one transaction, unless another program was faster.

    Args:
        engine: Of the database; nothing else of this process may be using it.
        path: Its file.
        scripts: The folder of the migrations; number n brings a database to version n.
        version: The version to reach.

    Raises:
        DatabaseProblem: a migration failed or lost rows; the database is as it was.
    """
    with engine.connect() as connection:
        # Outside any transaction, where alone it has an effect: with foreign keys on, rebuilding a table
        # would delete the rows that belong to it.
        raw(connection).execute("PRAGMA foreign_keys=OFF")
        backup = None
        try:
            with connection.begin():  # whoever else begins the same waits here
                if schema_version(connection) < version:
                    backup = keep_committed(path, "migration")
                    _run(connection, scripts, version)
        except Exception as error:
            connection.invalidate()  # its foreign keys are off
            if backup is None and isinstance(error, DatabaseProblem):
                raise DatabaseProblem(f"{path} was not brought up to date: {error}") from error
            if backup is None:
                raise
            raise DatabaseProblem(
                f"{path} could not be brought up to date and is as it was ({error}); a copy is in {backup}"
            ) from error
        # So that the file itself, without its log, tells its version to whoever looks at it first.
        raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _run(connection: Connection, scripts: Path, version: int) -> None:
    run_scripts(connection, scripts, schema_version(connection), version)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise DatabaseProblem("rows would lose what they belong to")
    set_identity(connection, version)
