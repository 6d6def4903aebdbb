"""Ratings that a person has typed and the debate does not have yet: their cells show them already."""

from __future__ import annotations

from collections.abc import Iterable

from hypotheses.debate import Assessment, Evidence

Cell = tuple[str, str]
"""The key of an item and the slug of a hypothesis."""


class UnsavedRatings:
    """By cell; None where a cell was cleared."""

    def __init__(self) -> None:
        self._typed: dict[Cell, Assessment | None] = {}

    def __len__(self) -> int:
        return len(self._typed)

    def in_row(self, evidence: Evidence, slugs: Iterable[str]) -> tuple[Assessment | None, ...]:
        """Return what the cells of an item show."""
        if not self._typed:
            return tuple(map(evidence.assessments.get, slugs))
        return tuple(self.in_cell(evidence, slug) for slug in slugs)

    def in_cell(self, evidence: Evidence, slug: str) -> Assessment | None:
        """Return what one of them shows: what was typed last, else what the item says."""
        cell = (evidence.key, slug)
        return self._typed[cell] if cell in self._typed else evidence.assessments.get(slug)

    def add(self, cell: Cell, seen: Assessment | None, now: Assessment | None) -> bool:
        """Let a cell show a rating; False if that says the same as what is seen there."""
        if (seen.ratio, seen.why, seen.given) == (now.ratio, now.why, now.given) if seen and now else seen is now:
            return False
        self._typed[cell] = now
        return True

    def saved(self, cell: Cell, now: Assessment | None) -> bool:
        """Let a cell show what the debate has; False if something else was typed since."""
        if cell not in self._typed or self._typed[cell] is not now:
            return False
        del self._typed[cell]
        return True

    def clear(self) -> None:
        """Forget all of them."""
        self._typed.clear()
