"""Files of references, BibTeX and CSL-JSON, and which of them are news to a debate."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from hypotheses import rules
from hypotheses.debate import Debate, Evidence
from hypotheses.problems import Malformed
from store.file.file_tree import Node, Problems, decoded
from store.file.json_reader import NotJson, json_items, plain
from store.lookup.bibliography import source_of_entry
from store.lookup.bibtex import read_bibtex
from store.lookup.csl import first_text, read_item
from store.lookup.identifiers import Arxiv, Url, identify
from store.lookup.source import Source, suggest_key

LARGEST: Final = 16_000_000
"""How many bytes a file may have: 10,000 references with their abstracts."""
MOST: Final = 50_000
"""How many references a file may have."""
ENDINGS: Final = (".bib", ".json")

_NOT_IN_KEYS: Final = re.compile(r"[^\w.:+-]+")
_LISTS: Final = ("items", "references")
"""Fields under which some programs put the list of CSL items."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a file."""

    key: str
    """Its key in the file, as far as it can be one here; may be empty."""
    line: int
    source: Source


@dataclass(frozen=True, slots=True)
class Skipped:
    """A reference that is no news, and why."""

    reference: Reference
    why: str
    """`its DOI is that of 'song2023'`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in a file would do."""

    fresh: tuple[Evidence, ...]
    skipped: tuple[Skipped, ...]


def is_debate(data: bytes) -> bool:
    """Return whether a JSON file is a debate, whatever the order of its fields, and no list of references."""
    start = re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*("debate"\s*:)?', data)
    return start is not None and (start[1] is not None or re.search(rb'"abduce"\s*:', data) is not None)


def read_references(data: bytes, path: str) -> tuple[Reference, ...]:
    """Read a file of references; the ending of its name says which kind.

    Raises:
        BadFile: it cannot be read; with every problem's line.
    """
    problems = Problems(path)
    text = decoded(data, LARGEST, problems)
    is_bibtex = path.lower().endswith(".bib")
    references = _from_bibtex(text, problems) if is_bibtex else _from_csl(text, problems)
    sources = tuple(islice(references, MOST + 1))
    if len(sources) > MOST:
        problems.stop(0, f"there are more than {MOST:,} references in the file")
    if not sources and not problems.found:
        problems.add(0, "there are no references in the file")
    if problems.found:
        problems.give_up()
    return sources


def already_there(debate: Debate, source: Source) -> str:
    """Say which evidence is of this source: `its DOI is that of 'song2023'`; nothing if none is."""
    return _same(source, _known(debate))


def plan(debate: Debate, references: Collection[Reference]) -> Plan:
    """Say which references are news to a debate, with keys that nothing else has, and why the others are not."""
    fresh: dict[str, Evidence] = {}
    skipped = []
    there = _known(debate)
    # A key that the file gives goes before one that is made up here.
    taken = {*debate.evidence, *(reference.key for reference in references)}
    for reference in references:
        if same := _same(reference.source, there):
            skipped.append(Skipped(reference, same))
        elif reference.key in debate.evidence or reference.key in fresh:
            skipped.append(Skipped(reference, "there is evidence of that key already"))
        else:
            source = reference.source
            key = reference.key or suggest_key(source.authors, source.date, source.title, taken)
            taken.add(key)
            fresh[key] = Evidence(key, **source.fields())
            there |= dict.fromkeys(_marks(source), key)
    return Plan(tuple(fresh.values()), tuple(skipped))


_KINDS: Final[Mapping[str, str]] = {"doi": "DOI", "arxiv": "arXiv id", "url": "address"}


def _known(debate: Debate) -> dict[str, str]:
    return {mark: key for key, evidence in debate.evidence.items() for mark in _marks(evidence)}


def _same(source: Source, there: Mapping[str, str]) -> str:
    shared = next((mark for mark in _marks(source) if mark in there), "")
    return f"its {_KINDS[shared.partition(':')[0]]} is that of {there[shared]!r}" if shared else ""


def _marks(source: Evidence | Source) -> Iterator[str]:
    """Yield what tells this source from others, however it is written."""
    also = source.also if isinstance(source, Evidence) else ()
    for text in (source.doi, f"arxiv:{source.arxiv.removeprefix('arXiv:')}", source.url, *also):
        try:
            one = identify(text)
        except Malformed:
            continue
        if isinstance(one, Arxiv):
            # Another version is the same paper.
            yield Arxiv(one.number).key
        elif isinstance(one, Url):
            yield "url:" + re.sub(r"^https?://(?:www\.)?", "", one.address).rstrip("/")
        else:
            yield one.key


def _from_bibtex(text: str, problems: Problems) -> Iterator[Reference]:
    entries = read_bibtex(text, problems)
    by_key = {entry.key: entry for entry in reversed(entries) if entry.key}
    for entry in entries:
        first = by_key.get(entry.key, entry)
        if first is not entry:
            problems.add(entry.line, f"{entry.key!r} stands here again; line {first.line} has it already")
            continue
        try:
            yield Reference(_key(entry.key), entry.line, source_of_entry(entry, by_key))
        except Malformed as error:
            problems.add(entry.line, f"{entry.key or entry.kind}: {error}")


def _from_csl(text: str, problems: Problems) -> Iterator[Reference]:
    lines: dict[str, int] = {}
    try:
        for node in _items(text):
            line, item = node.line, plain(node)
            key = _csl_key(item)
            if key in lines:
                problems.add(line, f"{key!r} stands here again; line {lines[key]} has it already")
            elif key:
                lines[key] = line
            try:
                yield Reference(key, line, read_item(item))
            except Malformed as error:
                problems.add(line, f"{key or 'an item'}: {error}")
    except NotJson as error:
        problems.add(error.line, str(error))


def _items(text: str) -> Iterator[Node]:
    for item in json_items(text):
        fields = item.value if isinstance(item.value, dict) else {}
        lists = (fields[name].value for name in _LISTS if name in fields)
        yield from next((inner for inner in lists if isinstance(inner, list)), [item])


def _csl_key(item: object) -> str:
    """Return the citation key of an item; addresses and numbers that programs give their items are none."""
    if not isinstance(item, dict):
        return ""
    if key := first_text(item, "citation-key"):
        return _key(key)
    given = first_text(item, "id")
    return "" if given.isdigit() or "/" in given else _key(given)


def _key(text: str) -> str:
    key = _NOT_IN_KEYS.sub("-", text).strip("-.:+")[:100]
    try:
        return rules.name(key)
    except Malformed:
        return ""
