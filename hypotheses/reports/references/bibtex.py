"""The evidence as BibTeX, which LaTeX, BibLaTeX, Pandoc and reference managers read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hypotheses.authors import OTHERS
from hypotheses.debate import Debate, Evidence
from hypotheses.reports.links import evidence_link, link_of, safe_url
from hypotheses.reports.references.citation_keys import PersonName, citation_keys, people_in
from hypotheses.reports.text import one_line

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}
_SPECIAL: Final = re.compile("|".join(map(re.escape, _LATEX)))
_CAPITAL: Final = re.compile(r"\S*[^\W\d_a-z]\S*")
_IN_ADDRESSES: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)


def bibtex(debate: Debate) -> str:
    """Write every item of evidence as an entry, in the order of the debate; nothing without any."""
    keys = citation_keys(debate)
    return "\n\n".join(_entry(keys[key], item) for key, item in debate.evidence.items()) + "\n" * bool(debate.evidence)


def latex(text: str) -> str:
    """Write a line of text so that LaTeX shows just that; letters beyond ASCII stay, as UTF-8."""
    return _SPECIAL.sub(lambda found: _LATEX[found[0]], one_line(text))


def _entry(key: str, item: Evidence) -> str:
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(item))
    return f"@{_kind(item)}{{{key},\n{fields},\n}}"


def _kind(item: Evidence) -> str:
    return "article" if item.source and (item.doi or not item.arxiv) and not _is_web(item) else "misc"


def _is_web(item: Evidence) -> bool:
    """Say whether it is known as a page only."""
    return bool(item.url) and not (item.doi or item.arxiv)


def _fields(item: Evidence) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_title(item.title)}}}"
    if item.authors:
        yield "author", f"{{{' and '.join(map(_name, people_in(item.authors)))}}}"
    yield from _dated(item.date)
    if item.source:
        yield ("journal" if _kind(item) == "article" else "howpublished"), f"{{{latex(item.source)}}}"
    # In these nothing is escaped: they are read as they stand, and would end early at a brace.
    if item.doi:
        yield "doi", f"{{{_plain(item.doi)}}}"
    if item.arxiv:
        yield "eprint", f"{{{_plain(item.arxiv)}}}"
        yield "archiveprefix", "{arXiv}"
    if url := safe_url(item.url) or ("" if item.doi or item.arxiv else evidence_link(item)):
        yield "url", f"{{{_plain(url)}}}"
    if item.also:
        yield "note", f"{{{latex('Also in ' + '; '.join(link_of(each) or each for each in item.also))}}}"
    if item.finding.strip():
        yield "annote", f"{{{latex(item.finding)}}}"


def _dated(date: str) -> Iterator[tuple[str, str]]:
    year, *rest = date.split("-")
    if year:
        yield "year", f"{{{year}}}"
    if rest:
        yield "month", _MONTHS[int(rest[0]) - 1]
    if len(rest) > 1:
        yield "day", f"{{{int(rest[1])}}}"


def _title(title: str) -> str:
    """Escape a title, and keep its capital letters from styles that make them small."""
    first, *others = one_line(title).split(" ")
    return " ".join([_kept(first, first[1:]), *(_kept(word, word) for word in others)])


def _kept(word: str, looked_at: str) -> str:
    return f"{{{latex(word)}}}" if _CAPITAL.fullmatch(looked_at) else latex(word)


def _name(name: PersonName) -> str:
    if name.is_body:
        return OTHERS if name.family == OTHERS else f"{{{latex(name.family)}}}"
    parts = [latex(part) for part in (name.family, name.suffix, name.given)]
    if _AND.search(f" {name.family} {name.given} "):
        parts = [f"{{{part}}}" if part else "" for part in parts]
    return ", ".join(filter(None, parts))


def _plain(address: str) -> str:
    return one_line(address).translate(_IN_ADDRESSES)
