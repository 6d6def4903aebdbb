"""What can go wrong, each with one sentence for the person in front of the screen.

AbduceError
├── Refused             the input is not acceptable, or not now
│   └── Conflict        somebody else changed the same thing meanwhile
├── NotFound            no debate, hypothesis, evidence... of that name
├── DatabaseProblem     locked, damaged, newer, foreign, read-only, disk full
├── LookupProblem       no network, no such source, or an answer that makes no sense
└── BadFile             a file that cannot be read, with every problem's line
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class AbduceError(Exception):
    """The base of everything told to the user as one sentence: `str(error)`."""

    exit_code = 1
    """What the command line exits with."""


class Refused(AbduceError):
    """The input is not acceptable, or not now; nothing was changed."""


class Conflict(Refused):
    """The thing being edited was changed by somebody else meanwhile; nothing was changed.

    To write `mine` after all, edit again with `expected=theirs`.
    """

    def __init__(self, place: str, fields: tuple[str, ...], mine: object, theirs: object, who: str) -> None:
        super().__init__(f"{who} changed the {' and the '.join(fields)} of {place} meanwhile; nothing was saved")
        self.fields = fields
        """The fields that both changed, differently."""
        self.mine = mine
        """The value as it would have become."""
        self.theirs = theirs
        """The value as it is now."""
        self.who = who


class NotFound(AbduceError):
    """There is nothing of that name."""

    def __init__(self, kind: str, name: str, names: Iterable[str] = ()) -> None:
        super().__init__(f"there is no {kind} {name!r}{_nearest(name, tuple(names))}")


class DatabaseProblem(AbduceError):
    """The database cannot be opened, read or written."""


class LookupProblem(AbduceError):
    """A source could not be looked up; its fields can be typed all the same."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong in a file, and where."""

    path: str
    line: int
    """Counts from 1; 0 if it concerns the whole file."""
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


class BadFile(AbduceError):
    """A file cannot be taken in; its text has one line for each problem."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def _nearest(name: str, names: tuple[str, ...]) -> str:
    # Imported here: a start without mistakes has no need of it.
    from difflib import get_close_matches  # noqa: PLC0415

    if close := get_close_matches(name, names, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; there is {', '.join(names)}" if 0 < len(names) <= 8 else ""
