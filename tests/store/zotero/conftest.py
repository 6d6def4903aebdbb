"""A server that stands in for Zotero, with its answers in the shapes of its documentation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.store.network.server import Server, reply, running

PAGE = 100


class Zotero:
    """Plays Zotero's local interface: what each library and collection has, page by page."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.list("users/0/groups", [])
        self.list("users/0/collections", [])

    def list(self, path: str, values: Sequence[Mapping[str, Any]], query: Mapping[str, str] | None = None) -> None:
        """Answer a path with these values, page by page, as Zotero does: with how many there are in all."""
        for start in range(0, len(values) + 1, PAGE):
            asked = urlencode({**(query or {}), "limit": str(PAGE), "start": str(start)})
            part = values[start : start + PAGE]
            headers: dict[str, Any] = {
                "Total-Results": str(len(values)),
                "Last-Modified-Version": "7",
                "Zotero-API-Version": "3",
            }
            self.server.on(f"/zotero/api/{path}?{asked}", reply(body=json.dumps(part, indent=4), **headers))

    def items(self, collection: str, *items: Mapping[str, Any], library: str = "users/0") -> None:
        folder = f"{library}/collections/{collection}" if collection else library
        self.list(f"{folder}/items/top", items, {"sort": "dateAdded", "direction": "asc"})


def collection(key: str, name: str, parent: str | bool = False) -> dict[str, Any]:
    """Return a collection as Zotero gives it."""
    return {
        "key": key,
        "version": 3,
        "library": {"type": "user", "id": 0, "name": "My Library", "links": {}},
        "links": {
            "self": {"href": f"http://localhost:23119/api/users/0/collections/{key}", "type": "application/json"}
        },
        "meta": {"numCollections": 0, "numItems": 2},
        "data": {"key": key, "version": 3, "name": name, "parentCollection": parent, "relations": {}},
    }


def item(key: str, title: str, *, version: int = 5, **fields: Any) -> dict[str, Any]:
    """Return an item as Zotero gives it."""
    data = {
        "key": key,
        "version": version,
        "itemType": "journalArticle",
        "title": title,
        "creators": [{"creatorType": "author", "firstName": "Ines", "lastName": "Marlow"}],
        "date": "2016-03",
        "publicationTitle": "Tides",
        "tags": [{"tag": "sea"}],
        "collections": ["TIDES222"],
        "relations": {},
        "dateAdded": "2024-01-02T10:00:00Z",
        "dateModified": "2024-01-02T10:00:00Z",
        **fields,
    }
    return {
        "key": key,
        "version": version,
        "library": {"type": "user", "id": 0, "name": "My Library", "links": {}},
        "links": {"self": {"href": f"http://localhost:23119/api/users/0/items/{key}", "type": "application/json"}},
        "meta": {"creatorSummary": "Marlow", "parsedDate": "2016-03", "numChildren": 0},
        "data": data,
    }


@pytest.fixture
def zotero() -> Iterator[Zotero]:
    with running() as server:
        yield Zotero(server)
