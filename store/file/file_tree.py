"""What a file is read into: a tree of texts with line numbers, and the problems that were found on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, NoReturn

from store.errors import BadFile, FileProblem

MOST_PROBLEMS: Final = 50
"""After how many problems the reading ends: enough to mend at once, and no work for a file that is all wrong."""


@dataclass(slots=True)
class Node:
    """One value of the file, and the line where it, or the key before it, stands."""

    line: int
    value: str | list[Node] | dict[str, Node]


class TakenEntry(dict[str, Node]):
    """What stands in the place of an entry that was taken while the file was read: what was made of it."""

    __slots__ = ("lines", "value")

    def __init__(self, value: object, lines: Sequence[int]) -> None:
        super().__init__()
        self.value = value
        self.lines = lines
        """Of what is inside, as whoever takes it has use for them."""


Take = Callable[[dict[str, Node], str, Node], bool]
"""Is given what was read of a file so far, and a whole entry by its name; may take it, and then says so."""


class EntryByEntry(NamedTuple):
    """Of which mapping of a file each entry is taken as soon as it was read, since there may be very many."""

    part: str
    """The name of the mapping, at the top of the file."""
    take: Take


@dataclass
class Problems:
    """What was found wrong with one file so far."""

    path: str
    found: list[FileProblem] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        """Note a problem and go on, unless there are too many by now."""
        self.found.append(FileProblem(self.path, line, text))
        if len(self.found) >= MOST_PROBLEMS:
            self.found.append(
                FileProblem(self.path, 0, f"there may be more problems; these are the first {MOST_PROBLEMS}")
            )
            self.give_up()

    def stop(self, line: int, text: str) -> NoReturn:
        """Note a problem after which nothing more can be read, and give up."""
        self.add(line, text)
        self.give_up()

    def give_up(self) -> NoReturn:
        """Raise what was found, first lines first.

        Raises:
            BadFile: always.
        """
        # What concerns the whole file stands last.
        raise BadFile(sorted(self.found, key=lambda problem: problem.line or sys.maxsize))


class OtherEncoding(NamedTuple):
    """What a file is written in that is not UTF-8."""

    name: str
    at: int
    """The first byte that shows it."""


def text_in(data: bytes) -> tuple[str, OtherEncoding | None]:
    """Return the text of a file that other programs wrote: UTF-8, UTF-16 with its mark, else as Windows has it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), OtherEncoding("UTF-16", 0)
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return data.decode("cp1252", "replace"), OtherEncoding("Windows-1252", error.start)


def decoded(data: str | bytes, longest: int, problems: Problems) -> str:
    """Return the text of a file without the mark that some programs write before it.

    Raises:
        BadFile: it has more than `longest` bytes, or is not UTF-8.
    """
    if len(data) > longest:
        problems.stop(0, f"the file has {len(data):,} bytes; expected at most {longest:,}")
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.stop(data.count(b"\n", 0, error.start) + 1, "found bytes that are not UTF-8 text")
