"""Whether two sources are one work: by an identifier that both have, and titles that say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from hypotheses.debate import Evidence
from hypotheses.problems import Malformed
from store.lookup.identifiers import Arxiv, Doi, Identifier, Url, arxiv_id, doi_of, identify
from store.lookup.names import family
from store.lookup.source import Source

KINDS: Final = {"doi": "DOI", "arxiv": "arXiv id", "url": "address"}
"""What the kind of a mark is called."""
ALIKE: Final = 0.6
"""Which share of the words of either title both must have, for the title of a preprint and of what became of it."""
_WORD: Final = re.compile(r"\w+")
_TAIL: Final = re.compile(r"^https?://(?:www\.)?")


def marks(source: Evidence | Source) -> Iterator[str]:
    """Yield what tells this source from others, however it is written: `doi:10.1038/nature14539`."""
    doi = doi_of(source.doi) if source.doi else None
    if source.doi:
        yield from _mark(doi or _identified(source.doi))
    if source.arxiv:
        yield from _mark(arxiv_id(source.arxiv.removeprefix("arXiv:")) or _identified(f"arxiv:{source.arxiv}"))
    if source.url:
        yield from _of_address(source.url)
    if isinstance(source, Evidence):
        for text in source.also:
            yield from _mark(_identified(text))


def _of_address(url: str) -> Iterator[str]:
    # Most addresses name nothing else, which is seen at once.
    if url.startswith("https://") and "10." not in url and "arxiv" not in url and " " not in url:
        yield "url:" + _TAIL.sub("", url).rstrip("/")
    else:
        yield from _mark(_identified(url))


def _mark(one: Identifier | None) -> Iterator[str]:
    if isinstance(one, Arxiv):
        # Another version is the same paper.
        yield Arxiv(one.number).key
    elif isinstance(one, Url):
        yield "url:" + _TAIL.sub("", one.address).rstrip("/")
    elif isinstance(one, Doi):
        yield one.key


def _identified(text: str) -> Identifier | None:
    try:
        return identify(text)
    except Malformed:
        return None


def is_same_title(ours: str, theirs: str, *, strictly: bool = False) -> bool:
    """Say whether two titles are of one work that one identifier is given for.

    Numbers must be the same in both: part 1 is not part 2. One may lack the subtitle; unless it is asked `strictly`,
    as of an address, which chapters of a book may share.
    """
    if ours == theirs:
        return True
    mine, others = words_of_title(ours), words_of_title(theirs)
    if mine == others:
        return True
    if not mine or not others:
        return False
    shorter, longer = sorted((mine, others), key=len)
    if not strictly and longer[: len(shorter)] == shorter:
        return True
    ones, twos = set(mine), set(others)
    if {word for word in ones ^ twos if word.isdigit()}:
        return False
    share = len(ones & twos) / len(ones | twos)
    return share > (0.85 if strictly else ALIKE)


def is_same_work(ours: Source, theirs: Evidence, kind: str) -> bool:
    """Say whether two sources that have an identifier of this kind in common are one work, by what else they say.

    An address is shared by the chapters of a book and by what comes out again and again. There authors and dates must
    agree as well, as far as both are known.
    """
    if kind != "url":
        return is_same_title(ours.title, theirs.title)
    first, second = (family(each.authors[0]) if each.authors else "" for each in (ours, theirs))
    shorter, longer = sorted((ours.date, theirs.date), key=len)
    agree = longer.startswith(shorter) and (not first or not second or first == second)
    return agree and is_same_title(ours.title, theirs.title, strictly=True)


def words_of_title(title: str) -> list[str]:
    """Return the words of a title, without case and accents."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    return _WORD.findall("".join(sign for sign in apart if not unicodedata.combining(sign)))


def may_be_same(ours: Source, theirs: Evidence) -> bool:
    """Say whether a source is that of evidence which has its key: unless they say that they are others."""
    mine, others = dict(_by_kind(ours)), dict(_by_kind(theirs))
    if any(mine[kind] != others[kind] for kind in ("doi", "arxiv") if kind in mine and kind in others):
        return False
    if any(mine[kind] == others[kind] for kind in mine if kind in others) or is_same_title(ours.title, theirs.title):
        return True
    first, second = (each.authors[:1] for each in (ours, theirs))
    return bool(first and second and family(first[0]) == family(second[0]) and ours.date[:4] == theirs.date[:4] != "")


def _by_kind(source: Evidence | Source) -> Iterator[tuple[str, str]]:
    for mark in marks(source):
        yield mark.partition(":")[0], mark
