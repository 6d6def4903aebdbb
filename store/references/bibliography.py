"""Entries of BibTeX and biblatex as references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hypotheses.problems import Malformed
from store.incoming import Budget
from store.lookup.identifiers import arxiv_id
from store.lookup.months import month_number
from store.lookup.spotting import identifiers_in
from store.references.bibtex import BibtexEntry, is_reference, read_bibtex
from store.references.bibtex_names import people
from store.references.inheritance import Shelf
from store.references.latex import address_of, text_of
from store.references.reference import Particulars, Reference, Telling, reference_of, unused_fields

_PLACES: Final = (
    *("journaltitle", "journal", "booktitle", "maintitle", "eventtitle", "howpublished"),
    *("school", "institution", "organization", "publisher", "series"),
)
"""Where it appeared, the most telling first."""
_TITLES: Final = ("title", "subtitle")
_ARXIV: Final = ("eprint", "eprinttype", "archiveprefix")
_DATES: Final = ("date", "year", "month", "day")
_ALWAYS: Final = frozenset(("crossref", "xdata", "doi", "url", *_TITLES, *_ARXIV, *_DATES))
_PART: Final = ("volume", "number", "pages")
_LOOKED_THROUGH: Final = ("journal", "note", "howpublished")
"""Fields where search engines and people put an arXiv id or an address."""
_IN_WORDS: Final = re.compile(r"arxiv(?: preprint)?(?: arxiv)?\s*:\s*([\w./-]+)", re.IGNORECASE)
"""`arXiv preprint arXiv:2303.01469`, as search engines write it for a journal."""


_DOI_ALONE: Final = re.compile(r"\W*doi\W+(10\.\S+?)\W*", re.IGNORECASE)
"""A note that says nothing but the DOI; in other words it may be that of another work."""
_REFERS: Final = re.compile(r"\b(?:crossref|xdata)\b", re.IGNORECASE)


def references_in(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in a file of BibTeX."""
    read: Iterable[BibtexEntry] = read_bibtex(text, telling.notes)
    if _REFERS.search(text):
        read = list(read)
        shelf = Shelf(read, Budget(len(text)))
    else:
        shelf = Shelf((), Budget())  # no entry has to wait for another, nor to be kept for one
    for entry in read:
        if not is_reference(entry):
            if entry.kind == "set":
                telling.notes.add(entry.line, f"{entry.key}: @set is there for typesetting; left out")
            continue
        for key in shelf.missing(entry):
            telling.notes.add(entry.line, f"{entry.key}: there is no entry {key[:60]!r} that it refers to", "told")
        try:
            fields = shelf.fields_of(entry)
        except Malformed as error:
            telling.notes.add(entry.line, f"{entry.key[:40]}: {error}; what it has from others is left out")
            fields = entry.fields
        if reference := _reference(entry, fields, telling):
            yield reference


def _reference(entry: BibtexEntry, fields: Mapping[str, str], telling: Telling) -> Reference | None:
    place = next((name for name in _PLACES if fields.get(name) and not _is_address(fields[name])), "")
    authors = next((name for name in ("author", "editor") if fields.get(name)), "")
    title, subtitle = text_of(fields.get("title", "")), text_of(fields.get("subtitle", ""))
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower()
    eprint = address_of(fields.get("eprint", ""))
    arxiv = eprint if kind == "arxiv" or (not kind and arxiv_id(eprint)) else ""
    found = Particulars(
        f"{title}: {subtitle}" if subtitle else title,
        people(fields[authors]) if authors else (),
        tuple(_dates(fields)),
        text_of(fields[place]) if place else "arXiv" if arxiv else "",
        doi=address_of(fields.get("doi", "")),
        arxiv=f"arxiv:{arxiv}" if arxiv and not arxiv.lower().startswith("arxiv:") else arxiv,
        url=address_of(fields.get("url", "")),
        others=tuple(_others(fields)),
        part=tuple(entry.fields.get(name, "") for name in _PART),
    )
    unused_fields(entry.fields, {place, authors, *_ALWAYS, *_spoken_of(fields, found)}, telling)
    return reference_of(found, entry.key, entry.line, telling)


def _is_address(text: str) -> bool:
    return address_of(text).lower().startswith(("http://", "https://", "www."))


def _spoken_of(fields: Mapping[str, str], found: Particulars) -> Iterator[str]:
    """Yield the fields that an identifier was found in."""
    for name in _LOOKED_THROUGH:
        if name in fields and any(other in address_of(fields[name]) for other in found.others):
            yield name


def _others(fields: Mapping[str, str]) -> Iterator[str]:
    for name in _LOOKED_THROUGH:
        if text := fields.get(name, ""):
            if match := _IN_WORDS.search(text):
                yield f"arxiv:{match[1]}" if arxiv_id(match[1]) else match[0]
            elif match := _DOI_ALONE.fullmatch(text):
                yield f"doi:{address_of(match[1])}"
            elif "://" in text or "www." in text:
                yield from identifiers_in(address_of(text))


def _dates(fields: Mapping[str, str]) -> Iterator[str]:
    if date := address_of(fields.get("date", "")):
        yield date
    year, month, day = (text_of(fields.get(name, "")).strip() for name in ("year", "month", "day"))
    if year:
        # `month = "15 " # mar`, `month = 3`, `month = {March}`, `month = mar # "/" # apr`
        word = re.search(r"[^\W\d_]{3,}", month)
        digits = re.findall(r"\d{1,2}", month)
        number = month_number(word[0]) if word else int(digits.pop(0)) if digits else 0
        is_year = re.fullmatch(r"\d{4}", year) is not None and 1 <= number <= 12
        days = day or next(iter(digits), "")
        if is_year and re.fullmatch(r"\d{1,2}", days):
            yield f"{year}-{number:02}-{int(days):02}"
        else:
            yield f"{year}-{number:02}" if is_year else year
