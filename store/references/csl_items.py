"""Lists of CSL items, as JSON and as YAML, and what Zotero's programming interface answers, as references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from store.file.file_tree import Node, Problems
from store.file.json_reader import json_items, plain
from store.file.json_values import NotJson
from store.file.yaml_reader import read_yaml
from store.incoming import Notes
from store.lookup.csl import ARXIV, DATES, NO_ITEM, PLACES, TITLES, arxiv_of, date_text, first_text, names
from store.references.reference import Particulars, Reference, Telling, reference_of, unused_fields

LISTS: Final = ("items", "references")
"""Fields under which some programs put the list of items."""
_CSL_KEYS: Final = ("id", "citation-key", "type")
_BOOKKEEPING: Final = frozenset(
    (
        *("key", "version", "itemType", "dateAdded", "dateModified", "relations", "collections", "tags"),
        *("creators", "title", "date", "extra"),
    )
)
"""Fields of Zotero that nothing could be made of, or that are looked at in any case."""
_NO_WORKS: Final = ("attachment", "note", "annotation")
_ZOTERO_PLACES: Final = (
    *("publicationTitle", "bookTitle", "proceedingsTitle", "encyclopediaTitle", "dictionaryTitle", "websiteTitle"),
    *("blogTitle", "forumTitle", "programTitle", "conferenceName", "repository", "university", "institution"),
    *("publisher", "series", "seriesTitle", "studio", "network", "label", "company"),
)
"""Where it appeared, the most telling first."""
_EXTRA: Final = re.compile(r"^\s*(DOI|arXiv|Citation Key|original-date|issued)\s*[:=]\s*(\S.*?)\s*$", re.I | re.M)
"""What people and Zotero write line by line where there is no field for it."""
_ARXIV_LINE: Final = re.compile(r"^\s*arXiv\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)

Item = Mapping[str, Any]
Telling1 = Callable[[Item, int, Telling], Reference | None]


def csl_references(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in CSL-JSON."""
    return _references(_items(text, telling.notes), csl_reference, telling)


def csl_yaml_references(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in CSL as YAML.

    Raises:
        BadFile: it is no YAML.
    """
    problems = Problems("")
    nodes = _listed(read_yaml(text, problems))
    for problem in problems.found:
        telling.notes.add(problem.line, problem.text)
    return _references(nodes, csl_reference, telling)


def zotero_references(text: str, telling: Telling) -> Iterator[Reference]:
    """Yield the references in an answer of Zotero's programming interface."""
    return _references(_items(text, telling.notes), zotero_reference, telling)


def csl_reference(item: Item, line: int, telling: Telling) -> Reference | None:
    """Make a reference of a CSL item; None, with a note, if it has no title."""
    people = next((name for name in ("author", "editor") if item.get(name)), "")
    place = next((name for name in PLACES if first_text(item, name)), "")
    dates = [name for name in DATES if date_text(item.get(name))]
    arxiv = arxiv_of(item)
    found = Particulars(
        first_text(item, *TITLES),
        tuple(names(item.get(people))),
        tuple(date_text(item[name]) for name in dates),
        first_text(item, place),
        doi=first_text(item, "DOI", "doi"),
        arxiv=arxiv,
        url=first_text(item, "URL", "url"),
        others=tuple(_in_note(first_text(item, "note"))),
        part=tuple(first_text(item, name) for name in ("volume", "issue", "page")),
    )
    used = (*_CSL_KEYS, *TITLES, people, place, *dates[:1], "DOI", "doi", "URL", "url", *(ARXIV if arxiv else ()))
    unused_fields(item, used, telling)
    return reference_of(found, _csl_key(item), line, telling)


def zotero_reference(item: Item, line: int, telling: Telling) -> Reference | None:
    """Make a reference of an item of Zotero; None if it is a note or a file beside one, or has no title."""
    inside = item.get("data")
    data: Item = inside if isinstance(inside, Mapping) else item
    kind = first_text(data, "itemType")
    if kind in _NO_WORKS:
        telling.unused[f"items that are a {kind}"] += 1
        return None
    extra = dict(_extra(first_text(data, "extra")))
    place = next((name for name in _ZOTERO_PLACES if first_text(data, name)), "")
    number = first_text(data, "archiveID") or extra.get("arxiv", "")
    found = Particulars(
        first_text(data, "title", "caseName", "nameOfAct", "subject"),
        tuple(_creators(data.get("creators"))),
        tuple(filter(None, (first_text(data, "date", "dateDecided", "dateEnacted"), extra.get("issued", "")))),
        first_text(data, place),
        doi=first_text(data, "DOI") or extra.get("doi", ""),
        url=first_text(data, "url"),
        part=tuple(first_text(data, name) for name in ("volume", "issue", "pages")),
        others=(number if number.lower().startswith("arxiv:") else f"arxiv:{number}",) if number else (),
    )
    unused_fields(data, (*_BOOKKEEPING, place, "DOI", "url", "citationKey", "archiveID"), telling)
    return reference_of(found, first_text(data, "citationKey") or extra.get("citation key", ""), line, telling)


def _in_note(note: str) -> Iterator[str]:
    """Yield the arXiv id that Zotero writes into the note of an item: `arXiv: 1706.03762 [cs]`."""
    return (f"arxiv:{match[1].partition(' ')[0]}" for match in _ARXIV_LINE.finditer(note))


def _extra(text: str) -> Iterator[tuple[str, str]]:
    return ((match[1].lower(), match[2]) for match in _EXTRA.finditer(text))


def _creators(creators: object) -> Iterator[str]:
    """Yield the authors, else whoever is named first of editors and others."""
    people = [each for each in creators if isinstance(each, Mapping)] if isinstance(creators, list) else []
    authors = [each for each in people if first_text(each, "creatorType") == "author"]
    kind = first_text(people[0], "creatorType") if people else ""
    for each in authors or [one for one in people if first_text(one, "creatorType") == kind]:
        yield first_text(each, "name") or f"{first_text(each, 'firstName')} {first_text(each, 'lastName')}".strip()


def _csl_key(item: Item) -> str:
    """Return the citation key of an item; addresses and numbers that programs give their items are none."""
    if key := first_text(item, "citation-key"):
        return key
    given = first_text(item, "id")
    return "" if given.isdigit() or "/" in given else given


def _references(nodes: Iterator[Node], read: Telling1, telling: Telling) -> Iterator[Reference]:
    for node in nodes:
        item = plain(node)
        if not isinstance(item, dict):
            telling.notes.add(node.line, f"an item: {NO_ITEM}; left out")
        elif reference := read(item, node.line, telling):
            yield reference


def _items(text: str, notes: Notes) -> Iterator[Node]:
    """Yield the items of a list; where it goes on with what is no JSON, that and the rest are left out."""
    try:
        for item in json_items(text):
            if isinstance(item, NotJson):
                notes.add(item.line, f"{item}; left out")
            else:
                yield from _listed(item)
    except NotJson as error:
        notes.add(error.line, str(error))


def _listed(item: Node) -> Iterator[Node]:
    if isinstance(item.value, list):
        return iter(item.value)
    fields = item.value if isinstance(item.value, dict) else {}
    lists = (fields[name].value for name in LISTS if name in fields)
    return iter(next((inner for inner in lists if isinstance(inner, list)), [item]))
