"""The fields of the forms of evidence and of a rating, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hypotheses.belief import format_ratio, format_weight, parse_ratio, parse_weight
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.problems import Malformed
from hypotheses.ranking import ranked
from store.lookup import source
from tui.dialogs.form import Field

RATING = "++ + 0 - -- or 3, 1/3, n/a"
RATING_HEAD = "How much likelier is this if the explanation is true than if it is not?"
WEIGHT = "low, medium, high, or 0 to 1"
DATE = "2023, 2023-04 or 2023-04-05"


def read_date(text: str) -> str:
    """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; Malformed otherwise. Whether the day exists, the store says."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text.strip()):
        raise Malformed(f"{text.strip()!r} is not a date; expected {DATE}")
    return text.strip()


def _people(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[;,]", text) if name.strip())


def evidence_fields(debate: Debate, evidence: Evidence | None = None) -> list[Field]:
    """Return the fields of the evidence form, filled in when it is edited."""
    was = evidence or Evidence(key="", title="")
    clusters = tuple(dict.fromkeys(e.cluster for e in debate.evidence.values() if e.cluster))
    fields = [
        Field("look_up", "Look up", "", "a DOI, arXiv id or address: it fills in what is empty"),
        Field("title", "Title", was.title, "what was found out, or the paper's title", required=True),
        Field("authors", "Authors", ", ".join(was.authors), "names, with commas between"),
        Field("source", "Source", was.source, "where it appeared: a journal, a report, a conversation"),
        Field("url", "Link", was.url, "https://…"),
        Field(
            "doi", "DOI, arXiv", was.doi, "10.1038/…", width=34, beside=Field("arxiv", "arXiv", was.arxiv, "2303.01469")
        ),
        Field("date", "Date", was.date, DATE, read_date),
        Field("finding", "Finding", was.finding, "in a sentence or two: what it shows (Markdown)", long=True),
        Field("credibility", "Credibility", format_weight(was.credibility), WEIGHT, parse_weight),
        Field("relevance", "Relevance", format_weight(was.relevance), WEIGHT, parse_weight),
        Field(
            "cluster",
            "Cluster",
            was.cluster,
            "a name shared with evidence it is not independent of",
            suggestions=clusters,
        ),
    ]
    if evidence is None:
        fields.append(Field("key", "Key", "", "made from the authors and the year if left empty"))
    else:
        fields.append(Field("note", "Note", was.note, "anything else worth keeping"))
    ratings = [rating_field(hypothesis, was.assessments.get(hypothesis.slug)) for hypothesis in ranked(debate)]
    if ratings:
        ratings[0] = replace(ratings[0], head=f"{RATING_HEAD} {RATING}, or empty for no view")
    return fields + ratings


def rating_field(hypothesis: Hypothesis, cell: Assessment | None) -> Field:
    """Return the rating of one explanation with its reason beside it."""
    why = Field(f"why.{hypothesis.slug}", f"Why, {hypothesis.title}", cell.why if cell else "", "why you rate it so")
    rating = format_ratio(cell.ratio) if cell else ""
    name = f"ratio.{hypothesis.slug}"
    return Field(name, hypothesis.title, rating, "rating", parse_ratio, width=8, beside=why, roomy=True)


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
            cells[slug] = Assessment(parse_ratio(rating), why)
        elif why:
            raise Malformed(f"{hypothesis.title}: a reason needs a rating beside it; expected {RATING}")
    return cells


def read_evidence(debate: Debate, texts: Mapping[str, str], was: Evidence | None = None) -> Evidence:
    """Make evidence of a filled-in form; Malformed if a field cannot be read."""
    plain = {name: texts[name].strip() for name in ("title", "source", "url", "doi", "arxiv", "date", "cluster")}
    key = was.key if was else texts["key"].strip() or suggest_key(debate, texts)
    return Evidence(
        key=key,
        authors=_people(texts["authors"]),
        finding=texts["finding"].strip(),
        credibility=parse_weight(texts["credibility"] or "high"),
        relevance=parse_weight(texts["relevance"] or "high"),
        note=texts.get("note", "").strip(),
        retracted=was.retracted if was else False,
        assessments=read_assessments(debate.hypotheses.values(), texts),
        **plain,
    )


def suggest_key(debate: Debate, texts: Mapping[str, str]) -> str:
    """Make a key such as `song2023` from the first author (or the title) and the year, free in this debate."""
    return source.suggest_key(_people(texts["authors"]), texts["date"].strip(), texts["title"], debate.evidence)
