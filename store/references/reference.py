"""One entry of a library as a reference, and the notes on what of it could not be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hypotheses import rules
from hypotheses.problems import Malformed
from hypotheses.rules import TITLE_LENGTH
from store.errors import BadFile, FileProblem
from store.incoming import NoteKind, Notes
from store.lookup.dates import dated
from store.lookup.source import MOST_AUTHORS, Source, source_of
from store.lookup.titles import plain_line
from store.references.identified import identified

MOST: Final = 200_000
"""How many entries a file may have."""
_NOT_IN_KEYS: Final = re.compile(r"[^\w.:+-]+")
_NOT_IN_PARTS: Final = re.compile(r"\W+")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a file."""

    key: str
    """Its key in the file, as far as it can be one here; may be empty."""
    line: int
    source: Source
    given_key: str = ""
    """Its key as it stands in the file, where that is another."""
    also: tuple[str, ...] = ()
    """Its other sources: a second address, or what is no address and no number that is known."""
    part: str = ""
    """Volume, number and pages, by which two works of one file at one address are told apart; empty if not known."""

    @property
    def name(self) -> str:
        """What it is called in a note."""
        return self.given_key or self.key or self.source.title


@dataclass(frozen=True, slots=True)
class Library:
    """What is in a file of references."""

    references: tuple[Reference, ...]


@dataclass(slots=True)
class Telling:
    """What is told of a file while it is read."""

    notes: Notes = field(default_factory=Notes)
    unused: Counter[str] = field(default_factory=Counter)
    """Field that nothing was made of -> how many entries have it."""
    entries: int = 0
    """How many there were by now, good and bad."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an entry says of a source, as plain texts."""

    title: str
    authors: Iterable[str] = ()
    dates: tuple[str, ...] = ()
    """Where a date may be, the best first."""
    source: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    others: tuple[str, ...] = ()
    """Texts that may be an identifier, or have one in them, where fields of their own have none."""
    part: tuple[str, ...] = ()
    """Volume, number and pages."""


def reference_of(found: Particulars, given_key: str, line: int, telling: Telling) -> Reference | None:
    """Make a reference of what was found; None, with a note, if it has no title.

    Raises:
        BadFile: there are too many by now.
    """
    telling.entries += 1
    if telling.entries > MOST:
        raise BadFile([FileProblem("", 0, f"there are more than {MOST:,} references in the file")])
    name = given_key[:_SHOWN] or plain_line(found.title)[:_SHOWN] or "an entry"
    date, why = _date(found.dates)
    if why:
        telling.notes.add(line, f"{name}: {why}", "changed" if date else "left out")
    named = identified(found.doi, found.arxiv, found.url, found.others)
    try:
        source = source_of(
            found.title,
            authors=found.authors,
            date=date,
            source=found.source,
            doi=named.doi,
            arxiv=named.arxiv,
            url=named.url,
        )
    except Malformed:
        telling.notes.add(line, f"{name}: it has no title; left out")
        return None
    key = key_of(given_key)
    for text, kind in (*named.told, *_cut(source)):
        telling.notes.add(line, f"{name}: {text}", kind)
    return Reference(key, line, source, given_key if key != given_key else "", tuple(named.also), _part(found.part))


def key_of(text: str) -> str:
    """Return a key as one can be here, with - for signs that cannot stand in one; empty if nothing is left."""
    key = _NOT_IN_KEYS.sub("-", text).strip("-.:+")[:100]
    try:
        return rules.name(key)
    except Malformed:
        return ""


def _part(texts: tuple[str, ...]) -> str:
    return "/".join(_NOT_IN_PARTS.sub("-", text) for text in texts) if any(texts) else ""


def unused_fields(fields: Mapping[str, object], used: Iterable[str], telling: Telling) -> None:
    """Count the fields of an entry that nothing was made of."""
    telling.unused.update(name for name in fields.keys() - set(used) if fields[name] not in ("", None, [], {}))


def _date(texts: tuple[str, ...]) -> tuple[str, str]:
    """Return the date of the first text that has one, and what is to be told of it."""
    why = ""
    for text in texts:
        made = dated(text)
        if made.why:
            why = f"the date {_shown(text)} {made.why}"
        if made.date:
            return made.date, why
    return "", f"{why}; left out" if why else ""


def _cut(source: Source) -> Iterable[tuple[str, NoteKind]]:
    """Yield what of an entry was cut."""
    if len(source.title) == TITLE_LENGTH and source.title.endswith("…"):
        yield f"its title is cut to {TITLE_LENGTH} characters", "changed"
    if len(source.authors) > MOST_AUTHORS:
        yield f"of its authors, {MOST_AUTHORS} are kept by name", "changed"
    lines = {"where it appeared": (source.source,), "an author": source.authors}
    for what, texts in lines.items():
        if any(len(text) == TITLE_LENGTH and text.endswith("…") for text in texts):
            yield f"{what} is cut to {TITLE_LENGTH} characters", "changed"


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
