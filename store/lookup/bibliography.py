"""Entries of BibTeX and BibLaTeX as sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from hypotheses.authors import spoken
from hypotheses.problems import Malformed
from store.lookup.bibtex import BibtexEntry
from store.lookup.dates import date_of, month_number, read_date
from store.lookup.identifiers import Arxiv, Doi, arxiv_id, identify
from store.lookup.latex import address_of, text_of
from store.lookup.source import Source, source_of

_PLACES: Final = (
    *("journaltitle", "journal", "booktitle", "maintitle", "eventtitle", "howpublished"),
    *("school", "institution", "organization", "publisher", "series"),
)
"""Where it appeared, the most telling first."""
_AND: Final = re.compile(r"[{}]|\s+and\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r"[{},]")
_KEPT_COMMA: Final = "\ue000"
_IN_WORDS: Final = re.compile(r"arxiv(?: preprint)?(?: arxiv)?\s*:\s*([\w./-]+)", re.IGNORECASE)
"""`arXiv preprint arXiv:2303.01469`, as search engines write it for a journal."""


def source_of_entry(entry: BibtexEntry, others: Mapping[str, BibtexEntry]) -> Source:
    """Turn an entry into a source; what it lacks may stand in the entry it refers to.

    Raises:
        Malformed: it has no title.
    """
    fields = _inherited(entry, others)
    title, subtitle = text_of(fields.get("title", "")), text_of(fields.get("subtitle", ""))
    doi, arxiv, url = _numbers(fields)
    try:
        return source_of(
            f"{title}: {subtitle}" if subtitle else title,
            authors=_people(fields.get("author") or fields.get("editor") or ""),
            date=_date(fields),
            source=next((text_of(fields[place]) for place in _PLACES if fields.get(place)), "arXiv" if arxiv else ""),
            doi=doi,
            arxiv=arxiv,
            url=url,
        )
    except Malformed:
        raise Malformed("'title' is missing") from None


def _inherited(entry: BibtexEntry, others: Mapping[str, BibtexEntry]) -> Mapping[str, str]:
    parent = others.get(entry.fields.get("crossref", "").strip())
    if parent is None or parent is entry:
        return entry.fields
    return {**parent.fields, "booktitle": parent.fields.get("title", ""), "title": "", **entry.fields}


def _people(names: str) -> Iterator[str]:
    for name in _split(names, _AND):
        whole = name.strip()
        if whole.lower() == "others":
            yield "others"
        elif whole:
            # A comma inside of braces is no comma between the parts of a name.
            parts = [text_of(part).replace(",", _KEPT_COMMA) for part in _split(whole, _COMMA)]
            yield spoken(",".join(parts)).replace(_KEPT_COMMA, ",")


def _split(text: str, between: re.Pattern[str]) -> list[str]:
    """Split a text where no brace is open."""
    parts, start, depth = [], 0, 0
    for match in between.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _date(fields: Mapping[str, str]) -> str:
    if date := read_date(address_of(fields.get("date", "")).partition("/")[0]):
        return date
    year, month = text_of(fields.get("year", "")).partition("/")[0].strip(), text_of(fields.get("month", ""))
    # `month = "15 " # mar`, `month = 3`, `month = {March}`
    word = re.search(r"[A-Za-z]{3,}", month)
    digits = re.findall(r"\d{1,2}", month)
    if word and month_number(word[0]):
        return date_of(year, month_number(word[0]), fields.get("day") or next(iter(digits), None)) or read_date(year)
    return date_of(year, next(iter(digits), None), fields.get("day")) or read_date(year)


def _numbers(fields: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the DOI, the arXiv id and the address of an entry."""
    doi, url = address_of(fields.get("doi", "")), address_of(fields.get("url", ""))
    said = [f"doi:{doi}" if doi.startswith("10.") else doi, url]
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower()
    eprint = address_of(fields.get("eprint", ""))
    if kind == "arxiv" or (not kind and arxiv_id(eprint)):
        said.append(eprint if eprint.lower().startswith("arxiv:") else f"arxiv:{eprint}")
    said += [
        match[0] for field in ("journal", "note", "howpublished") if (match := _IN_WORDS.search(fields.get(field, "")))
    ]
    numbers = [one for text in said if (one := _identified(text))]
    return (
        next((one.name for one in numbers if isinstance(one, Doi)), ""),
        next((one.name for one in numbers if isinstance(one, Arxiv)), ""),
        url,
    )


def _identified(text: str) -> Doi | Arxiv | None:
    if match := _IN_WORDS.fullmatch(text):
        return arxiv_id(match[1])
    try:
        identifier = identify(text)
    except Malformed:
        return None
    return identifier if isinstance(identifier, (Doi, Arxiv)) else None
