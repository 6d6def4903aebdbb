"""What a reader sent in, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

IdeaKind = Literal["hypothesis", "evidence", "estimate", "comment"]
IdeaStatus = Literal["new", "later", "unclear", "accepted", "merged", "declined", "duplicate", "off-topic", "split"]
OPEN: Final = frozenset({"new", "later", "unclear"})
"""What an idea is that nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class Idea:
    """What a reader sent in."""

    number: int
    """Counts from 1 within the debate."""
    title: str
    text: str = ""
    kind: IdeaKind = "comment"
    sender: str = ""
    """Who sent it, as they say. Written `from` in files."""
    received: str = ""
    """ISO 8601 time in UTC, e.g. `2023-04-05T10:00:00Z`."""
    status: IdeaStatus = "new"
    hypothesis: str = ""
    """Slug of the hypothesis it is attached to, or empty."""
    related: tuple[str, ...] = ()
    """Evidence keys or references it mentions."""
    example: bool = False
    """True for the made-up ideas of a bundled debate."""
    reason: str = ""
    """Why it was decided as it was."""
    reference: str = ""
    """What its sender asks by what became of it: letters and digits that nobody else knows; none of an example."""
    url: str = ""
    """A link that was sent along."""
    contact: str = ""
    """How to reach the sender; never published."""
    via: str = ""
    """How it came, in words: `app`, `command line`, `mail`, `web`."""
    unnamed: bool = False
    """Whether the sender asked not to be named."""
    became: tuple[str, ...] = ()
    """What was made of it, or what it was merged into: `hypothesis:slug`, `evidence:key`, `reading:symbol/name`,
    `comment:number`, `idea:number`. A record: it may be gone since."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.status in OPEN

    @property
    def named_sender(self) -> str:
        """Who sent it, where others may read it: nobody, if they asked not to be named."""
        return "" if self.unnamed else self.sender
