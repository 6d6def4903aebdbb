"""What is wrong with an input, said in one way everywhere: one sentence for the person in front of the screen.

AbduceError
├── Malformed           a typed notation that cannot be read, or a value that breaks the rule of its field
├── Refused             the input is not acceptable, or not now
│   └── InUse           others hang on what is to be removed, see `hypotheses/edits/removals.py`
├── NotFound            no debate, hypothesis, evidence... of that name
└── …                   what the store adds, see `store/errors.py`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeVar

NAMED: Final = 5
"""How many names a sentence lists before it counts the rest."""

T = TypeVar("T")
K = TypeVar("K", str, int)

UNAVAILABLE: Final = "unavailable"
"""The code of what is not available because something else is broken, which has a problem of its own."""


class AbduceError(Exception):
    """The base of everything told to the user as one sentence: `str(error)`."""

    exit_code = 1
    """What the command line exits with."""


class Malformed(AbduceError, ValueError):
    """One typed notation cannot be read. Its text is one sentence: what was found, what was expected."""


class Refused(AbduceError):
    """The input is not acceptable, or not now; nothing was changed."""


class NotFound(AbduceError):
    """There is nothing of that name."""

    def __init__(self, kind: str, name: str, names: Iterable[str] = ()) -> None:
        super().__init__(f"there is no {kind} {name!r}{_nearest(name, tuple(names))}")


def found(kind: str, name: K, collection: Mapping[K, T]) -> T:
    """Return what has this name.

    Raises:
        NotFound: nothing has; suggests the nearest.
    """
    if name not in collection:
        raise NotFound(kind, str(name), map(str, collection))
    return collection[name]


def _nearest(name: str, names: tuple[str, ...]) -> str:
    if close := get_close_matches(name, names, n=1):
        return f"; did you mean {close[0]!r}?"
    return f"; there is {', '.join(names)}" if 0 < len(names) <= 8 else ""


def listed(names: Sequence[str]) -> str:
    """Name the first few and count the rest: `a, b, c, d, e and 3 more`."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a whole debate, where it is, and what to do about it."""

    code: str
    """A stable short name, e.g. `unknown-name`."""
    place: str
    """Where: `gaps.vision.formula`, `hypotheses.llm-waste.effects.gpt3`."""
    text: str
    """One sentence: what was found and what was expected."""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    @property
    def unknown(self) -> str:
        """What stands in the place of a figure that is not known for this reason, or needs what is broken itself."""
        return "cannot be computed" if self.code == UNAVAILABLE else f"not known, because {self.text}"
