"""The agencies of all DOIs, by content negotiation at doi.org: DataCite's data sets and preprints among them."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from store.lookup.csl import read_item
from store.lookup.identifiers import Doi
from store.lookup.requests import JSON, Kind, Request
from store.lookup.source import Source
from store.lookup.strict_json import read_json

CSL: Final = Kind("JSON", "application/vnd.citationstyles.csl+json", JSON.types)


def request(base: str, doi: Doi) -> Request:
    """Return the request for a DOI."""
    return Request(f"{base}/{quote(doi.name, safe='/:;()')}", CSL)


def read_answer(text: str) -> Source:
    """Read an answer, which is one CSL item.

    Raises:
        Malformed: it is no such answer, or the item has no title.
    """
    item = read_json(text)
    return read_item({**item, "URL": ""} if isinstance(item, dict) else item)
