"""A copy of a database that is whole, whatever else is going on, and the last few that are kept beside it."""

from __future__ import annotations

import filecmp
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, Literal

from store.database import sqlite_file
from store.database.database import BUSY_TIMEOUT
from store.database.soundness import Flaw, flaws
from store.database.sqlite_file import look, make_new
from store.disk import put_in_place, removed_on_failure, sync_folder
from store.errors import DatabaseProblem
from store.paths import SIDES, side_files
from store.settings import load_settings

Before = Literal["migration", "import", "restore", "repair"]
"""What a backup was made before, by itself."""
_ENDINGS: Final[dict[Before, str]] = {
    "migration": "backup",
    "import": "before-import",
    "restore": "before-restore",
    "repair": "before-repair",
}


def back_up(source: sqlite3.Connection, target: Path, *, vouching: bool = False) -> None:
    """Copy an open database into a file that nobody else can read; an older one of that name is replaced.

    Args:
        source: The database; others may go on writing to it.
        target: Where to.
        vouching: Whether what it holds must be what was written, too, and not only a sound database: a copy may be
            wanted of one that is not.

    Raises:
        DatabaseProblem: the copy is not sound; nothing is left of it.
        sqlite3.OperationalError: the disk is full or fails; the same.
        OSError: the folder does not allow it.
        Refused: it is made, and the disk failed after that.
    """
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    make_new(temporary)
    with removed_on_failure(temporary):
        try:
            copy(source, temporary)
            _check(temporary, target, vouching=vouching)
        except sqlite3.OperationalError:
            raise  # the disk is full, or fails
        except sqlite3.DatabaseError as error:
            raise DatabaseProblem(f"{target} came out damaged ({error}); no backup was made") from error
        _take_place(temporary, target)
    put_in_place(target)


def keep(source: sqlite3.Connection, path: Path, before: Before) -> Path:
    """Back up a database beside it; of its kind as many are kept as the settings say, the latest as number 1.

    Each is another one, and before a migration of another version: what is tried again pushes none of them out.

    Raises:
        DatabaseProblem, sqlite3.OperationalError, OSError: none was made; see `back_up`.
    """
    kept = load_settings().settings.backups

    def numbered(number: int) -> Path:
        return path.with_name(f"{path.name}.{_ENDINGS[before]}-{number}")

    # What was changed by no Abduce is no reason against a newer version, which still tells of it.
    back_up(source, numbered(0), vouching=before == "import")
    if before == "migration":
        again = _version_of(numbered(1)) == _version_of(numbered(0))
    else:
        again = numbered(1).exists() and filecmp.cmp(numbered(0), numbered(1), shallow=False)
    for number in range(1 if again else kept, 0, -1):
        if numbered(number - 1).exists():
            _take_place(numbered(number - 1), numbered(number))
    for number in range(kept + 1, kept + 1_000):
        if not numbered(number).exists():
            break
        sqlite_file.remove(numbered(number))
    sync_folder(path.parent)
    return numbered(1)


def _take_place(file: Path, target: Path) -> None:
    """Put a database in the place of another. No log may be left that would be taken for one of the new file."""
    for side, place in zip(side_files(file), side_files(target), strict=True):
        place.unlink(missing_ok=True)
        if side.exists():
            side.replace(place)
    file.replace(target)


def keep_committed(path: Path, before: Before) -> Path:
    """Back up what is on the disk by now beside it, whatever this process is writing; see `keep`.

    Raises:
        DatabaseProblem: none can be made.
        sqlite3.OperationalError: the disk is full or fails.
    """
    with closing(sqlite_file.connect(path, "mode=ro", BUSY_TIMEOUT)) as source:
        try:
            return keep(source, path, before)
        except OSError as error:
            raise DatabaseProblem(f"no backup of {path} can be made: {error.strerror}") from error


def kept_beside(path: Path) -> list[Path]:
    """Return the backups that lie beside a database, the latest first."""

    def at(backup: Path) -> float:
        return backup.stat().st_mtime

    found = []
    for ending in _ENDINGS.values():
        with suppress(OSError):
            found += [
                each
                for each in path.parent.glob(f"{_escaped(path.name)}.{ending}-*")
                if each.is_file() and not each.name.endswith(SIDES)
            ]
    return sorted(found, key=at, reverse=True)


def _escaped(name: str) -> str:
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open database into a file that is there, as one file that is on the disk when this returns."""
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        source.backup(connection)
        # The copy is one file: side files would be left behind by whoever moves it.
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _check(copied: Path, target: Path, *, vouching: bool) -> None:
    """Require that what is on the disk is sound; the connection that wrote it would look at its memory of it."""
    found: list[Flaw] = list(flaws(copied))
    for flaw in found:
        if not flaw.is_in_content and flaw.kind != "version":
            raise DatabaseProblem(f"{target} came out damaged ({flaw.text}); no backup was made")
    if vouching and found:
        raise DatabaseProblem(f"{found[0].text}, so no backup of it was made; `abduce doctor` says more")


def _version_of(backup: Path) -> int | None:
    try:
        identity = look(backup)
    except DatabaseProblem:
        return None  # there is none, or something else has its name
    return identity.version if identity else None
