"""What Zotero's local programming interface is asked, page by page: libraries, collections, and the items in one.

Version 3 of the interface, read only and without a password (https://www.zotero.org/support/dev/web_api/v3/local_api).
Nothing that is answered decides where the next question goes: pages are counted here, and redirects are not followed.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from hypotheses.problems import Malformed, Refused
from store.errors import LookupProblem
from store.file.json_reader import json_value
from store.network.opening import connected
from store.network.requests import Kind, Request
from store.network.services import LOCAL, Services

if TYPE_CHECKING:
    from store.network.client import Client

PAGE: Final = 100
"""How many items are asked for at a time."""
MOST_PAGES: Final = 1_000
_LARGEST: Final = 16_000_000
"""Bytes of one answer: 160 kB for each item of a page."""
_JSON: Final = Kind("JSON", "application/json", ("application/json",), largest=_LARGEST)
_VERSION: Final = {"Zotero-API-Version": "3"}
_KEY: Final = re.compile(r"[A-Za-z0-9]{1,32}")
_GROUP: Final = re.compile(r"[0-9]{1,15}")
_OWN: Final = "users/0"
"""The library of whoever uses Zotero here."""
_NAMED: Final = 100
"""How many collections are named where none is meant."""


@dataclass(frozen=True, slots=True)
class ZoteroPlace:
    """A collection, or a whole library."""

    prefix: str
    """What the addresses of its library begin with: `users/0`, or `groups/123`."""
    key: str
    """Of the collection; empty for the library."""
    names: tuple[str, ...]
    """Of the library, of the collections that it is in, and its own."""
    below: tuple[str, ...] = ()
    """What the collections in it are called, which are not gone into."""

    @property
    def name(self) -> str:
        """What it is called by itself."""
        return self.names[-1]

    @property
    def path(self) -> str:
        """What it is called with what it is in; a collection without its library."""
        return " / ".join(self.names[1:] or self.names)

    def __str__(self) -> str:
        return f"{self.path} ({self.key})" if self.key else self.path


@dataclass(frozen=True, slots=True)
class ZoteroItem:
    """One item as Zotero gives it."""

    key: str
    version: int
    """Greater with every change."""
    link: str
    """What opens it in Zotero: `zotero://select/library/items/ABCD2345`."""
    fields: Mapping[str, Any]


def read_place(
    wanted: str, seconds: float, services: Services | None = None
) -> tuple[ZoteroPlace, tuple[ZoteroItem, ...]]:
    """Ask for the items of a collection, or of a library, by its name, its path or its key. It blocks.

    Args:
        wanted: `Tides`, `Sea / Tides`, `ABCD2345`, or the name of a library.
        seconds: How long one answer may take.
        services: The way to Zotero.

    Raises:
        LookupProblem: Zotero does not answer, or not what makes sense.
        Refused: nothing is called so, or several collections are; with what there is.
    """
    return asyncio.run(_read(wanted, seconds, services or LOCAL))


async def _read(wanted: str, seconds: float, services: Services) -> tuple[ZoteroPlace, tuple[ZoteroItem, ...]]:
    async with connected(services, "", seconds) as client:
        asking = _Asking(client, f"{services.zotero}/api")
        places = [place async for place in asking.places()]
        place = meant(wanted, places)
        if place.key:
            inside = (each.name for each in places if each.key and each.names[:-1] == place.names)
            place = replace(place, below=tuple(inside))
        items: dict[str, ZoteroItem] = {}
        folder = f"{place.prefix}/collections/{place.key}" if place.key else place.prefix
        async for each in asking.all(f"{folder}/items/top", {"sort": "dateAdded", "direction": "asc"}):
            if (item := _item(each, place.prefix)) is not None:
                items[item.key] = item
        return place, tuple(items.values())


class _Asking:
    """One reading of Zotero."""

    def __init__(self, client: Client, base: str) -> None:
        self._client = client
        self._base = base

    async def places(self) -> AsyncIterator[ZoteroPlace]:
        """Yield every library, and the collections in it."""
        libraries = {_OWN: "My Library"}
        async for group in self.all(f"{_OWN}/groups", {}):
            number, fields = str(group.get("id", "")), _inside(group)
            if _GROUP.fullmatch(number):
                libraries[f"groups/{number}"] = _words(fields.get("name")) or f"Group {number}"
        for library, name in libraries.items():
            yield ZoteroPlace(library, "", (name,))
            found = [_inside(each) async for each in self.all(f"{library}/collections", {})]
            for place in _placed(found, library, name):
                yield place

    async def all(self, path: str, query: Mapping[str, str]) -> AsyncIterator[Mapping[str, Any]]:
        """Yield what there is at a path, a page after the other.

        Raises:
            LookupProblem: it cannot be had, or makes no sense.
        """
        for page in range(MOST_PAGES):
            asked = urlencode({**query, "limit": str(PAGE), "start": str(page * PAGE)})
            each = await self._page(f"{self._base}/{path}?{asked}")
            for one in each:
                if isinstance(one, Mapping):
                    yield one
            if len(each) < PAGE:
                return
        raise LookupProblem(f"Zotero has more than {MOST_PAGES * PAGE:,} items there; expected at most that")

    async def _page(self, url: str) -> Sequence[object]:
        self._client.begin_anew()
        request = Request(
            url, _JSON, is_service=False, headers=_VERSION, stays=True, follows=False, reads=(400, 403, 501)
        )
        try:
            answer = await self._client.fetch(request)
        except LookupProblem as problem:
            raise LookupProblem(f"Zotero cannot be asked: {problem}; expected it to run on this machine") from problem
        if answer.code == 403:
            told = "Zotero lets no other program read; expected that it is allowed in its settings, under Advanced"
            raise LookupProblem(f"{told} (Allow other applications on this computer to communicate with Zotero)")
        if not answer.found:
            raise LookupProblem(f"Zotero answered {answer.code}; expected version 7 or later of it")
        try:
            value = json_value(answer.text())
        except Malformed as error:
            raise LookupProblem(f"the answer of Zotero makes no sense: {error}") from error
        if not isinstance(value, list):
            raise LookupProblem("the answer of Zotero makes no sense: found no list")
        return value


def meant(wanted: str, places: Sequence[ZoteroPlace]) -> ZoteroPlace:
    """Return the collection or library that is meant.

    Raises:
        Refused: there is none, or several.
    """
    text = " / ".join(part.strip() for part in wanted.split("/")).casefold()
    ways = (
        [place for place in places if wanted.strip() == (place.key or place.name)],
        [place for place in places if place.path.casefold() == text],
        [place for place in places if place.name.casefold() == text],
    )
    found = next(filter(None, ways), [])
    if len(found) == 1:
        return found[0]
    listed = "\n".join(map(str, (found or places)[:_NAMED]))
    more = f"\nand {len(places) - _NAMED:,} more" if len(found or places) > _NAMED else ""
    if found:
        raise Refused(f"{wanted!r} could be any of these; expected a path or a key\n{listed}{more}")
    raise Refused(f"Zotero has no collection {wanted!r}; it has\n{listed}{more}")


def _placed(collections: Sequence[Mapping[str, Any]], library: str, name: str) -> Iterator[ZoteroPlace]:
    """Yield collections with the names of those that they are in."""
    by_key = {key: one for one in collections if _KEY.fullmatch(key := str(one.get("key", "")))}
    for key in by_key:
        names: list[str] = []
        at: object = key
        passed: set[object] = set()
        while isinstance(at, str) and at in by_key and at not in passed:
            passed.add(at)
            names.append(_words(by_key[at].get("name")) or at)
            at = by_key[at].get("parentCollection")
        yield ZoteroPlace(library, key, (name, *reversed(names)))


def _item(given: Mapping[str, Any], library: str) -> ZoteroItem | None:
    fields = _inside(given)
    key, version = str(given.get("key", fields.get("key", ""))), given.get("version", fields.get("version"))
    if not _KEY.fullmatch(key) or not isinstance(version, int):
        return None
    shelf = "library" if library == _OWN else library
    return ZoteroItem(key, version, f"zotero://select/{shelf}/items/{key}", fields)


def _inside(given: Mapping[str, Any]) -> Mapping[str, Any]:
    inside = given.get("data")
    return inside if isinstance(inside, Mapping) else given


def _words(value: object) -> str:
    return " ".join(value.split())[:300] if isinstance(value, str) else ""
