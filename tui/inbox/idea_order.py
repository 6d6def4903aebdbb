"""The ideas of each part of the inbox, the latest first: put in order once, then brought forward by what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from hypotheses.changed import changed
from hypotheses.debate import Idea

Part = Literal["new", "later", "decided", "all"]
PARTS: Final[tuple[Part, ...]] = ("new", "later", "decided", "all")
"""Which ideas are shown: those nobody has looked at, those put off or unclear, those decided, or every one."""
FEW: Final = 100
"""Up to so many changed ideas are put in their places one by one; with more, all are put in order."""


class IdeaOrder:
    """Ideas by part. A list that was given out is never changed: another one takes its place."""

    def __init__(self, ideas: Mapping[int, Idea]) -> None:
        self._ideas: Mapping[int, Idea] = {}
        self._parts: dict[Part, list[Idea]] = {part: [] for part in PARTS}
        self.follow(ideas)

    def of(self, part: Part) -> Sequence[Idea]:
        """Return the ideas of a part."""
        return self._parts[part]

    @property
    def counts(self) -> dict[Part, int]:
        """How many ideas each part has."""
        return {part: len(ideas) for part, ideas in self._parts.items()}

    def follow(self, ideas: Mapping[int, Idea]) -> None:
        """Take up what has changed."""
        before, self._ideas = self._ideas, ideas
        if ideas is before:
            return
        there, gone = changed(before, ideas)
        if len(there) + len(gone) > FEW:
            self._put_in_order()
            return
        for number in (*there, *gone):
            self._move(before.get(number), ideas.get(number))

    def _put_in_order(self) -> None:
        every = sorted(self._ideas.values(), key=_when)
        every.reverse()
        parts: dict[Part, list[Idea]] = {"new": [], "later": [], "decided": [], "all": every}
        for idea in every:
            parts[part_of(idea)].append(idea)
        self._parts = parts

    def _move(self, before: Idea | None, after: Idea | None) -> None:
        for part in ("all", *dict.fromkeys(part_of(each) for each in (before, after) if each is not None)):
            ideas = self._parts[part].copy()
            if before is not None and (place := place_among(ideas, before)) is not None:
                del ideas[place]
            if after is not None and part in ("all", part_of(after)):
                ideas.insert(_before(ideas, after), after)
            self._parts[part] = ideas


class FoundIdeas:
    """The ideas that have what is typed."""

    def __init__(self, typed: str, numbers: frozenset[int], ideas: Mapping[int, Idea]) -> None:
        self.typed = typed
        self.numbers = numbers
        self.order = IdeaOrder(self._of(ideas))
        self._ideas = ideas

    def follow(self, ideas: Mapping[int, Idea]) -> None:
        """Take up what became of those that were found."""
        if ideas is not self._ideas:
            self._ideas = ideas
            self.order.follow(self._of(ideas))

    def _of(self, ideas: Mapping[int, Idea]) -> dict[int, Idea]:
        return {number: ideas[number] for number in self.numbers if number in ideas}


def part_of(idea: Idea) -> Part:
    """Return the part that an idea is in, apart from that of all."""
    if idea.status == "new":
        return "new"
    return "later" if idea.is_open else "decided"


def place_among(ideas: Sequence[Idea], idea: Idea) -> int | None:
    """Return where an idea stands, by its time and its number; None if it does not."""
    place = _before(ideas, idea)
    return place if place < len(ideas) and ideas[place].number == idea.number else None


def _before(ideas: Sequence[Idea], idea: Idea) -> int:
    """Return how many ideas come before one."""
    low, high, when = 0, len(ideas), _when(idea)
    while low < high:
        middle = (low + high) // 2
        if _when(ideas[middle]) > when:
            low = middle + 1
        else:
            high = middle
    return low


def _when(idea: Idea) -> tuple[str, int]:
    return idea.received, idea.number
