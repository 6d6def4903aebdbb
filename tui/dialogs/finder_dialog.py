"""Find anything: commands while nothing is typed, then all that has the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from hypotheses.finder import Findable, Finder
from tui.dialogs.picker import Choice, Picker

MOST: Final = 50
"""How many lines stand there at most."""


class FinderDialog(Picker):
    """Returns the key of a line: `kind name`, as `key_for` writes it."""

    keys = "type words in any order · ↑ ↓ move · enter goes there · esc back"
    best_first = True

    def __init__(self, commands: Sequence[Choice], line: Callable[[Findable], Choice]) -> None:
        """Offer commands until words are typed; `line` says what stands for what is found."""
        super().__init__("Find anything", commands)
        self._line = line
        self._finder: Finder | None = None
        self._more = 0

    def look_through(self, finder: Finder) -> None:
        """Take what is looked through, once it is made ready."""
        self._finder = finder

    def awaits(self, key: str) -> bool:
        """Let keys wait for what is looked through, but for the one that leaves."""
        return key != "escape" and self._finder is None

    def matching(self, typed: str) -> Sequence[Choice]:
        """Return what has the words, the best first."""
        if self._finder is None or not typed.strip():
            self._tell_more(0)
            return super().matching(typed)
        found = self._finder.find(typed, MOST)
        self._tell_more(found.more)
        return [self._line(item) for item in found.items]

    def _tell_more(self, more: int) -> None:
        if more != self._more:  # or the box would be laid out at every key
            self._more = more
            self.tell(f"and {more:,} more; another word narrows it" if more else "", wrong=False)


def key_for(item: Findable) -> str:
    """Name a line."""
    return f"{item.kind} {item.name}"
