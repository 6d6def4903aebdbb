"""What is edited of the debate itself."""

from __future__ import annotations

from dataclasses import replace

from hypotheses.debate import Debate, Shelf
from hypotheses.edits.editable import DebateFields


def debate_edited(debate: Debate, fields: DebateFields) -> Debate:
    """Set fields of the debate itself."""
    return replace(debate, **fields)


def debate_shelved(debate: Debate, shelf: Shelf) -> Debate:
    """Put the debate out of sight, archived or removed, or bring it back."""
    return replace(debate, shelf=shelf)


def with_convention(before: Debate, after: Debate) -> Debate:
    """Let the first of the conventions count, if the one that counted has lost its last reading in an edit."""
    lost = after.convention in before.conventions and after.convention not in after.conventions
    return replace(after, convention=next(iter(after.conventions), "")) if lost else after
