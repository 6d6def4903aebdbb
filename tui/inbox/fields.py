"""The fields of the form of an idea, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hypotheses.fields import typed
from hypotheses.idea import Idea
from tui.dialogs.form_field import FormField, form_field

FIELDS: Final = ("title", "text", "kind", "sender", "hypothesis")


def idea_fields(hypothesis: str) -> list[FormField]:
    """Return the fields of an idea, attached to the explanation that is open."""
    first = {"kind": "comment", "hypothesis": hypothesis}
    return [form_field(Idea, name, first.get(name)) for name in FIELDS]


def read_idea(texts: Mapping[str, str]) -> Idea:
    """Return the idea that a form says; Malformed if a field cannot be read."""
    given: dict[str, Any] = {name: typed(Idea, name, text) for name, text in texts.items()}
    return Idea(0, **given, via="app")
