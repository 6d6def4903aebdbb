"""Choose what an idea becomes part of: with very many ideas only some are offered, and words bring up others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from hypotheses.idea import Idea
from tui.dialogs.picker import Choice, Picker

MOST: Final = 200
"""So many ideas are offered at once, the latest first."""


class IdeaPicker(Picker):
    """Returns `kind:name`, or None."""

    def __init__(self, title: str, first: Sequence[Choice], ideas: Mapping[int, Idea], but: int) -> None:
        """Offer some choices first, then ideas that are not among them, `but` one."""
        self._first = first
        self._ideas = ideas
        self._known = {f"idea:{but}", *(one.key for one in first)}
        super().__init__(title, [*first, *islice(self._others(()), MOST)])

    def matching(self, typed: str) -> Sequence[Choice]:
        """Return the choices that have every typed word."""
        words = typed.casefold().split()
        texts = ((one, f"{one.name} {one.about} {one.key}".casefold()) for one in self._first)
        first = [one for one, text in texts if all(word in text for word in words)]
        return [*first, *islice(self._others(words), MOST)]

    def _others(self, words: Sequence[str]) -> Iterator[Choice]:
        for number in reversed([*self._ideas]):
            title, key, about = self._ideas[number].title, f"idea:{number}", f"idea {number}"
            if key not in self._known and all(word in f"{title} {about} {key}".casefold() for word in words):
                yield Choice(key, title, about)
