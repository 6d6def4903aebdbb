"""A copy of a database that is whole, whatever else is going on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.disk import sync_folder
from store.errors import DatabaseProblem


def back_up(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open database into a file that nobody else can read; an older one of that name is replaced.

    Raises:
        DatabaseProblem: the copy is not sound; nothing is left of it.
        sqlite3.OperationalError: the disk is full or fails; the same.
        OSError: the folder does not allow it.
    """
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    try:
        _copy(source, temporary)
        _check(temporary)
        temporary.replace(target)
    except sqlite3.OperationalError:
        raise  # the disk is full, or fails
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(f"{target} came out damaged ({error}); no backup was made") from error
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        source.backup(copy)
        # The copy is one file: side files would be left behind by whoever moves it.
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _check(copy: Path) -> None:
    """Require that what is on the disk is sound; the connection that wrote it would look at its memory of it."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
