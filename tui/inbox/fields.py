"""The fields of the form of an idea, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast

from hypotheses.debate import IdeaKind
from tui.dialogs.form import Field, one_of

KINDS = ("hypothesis", "evidence", "estimate", "comment")


class IdeaFields(TypedDict):
    """What the form of an idea gives."""

    title: str
    text: str
    kind: IdeaKind
    sender: str
    hypothesis: str


def idea_fields(hypothesis: str) -> list[Field]:
    """Return the fields of an idea, attached to the explanation that is open."""
    return [
        Field("title", "Title", "", "the idea in a few words", required=True),
        Field("text", "Text", "", "as the reader put it", long=True),
        Field("kind", "Kind", "comment", ", ".join(KINDS), one_of(KINDS), suggestions=KINDS),
        Field("sender", "From", "", "who sent it"),
        Field("hypothesis", "About", hypothesis, "an explanation's slug, or empty"),
    ]


def read_idea(texts: Mapping[str, str]) -> IdeaFields:
    """Return the fields of an idea as the store takes them."""
    return cast("IdeaFields", {name: text.strip() for name, text in texts.items()})
