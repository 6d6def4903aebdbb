"""Crossref's REST API, which knows most DOIs of journals, conferences and books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from hypotheses.problems import Malformed
from store.file.json_reader import json_value
from store.lookup.csl import first_text, read_item
from store.lookup.identifiers import Doi
from store.lookup.source import Source
from store.lookup.titles import plain_line
from store.network.requests import JSON, Answer, Request


def request(base: str, doi: Doi, mail: str) -> Request:
    """Return the request for a DOI; with a mail address it goes to the pool of those who give one."""
    query = f"?{urlencode({'mailto': mail})}" if mail else ""
    return Request(f"{base}/works/{quote(doi.name, safe='')}{query}", JSON)


def read_work(answer: Answer) -> Source:
    """Read an answer: a message around an item that is CSL-JSON with lists where CSL has texts.

    Raises:
        Malformed: it is no such answer, or the work has no title.
    """
    match json_value(answer.text()):
        case {"message-type": "work", "message": dict(work)}:
            return _with_series(read_item({**work, "URL": ""}), work)
    raise Malformed("found no work in the answer")


def _with_series(source: Source, work: Mapping[str, Any]) -> Source:
    """Name the server of a preprint, which has no journal: `bioRxiv`, not the publisher of it."""
    institutions = work.get("institution")
    if first_text(work, "container-title") or not isinstance(institutions, list):
        return source
    name = next((first_text(one, "name") for one in institutions if isinstance(one, Mapping)), "")
    return replace(source, source=plain_line(name) or source.source)
