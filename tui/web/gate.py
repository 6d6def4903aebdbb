"""The gate before every page: who asks, by what name, from where and in what form; and what every answer says.

It knows nothing of debates. What it refuses never reaches a page, and its refusals carry the same headers as pages.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui.web.address import Address, sender_address
from tui.web.limits import Crowd
from tui.web.pages import SECURITY, Pages

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
_METHODS: Final = SAFE | {"POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}
_READ_ON: Final = 1_000_000
"""Bytes of a body that nobody wants that are still taken: a browser that is cut off while it sends shows no answer."""
_READ_ON_SECONDS: Final = 2.0
_NAMES: Final = {"": "page", "style.css": "style", "idea": "receipt", "ideas.json": "ideas.json"}
"""The first part of a path -> what the owner is told of it."""

Refusal = tuple[int, str, str]
"""A status, a heading and a sentence."""
_CROWDED: Final[Refusal] = (429, "Not so many at once", "Too many requests come from your address. Wait a minute.")


class Gate:
    """An ASGI application around the pages."""

    def __init__(
        self,
        pages: ASGIApp,
        *,
        address: Address,
        head: int,
        written: Pages,
        foreign: Mapping[str, frozenset[str]],
        crowd: Crowd,
        tell: Callable[[str], None],
        failed: Callable[[BaseException], str],
    ) -> None:
        """Stand before some pages.

        Args:
            pages: What answers a request that is let in.
            address: Where the page is.
            head: How many bytes a request may have before its body.
            written: Writes refusals.
            foreign: Path -> the other sites that may send something to it.
            crowd: Counts who is being answered, where a proxy names them; else their connections are counted before.
            tell: Takes a line for each request, in which nobody is named.
            failed: Keeps an unexpected error for the owner, and says where.
        """
        self._pages = pages
        self._address = address
        self._head = head
        self._written = written
        self._foreign = foreign
        self._crowd = crowd
        self._tell = tell
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        began, exchange = time.perf_counter(), _Exchange(receive, send, scope)
        path = self._address.within(scope["path"])
        try:
            await self._answer(scope, path, exchange)
        except ClientDisconnect:
            pass
        except Exception as error:
            self._tell(f"a request failed: {type(error).__name__}; {self._failed(error)}")
            if not exchange.status:
                page = self._written.at_the_gate("Something went wrong here", "The owner is told what it was.")
                await HTMLResponse(page, 500)(scope, exchange.receive, exchange.send)
        method = scope["method"] if scope["method"] in _METHODS else "another method"
        took = (time.perf_counter() - began) * 1000
        self._tell(f"{method} {_name_of(path)} {exchange.status or 'left'} ({took:.0f} ms)")

    async def _answer(self, scope: Scope, path: str | None, exchange: _Exchange) -> None:
        if refusal := self._refusal(scope, path):
            await self._refuse(scope, path, exchange, refusal)
            return
        peer, proxied = (scope["client"] or ("", 0))[0], self._address.proxied
        sender = sender_address(peer, Headers(scope=scope).getlist("x-forwarded-for"), proxied=proxied)
        state = {**scope.get("state", {}), "sender": sender}
        inner = {**scope, "path": path, "raw_path": b"", "root_path": "", "state": state}
        if not proxied:
            await self._pages(inner, exchange.receive, exchange.send)
        elif self._crowd.enter(sender):
            try:
                await self._pages(inner, exchange.receive, exchange.send)
            finally:
                self._crowd.leave(sender)
        else:
            await self._refuse(scope, path, exchange, _CROWDED)

    async def _refuse(self, scope: Scope, path: str | None, exchange: _Exchange, refusal: Refusal) -> None:
        status, heading, sentence = refusal
        headers = {"retry-after": "60"} if status == _CROWDED[0] else {}
        answer: Response = HTMLResponse(self._written.at_the_gate(heading, sentence), status, headers)
        if path in self._foreign:
            answer = JSONResponse({"error": sentence}, status, headers)
        await answer(scope, exchange.receive, exchange.send)

    def _refusal(self, scope: Scope, path: str | None) -> Refusal | None:
        """Return why a request is not let in; None if it is."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._address.hosts:
            return 421, "Not here", "This page has another address; whoever runs it says at the start which."
        if path is None:
            return 404, "There is nothing here", "Look at the link again: it may have been cut off."
        if scope["method"] not in SAFE and not self._comes_from_here(headers, path):
            return 403, "This came from another site", "Ideas are sent from the form on this page."
        return self._unreadable(scope, headers)

    def _unreadable(self, scope: Scope, headers: Headers) -> Refusal | None:
        heading = "This cannot be read"
        if scope["http_version"] not in ("1.0", "1.1"):
            return 505, heading, "The request is in a version of HTTP that nobody speaks here."
        if _size_of(scope) > self._head:
            return 431, heading, "The request says too much about itself."
        if "content-length" in headers and "transfer-encoding" in headers:
            return 400, heading, "The request says twice how long it is."
        if headers.get("content-encoding", "identity") != "identity":
            return 415, heading, "What is sent must not be packed."
        return None

    def _comes_from_here(self, headers: Headers, path: str) -> bool:
        """Say whether a browser that sends something was on this page; what is no browser says nothing about it."""
        origin = headers.get("origin")
        if origin is not None and origin in self._foreign.get(path, ()):
            return True
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        return origin is None or origin in self._address.origins


class _Exchange:
    """One request and its answer, which is given every header that all have."""

    def __init__(self, receive: Receive, send: Send, scope: Scope) -> None:
        self._receive = receive
        self._send = send
        headers = Headers(scope=scope)
        self._more = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        """Whether some of the body may still come."""
        self._waits = "expect" in headers
        self.status = 0
        """What was answered; 0 while nothing was."""

    async def receive(self) -> Message:
        message = await self._receive()
        self._more = message["type"] == "http.request" and message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if self._more and not self._waits:
                await self._read_on()
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in {"connection": "close", **SECURITY}.items():
                headers.setdefault(name, value)
            self.status = int(message["status"])
        await self._send(message)

    async def _read_on(self) -> None:
        """Take in the rest of a body, within reason."""
        read = 0
        try:
            async with asyncio.timeout(_READ_ON_SECONDS):
                while self._more and read < _READ_ON:
                    read += len((await self.receive()).get("body", b""))
        except TimeoutError:
            return


def _size_of(scope: Scope) -> int:
    """Count the bytes before the body; what arrives at once is read, whatever its size."""
    lines = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
    return lines + len(scope["raw_path"]) + len(scope["query_string"])


def _name_of(path: str | None) -> str:
    """Name a page for the owner's eyes; what is after its first part is known to its reader only."""
    return _NAMES.get((path or "/?").split("/")[1], "nothing")
