"""One look-up, from what was pasted to a source: who is asked, in which order, and what is told if nobody knows."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from hypotheses.problems import Malformed
from store.errors import LookupProblem
from store.lookup import arxiv, crossref, negotiation, page
from store.lookup.cache import Cache
from store.lookup.identifiers import Arxiv, Doi, Identifier, Url, identify
from store.lookup.source import Source
from store.network.opening import connected
from store.network.requests import Answer
from store.network.services import PUBLIC, Services
from store.settings import Settings

if TYPE_CHECKING:
    from store.network.client import Client

T = TypeVar("T")

_FIRST_SHARE: Final = 0.6
"""How much of the time the first of two services may use up."""
_LONGEST_SHOWN: Final = 120
_WATCH: Final = 0.05
"""Seconds between two looks at whether the look-up should stop."""


def look_up(
    text: str,
    settings: Settings,
    cache: Cache,
    *,
    stop: threading.Event | None = None,
    services: Services | None = None,
) -> Source:
    """Find the source that a DOI, an arXiv id or an address means. It blocks: call it in a worker.

    Args:
        text: What was pasted.
        settings: The mail address to send along, how long it may take, and whether there may be a look-up at all.
        cache: Where what was found before is kept.
        stop: Set from another thread, it ends the look-up.
        services: Where to ask; for tests.

    Raises:
        Malformed: the text is no DOI, arXiv id or address.
        LookupProblem: nobody could be asked, nobody knows it, or it was stopped.
    """
    wanted = identify(text)
    if (kept := cache.get(wanted.key)) is not None:
        return kept
    if settings.offline:
        raise LookupProblem("look-ups are switched off (offline); its fields can be typed all the same")
    # asyncio.run ends with every connection closed, whatever happened.
    ways = replace(services or PUBLIC, proxy=settings.proxy, certificates=settings.certificates)
    source = asyncio.run(_until_stopped(_asked(wanted, settings, ways), stop))
    cache.put(wanted.key, source)
    return source


async def _until_stopped(asking: Coroutine[None, None, Source], stop: threading.Event | None) -> Source:
    task = asyncio.create_task(asking)
    try:
        while not (await asyncio.wait((task,), timeout=_WATCH if stop else None))[0]:
            if stop and stop.is_set():
                raise LookupProblem("the look-up was stopped")
        return task.result()
    finally:
        task.cancel()


async def _asked(wanted: Identifier, settings: Settings, services: Services) -> Source:
    async with connected(services, settings.mail, settings.lookup_seconds) as client:
        match wanted:
            case Doi():
                return await _ask_for_doi(client, wanted, services, settings.mail)
            case Arxiv():
                return await _ask_arxiv(client, wanted, services)
            case Url():
                return await _ask_page(client, wanted)


async def _ask_for_doi(client: Client, doi: Doi, services: Services, mail: str) -> Source:
    """Ask Crossref; whatever comes of it, doi.org is the one that knows all DOIs."""
    first: LookupProblem | None = None
    try:
        answer = await client.fetch(crossref.request(services.crossref, doi, mail), _FIRST_SHARE)
        if answer.found:
            return _read(answer, lambda: crossref.read_work(answer))
    except LookupProblem as problem:
        first = problem
    try:
        answer = await client.fetch(negotiation.request(services.doi, doi))
        if answer.found:
            return _read(answer, lambda: negotiation.read_answer(answer, doi))
    except LookupProblem as problem:
        if first is None:
            raise
        raise first from problem
    raise LookupProblem(f"there is no DOI {doi.name}")


async def _ask_arxiv(client: Client, paper: Arxiv, services: Services) -> Source:
    answer = await client.fetch(arxiv.request(services.arxiv, paper))
    source = _read(answer, lambda: arxiv.read_feed(answer.body, paper)) if answer.found else None
    if source is None:
        raise LookupProblem(f"there is no paper {paper.name} on arXiv")
    return source


async def _ask_page(client: Client, wanted: Url) -> Source:
    answer = await client.fetch(page.request(wanted))
    if not answer.found:
        shown = wanted.address if len(wanted.address) <= _LONGEST_SHOWN else f"{wanted.address[:_LONGEST_SHOWN]}…"
        raise LookupProblem(f"there is no page {shown}")
    return _read(answer, lambda: page.read_page(answer, wanted.address))


def _read(answer: Answer, read: Callable[[], T]) -> T:
    try:
        return read()
    except Malformed as error:
        raise LookupProblem(f"the answer of {urlsplit(answer.url).hostname} makes no sense: {error}") from error
