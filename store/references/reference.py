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
from store.lookup.identifiers import Arxiv, Doi, Url, doi_of, identify
from store.lookup.source import MOST_AUTHORS, Source, source_of
from store.lookup.titles import plain_line

MOST: Final = 200_000
"""How many entries a file may have."""
_NOT_IN_KEYS: Final = re.compile(r"[^\w.:+-]+")
_SHOWN: Final = 60
_OTHER: Final = re.compile(r"arxiv|xxx\.lanl", re.IGNORECASE)
"""What an address has that may name a paper in arXiv."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a file."""

    key: str
    """Its key in the file, as far as it can be one here; may be empty."""
    line: int
    source: Source
    given_key: str = ""
    """Its key as it stands in the file, where that is another."""

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
    doi, arxiv, url = _identifiers(found)
    try:
        source = source_of(
            found.title, authors=found.authors, date=date, source=found.source, doi=doi, arxiv=arxiv, url=url
        )
    except Malformed:
        telling.notes.add(line, f"{name}: it has no title; left out")
        return None
    key = key_of(given_key)
    for text, kind in _not_kept(found, source):
        telling.notes.add(line, f"{name}: {text}", kind)
    return Reference(key, line, source, given_key if key != given_key else "")


def key_of(text: str) -> str:
    """Return a key as one can be here, with - for signs that cannot stand in one; empty if nothing is left."""
    key = _NOT_IN_KEYS.sub("-", text).strip("-.:+")[:100]
    try:
        return rules.name(key)
    except Malformed:
        return ""


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


def _identifiers(found: Particulars) -> tuple[str, str, str]:
    """Return the DOI, the arXiv id and the address: those of their fields, else those that stand elsewhere."""
    named = doi_of(found.doi) if found.doi.startswith("10.") else None
    if isinstance(named, Doi) and not found.arxiv and not found.others and found.url and not _OTHER.search(found.url):
        return named.name, "", _address(found.url)  # most entries
    said = (f"doi:{found.doi}" if found.doi.startswith("10.") else found.doi, found.arxiv, found.url, *found.others)
    known = [one for text in said if text and (one := _identified(text))]
    doi = next((one.name for one in known if isinstance(one, Doi)), "")
    arxiv = next((one.name for one in known if isinstance(one, Arxiv)), "")
    url = _address(found.url) or next((one.address for one in known if isinstance(one, Url)), "")
    return doi, arxiv, url


def _address(text: str) -> str:
    return f"https://{text}" if text[:4].lower() == "www." else text


def _identified(text: str) -> Doi | Arxiv | Url | None:
    try:
        return identify(text)
    except Malformed:
        return None


def _not_kept(found: Particulars, source: Source) -> Iterable[tuple[str, NoteKind]]:
    """Yield what of an entry was left out or cut, with its kind."""
    doi, arxiv, url = found.doi.strip(), found.arxiv.strip(), found.url.strip()
    if doi and not source.doi and not source.arxiv:
        yield f"{_shown(doi)} is no DOI; left out", "left out"
    if arxiv and not source.arxiv:
        yield f"{_shown(arxiv)} is no arXiv id; left out", "left out"
    if url and not source.url:
        yield f"{_shown(url)} is no address of a web page; left out", "left out"
    elif url and source.url != url and source.url.removeprefix("https://") == url:
        yield f"the address is taken as {source.url}", "changed"
    if len(source.title) == TITLE_LENGTH and source.title.endswith("…"):
        yield f"its title is cut to {TITLE_LENGTH} characters", "changed"
    if len(source.authors) > MOST_AUTHORS:
        yield f"of its authors, {MOST_AUTHORS} are kept by name", "changed"


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
