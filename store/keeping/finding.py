"""What somebody is told who asks how a database is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["fine", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    part: str
    """Of the database, or of what it runs on: `content`, `backups`, `terminal`…"""
    state: State
    text: str
    """What was found."""
    advice: str = ""
    """What to do; empty if nothing."""
