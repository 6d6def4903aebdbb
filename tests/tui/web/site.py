"""The page, served to a test, and what a reader or somebody worse sends it."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from store.debate_store import DebateStore
from tui.web.address import address_of
from tui.web.desk import BY, Desk
from tui.web.ideas_json import JsonDoor
from tui.web.limits import Limits
from tui.web.serving import gated, listening, server_of

FORM = "application/x-www-form-urlencoded"
STRICT = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer says."""


@dataclass(frozen=True)
class Answer:
    """What the page answered."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def text(self) -> str:
        """What a reader reads of it."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.body)).split())

    def is_strict(self) -> bool:
        """Say whether it has the headers that every answer has, and none that tells what serves it."""
        said = {name: self.headers.get(name) for name in STRICT}
        return said == STRICT and "server" not in self.headers and self.headers.get("connection") == "close"


class Site:
    """A page that is served from its making to its end."""

    def __init__(
        self,
        database: Path,
        limits: Limits,
        *,
        token: str = "",
        url: str = "",
        door: JsonDoor | None = None,
        proxied: bool = False,
    ) -> None:
        self.database = database
        self.told: list[str] = []
        self._store = DebateStore.open(str(database), actor=BY, busy_timeout=0.2)
        self.slug = self._store.load().slug
        self.desk = Desk(self._store, self.slug, limits.a_day)
        self._listener = listening("127.0.0.1", 0)
        self.port: int = self._listener.getsockname()[1]
        self.address = address_of(host="127.0.0.1", port=self.port, url=url, token=token, public=False, proxied=proxied)
        self._threads = ThreadPoolExecutor(4)
        app = gated(
            self.desk, self.address, limits, door, threads=self._threads, tell=self.told.append, failed=self._failed
        )
        self._server = server_of(app, limits, proxied=proxied)
        self._thread = threading.Thread(target=self._run)

    def _failed(self, error: BaseException) -> str:
        return f"here: {error!r}"

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._listener]))

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._threads.shutdown()
        self._store.close()
        assert not self._thread.is_alive()
        assert not [line for line in self.told if line.startswith("a request failed")], self.told

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                answer.read().decode("utf-8"),
            )
        finally:
            connection.close()

    def get(self, path: str = "/", **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def visit(self) -> Visit:
        """Open the page as a browser does, with its cookie and the token of the form."""
        answer = self.get(f"{self.address.prefix}/")
        cookie = answer.headers["set-cookie"].partition(";")[0]
        return Visit(self, cookie, token_in(answer))

    def send(self, **fields: str) -> Answer:
        """Send an idea as a reader does, on a visit of its own."""
        return self.visit().send(**fields)

    def heard(self, words: str) -> str:
        """Return the line with these words that the owner is told, which may be a little after the answer."""
        until = time.monotonic() + 10
        while not (lines := [line for line in self.told if words in line]):
            assert time.monotonic() < until, self.told
            time.sleep(0.01)
        return lines[0]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def raw(self, data: bytes) -> bytes:
        """Send bytes and return everything that comes back; nothing if the connection is cut off without a word."""
        with self.connect() as sock:
            with suppress(ConnectionError):
                sock.sendall(data)
            return everything(sock)

    def spoken(self, *lines: str, body: bytes = b"") -> Answer:
        """Send a request line and headers as they are, with what is expected of a host, and return the one answer."""
        head = "\r\n".join([*lines, "", ""]).replace("HOST", self.host).encode("latin-1")
        return answer_in(self.raw(head + body))


def everything(sock: socket.socket) -> bytes:
    """Return what comes until the other end has nothing more to say."""
    whole = b""
    with suppress(ConnectionError):
        while part := sock.recv(65536):
            whole += part
    return whole


def answer_in(data: bytes) -> Answer:
    """Read the one answer that there is."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    assert first.startswith("HTTP/1.1 "), data[:200]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert b"HTTP/1.1 " not in body
    return Answer(int(first.split()[1]), headers, body.decode("utf-8"))


def token_in(answer: Answer) -> str:
    match = re.search(r'name="token" value="([^"]+)"', answer.body)
    assert match, answer.body
    return match[1]


@dataclass(frozen=True)
class Visit:
    """What a browser holds that is on the page."""

    site: Site
    cookie: str
    token: str

    def send(self, **fields: str) -> Answer:
        return self.with_headers({}, **fields)

    def with_headers(self, headers: Mapping[str, str], **fields: str) -> Answer:
        """Send an idea with other headers than a browser's; an empty one is left out."""
        body = urlencode({"kind": "comment", "token": self.token, **fields}).encode()
        given = {"Content-Type": FORM, "Cookie": self.cookie, "Origin": f"http://{self.site.host}", **headers}
        return self.site.ask(
            "POST", f"{self.site.address.prefix}/", body, {name: text for name, text in given.items() if text}
        )
