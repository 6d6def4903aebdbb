"""The fields of the form of an explanation, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypedDict, cast

from hypotheses.admission import admit
from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import HypothesisFields, hypothesis_added, slug_for
from hypotheses.fields import typed
from hypotheses.notations import read_list
from hypotheses.problems import Malformed, NotFound
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked
from hypotheses.reading import Assumption
from tui.debate.effect_lines import (
    ASSUMPTION,
    EFFECT,
    assumptions_text,
    effects_text,
    read_assumptions,
    read_effects,
)
from tui.dialogs.form_field import FormField, form_field

NEW: Final = ("title", "statement", "prior", "plausibility")
EDITED: Final = ("title", "short", "statement", "plausibility", "prior", "prior_on", "status", "source", "note")
LAST: Final = -2
"""From which of these on they stand behind what it does to the numbers."""


def new_fields(debate: Debate) -> list[FormField]:
    """Return the fields of a new explanation."""
    named = [replace(form_field(Hypothesis, name), required=name in ("title", "plausibility")) for name in NEW]
    return [*named, *_doing_fields(debate, Hypothesis("", ""))]


def hypothesis_fields(debate: Debate, hypothesis: Hypothesis) -> list[FormField]:
    """Return the fields of an explanation as it is."""
    named = [form_field(Hypothesis, name, getattr(hypothesis, name)) for name in EDITED]
    return [*named[:LAST], *_doing_fields(debate, hypothesis), *named[LAST:]]


def _doing_fields(debate: Debate, hypothesis: Hypothesis) -> list[FormField]:
    """Return the fields of what an explanation excludes, and of what it does to the numbers."""
    others = tuple(each.slug for each in ranked(debate) if each.slug != hypothesis.slug)
    rivals = FormField(
        "rivals",
        "Rivals",
        ", ".join(hypothesis.rivals),
        "never true together with it: ranks or slugs, with commas between",
        read=lambda text: read_rivals(debate, hypothesis, text),
        suggestions=others,
        several=True,
    )
    effects = FormField(
        "effects",
        "Effects",
        effects_text(hypothesis.effects),
        EFFECT,
        read=lambda text: read_effects(text, hypothesis.effects),
        long=True,
    )
    assumes = FormField(
        "assumes",
        "Assumes",
        assumptions_text(hypothesis.assumes),
        ASSUMPTION,
        read=lambda text: read_assumptions(text, hypothesis.assumes),
        long=True,
    )
    return [rivals, effects, assumes]


def read_rivals(debate: Debate, hypothesis: Hypothesis, text: str) -> tuple[str, ...]:
    """Read rivals, each by its rank or its slug.

    Raises:
        Malformed: there is none of that rank or slug, or it is the explanation itself.
    """
    order = [each.slug for each in ranked(debate)]
    slugs = []
    for entry in read_list(text):
        slug = entry
        if entry not in debate.hypotheses and entry.isascii() and entry.isdigit() and 0 < int(entry) <= len(order):
            slug = order[int(entry) - 1]
        if slug not in debate.hypotheses:
            raise Malformed(str(NotFound("hypothesis", entry, order)))
        if slug == hypothesis.slug:
            raise Malformed(f"found {entry!r}, the explanation itself; expected others")
        slugs.append(slug)
    return tuple(dict.fromkeys(slugs))


class NewHypothesis(TypedDict):
    """What the form of a new explanation gives."""

    title: str
    statement: str
    plausibility: float
    prior: float | None
    rivals: tuple[str, ...]
    effects: Mapping[str, str]
    assumes: Mapping[str, Assumption]


def read_new(debate: Debate, texts: Mapping[str, str]) -> NewHypothesis:
    """Return a new explanation as the store takes it; Malformed if a field cannot be read."""
    none = Hypothesis("", "")
    return {
        "title": texts["title"].strip(),
        "statement": texts["statement"].strip(),
        "plausibility": parse_plausibility(texts["plausibility"]),
        "prior": parse_plausibility(texts["prior"]) if texts["prior"].strip() else None,
        "rivals": read_rivals(debate, none, texts["rivals"]),
        "effects": read_effects(texts["effects"], none.effects),
        "assumes": read_assumptions(texts["assumes"], none.assumes),
    }


def with_new(debate: Debate, texts: Mapping[str, str]) -> Debate:
    """Return a debate with a new explanation in it; Malformed if a field cannot be read."""
    new = read_new(debate, texts)
    slug = slug_for(new["title"], debate.hypotheses, "hypothesis")
    first = new["plausibility"] if new["prior"] is None else new["prior"]
    hypothesis = Hypothesis(
        slug,
        new["title"],
        new["statement"],
        new["plausibility"],
        first,
        rivals=new["rivals"],
        effects=new["effects"],
        assumes=new["assumes"],
    )
    after = hypothesis_added(debate, hypothesis)
    admit(debate, after)
    return after


def read_hypothesis(debate: Debate, texts: Mapping[str, str], was: Hypothesis) -> HypothesisFields:
    """Return the changed fields of an edited explanation; what is untouched keeps its exact value."""
    shares = ("plausibility", "prior")
    untouched = {name for name in shares if texts[name].strip() == format_plausibility(getattr(was, name))}
    now = {name: typed(Hypothesis, name, texts[name]) for name in EDITED if name not in untouched}
    now["rivals"] = read_rivals(debate, was, texts["rivals"])
    now["effects"] = read_effects(texts["effects"], was.effects)
    now["assumes"] = read_assumptions(texts["assumes"], was.assumes)
    changed = {name: value for name, value in now.items() if value != _as_typed(getattr(was, name))}
    return cast("HypothesisFields", changed)


def _as_typed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
