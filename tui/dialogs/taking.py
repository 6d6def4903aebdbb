"""What fields take of a paste, by the name of the field; all others take a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hypotheses import rules
from hypotheses.pasted import Taken, authors, left_out, one_line, shortened
from hypotheses.problems import Malformed
from store.lookup.dates import read_date
from store.lookup.identifiers import Arxiv, Doi, Identifier, Url
from store.lookup.spotting import Spotted, spot

AFTER: Final = ".,;:!?)]}>'\""
"""Signs that stand after an address in a sentence."""
BIBTEX: Final = "@"
"""What an entry of BibTeX begins with."""
WHAT: Final[Mapping[type, str]] = {Doi: "a DOI", Arxiv: "an arXiv id", Url: "an address"}


def source(text: str) -> Taken:
    """Take what can be looked up: a DOI, an arXiv id, an address, or an entry of BibTeX, which needs no line ends."""
    if text.lstrip().startswith(BIBTEX):
        return Taken(" ".join(text.split()))
    spotted = _spotted(text)
    if spotted is None:
        return one_line(text)
    return Taken(_name(spotted.identifier) if spotted.rest else spotted.written, left_out(spotted.rest))


def doi(text: str) -> Taken:
    """Take a DOI."""
    return _of_kind(Doi, text)


def arxiv(text: str) -> Taken:
    """Take an arXiv id."""
    return _of_kind(Arxiv, text)


def url(text: str) -> Taken:
    """Take an address, also one of a DOI or an arXiv id."""
    spotted = _spotted(text)
    if spotted is None:
        return one_line(text)
    found, written = spotted.identifier, spotted.written
    if isinstance(found, Url):
        return Taken(found.address, left_out(spotted.rest))
    if not written.lower().startswith("http"):
        written = f"https://doi.org/{found.name}" if isinstance(found, Doi) else f"https://arxiv.org/abs/{found.name}"
    return Taken(written.rstrip(AFTER), left_out(spotted.rest))


def date(text: str) -> Taken:
    """Take a date in any of the usual notations, as far as it is plain; how it was understood is told."""
    line = one_line(text).text.strip()
    try:
        return Taken(rules.day(line))
    except Malformed:
        read = read_date(line)
        return Taken(read, f"Taken as {read}: {shortened(line)}.") if read else Taken(line)


TAKES: Final[Mapping[str, Callable[[str], Taken]]] = {
    "look_up": source,
    "doi": doi,
    "arxiv": arxiv,
    "url": url,
    "authors": authors,
    "date": date,
    "prior_on": date,
}
"""Name of a field -> what it takes."""


def _spotted(text: str) -> Spotted | None:
    try:
        return spot(text)
    except Malformed:
        return None


def _of_kind(kind: type[Doi | Arxiv], text: str) -> Taken:
    spotted = _spotted(text)
    if spotted is None or not isinstance(spotted.identifier, kind):
        found = f": that is {WHAT[type(spotted.identifier)]}" if spotted else ""
        return Taken(one_line(text).text, f"Found {shortened(text.strip())!r}{found}; expected {WHAT[kind]}.")
    return Taken(spotted.identifier.name, left_out(spotted.rest))


def _name(identifier: Identifier) -> str:
    return identifier.address if isinstance(identifier, Url) else identifier.name
