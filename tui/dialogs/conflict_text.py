"""What two people have made of the same thing, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hypotheses.debate import Assessment
from hypotheses.ranking import format_plausibility
from hypotheses.ratios import format_rating, format_weight
from store.errors import Conflict

WRITTEN: Final = {
    "plausibility": format_plausibility,
    "implied plausibility": format_plausibility,
    "prior": format_plausibility,
    "credibility": format_weight,
    "relevance": format_weight,
}
"""Field -> how its figure is written."""
NAMES: Final = {
    "position": "place among equals",
    "chosen": "reading that counts",
    "settled_on": "day",
    "short": "short name",
    "assumes": "assumptions",
}
"""Field -> what it is called, where that is not its name."""


def name_of(field: str) -> str:
    """Return what a field is called."""
    return NAMES.get(field, field)


def said_of(value: object, field: str) -> str:
    """Write what a field of a value says; the cell of a matrix, and a figure, are all there is of them."""
    said = getattr(value, field) if hasattr(value, field) else value
    if said is None:
        return "not stated"
    return WRITTEN[field](said) if field in WRITTEN and isinstance(said, float | int) else in_words(said)


def theirs_in_words(conflict: Conflict, most: int = 400) -> str:
    """Say what it has become, in so many characters at most."""
    theirs = "; ".join(f"{name_of(field)}: {said_of(conflict.theirs, field)}" for field in conflict.fields)
    return f"Theirs is now {theirs[:most]}. Save again to replace it, or esc to leave it."


def in_words(value: object) -> str:
    """Write the value of a field for a sentence."""
    if isinstance(value, Assessment):
        return f"{format_rating(value)} {value.why}".rstrip()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "blank" if value is None or value == "" else str(value)
