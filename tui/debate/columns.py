"""Where everything stands in a row of the ranking, for the width there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TITLE: Final = 39
"""Cells of titles before anything else is shown that could be left out."""
MOST_TITLE: Final = 60
LEAST_TITLE: Final = 12
YOU: Final = 5
"""Cells of your figure and its mark."""
SAYS: Final = 10
"""Cells of the evidence's figure and its span, at least."""
FOUND: Final = 8
"""Cells of how many findings there are for and against, at least."""
WORDS: Final = 15
CLOSED: Final = 7
LEAST_TRACK, TRACK, MOST_TRACK = 15, 31, 51
"""Cells of the track of belief: at least, before there are words, and at most; odd, so that 50% has a cell."""
LEAST_LEFT, LEFT, MOST_LEFT = 21, 31, 41
"""The same of the track of what is left."""


@dataclass(frozen=True, slots=True)
class Longest:
    """Cells of the longest of what the rows show, so that none of it is cut and all of it stands in columns."""

    title: int = 0
    says: int = 0
    """The evidence's figure with its span."""
    found: int = 0
    """A number of findings, for or against."""
    left: int = 0
    """The figure of what is left; 0 if there is no gap."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of each part of a row; 0 where a part is left out. Between parts stands one blank, or two."""

    rank: int
    title: int
    belief: int
    """The track of what is believed."""
    says: int
    """The evidence's figure, its span and a blank."""
    words: int
    found: int
    track: int
    """The track of what would be left."""
    left: int
    """The figure of it."""
    closed: int

    @property
    def title_at(self) -> int:
        """The cell where the titles begin, after the cursor's bar and the rank."""
        return self.rank + 2

    @property
    def belief_at(self) -> int:
        """The cell where the track of belief begins."""
        return self.title_at + self.title + YOU + 1


class _Room:
    """The cells that are still free."""

    def __init__(self, cells: int) -> None:
        self.cells = max(0, cells)

    def take(self, cells: int) -> int:
        """Take so many, or none."""
        return self.up_to(cells) if cells <= self.cells else 0

    def up_to(self, cells: int) -> int:
        """Take so many, or as many as there are."""
        taken = max(0, min(cells, self.cells))
        self.cells -= taken
        return taken

    def grow(self, cells: int) -> int:
        """Take up to so many for a track, two and two: so it stays odd, and its middle has a cell."""
        return self.up_to(min(cells, self.cells) // 2 * 2)


def arrange(width: int, ranks: int, longest: Longest, *, can_close: bool) -> Columns:
    """Lay the columns out.

    What is left out first: words and chances, the track of what is left, how many findings; a title is cut before a
    figure is. What grows first: titles, the track of belief, that of what is left, words and chances.

    Args:
        width: Cells of a row.
        ranks: How many explanations there are.
        longest: Cells of what the rows show.
        can_close: Whether the gap can be closed.
    """
    rank = len(str(ranks))
    says, most_found = max(SAYS, longest.says + 1), max(FOUND, 2 * (longest.found + 1))
    room = _Room(width - (1 + rank + 1 + YOU + 1 + 1 + says + longest.left + 1))
    small = room.cells < LEAST_TRACK + LEAST_TITLE
    belief = room.up_to(max(1, room.cells // 3 // 2 * 2 - 1) if small else LEAST_TRACK)
    title = room.up_to(max(LEAST_TITLE, min(longest.title, TITLE)))
    found = room.take(most_found + 1)
    track = room.take(LEAST_LEFT + 3) if longest.left else 0
    belief += room.grow(TRACK - belief) if not small else 0
    track += room.grow(LEFT - LEAST_LEFT) if track else 0
    closed = CLOSED + 1 if track and can_close else 0
    words = room.take(WORDS + 1 + closed)
    belief += room.grow(MOST_TRACK - belief) if not small else 0
    track += room.grow(MOST_LEFT - LEFT) if track else 0
    title += room.up_to(min(longest.title, MOST_TITLE) - title)
    return Columns(
        rank=rank,
        title=title,
        belief=belief,
        says=says,
        words=WORDS if words else 0,
        found=most_found if found else 0,
        track=track - 3 if track else 0,
        left=longest.left,
        closed=CLOSED if words and closed else 0,
    )
