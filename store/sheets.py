"""The text of a whole debate while it is edited, in a private file that outlives whatever ends the program.

Beside it lies what the debate was when the editing began, and a file that is locked for as long as the program lives:
so what a program that is gone has left is known, and taken up by the next one that edits the same debate.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from contextlib import suppress
from pathlib import Path

from hypotheses.problems import Refused
from store.disk import read_whole, write_whole
from store.paths import drafts_folder, file_name_for, make_private

_TEXT, _BASE, _LOCK = ".debate.yaml", ".base.yaml", ".lock"


class EditedText:
    """One text that is edited, and what it began with."""

    def __init__(self, path: Path, lock: int) -> None:
        """Hold a text whose lock is held; begin or take up one instead."""
        self.path = path
        """Where the text is."""
        self._lock = lock

    @classmethod
    def begin(cls, database: str, slug: str, text: str) -> EditedText:
        """Begin with a text.

        Raises:
            Refused: it cannot be written.
        """
        folder = drafts_folder(database)
        path = folder / f"{file_name_for(slug)}.{uuid.uuid4().hex[:8]}{_TEXT}"
        try:
            make_private(folder)
            sheet = cls(path, _locked(_beside(path, _LOCK)))
        except OSError as error:
            raise Refused(f"{folder} cannot be written: {error.strerror}") from error
        try:
            sheet.put_base(text)
            sheet.put(text)
        except Refused:
            sheet.drop()
            raise
        return sheet

    @classmethod
    def take_up(cls, database: str, slug: str) -> EditedText | None:
        """Return the latest text of a debate that a program has left which is gone; None if there is none."""
        left = drafts_folder(database).glob(f"{file_name_for(slug)}.*{_TEXT}")
        for path in sorted(left, key=_written_at, reverse=True):
            with suppress(OSError):  # somebody is at it
                return cls(path, _locked(_beside(path, _LOCK)))
        return None

    def read(self, most: int) -> bytes:
        """Return the text as it is in the file: so many bytes of it at most.

        Raises:
            Refused: it cannot be read.
        """
        return read_whole(self.path, most)

    @property
    def is_there(self) -> bool:
        """Whether the text is: an editor may remove it."""
        return self.path.exists()

    def put(self, text: str) -> None:
        """Write another text.

        Raises:
            Refused: it cannot be written.
        """
        write_whole(self.path, text, sparing=(), force=True)

    @property
    def base(self) -> str:
        """What the text began with."""
        return _beside(self.path, _BASE).read_text(encoding="utf-8")

    def put_base(self, text: str) -> None:
        """Begin with another debate: the text was brought forward to it.

        Raises:
            Refused: it cannot be written.
        """
        write_whole(_beside(self.path, _BASE), text, sparing=(), force=True)

    def drop(self) -> None:
        """Forget the text."""
        for ending in (_TEXT, _BASE, _LOCK):
            _beside(self.path, ending).unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Leave the text to the next program."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name.removesuffix(_TEXT) + ending)


def _written_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _locked(path: Path) -> int:
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock
