"""The fields of the form of an idea, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast

from hypotheses.debate import Idea, IdeaKind
from hypotheses.fields import typed
from tui.dialogs.form_field import FormField, form_field


class IdeaFields(TypedDict):
    """What the form of an idea gives."""

    title: str
    text: str
    kind: IdeaKind
    sender: str
    hypothesis: str


def idea_fields(hypothesis: str) -> list[FormField]:
    """Return the fields of an idea, attached to the explanation that is open."""
    first = {"kind": "comment", "hypothesis": hypothesis}
    return [form_field(Idea, name, first.get(name)) for name in IdeaFields.__annotations__]


def read_idea(texts: Mapping[str, str]) -> IdeaFields:
    """Return the fields of an idea as the store takes them; Malformed if one cannot be read."""
    return cast("IdeaFields", {name: typed(Idea, name, text) for name, text in texts.items()})
