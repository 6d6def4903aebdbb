"""arXiv's API: an Atom feed, of which an unknown id has no entry and a bad one an entry titled Error."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from hypotheses.problems import Malformed
from store.errors import BadFile
from store.file.file_tree import Problems
from store.file.xml_tree import Element, read_xml
from store.lookup.dates import read_date
from store.lookup.identifiers import Arxiv, arxiv_id
from store.lookup.source import Source, source_of
from store.network.requests import FEED, Request

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ARXIV: Final = "http://arxiv.org/schemas/atom"
_PAPER: Final = re.compile(r"https?://arxiv\.org/abs/(.+)")


def request(base: str, paper: Arxiv) -> Request:
    """Return the request for a paper."""
    return Request(f"{base}/api/query?{urlencode({'id_list': paper.name, 'max_results': 1}, safe='/')}", FEED)


def read_feed(body: bytes, paper: Arxiv) -> Source | None:
    """Read the answer on one paper; None if there is no such paper.

    Raises:
        Malformed: it is no such answer.
    """
    entry = next(_feed(body).all(f"{_ATOM} entry"), None)
    if entry is None:
        return None
    place = _PAPER.fullmatch(_text(entry, "id"))
    number = arxiv_id(place[1]) if place else None
    if number is None or number.number != paper.number:
        if _text(entry, "title") == "Error":
            return None
        raise Malformed("the answer is about another paper")
    return source_of(
        _text(entry, "title"),
        authors=[_text(author, "name") for author in entry.all(f"{_ATOM} author")],
        # Each version has a date of its own; the paper is from its first.
        date=read_date(_text(entry, "updated" if paper.version else "published")),
        source=_text(entry, "journal_ref", _ARXIV) or "arXiv",
        doi=_text(entry, "doi", _ARXIV),
        arxiv=paper.name,
    )


def _feed(body: bytes) -> Element:
    try:
        root = read_xml(body.decode("utf-8-sig"), Problems("the answer"), with_spaces=True)
    except UnicodeDecodeError:
        raise Malformed("the answer is not UTF-8 text") from None
    except BadFile as bad:
        raise Malformed(f"the answer cannot be read: {bad.problems[0].text}") from None
    if root.name != f"{_ATOM} feed":
        raise Malformed("the answer is no feed")
    return root


def _text(element: Element, name: str, space: str = _ATOM) -> str:
    return " ".join(element.text_of(f"{space} {name}").split())
