"""JSON-LD in a page: what schema.org has to say about an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypotheses.problems import Malformed
from store.file.json_reader import json_value
from store.lookup.csl import first_text

_KINDS: Final = (
    "ScholarlyArticle",
    "NewsArticle",
    "Article",
    "BlogPosting",
    "TechArticle",
    "Report",
    "Dataset",
    "Book",
    "CreativeWork",
    "WebPage",
)
"""What a page can be about, the most telling first."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What JSON-LD says, as it stands there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    identifiers: tuple[str, ...] = ()


def read_linked(scripts: Iterable[str]) -> Linked:
    """Read the best description in these texts; what is no JSON is passed over, as pages often have such."""
    things = [thing for script in scripts for thing in _things(script)]
    best = min(things, key=_rank, default=None)
    if best is None or _rank(best) == len(_KINDS):
        return Linked()
    return Linked(
        title=first_text(best, "headline", "name"),
        authors=tuple(_names(best.get("author") or best.get("creator"))),
        date=first_text(best, "datePublished", "dateCreated", "dateModified"),
        source=next((name for part in ("isPartOf", "publisher") for name in _names(best.get(part))), ""),
        identifiers=tuple(_identifiers(best)),
    )


def _things(script: str) -> Iterator[Mapping[str, Any]]:
    try:
        things = json_value(script.strip().removesuffix(";"))
    except Malformed:
        return
    for thing in things if isinstance(things, list) else [things]:
        if isinstance(thing, Mapping):
            yield thing
            graph = thing.get("@graph")
            yield from (inner for inner in graph if isinstance(inner, Mapping)) if isinstance(graph, list) else ()
            if isinstance(inner := thing.get("mainEntity"), Mapping):
                yield inner


def _rank(thing: Mapping[str, Any]) -> int:
    kinds = thing.get("@type")
    names = [str(kind).rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])]
    return min((_KINDS.index(name) for name in names if name in _KINDS), default=len(_KINDS))


def _names(value: object) -> Iterator[str]:
    """Yield the names of people or bodies: text, a thing with a name, or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            whole = f"{first_text(one, 'givenName')} {first_text(one, 'familyName')}".strip()
            if name := first_text(one, "name") or whole:
                yield name


def _identifiers(thing: Mapping[str, Any]) -> Iterator[str]:
    for field in ("identifier", "sameAs", "@id"):
        value = thing.get(field)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, Mapping):
                yield first_text(one, "value", "@id")
