"""A whole debate for programs: the shape of a debate file, as JSON.

Plausibilities, weights and ratios are numbers (a ratio that does not apply is `n/a`); values are text, as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hypotheses.debate import Assessment, Claim, Comment, Debate, Evidence, Quantity, SchemeTable
from hypotheses.idea import Idea
from hypotheses.people import OWNER, seen_by, views
from hypotheses.ratios import NOT_APPLICABLE
from hypotheses.reading import HasReadings
from hypotheses.reports.json import Shape, json_text


def debate_json(debate: Debate) -> str:
    """Write the debate as JSON text, in the shape of a debate file."""
    return json_text(debate_shape(debate))


def debate_shape(debate: Debate) -> Shape:
    """Return the whole debate, as anybody sees it, in the shape of a debate file."""
    debate = seen_by(debate, OWNER)
    own = ("slug", "title", "question", "mode", "convention", "correlation")
    return {
        "abduce": 1,
        "debate": {
            **_fields(debate, own),
            **({} if debate.counts == "all" else {"counts": debate.counts}),
            **_fields(debate, ("author", "source", "note", "owner", "shelf")),
        },
        "quantities": {symbol: quantity_shape(quantity) for symbol, quantity in debate.quantities.items()},
        "gaps": {
            symbol: {
                **_fields(gap, ("label",)),
                "unit": gap.unit,  # without one it would be an OOM
                **_fields(gap, ("headline", "formula")),
                **({} if gap.tolerance is None else {"closed": gap.tolerance}),
                **_claim(gap.claim),
                **_fields(gap, ("note",)),
            }
            for symbol, gap in debate.gaps.items()
        },
        "hypotheses": {slug: _hypothesis_shape(debate, slug) for slug in debate.hypotheses},
        "evidence": {key: evidence_shape(evidence) for key, evidence in debate.evidence.items()},
        **_schemes_shape(debate),
        "ideas": [idea_shape(idea) for idea in debate.ideas.values()],
        "comments": [comment_shape(comment) for comment in debate.comments.values()],
    }


def _schemes_shape(debate: Debate) -> Shape:
    tables = {name: _scheme_shape(table) for name, table in debate.schemes.items()}
    return {"schemes": tables} if tables else {}


def _scheme_shape(table: SchemeTable) -> Shape:
    numbers = {"points": table.points, "credibility": table.credibility, "relevance": table.relevance}
    return {**{part: dict(given) for part, given in numbers.items() if given}, **_fields(table, ("source",))}


def quantity_shape(quantity: Quantity) -> Shape:
    """Return a quantity with all its readings, or its formula."""
    return {
        **_fields(quantity, ("label", "unit", "group")),
        **({"readings": _readings_shape(quantity)} if quantity.readings else {}),
        **_fields(quantity, ("formula", "chosen")),
        **_claim(quantity.claim),
        **_fields(quantity, ("note",)),
    }


def _readings_shape(value: HasReadings) -> Shape:
    readings = {}
    for name, reading in value.readings.items():
        readings[name] = _fields(reading, ("value", "source", "url", "note"))
        if reading.correlated:
            readings[name]["correlated"] = {"with": reading.correlated.quantity, "rank": reading.correlated.rank}
    return readings


def _claim(claim: Claim | None) -> Shape:
    return {"claim": _fields(claim, ("value", "source", "quote"))} if claim else {}


def _hypothesis_shape(debate: Debate, slug: str) -> Shape:
    h = debate.hypotheses[slug]
    names = ("title", "short", "statement", "plausibility", "prior", "prior_on", "placeholder", "position", "status")
    assumes = {
        name: {"readings": _readings_shape(assumed), **_fields(assumed, ("chosen",))}
        for name, assumed in h.assumes.items()
    }
    maps = {name: value for name, value in (("effects", dict(h.effects)), ("assumes", assumes)) if value}
    rivals = {"rivals": list(h.rivals)} if h.rivals else {}
    others = {by: _fields(one, ("plausibility", "position", "placeholder")) for by, one in h.others.items()}
    return {
        **_fields(h, names),
        **maps,
        **rivals,
        **_fields(h, ("source", "note", "settled", "settled_on")),
        **({"others": others} if others else {}),
    }


def evidence_shape(evidence: Evidence) -> Shape:
    """Return an item of evidence with its ratios as numbers, or `n/a`."""
    names = ("finding", "credibility", "relevance", "cluster", "note", "retracted")
    return {
        "title": evidence.title,
        **({"authors": list(evidence.authors)} if evidence.authors else {}),
        **_fields(evidence, ("date", "source", "doi", "arxiv", "url")),
        **({"also": list(evidence.also)} if evidence.also else {}),
        **_fields(evidence, names),
        "assessments": {slug: _assessment_shape(cell) for slug, cell in evidence.assessments.items()},
    }


def _assessment_shape(cell: Assessment) -> Shape:
    others = {by: _view_shape(one) for by, one in views(cell).items() if by != cell.by}
    by = {"by": cell.by} if cell.by else {}
    return {**_view_shape(cell), **by, **({"others": others} if others else {})}


def _view_shape(cell: Assessment) -> Shape:
    ratio = NOT_APPLICABLE if cell.ratio is None else cell.ratio
    given = {"given": cell.given} if cell.given else {}
    return {"ratio": ratio, **given, **({"why": cell.why} if cell.why else {})}


def idea_shape(idea: Idea, *, private: bool = False) -> Shape:
    """Return a reader's idea; what is `private`, how to reach its sender and what they ask by, for the owner only."""
    return {
        **_fields(idea, ("number", "title", "text", "kind")),
        **({"from": sender} if (sender := idea.sender if private else idea.named_sender) else {}),
        **_fields(idea, ("received", "status", "hypothesis")),
        **({"related": list(idea.related)} if idea.related else {}),
        **_fields(idea, ("example", "reason", "url", "via", "unnamed")),
        **(_fields(idea, ("reference", "contact")) if private else {}),
        **({"became": list(idea.became)} if idea.became else {}),
    }


def comment_shape(comment: Comment) -> Shape:
    """Return a comment, in the shape of a debate file."""
    about: Shape = {"hypothesis": comment.hypothesis, "evidence": comment.evidence, "idea": comment.idea}
    given = {name: value for name, value in about.items() if value}
    return {"number": comment.number, **given, "by": comment.by, "at": comment.at, "text": comment.text}


def _fields(value: object, names: Iterable[str]) -> Shape:
    """Return the named fields of a value; empty texts and what is not so are left out, as in a debate file."""
    values: Mapping[str, Any] = {name: getattr(value, name) for name in names}
    return {name: field for name, field in values.items() if field not in ("", None) and field is not False}
