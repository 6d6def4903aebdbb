"""Folders of files, written without ever leaving them: not by a name, not by a link."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hypotheses.problems import Refused
from store.disk import require_free, sync_folder

_PLACE: Final = re.compile(r"(?!\.)[^/\\\0:*?\"<>|]+(?:/(?!\.)[^/\\\0:*?\"<>|]+)?")
"""A file, or a file in a folder: no name that begins with a dot or has in it what a system gives a meaning."""
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


def require_folder(folder: Path, *, force: bool) -> None:
    """Require a place for a folder: nothing, or with `force` a folder that is none by a link only.

    Raises:
        Refused: it is taken.
    """
    try:
        there = folder.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}") from error
    if not stat.S_ISDIR(there.st_mode):
        raise Refused(f"{folder} is a link, a file or a device; expected a folder")
    if not force:
        raise Refused(f"{folder} exists already; use --force to replace what is written there")


def write_folder(folder: Path, files: Mapping[str, str], *, sparing: Collection[Path], force: bool = False) -> None:
    """Write texts into a folder, each whole or not at all; a folder that is new is there with all of them or not.

    Args:
        folder: Where to; the one it lies in must exist.
        files: Place in the folder, such as `note.md` or `evidence/note.md` -> text, which is written in UTF-8.
        sparing: Files that none of them may replace, by whatever name.
        force: Go on where the folder is there, and replace what is there of these files; all else in it stays.

    Raises:
        Refused: it is there and `force` is off, one of the files is a link or nothing that may be replaced, or they
            cannot be written.
    """
    require_folder(folder, force=force)
    odd = next((place for place in files if not _PLACE.fullmatch(place)), None)
    if odd is not None:
        raise Refused(f"{odd!r} is no place in a folder; expected a plain name")
    try:
        if folder.exists():
            for place in files:
                _require_inside(folder, place, sparing)
            _write_all(folder, files)
        else:
            _make_whole(folder, files)
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}") from error


def _require_inside(folder: Path, place: str, sparing: Collection[Path]) -> None:
    path = folder / place
    if path.parent != folder and path.parent.is_symlink():
        raise Refused(f"{path.parent} is a link; expected a folder")
    require_free(path, sparing=sparing, force=True)


def _make_whole(folder: Path, files: Mapping[str, str]) -> None:
    beside = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    try:
        _write_all(beside, files)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync_folder(folder.parent)


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files by the open folders they go into, so that none is exchanged for a link meanwhile."""
    with _opened(folder) as root:
        for name in dict.fromkeys(place.rpartition("/")[0] for place in files):
            with _inside(root, name) as inside:
                own = {place.rpartition("/")[2]: text for place, text in files.items() if _in(place, name)}
                _write_into(inside, own)


def _in(place: str, name: str) -> bool:
    return place.rpartition("/")[0] == name


def _write_into(folder: int, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if _is_so(folder, name, text.encode()):
            continue  # who watches the folder has nothing to do
        temporary = f".{secrets.token_hex(8)}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(descriptor)
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            os.unlink(temporary, dir_fd=folder)
            raise
    os.fsync(folder)


def _is_so(folder: int, name: str, data: bytes) -> bool:
    """Say whether a file holds just this."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=folder)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        return file.read(len(data) + 1) == data


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, _FOLDER)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _inside(root: int, name: str) -> Iterator[int]:
    """Open a folder in an open one, which is made if it is not there; the open one itself without a name."""
    if not name:
        yield root
        return
    with suppress(FileExistsError):  # it must be a folder, and no link, to be opened
        os.mkdir(name, 0o700, dir_fd=root)
    descriptor = os.open(name, _FOLDER, dir_fd=root)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
