"""Files, read and written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hypotheses.problems import Refused

_SQLITE: Final = b"SQLite format 3\0"
"""How every SQLite database begins."""


def write_whole(path: Path, text: str | bytes, *, sparing: Iterable[Path], force: bool = False) -> None:
    """Write a file so that it is there completely or not at all, even after a power cut; a text in UTF-8.

    A new file is readable by nobody else; a replaced one keeps its permissions. A database is never replaced.

    Args:
        path: Where to; its folder must exist.
        text: What.
        sparing: Files that it must not become or replace either, whatever `force` says and by whatever name.
        force: Replace an existing file.

    Raises:
        Refused: the file exists and `force` is off, it is one that must not be replaced or no regular file, or it
            cannot be written.
    """
    mode = require_free(path, sparing=sparing, force=force)
    try:
        _write(path, text.encode() if isinstance(text, str) else text, mode)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error


def require_free(path: Path, *, sparing: Iterable[Path], force: bool = False) -> int:
    """Return the permissions of a file that may be written here: those of the one that it replaces, or private ones.

    Raises:
        Refused: it may not be written; see `write_whole`.
    """
    mode = _mode_for(path, force=force)
    try:
        if _is_database(path) or any(_is_same(path, spared) for spared in sparing):
            raise Refused(f"{path} is a file that Abduce works with, or a database; expected another file")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    return mode


def _mode_for(path: Path, *, force: bool) -> int:
    try:
        there = path.lstat()
    except FileNotFoundError:
        return 0o600
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    if not stat.S_ISREG(there.st_mode):
        # A link could lead to any file of the user's: it is not followed, and not replaced either.
        raise Refused(f"{path} is a link, a folder or a device; expected a file")
    if not force:
        raise Refused(f"{path} exists already; use --force to replace it")
    return stat.S_IMODE(there.st_mode)


def is_there(path: Path) -> bool:
    """Say whether there is something of this name; of a name that no file can have there is nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def read_whole(path: Path, most: int) -> bytes:
    """Read a file, but no more than so many bytes, also of a device that never ends.

    Raises:
        Refused: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from error


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        return False


def _is_same(path: Path, other: Path) -> bool:
    """Return whether both are one file, by its device and inode, or would be if it were there."""
    if path.exists() and other.exists():
        return path.samefile(other)
    return path.resolve() == other.resolve()


def _write(path: Path, data: bytes, mode: int) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    with removed_on_failure(temporary):
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        temporary.replace(path)
    put_in_place(path)


@contextmanager
def removed_on_failure(temporary: Path) -> Iterator[None]:
    """Leave nothing of a file that is only half made; one that is in its place by now has another name."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def put_in_place(path: Path) -> None:
    """Put on disk that a file, which is there already, has the name it has.

    Raises:
        Refused: the disk failed; the file may be there all the same.
    """
    try:
        sync_folder(path.parent)
    except OSError as error:
        told = f"the disk failed as {path} was put in its place ({error.strerror})"
        raise Refused(f"{told}; look whether it is there before you do it again") from error


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
