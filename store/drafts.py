"""Unsaved text of forms, kept in private files until it is saved or thrown away.

A draft belongs to the database and to the window in which it was typed, and knows what its editor saw. Each window
holds a lock for as long as it lives, however it ends; what a window that is gone has left is taken up by the next one
that opens the same form.
"""

from __future__ import annotations

import fcntl
import json
import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hypotheses.problems import Refused
from store.disk import write_whole
from store.paths import drafts_folder, file_name_for, make_private


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a form."""

    texts: Mapping[str, str]
    """Field -> what was typed."""
    seen: Mapping[str, str]
    """Field -> what the form said when the typing began."""


class Drafts:
    """The drafts of one window on one database. Nothing is written before the first is kept."""

    def __init__(self, database: str) -> None:
        """Keep the drafts of this database, a path or a URL."""
        self._folder = drafts_folder(database)
        self._window = uuid.uuid4().hex[:12]
        self._lock: int | None = None

    def take_up(self, name: str) -> Draft | None:
        """Return the draft of this window, or else the latest one that a window has left which is gone.

        A file that cannot be read counts as nothing.
        """
        own = self._path(name, self._window)
        if not own.exists():
            left = [path for path in self._of(name) if not self._lives(_window_of(path))]
            if not left:
                return None
            try:
                self._hold_lock()
                max(left, key=lambda path: path.stat().st_mtime_ns).replace(own)
            except OSError:
                return None  # another window was faster, or nothing can be written here
        return _read(own)

    def keep(self, name: str, draft: Draft) -> None:
        """Keep a draft in the place of this window's last one of that name.

        Raises:
            Refused: the file cannot be written.
        """
        try:
            self._hold_lock()
        except OSError as error:
            raise Refused(f"{self._folder} cannot be written: {error.strerror}") from error
        kept = {"texts": dict(draft.texts), "seen": dict(draft.seen)}
        write_whole(self._path(name, self._window), json.dumps(kept), sparing=(), force=True)

    def drop(self, name: str) -> None:
        """Forget this window's draft of that name."""
        self._path(name, self._window).unlink(missing_ok=True)

    def close(self) -> None:
        """Leave what is kept to the next window."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            _lock_path(self._folder, self._window).unlink(missing_ok=True)

    def _hold_lock(self) -> None:
        if self._lock is None:
            make_private(self._folder)
            path = _lock_path(self._folder, self._window)
            lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._lock = lock

    def _lives(self, window: str) -> bool:
        """Say whether a window still holds its lock; the lock of one that is gone is cleared away."""
        path = _lock_path(self._folder, window)
        try:
            lock = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(lock)
        path.unlink(missing_ok=True)
        return False

    def _of(self, name: str) -> Iterator[Path]:
        return self._folder.glob(f"{file_name_for(name)}.*.json")

    def _path(self, name: str, window: str) -> Path:
        return self._folder / f"{file_name_for(name)}.{window}.json"


def _window_of(path: Path) -> str:
    return path.name.split(".")[-2]


def _lock_path(folder: Path, window: str) -> Path:
    return folder / f"{window}.lock"


def _read(path: Path) -> Draft | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Draft(_texts(kept["texts"]), _texts(kept["seen"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _texts(kept: Mapping[str, object]) -> dict[str, str]:
    return {field: text for field, text in kept.items() if isinstance(text, str)}
