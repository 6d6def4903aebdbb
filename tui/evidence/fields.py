"""The fields of the forms of evidence and of a rating, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.fields import field_of, read_list, typed
from hypotheses.problems import Malformed
from hypotheses.ranking import ranked
from hypotheses.ratios import format_rating, rated
from store.lookup import source
from tui.dialogs.form_field import FormField, form_field

RATING_HEAD: Final = "How much likelier is this if the explanation is true than if it is not?"
NAMES: Final = [
    "title",
    "authors",
    "source",
    "url",
    "doi",
    "arxiv",
    "date",
    "finding",
    "credibility",
    "relevance",
    "cluster",
]
"""What every form of evidence asks for, in this order."""
_RATING: Final = field_of(Assessment, "ratio")


def evidence_fields(debate: Debate, evidence: Evidence | None = None) -> list[FormField]:
    """Return the fields of the evidence form, filled in when it is edited."""
    was = evidence or Evidence(key="", title="")
    clusters = tuple(dict.fromkeys(e.cluster for e in debate.evidence.values() if e.cluster))
    named = {name: form_field(Evidence, name, getattr(was, name)) for name in NAMES}
    named["doi"] = replace(named["doi"], width=34, beside=named.pop("arxiv"))
    named["cluster"] = replace(named["cluster"], suggestions=clusters)
    fields = [
        FormField("look_up", "Look up", "", "a DOI, arXiv id or address: it fills in what is empty"),
        *named.values(),
        form_field(Evidence, "key") if evidence is None else form_field(Evidence, "note", was.note),
    ]
    ratings = [rating_field(hypothesis, was.assessments.get(hypothesis.slug)) for hypothesis in ranked(debate)]
    if ratings:
        ratings[0] = replace(ratings[0], head=f"{RATING_HEAD} {_RATING.hint}, or empty for no view")
    return fields + ratings


def rating_field(hypothesis: Hypothesis, cell: Assessment | None) -> FormField:
    """Return the rating of one explanation with its reason beside it."""
    name, title = f"why.{hypothesis.slug}", f"Why, {hypothesis.title}"
    why = replace(form_field(Assessment, "why", cell.why if cell else ""), name=name, label=title)
    return replace(
        form_field(Assessment, "ratio"),
        name=f"ratio.{hypothesis.slug}",
        label=hypothesis.title,
        value=format_rating(cell) if cell else "",
        hint="rating",
        required=False,
        width=8,
        beside=why,
        roomy=True,
    )


def read_assessments(hypotheses: Iterable[Hypothesis], texts: Mapping[str, str]) -> dict[str, Assessment]:
    """Read the ratings of a form; an empty rating is a blank cell.

    Raises:
        Malformed: a rating cannot be read, or a reason stands beside an empty rating.
    """
    cells = {}
    for hypothesis in hypotheses:
        slug = hypothesis.slug
        rating, why = texts.get(f"ratio.{slug}", "").strip(), texts.get(f"why.{slug}", "").strip()
        if rating:
            cells[slug] = rated(rating, why)
        elif why:
            raise Malformed(f"{hypothesis.title}: a reason needs a rating beside it; expected {_RATING.hint}")
    return cells


def read_evidence(debate: Debate, texts: Mapping[str, str], was: Evidence | None = None) -> Evidence:
    """Make evidence of a filled-in form; Malformed if a field cannot be read."""
    return Evidence(
        key=was.key if was else texts["key"].strip() or suggest_key(debate, texts),
        note=texts.get("note", "").strip(),
        retracted=was.retracted if was else False,
        assessments=read_assessments(debate.hypotheses.values(), texts),
        **{name: typed(Evidence, name, texts[name]) for name in NAMES},
    )


def suggest_key(debate: Debate, texts: Mapping[str, str]) -> str:
    """Make a key such as `song2023` from the first author (or the title) and the year, free in this debate."""
    return source.suggest_key(read_list(texts["authors"]), texts["date"].strip(), texts["title"], debate.evidence)
