"""What can go wrong in the store, each with one sentence for the person in front of the screen.

AbduceError
├── Refused
│   ├── Conflict        somebody else changed the same thing meanwhile
│   └── Parted          the same parts of a debate that was edited as a whole
├── DatabaseProblem     locked, damaged, newer, foreign, read-only, disk full
│   └── OutcomeUnknown  the server went away while it saved
├── LookupProblem       no network, no such source, or an answer that makes no sense
└── BadFile             a file that cannot be read, with every problem's line

The others are in `hypotheses/problems.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypotheses.problems import AbduceError, Refused, listed

if TYPE_CHECKING:
    from hypotheses.versions import Clash


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


class Parted(Refused):
    """Parts of a debate that was edited as a whole were changed by somebody else meanwhile; nothing was changed.

    To save it after all, edit again and say of each which counts.
    """

    def __init__(self, clashes: Sequence[Clash], names: Sequence[str]) -> None:
        """Tell of these clashes, each of which is called so."""
        self.clashes = tuple(clashes)
        """What both changed."""
        super().__init__(f"meanwhile somebody else changed what you changed: {listed(names)}; nothing was saved")


class DatabaseProblem(AbduceError):
    """The database cannot be opened, read or written."""


class OutcomeUnknown(DatabaseProblem):
    """The server went away while it saved something: whether it did can be looked up when it is back."""

    def __init__(self, database: str, was_saved: Callable[[], bool]) -> None:
        """Tell of a database, whose server says what became of it when it is back."""
        super().__init__(
            f"the server of {database} went away while it saved, and whether it did is not known until it is back:"
            " look whether it is there before you do it again"
        )
        self.was_saved = was_saved
        """Looks it up; raises `DatabaseProblem` while that cannot be done."""


class LookupProblem(AbduceError):
    """A source could not be looked up, whose fields can be typed all the same; or GitHub does not answer, or not us."""


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
