"""The fields of the form of an explanation, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from hypotheses.debate import Hypothesis
from hypotheses.edits import HypothesisFields
from hypotheses.fields import typed
from hypotheses.ranking import format_plausibility
from tui.dialogs.form_field import FormField, form_field

NEW: Final = ("title", "statement", "prior", "plausibility")
EDITED: Final = ("title", "statement", "prior", "prior_on", "status", "source", "note")


def hypothesis_fields(hypothesis: Hypothesis | None = None) -> list[FormField]:
    """Return the fields of an explanation, filled in when it is edited."""
    if hypothesis is not None:
        return [form_field(Hypothesis, name, getattr(hypothesis, name)) for name in EDITED]
    return [replace(form_field(Hypothesis, name), required=name in ("title", "plausibility")) for name in NEW]


def read_hypothesis(texts: Mapping[str, str], was: Hypothesis) -> HypothesisFields:
    """Return the changed fields of an edited explanation; an untouched prior keeps its exact value."""
    untouched = {"prior"} if texts["prior"].strip() == format_plausibility(was.prior) else set()
    now = {name: typed(Hypothesis, name, texts[name]) for name in EDITED if name not in untouched}
    changed = {name: value for name, value in now.items() if value != _as_typed(getattr(was, name))}
    return cast("HypothesisFields", changed)


def _as_typed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
