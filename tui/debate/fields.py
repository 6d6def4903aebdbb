"""The fields of the form of an explanation, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from hypotheses.debate import Hypothesis
from hypotheses.edits import HypothesisFields
from hypotheses.ranking import format_plausibility, parse_plausibility
from tui.dialogs.form import Field, one_of

STATUSES = ("open", "accepted", "rejected", "merged")


def hypothesis_fields(hypothesis: Hypothesis | None = None) -> list[Field]:
    """Return the fields of an explanation, filled in when it is edited."""
    was = hypothesis or Hypothesis("", "")
    fields = [
        Field("title", "Title", was.title, "the explanation in a few words", required=True),
        Field("statement", "Statement", was.statement, "what it says, and what would follow (Markdown)", long=True),
        Field(
            "prior",
            "Prior",
            format_plausibility(was.prior) if hypothesis else "",
            "before any evidence: 50%",
            parse_plausibility,
        ),
    ]
    if hypothesis is None:
        fields.append(
            Field("plausibility", "Plausibility", "", "60%, 0.6, 3:2 or 1 in 5", parse_plausibility, required=True)
        )
    else:
        fields.append(
            Field("status", "Status", was.status, ", ".join(STATUSES), one_of(STATUSES), suggestions=STATUSES)
        )
        fields.append(Field("source", "Source", was.source, "where it was stated"))
        fields.append(Field("note", "Note", was.note, "anything else worth keeping"))
    return fields


def read_hypothesis(texts: Mapping[str, str], was: Hypothesis) -> HypothesisFields:
    """Return the changed fields of an edited explanation; an untouched prior keeps its exact value."""
    now: dict[str, object] = {name: texts[name].strip() for name in ("title", "statement", "status", "source", "note")}
    if texts["prior"].strip() != format_plausibility(was.prior):
        now["prior"] = parse_plausibility(texts["prior"])
    changed = {name: value for name, value in now.items() if value != _as_typed(getattr(was, name))}
    return cast("HypothesisFields", changed)


def _as_typed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
