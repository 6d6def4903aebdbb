"""A backup put in the place of a database, which is kept."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from hypotheses.problems import Refused
from store.database import sqlite_file
from store.database.backup import Before, back_up, keep
from store.database.engines import is_on_a_server
from store.database.identity import APPLICATION_ID, raw
from store.database.soundness import flaws, flaws_in, looked_at
from store.database.sqlite_database import told
from store.disk import put_in_place, sync_folder
from store.errors import DatabaseProblem
from store.keeping.dumping import INSTEAD
from store.paths import side_files

PATIENCE: Final = 5.0
"""Seconds to wait for another program that writes; one that has the database open is not waited for."""
_LOCKS: Final = (0x40000000, 512)
"""Where SQLite has the locks of a file, and on how many bytes: whoever has it open holds one of them."""


def restored(location: str, backup: Path, at: datetime, before: Before = "restore") -> Path | None:
    """Put a backup in the place of a database, and return where the old one is now; None if there was none.

    The backup is checked before anything is replaced. The database changes in one step: whatever happens meanwhile, it
    is the old one or the new one.

    Args:
        location: Path or URL of the database.
        backup: The file.
        at: The time, in UTC, by which a damaged one is named.
        before: What that is done for.

    Raises:
        DatabaseProblem: the backup is not sound, somebody has the database open, or the disk fails; the database is
            as it was.
    """
    if is_on_a_server(location):
        raise Refused(f"a database on a server is not restored here; {INSTEAD}")
    path = sqlite_file.locate(location)
    if not backup.is_file():
        raise DatabaseProblem(f"there is no file {backup}")
    if path.exists() and path.samefile(backup):
        raise Refused(f"{backup} is the database itself; expected a backup of it")
    if not path.parent.is_dir():
        raise DatabaseProblem(f"there is no folder {path.parent} for the database")
    with told(backup), looked_at(backup) as source:
        for flaw in flaws_in(source, backup):
            raise DatabaseProblem(f"{flaw.text}; nothing was restored")
        with told(path):
            return _put(raw(source), path, at, before)


def _put(source: sqlite3.Connection, path: Path, at: datetime, before: Before) -> Path | None:
    try:
        if not path.exists() or not path.stat().st_size:
            _set_sides_aside(path)
            back_up(source, path)
            return None
        _refuse_others(path)
        old = _over(source, path, before)
    except OSError as error:
        raise DatabaseProblem(f"{path} cannot be replaced ({error.strerror}); nothing was restored") from error
    return old or _beside(source, path, at)


def _refuse_others(path: Path) -> None:
    """Refuse to replace what is another program's. What is no database at all may be one of ours that is damaged."""
    with suppress(DatabaseProblem):
        identity = sqlite_file.look(path)
        if identity and identity.application not in (0, APPLICATION_ID):
            raise Refused(f"{path} is a database of another program; it was not touched")


def _over(source: sqlite3.Connection, path: Path, before: Before) -> Path | None:
    """Copy a backup over a database in one transaction, with nobody else in it; None if it is too damaged for that."""
    with closing(sqlite_file.connect(path, "mode=rw", PATIENCE)) as connection:
        try:
            # With a log, others could have it open and go by what they remember: without one, nobody can be there.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA synchronous=EXTRA")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise _in_use(path) from error
            raise
        except sqlite3.DatabaseError:
            return None
        try:
            old = keep(connection, path, before)
        except DatabaseProblem:
            return None
        source.backup(connection)
    for flaw in flaws(path):
        raise DatabaseProblem(f"{flaw.text}, after it was restored; the old one is in {old}")
    return old


def _beside(source: sqlite3.Connection, path: Path, at: datetime) -> Path:
    """Set a damaged database aside with its side files, and put the backup in its place."""
    aside = path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%SZ}")
    temporary = path.with_name(f".{path.name}.restored.part")
    back_up(source, temporary)
    try:
        with _alone(path):
            for each, place in zip((path, *side_files(path)), (aside, *side_files(aside)), strict=True):
                with suppress(FileNotFoundError):
                    os.link(each, place)
            sync_folder(path.parent)
            # The old log must not be taken for one of the new file.
            for side in side_files(path):
                side.unlink(missing_ok=True)
            sync_folder(path.parent)
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    put_in_place(path)
    return aside


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the locks of a file as SQLite does, with nobody else in it."""
    with path.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS[1], _LOCKS[0])
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EAGAIN):
                raise _in_use(path) from error
            raise
        yield


def _set_sides_aside(path: Path) -> None:
    """Set aside what a database that is gone left beside it: it is no log of the one that comes."""
    for side, place in zip(side_files(path), side_files(path.with_name(f"{path.name}.left")), strict=True):
        if side.exists():
            side.replace(place)


def _in_use(path: Path) -> DatabaseProblem:
    return DatabaseProblem(f"another program has {path} open; close it and try again: nothing was restored")
