"""CSL-JSON, the shape in which reference managers and DOI agencies write a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, Final

from hypotheses.authors import read_authors, spoken
from hypotheses.problems import Malformed
from store.lookup.dates import read_date
from store.lookup.identifiers import arxiv_id
from store.lookup.source import Source, source_of

NO_ITEM: Final = "found no CSL item; expected fields such as title and author"
TITLES: Final = ("title", "title-short")
PLACES: Final = ("container-title", "collection-title", "event-title", "publisher")
"""Where it appeared, the most telling first."""
ARXIV: Final = ("number", "archive_location", "archive-location", "eprint")
"""Where reference managers put an arXiv id."""
DATES: Final = ("issued", "published", "published-print", "published-online", "posted", "submitted", "event-date")
"""Where a date is looked for, in this order."""
_NAME_PARTS: Final = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")


def read_item(item: object) -> Source:
    """Read one item.

    Raises:
        Malformed: it is no item, or has no title.
    """
    if not isinstance(item, Mapping):
        raise Malformed(NO_ITEM)
    return source_of(
        first_text(item, *TITLES),
        authors=tuple(names(item.get("author"))) or tuple(names(item.get("editor"))),
        date=item_date(item),
        source=first_text(item, *PLACES),
        doi=first_text(item, "DOI"),
        arxiv=arxiv_of(item),
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
    if isinstance(people, str):
        yield from read_authors(people)
    for person in people if isinstance(people, list) else ():
        if isinstance(person, Mapping):
            parts = (first_text(person, part) for part in _NAME_PARTS)
            whole = " ".join(part for part in parts if part)
            yield first_text(person, "literal", "name") or whole
        elif isinstance(person, str):
            yield spoken(person)


def item_date(item: Mapping[str, Any]) -> str:
    """Return the date an item is from."""
    return next((date for field in DATES if (date := read_date(date_text(item.get(field))))), "")


def date_text(value: object) -> str:
    """Return a date as one text: `2016-2-9`, of a range with a slash between, of about then with a tilde behind."""
    match value:
        case str() | int() | float():
            return _number(value)
        case [dict() as start, *rest]:  # as pandoc wrote them once
            return "/".join(filter(None, map(date_text, (start, *rest[:1]))))
        case {"date-parts": [[*parts], *rest]} if any(part not in (None, "") for part in parts):
            end = rest[0] if rest and isinstance(rest[0], list) else []
            circa = value.get("circa") if isinstance(value, Mapping) else None
            about = "~" if circa not in (None, False, "", "false", 0) else ""
            return "/".join(filter(None, (_joined(parts), _joined(end)))) + about
        case {"year": year, **others}:
            return _joined([year, others.get("month"), others.get("day")])
        case dict():
            return first_text(value, "raw", "literal", "date-time", "edtf")
    return ""


def _joined(parts: list[object]) -> str:
    return "-".join(takewhile(bool, (_number(part) for part in parts[:3])))


def _number(part: object) -> str:
    if isinstance(part, float) and part.is_integer():
        return str(int(part))
    return str(part).strip() if isinstance(part, (str, int, float)) and not isinstance(part, bool) else ""


def arxiv_of(item: Mapping[str, Any]) -> str:
    """Return the arXiv id where reference managers put it, having no field for it."""
    for field in ARXIV:
        text = first_text(item, field)
        bare = text[6:].strip() if text.lower().startswith("arxiv:") else ""
        if not bare and "arxiv" in first_text(item, "archive", "publisher", "container-title").lower():
            bare = text.strip()
        if arxiv_id(bare):
            return bare
    return ""
