"""The agencies of all DOIs, by content negotiation at doi.org: DataCite's data sets and preprints among them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

from store.file.json_reader import json_value
from store.lookup.csl import read_item
from store.lookup.identifiers import Doi
from store.lookup.page import read_page
from store.lookup.source import Source
from store.network.requests import JSON, PAGE, Answer, Kind, Request

CSL: Final = Kind("JSON", "application/vnd.citationstyles.csl+json", (*JSON.types, *PAGE.types))
"""An agency that knows no CSL sends on to the page of the source, which is as good as an address of it."""


def request(base: str, doi: Doi) -> Request:
    """Return the request for a DOI."""
    return Request(f"{base}/{quote(doi.name, safe='/:;()')}", CSL)


def read_answer(answer: Answer, doi: Doi) -> Source:
    """Read an answer: one CSL item, or the page of the source.

    Raises:
        Malformed: it is no such answer, or has no title.
    """
    if answer.media_type in PAGE.types:
        return replace(read_page(answer, answer.url), doi=doi.name, url="")
    item = json_value(answer.text())
    return read_item({**item, "URL": ""} if isinstance(item, dict) else item)
