"""The fields of the forms of evidence and of a rating, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from hypotheses.authors import read_authors
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import EvidenceFields
from hypotheses.fields import field_of, typed
from hypotheses.problems import Malformed
from hypotheses.ranking import ranked
from hypotheses.ratios import format_rating, rated
from store.lookup import source
from tui.dialogs.form_field import FormField, form_field

QUESTION: Final = "How much likelier"
"""What a rating answers, with one of these behind it."""
REST_OF_QUESTION: Final = (" if the explanation is true than if it is not?", " if it is true than if not?", "?")
BIBLIOGRAPHY: Final = ("authors", "source", "date", "doi", "arxiv", "url", "also", "key")
"""What tells where evidence is found."""
WEIGHED: Final = ("credibility", "relevance", "cluster")
"""What decides how much evidence counts."""
NAMES: Final = ("title", "finding", *WEIGHED, *BIBLIOGRAPHY[:-1])
"""What every form of evidence asks for, in this order, the ratings behind the finding."""
_RATING: Final = field_of(Assessment, "ratio")


def evidence_fields(debate: Debate, evidence: Evidence | None = None) -> list[FormField]:
    """Return the fields of the evidence form, filled in when it is edited."""
    was = evidence or Evidence(key="", title="")
    named = [form_field(Evidence, name, getattr(was, name)) for name in NAMES]
    ratings = [
        one for hypothesis in ranked(debate) for one in rating_fields(hypothesis, was.assessments.get(hypothesis.slug))
    ]
    return [
        FormField("look_up", "Look up", "", "a DOI, arXiv id or address: it fills in what is empty"),
        *named[:2],
        *ratings,
        *(replace(one, suggestions=clusters(debate)) if one.name == "cluster" else one for one in named[2:]),
        form_field(Evidence, "key") if evidence is None else form_field(Evidence, "note", was.note),
    ]


def clusters(debate: Debate) -> tuple[str, ...]:
    """Return the names of the clusters there are."""
    return tuple(dict.fromkeys(each.cluster for each in debate.evidence.values() if each.cluster))


def rating_fields(hypothesis: Hypothesis, cell: Assessment | None) -> tuple[FormField, FormField]:
    """Return the rating of one explanation, and its reason."""
    why = form_field(Assessment, "why", cell.why if cell else "")
    why = replace(why, name=f"why.{hypothesis.slug}", label=f"Why, {hypothesis.title}")
    rating = replace(
        form_field(Assessment, "ratio"),
        name=f"ratio.{hypothesis.slug}",
        label=hypothesis.title,
        value=format_rating(cell) if cell else "",
        required=False,
        needed_by=why.name,
    )
    return rating, why


def bibliography_line(texts: Mapping[str, str]) -> str:
    """Say in one line where evidence is found: `Song et al. 2023 · arXiv 2303.01469`; nothing while that is blank."""
    names = [name.rpartition(" ")[2] for name in read_authors(texts["authors"])]
    by = f"{names[0]} et al." if names[2:] else " and ".join(names)
    found = [f"{by} {texts['date'].strip()[:4]}".strip(), texts["source"].strip()]
    identifiers = (("DOI ", "doi"), ("arXiv ", "arxiv"), ("", "url"))
    found += [f"{what}{texts[name].strip()}" for what, name in identifiers if texts[name].strip()][:1]
    return " · ".join(part for part in found if part)


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
    fields = cast("EvidenceFields", {name: typed(Evidence, name, texts[name]) for name in NAMES})
    fields["note"] = texts.get("note", "").strip()
    fields["assessments"] = read_assessments(debate.hypotheses.values(), texts)
    return replace(was or Evidence(key=texts["key"].strip() or suggest_key(debate, texts), title=""), **fields)


def suggest_key(debate: Debate, texts: Mapping[str, str]) -> str:
    """Make a key such as `song2023` from the first author (or the title) and the year, free in this debate."""
    return source.suggest_key(read_authors(texts["authors"]), texts["date"].strip(), texts["title"], debate.evidence)
