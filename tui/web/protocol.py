"""One connection: one request, in its time and size, or a plain answer why not.

uvicorn waits for a request as long as its sender likes, and keeps a connection for the next one. Here each connection
has one request, a deadline for each part of it, and its place among a few.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final, cast

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from tui.web.address import sender_address
from tui.web.limits import Crowd, Limits
from tui.web.pages import SECURITY

_LAST_SECONDS: Final = 2.0
"""For taking an answer that ends a connection."""
_SENTENCES: Final = {
    400: "This is no request that can be read.",
    408: "The request took too long to arrive.",
    429: "Too many connections come from your address at once. Try again in a minute.",
    503: "Too many are here at once. Try again in a minute.",
}


def plain_answer(status: int) -> bytes:
    """Return an answer in bytes, for where no page can be written."""
    body = f"{_SENTENCES[status]}\n".encode()
    headers = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), "connection": "close"}
    headers |= {"retry-after": "60"} if status in (429, 503) else {}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in {**headers, **SECURITY}.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class OneRequest(H11Protocol):
    """A connection with one request, which has a deadline at any time."""

    limits: Limits
    """Set by `within`."""
    crowd: Crowd | None
    """Who is here from each address; None where a proxy makes all connections. Set by `within`."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._deadline: asyncio.TimerHandle | None = None
        self._awaited: object = None
        """The part of the request that the deadline is for."""
        self._counted = ""
        """The address that it counts for; empty if it counts for none."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection in, if there is room."""
        refused = 503 if len(self.connections) >= self.limits.connections else 0
        if not refused and self.crowd is not None:
            address = sender_address(transport.get_extra_info("peername")[0], (), proxied=False)
            if self.crowd.enter(address):
                self._counted = address
            else:
                refused = 429
        super().connection_made(transport)
        if refused:
            self.connections.discard(self)
            self._end(refused)
        else:
            self._wait_for_next()

    def data_received(self, data: bytes) -> None:
        """Read on; each part of the request that is complete gives time for the next."""
        if not self.transport.is_closing():
            super().data_received(data)
            self._wait_for_next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._set_deadline(None)
        if self._counted and self.crowd is not None:
            self.crowd.leave(self._counted)
            self._counted = ""
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say that the request cannot be read."""
        self._end(400)

    def _wait_for_next(self) -> None:
        awaited = self.conn.their_state
        if awaited is self._awaited or self.transport.is_closing():
            return
        self._awaited = awaited
        seconds = {h11.IDLE: self.limits.head_seconds, h11.SEND_BODY: self.limits.body_seconds}
        self._set_deadline(seconds.get(awaited, self.limits.answer_seconds))

    def _set_deadline(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self._too_late)

    def _too_late(self) -> None:
        if self.transport.is_closing() or self._awaited not in (h11.IDLE, h11.SEND_BODY):
            self.transport.abort()
        else:
            self._end(408)

    def _end(self, status: int) -> None:
        """Answer with a status, unless there is an answer already, and be gone soon."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is None or not cycle.response_started:
            self.transport.write(plain_answer(status))
        if cycle is not None:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()
        self._set_deadline(_LAST_SECONDS)


def within(limits: Limits, *, proxied: bool) -> type[OneRequest]:
    """Return the connections that keep these limits; of those from a proxy the gate counts whom each is from."""
    crowd = None if proxied else Crowd(limits.an_address)
    return type("OneRequestWithin", (OneRequest,), {"limits": limits, "crowd": crowd})
