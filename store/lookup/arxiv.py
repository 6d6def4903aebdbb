"""arXiv's API: an Atom feed, of which an unknown id has no entry and a bad one an entry titled Error."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from hypotheses.problems import Malformed
from store.lookup.dates import read_date
from store.lookup.identifiers import Arxiv, arxiv_id
from store.lookup.source import Source, source_of
from store.network.requests import FEED, Request

_NAMES: Final = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
_PAPER: Final = re.compile(r"https?://arxiv\.org/abs/(.+)")


def request(base: str, paper: Arxiv) -> Request:
    """Return the request for a paper."""
    return Request(f"{base}/api/query?{urlencode({'id_list': paper.name, 'max_results': 1}, safe='/')}", FEED)


def read_feed(body: bytes, paper: Arxiv) -> Source | None:
    """Read the answer on one paper; None if there is no such paper.

    Raises:
        Malformed: it is no such answer.
    """
    entry = _parsed(body).find("atom:entry", _NAMES)
    if entry is None:
        return None
    place = _PAPER.fullmatch(_text(entry, "atom:id"))
    number = arxiv_id(place[1]) if place else None
    if number is None or number.number != paper.number:
        if _text(entry, "atom:title") == "Error":
            return None
        raise Malformed("the answer is about another paper")
    return source_of(
        _text(entry, "atom:title"),
        authors=[_text(author, "atom:name") for author in entry.findall("atom:author", _NAMES)],
        # Each version has a date of its own; the paper is from its first.
        date=read_date(_text(entry, "atom:updated" if paper.version else "atom:published")),
        source=_text(entry, "arxiv:journal_ref") or "arXiv",
        doi=_text(entry, "arxiv:doi"),
        arxiv=paper.name,
    )


def _parsed(body: bytes) -> ET.Element:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("the answer is not UTF-8 text") from None
    # A document type is where entities are declared that grow without end; no feed needs one. The text was
    # decoded here, so that no declared encoding can hide it.
    if "<!DOCTYPE" in text:
        raise Malformed("the answer declares a document type; expected a plain feed")
    try:
        root = ET.fromstring(text)  # noqa: S314 -- without a document type there are no entities
    except ET.ParseError:
        raise Malformed("the answer is not XML") from None
    if root.tag != f"{{{_NAMES['atom']}}}feed":
        raise Malformed("the answer is no feed")
    return root


def _text(element: ET.Element, name: str) -> str:
    return " ".join((element.findtext(name, "", _NAMES) or "").split())
