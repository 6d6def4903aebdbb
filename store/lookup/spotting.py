"""The identifier in what was pasted: wrapped over lines, with words around it, or in a whole reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hypotheses.problems import Malformed
from store.lookup.identifiers import Arxiv, Doi, Identifier, identify

MOST: Final = 20_000
"""Characters of a paste that are looked through."""
_INSIDE: Final = r"(?:(?!\]\()\S)+"
"""What an identifier goes on with: not the `](` between the two parts of a link in Markdown."""
_IDENTIFIER: Final = re.compile(
    rf"""(?:\b(?:doi|arxiv)\s*:\s*)?
    (?:https?://{_INSIDE}|(?:www\.|(?:dx\.)?doi\.org/|arxiv\.org/){_INSIDE}|\b10\.\d{{4,9}}/{_INSIDE}
    |(?<=:)\s*\d{{4}}\.\d{{4,5}}(?:v\d+)?\b|(?:(?<=\s)|^)\d{{4}}\.\d{{4,5}}(?:v\d+)?(?=\s|$|[.,;)\]]))""",
    re.IGNORECASE | re.VERBOSE,
)
_OPEN_END: Final = re.compile(r"(?:10\.\d{4,9}|https?:/|doi\.org|arxiv\.org|\d{4}\.)\S*$", re.IGNORECASE)
"""A last word that may be the beginning of an identifier."""
_OPEN_HOST: Final = re.compile(r"(?:https?://[^/\s]*|\b10\.|doi\.org)$", re.IGNORECASE)
_WHOLE_ARXIV: Final = re.compile(r"\b\d{4}\.\d{5}(?:v\d+)?$")
_LONGEST_BEGUN: Final = 1_000
"""Characters of an identifier that may go on in the next line."""
_YEAR: Final = re.compile(r"\(?(?:1[5-9]|20)\d\d\)?[.,;]?")


@dataclass(frozen=True, slots=True)
class Spotted:
    """An identifier, and the rest of the text."""

    identifier: Identifier
    written: str
    """How it stands there."""
    rest: str = ""
    """What stood around it, other than its own label."""


def spot(text: str) -> Spotted:
    """Find the identifier in a text: the first DOI or arXiv id, else the first address.

    Raises:
        Malformed: there is none.
    """
    whole = _unwrapped(text[:MOST])
    try:
        return Spotted(identify(whole), whole, text[MOST:])
    except Malformed as none:
        places = list(_places(whole))
        if not places:
            raise none from None
    found, found_as = min(places, key=lambda place: not isinstance(place[0], Doi | Arxiv))
    rest = whole
    for identifier, written in places:
        if identifier.key == found.key:
            rest = rest.replace(written, " ", 1)
    return Spotted(found, found_as, f"{rest} {text[MOST:]}".strip())


def identifiers_in(text: str) -> Iterator[str]:
    """Yield every DOI, arXiv id and address in a text as it is written there."""
    return (written for _, written in _places(text[:MOST]))


def _places(text: str) -> Iterator[tuple[Identifier, str]]:
    """Yield each identifier with how it is written."""
    for match in _IDENTIFIER.finditer(text):
        try:
            identifier = identify(match[0])
        except Malformed:
            continue
        yield identifier, match[0]


def _unwrapped(text: str) -> str:
    """Join the lines of a text: by nothing where an identifier goes on in the next one, else by a blank."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined += f"{'' if _goes_on(joined, line) else ' '}{line}"
    return joined


def _goes_on(before: str, line: str) -> bool:
    """Say whether a line goes on with an identifier that the one before begins.

    It does after or before a sign that stands within one only, and where its first word looks like a part of one: with
    digits that are no year, or in lower case; and is all of the line.
    """
    last = before[-_LONGEST_BEGUN:].rpartition(" ")[2]
    if not _OPEN_END.search(last) or _WHOLE_ARXIV.search(last):
        return False
    word, *more = line.split()
    if before[-1] in "/-_=&?:(%" or _OPEN_HOST.search(last) or word[0] in "/_=&?%.":
        return True
    if more or _YEAR.fullmatch(word) or before[-1] in ",;)]>":
        return False
    has_digits = any(sign.isdigit() for sign in word) and not word[0].isupper()
    if before[-1] == ".":  # mostly the end of a sentence
        return has_digits
    return has_digits or (word.islower() and before[-1].isalpha())
