"""What comes in from a file: what it says, and each thing of it that was left out or changed, with its line.

Every reader of files takes what is good, keeps what it does not understand as it stands, and tells the rest by notes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeVar

from hypotheses.problems import Malformed
from store.errors import FileProblem

Content_co = TypeVar("Content_co", covariant=True)

NoteKind = Literal["left out", "changed", "told"]
"""What became of it: nothing of it was kept; it was kept otherwise than it stands there; or it is worth knowing."""
MOST_NOTES: Final = 10_000
SAMPLE: Final = 65_536
"""How many bytes of a file are looked at to find out what it is."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that a person should know of what came in."""

    line: int
    """Counts from 1; 0 if it concerns the whole file."""
    text: str
    """`lee2019: found 'in press' for a date; left out`."""
    kind: NoteKind = "left out"

    def problem(self, path: str) -> FileProblem:
        """Return it as a reason to refuse the file."""
        return FileProblem(path, self.line, self.text)


class Notes:
    """The notes on one file so far."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._more = 0

    def add(self, line: int, text: str, kind: NoteKind = "left out") -> None:
        """Note something; of very many the last are only counted."""
        if len(self._notes) < MOST_NOTES:
            self._notes.append(Note(line, text, kind))
        else:
            self._more += 1

    def all(self) -> tuple[Note, ...]:
        """Return them in the order of their lines, what concerns the whole file last."""
        ordered = sorted(self._notes, key=lambda note: note.line or sys.maxsize)
        if self._more:
            ordered.append(Note(0, f"{self._more:,} notes more; these are the first {MOST_NOTES:,}"))
        return tuple(ordered)


class Budget:
    """How much may still be made of a file.

    What stands in a file once may be meant in many places of it, and what is made there again in many others: strings
    of BibTeX, fields that are handed on, claims that stand under several others. A few hundred bytes would become
    thousands of millions.
    """

    LEAST: Final = 1_000_000
    """Characters that may be made of any file."""
    FOLD: Final = 5
    """Characters more for each of the file."""

    def __init__(self, size: int = 0) -> None:
        """Allow what a file of so many characters may come to."""
        self._all = self._left = self.LEAST
        self.allow(size)

    def allow(self, size: int) -> None:
        """Allow what so many characters more may come to."""
        self._all += self.FOLD * size
        self._left += self.FOLD * size

    def take(self, length: int) -> None:
        """Take so many characters.

        Raises:
            Malformed: there are not so many left.
        """
        self._left -= length
        if self._left < 0:
            found = "found again and again what stands in the file once"
            raise Malformed(f"{found}; expected at most {self._all:,} characters of all that is put together")


@dataclass(frozen=True, slots=True)
class Contents(Generic[Content_co]):
    """What a file says."""

    value: Content_co
    notes: tuple[Note, ...] = ()
    """In the order of their lines."""
    unused: Mapping[str, int] = field(default_factory=dict)
    """Field of the file that nothing here is made of -> how many of its entries have it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file, by which its kind is found out."""

    name: str
    """In lower case; empty for standard input."""
    text: str
    """At most `SAMPLE` bytes of it, as well as they can be read as text, without a mark before them."""
    data: bytes
    """All of it."""


@dataclass(frozen=True, slots=True)
class FileKind(Generic[Content_co]):
    """A kind of file that can be taken in: one row of the table of them."""

    name: str
    """What `--as` calls it: `bibtex`."""
    title: str
    """`BibTeX`, as it stands in a sentence."""
    endings: tuple[str, ...]
    """How the names of such files end, in lower case: `.bib`."""
    looks_so: Callable[[Sample], bool]
    """Says whether a file is certainly one of these, whatever its name is."""
    read: Callable[[bytes, str], Contents[Content_co]]
    """Reads the bytes of a file of this name.

    Raises:
        BadFile: nothing of it can be taken.
    """


def sample_of(data: bytes, name: str) -> Sample:
    """Return the beginning of a file: UTF-8, UTF-16 if it says so, else as Windows writes western languages."""
    start = data[:SAMPLE]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start[: len(start) // 2 * 2].decode("utf-16", "replace")
    else:
        # The last character may be cut.
        is_utf8 = len(start.decode("utf-8", "ignore").encode()) >= len(start) - 3
        text = start.decode("utf-8-sig" if is_utf8 else "cp1252", "replace")
    return Sample(name.lower(), text, data)
