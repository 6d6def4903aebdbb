"""Which rows the Matrix shows and in which order: chosen when that is asked for, and not at every rating."""

from __future__ import annotations

from collections.abc import Sequence

from hypotheses.debate import Debate, Hypothesis
from hypotheses.matrix import PARTS, Figures, Order, Part, has_words, in_order, in_part


class MatrixRows:
    """The keys of the rows, and how they were chosen."""

    def __init__(self) -> None:
        self.order: Order = "diagnosticity"
        self.part: Part = "all"
        self.words = ""
        self.keys: tuple[str, ...] = ()
        self._slug = ""
        """The explanation that was under the cursor then."""
        self._known: frozenset[str] = frozenset()

    def next_part(self) -> None:
        """Go on to the next part of the rows."""
        parts = list(PARTS)
        self.part = parts[(parts.index(self.part) + 1) % len(parts)]

    def choose(self, debate: Debate, figures: Figures, slug: str) -> None:
        """Choose the rows and put them in order; `slug` is the explanation under the cursor."""
        words = self.words.casefold().split()
        chosen = [
            item
            for item in debate.evidence.values()
            if in_part(item, self.part, debate.hypotheses, slug) and has_words(item, words)
        ]
        self.keys = tuple(item.key for item in in_order(chosen, figures, self.order, slug))
        self._slug = slug
        self._known = frozenset(debate.evidence)

    def follow(self, debate: Debate) -> list[str]:
        """Drop what is gone; what is new comes last and is returned."""
        if debate.evidence.keys() == self._known:
            return []
        new = [key for key in debate.evidence if key not in self._known]
        self.keys = tuple(key for key in (*self.keys, *new) if key in debate.evidence)
        self._known = frozenset(debate.evidence)
        return new

    def told(self, columns: Sequence[Hypothesis], every: int) -> str:
        """Say how many of all rows are shown, which, and in which order."""
        shown = len(self.keys)
        title = f"Evidence {every}" if every == shown else f"Evidence {shown} of {every}"
        title += f" · {PARTS[self.part]}" if self.part != "all" else ""
        title += f" · with “{self.words}”" if self.words else ""
        if self.order == "logged":
            return f"{title} · as logged"
        rank = next((str(n) for n, each in enumerate(columns, 1) if each.slug == self._slug), "")
        return f"{title} · by {self.order}{f' for {rank}' if self.order == 'rating' and rank else ''}"
