"""The ideas of each part of the inbox, the latest first: put in order once, then brought forward by what changed."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, Literal, overload

from hypotheses.changed import changed
from hypotheses.idea import Idea

Part = Literal["new", "later", "decided", "all"]
PARTS: Final[tuple[Part, ...]] = ("new", "later", "decided", "all")
"""Which ideas are shown: those nobody has looked at, those put off or unclear, those decided, or every one."""
FEW: Final = 100
"""Up to so many changed ideas are put in their places one by one; with more, all are put in order."""


class Listed(Sequence[Idea]):
    """Ideas in their order. It holds their numbers, so that to copy it costs nothing however many they are."""

    def __init__(self, numbers: array[int], ideas: Mapping[int, Idea]) -> None:
        self.numbers = numbers
        self._ideas = ideas

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Idea: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Idea]: ...

    def __getitem__(self, index: int | slice) -> Idea | Sequence[Idea]:
        if isinstance(index, slice):
            return [self._ideas[number] for number in self.numbers[index]]
        return self._ideas[self.numbers[index]]

    def __iter__(self) -> Iterator[Idea]:
        return map(self._ideas.__getitem__, self.numbers)

    def place_of(self, idea: Idea) -> int | None:
        """Return where an idea stands, by its time and its number; None if it does not."""
        place = self.before(idea)
        return place if place < len(self) and self.numbers[place] == idea.number else None

    def before(self, idea: Idea) -> int:
        """Return how many ideas stand before the place of one."""
        low, high, when = 0, len(self), _when(idea)
        while low < high:
            middle = (low + high) // 2
            if _when(self[middle]) > when:
                low = middle + 1
            else:
                high = middle
        return low


class IdeaOrder:
    """Ideas by part. A list that was given out is never changed: another one takes its place."""

    def __init__(self, ideas: Mapping[int, Idea], among: Collection[int] | None = None) -> None:
        """Put ideas in order, or only those that are `among` some."""
        self._among = among
        self._ideas = ideas
        self._put_in_order()

    def of(self, part: Part) -> Listed:
        """Return the ideas of a part."""
        return Listed(self._parts[part], self._ideas)

    @property
    def counts(self) -> dict[Part, int]:
        """How many ideas each part has."""
        return {part: len(numbers) for part, numbers in self._parts.items()}

    def follow(self, ideas: Mapping[int, Idea]) -> None:
        """Take up what has changed."""
        before, self._ideas = self._ideas, ideas
        there, gone = changed(before, ideas)
        if len(there) + len(gone) > FEW:
            self._put_in_order()
            return
        moving = [number for number in (*there, *gone) if self._among is None or number in self._among]
        for number in moving:
            if number in before:
                self._take_out(before[number], before)
        for number in moving:
            if number in ideas:
                self._put_in(ideas[number])

    def _put_in_order(self) -> None:
        ideas = self._ideas
        chosen = ideas.values() if self._among is None else [ideas[each] for each in self._among if each in ideas]
        # By time, then by number, the last first: in two sorts, neither of which makes a pair for each.
        every = sorted(sorted(chosen, key=attrgetter("number")), key=attrgetter("received"))
        every.reverse()
        parts: dict[Part, list[int]] = {"new": [], "later": [], "decided": [], "all": [each.number for each in every]}
        of_status = {idea.status: parts[part_of(idea)] for idea in {each.status: each for each in every}.values()}
        for idea in every:
            of_status[idea.status].append(idea.number)
        self._parts = {part: array("q", numbers) for part, numbers in parts.items()}

    def _take_out(self, idea: Idea, ideas: Mapping[int, Idea]) -> None:
        parts: tuple[Part, ...] = ("all", part_of(idea))
        for part in parts:
            place = Listed(self._parts[part], ideas).place_of(idea)
            if place is not None:
                self._parts[part] = self._parts[part][:place] + self._parts[part][place + 1 :]

    def _put_in(self, idea: Idea) -> None:
        parts: tuple[Part, ...] = ("all", part_of(idea))
        for part in parts:
            numbers = self._parts[part]
            place = Listed(numbers, self._ideas).before(idea)
            self._parts[part] = numbers[:place] + array("q", [idea.number]) + numbers[place:]


class FoundIdeas:
    """The ideas that have what is typed."""

    def __init__(self, typed: str, numbers: frozenset[int], ideas: Mapping[int, Idea]) -> None:
        self.typed = typed
        self.numbers = numbers
        self.order = IdeaOrder(ideas, numbers)


def part_of(idea: Idea) -> Part:
    """Return the part that an idea is in, apart from that of all."""
    if idea.status == "new":
        return "new"
    return "later" if idea.is_open else "decided"


def _when(idea: Idea) -> tuple[str, int]:
    return idea.received, idea.number
