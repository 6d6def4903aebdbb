"""CSL-JSON, the shape in which reference managers and DOI agencies write a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hypotheses.problems import Malformed
from store.lookup.dates import date_of, read_date
from store.lookup.identifiers import arxiv_id
from store.lookup.source import Source, source_of

_DATES: Final = ("issued", "published", "published-print", "published-online", "posted", "submitted", "event-date")
"""Where a date is looked for, in this order."""
_NAME_PARTS: Final = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")


def read_item(item: object) -> Source:
    """Read one item.

    Raises:
        Malformed: it is no item, or has no title.
    """
    if not isinstance(item, Mapping):
        raise Malformed("found no CSL item; expected fields such as title and author")
    return source_of(
        first_text(item, "title", "title-short"),
        authors=tuple(names(item.get("author"))) or tuple(names(item.get("editor"))),
        date=item_date(item),
        source=first_text(item, "container-title", "collection-title", "event-title", "publisher"),
        doi=first_text(item, "DOI"),
        arxiv=_arxiv(item),
        url=first_text(item, "URL"),
    )


def first_text(item: Mapping[str, Any], *fields: str) -> str:
    """Return the first text in any of these fields; Crossref has lists where CSL has texts."""
    for field in fields:
        value = item.get(field)
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, (str, int)) and str(text).strip():
                return str(text)
    return ""


def names(people: object) -> Iterator[str]:
    """Yield the names of authors in spoken order; bodies have a name of one piece."""
    for person in people if isinstance(people, list) else ():
        if isinstance(person, Mapping):
            parts = (first_text(person, part) for part in _NAME_PARTS)
            whole = " ".join(part for part in parts if part)
            yield first_text(person, "literal", "name") or whole
        elif isinstance(person, str):
            yield person


def item_date(item: Mapping[str, Any]) -> str:
    """Return the date an item is from."""
    return next((date for field in _DATES if (date := _date(item.get(field)))), "")


def _date(value: object) -> str:
    if isinstance(value, (str, int)):
        return read_date(str(value))
    if not isinstance(value, Mapping):
        return ""
    match value.get("date-parts"):
        # A range has a second list; it began with the first.
        case [[*parts], *_]:
            if date := date_of(*parts[:3]) if parts else "":
                return date
    return read_date(first_text(value, "raw", "literal", "date-time"))


def _arxiv(item: Mapping[str, Any]) -> str:
    """Return the arXiv id where reference managers put it, having no field for it."""
    for field in ("number", "archive_location", "archive-location", "eprint"):
        text = first_text(item, field)
        bare = text[6:].strip() if text.lower().startswith("arxiv:") else ""
        if not bare and "arxiv" in first_text(item, "archive", "publisher", "container-title").lower():
            bare = text.strip()
        if arxiv_id(bare):
            return bare
    return ""
