"""What the store tells of changes, as plain values. Light: no database is imported for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hypotheses.debate import Debate, Shelf

EntryKind = Literal["change", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    id: int
    """Grows with every entry of the database."""
    at: datetime
    """When, in UTC."""
    actor: str
    """Who."""
    label: str
    """What, in words."""
    kind: EntryKind = "change"
    why: str = ""
    """The reason that was given for it."""

    @property
    def told(self) -> str:
        """What, and for which reason."""
        return f"{self.label}: {self.why}" if self.why else self.label


@dataclass(frozen=True, slots=True)
class Change:
    """What a change led to."""

    debate: Debate
    """The debate after it, and after whatever others did before it."""
    entry: Entry | None
    """Its line in the journal; None if there was nothing to change."""


@dataclass(frozen=True, slots=True)
class DebateSummary:
    """One line of the list of debates."""

    slug: str
    title: str
    hypotheses: int
    evidence: int
    new_ideas: int
    opened_at: datetime | None
    """When it was opened last, in UTC; None if never."""
    shelf: Shelf = ""
    """Whether it is archived or removed."""
