"""A backup of a database when a person asks for one."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from hypotheses.problems import Refused
from store.database import sqlite_file
from store.database.backup import back_up
from store.database.database import BUSY_TIMEOUT
from store.database.engines import is_on_a_server
from store.database.identity import APPLICATION_ID, raw
from store.database.soundness import looked_at
from store.database.sqlite_database import told
from store.disk import require_free
from store.errors import DatabaseProblem
from store.keeping.dumping import dumped
from store.paths import own_files, side_files


def backed_up(location: str, target: Path | None, at: datetime, *, force: bool = False) -> Path:
    """Copy the database of a path or URL into a file, while others write to it; return the file.

    One on a server is what `dumping` is about.

    It is done when the copy is on the disk and was read again: its pages, what its rows belong to, whose it is and what
    it holds.

    Args:
        location: Of the database, of whatever version: it is not brought up to date.
        target: Where to; None for a name of the time beside the database.
        at: The time, in UTC.
        force: Replace a file that is there.

    Raises:
        Refused: the file is there, or may not be replaced.
        DatabaseProblem: there is no such database, it is damaged, or the disk does not take the copy.
    """
    if is_on_a_server(location):
        return dumped(location, target, force=force)
    path = sqlite_file.locate(location)
    if not path.is_file():
        raise DatabaseProblem(f"there is no database {path}")
    target = target or path.with_name(f"{path.name}.backup-{at:%Y%m%dT%H%M%SZ}")
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent} for the backup")
    _require_free(target, path, force=force)
    identity = sqlite_file.look(path)
    if identity is None or identity.application != APPLICATION_ID:
        raise DatabaseProblem(f"{path} is no database of Abduce's; no backup was made")
    with told(path):
        sqlite_file.settle(path, BUSY_TIMEOUT)
    with told(path), looked_at(path) as connection:
        try:
            back_up(raw(connection), target, vouching=True)
        except sqlite3.OperationalError as error:
            raise Refused(f"no backup was made: {target} cannot be written ({error})") from error
        except OSError as error:
            raise Refused(f"no backup was made: {target} cannot be written ({error.strerror})") from error
    return target


def _require_free(target: Path, path: Path, *, force: bool) -> None:
    """Require that a backup may be put there: nothing is, or an older backup that is to be replaced."""
    if any(target.exists() and target.samefile(each) for each in (path, *side_files(path)) if each.exists()):
        raise Refused(f"{target} is the database itself; expected another file")
    if not (force and target.is_file() and _is_ours(target)):
        require_free(target, sparing=own_files(path), force=force)


def _is_ours(target: Path) -> bool:
    try:
        identity = sqlite_file.look(target)
    except DatabaseProblem:
        return False
    return identity is not None and identity.application == APPLICATION_ID
