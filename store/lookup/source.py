"""What a look-up finds: the fields of evidence that say what it is and where it appeared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from typing import Final, cast

from hypotheses import rules
from hypotheses.edits import EvidenceFields
from hypotheses.problems import Malformed
from hypotheses.rules import NAME_LENGTH
from store.lookup.identifiers import Arxiv, Doi, arxiv_id, doi_of
from store.lookup.names import ascii_word, family
from store.lookup.titles import plain_line

MOST_AUTHORS: Final = 100
"""How many authors are kept by name; some papers have thousands."""
_KEY_LENGTH: Final = 40
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class Source:
    """A source, ready for an evidence form: every field is one that its rule lets in."""

    title: str
    authors: tuple[str, ...] = ()
    """In spoken order: `Yang Song`."""
    date: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`; empty if unknown."""
    source: str = ""
    """The journal, publisher or site, in words."""
    doi: str = ""
    arxiv: str = ""
    url: str = ""

    def fields(self) -> EvidenceFields:
        """Return what was found, by the names of the fields of evidence."""
        given = {name: value for name in NAMES if (value := getattr(self, name))}
        return cast("EvidenceFields", given)


NAMES: Final = tuple(field.name for field in fields(Source))
"""The fields of evidence that a look-up can fill in."""


def source_of(
    title: str,
    *,
    authors: Iterable[str] = (),
    date: str = "",
    source: str = "",
    doi: str = "",
    arxiv: str = "",
    url: str = "",
) -> Source:
    """Make a source of words from outside: what cannot be kept is left out, and the rest cut to what may be kept.

    Raises:
        Malformed: it has no title.
    """
    if not (line := plain_line(title)):
        raise Malformed("found no title")
    number = _doi(doi) if doi else None
    paper = (arxiv_id(arxiv.strip()) if arxiv else None) or (number if isinstance(number, Arxiv) else None)
    return Source(
        title=line,
        authors=_authors(authors),
        date=_admitted(rules.day, date),
        source=plain_line(source),
        doi=number.name if isinstance(number, Doi) else "",
        arxiv=paper.name if paper else "",
        url=_admitted(rules.url, url.strip()),
    )


def suggest_key(authors: Collection[str], date: str, title: str, taken: Collection[str]) -> str:
    """Make a key such as `song2023`, or `song2023b` if that is taken; without an author, from the title."""
    first = next(iter(authors), "")
    words = [word for word in map(ascii_word, title.split()) if word and word not in _SMALL_WORDS]
    named = next((word for word in words if not word.isdigit()), next(iter(words), "evidence"))
    return free_key(((family(first) or named) + date[:4])[:_KEY_LENGTH], taken)


def free_key(base: str, taken: Collection[str]) -> str:
    """Return a key, or it with a letter or a number behind it if it is taken: `song2023b`."""
    base = base[: NAME_LENGTH - 8]
    letters = (base + letter for letter in ("", *"bcdefghijklmnopqrstuvwxyz"))
    return next((key for key in letters if key not in taken), "") or _numbered(base, taken)


def _numbered(base: str, taken: Collection[str]) -> str:
    """Make a key with a number; halving finds it, since a file may have thousands of one author and year."""
    low, high = 26, 27
    while f"{base}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{base}-{middle}" in taken else (low, middle)
    return f"{base}-{high}"


def _doi(text: str) -> Doi | Arxiv | None:
    return doi_of(re.sub(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text.strip(), flags=re.IGNORECASE))


def _authors(names: Iterable[str]) -> tuple[str, ...]:
    authors = [name for name in map(plain_line, names) if name]
    if len(authors) <= MOST_AUTHORS:
        return tuple(authors)
    return (*authors[:MOST_AUTHORS], f"{len(authors) - MOST_AUTHORS:,} others")


def _admitted(rule: Callable[[str], str], text: str) -> str:
    if not text:
        return ""
    try:
        return rule(text)
    except Malformed:
        return ""
