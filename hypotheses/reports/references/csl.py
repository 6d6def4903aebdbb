"""The evidence as CSL-JSON, which Zotero, Pandoc and other citing programs read."""

from __future__ import annotations

from collections.abc import Iterator

from hypotheses.authors import OTHERS
from hypotheses.debate import Debate, Evidence
from hypotheses.reports.json import Shape, json_text
from hypotheses.reports.links import evidence_link, link_of, safe_url
from hypotheses.reports.references.citation_keys import PersonName, citation_keys, people_in
from hypotheses.reports.text import one_line


def csl_json(debate: Debate) -> str:
    """Write every item of evidence, in the order of the debate, as a list of CSL items."""
    keys = citation_keys(debate)
    return json_text([dict(_fields(keys[key], item)) for key, item in debate.evidence.items()])


def _fields(key: str, item: Evidence) -> Iterator[tuple[str, object]]:
    yield "id", key
    yield "type", _kind(item)
    yield "title", one_line(item.title)
    if authors := [_name(name) for name in people_in(item.authors)]:
        yield "author", authors
    if item.date:
        yield "issued", {"date-parts": [[int(part) for part in item.date.split("-")]]}
    if item.source:
        yield "container-title", one_line(item.source)
    if item.doi:
        yield "DOI", one_line(item.doi)
    if item.arxiv:
        yield "archive", "arXiv"
        yield "number", f"arXiv:{one_line(item.arxiv).removeprefix('arXiv:')}"
    if url := safe_url(item.url) or ("" if item.doi else evidence_link(item)):
        yield "URL", url
    if item.also:
        yield "note", one_line("Also in " + "; ".join(link_of(each) or each for each in item.also))
    if item.finding.strip():
        yield "annote", one_line(item.finding)


def _kind(item: Evidence) -> str:
    if item.arxiv and not item.doi:
        return "article"  # what CSL calls a preprint
    if item.url and not item.doi:
        return "webpage"
    return "article-journal" if item.source or item.doi else "document"


def _name(name: PersonName) -> Shape:
    if name.is_body:
        return {"literal": "et al." if name.family == OTHERS else one_line(name.family)}
    given = {"given": one_line(name.given)} if name.given else {}
    suffix = {"suffix": name.suffix} if name.suffix else {}
    return {"family": one_line(name.family), **given, **suffix}
