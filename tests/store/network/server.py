"""A real HTTP server on loopback that answers in the services' shapes, or badly."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from store.network.addresses import Address, is_public, resolve
from store.network.services import Services
from tests.store.network.listening import listening

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Act


def reply(status: int = 200, body: bytes | str = b"", kind: str = "application/json", **headers: str) -> bytes:
    """Return an answer as it goes over the wire; `Retry_After` stands for the header `Retry-After`."""
    raw = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": kind, "Content-Length": str(len(raw)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status} Some Reason\r\n{head}\r\n".encode() + raw


def packed(body: bytes, kind: str = "application/json") -> bytes:
    return reply(body=gzip.compress(body), kind=kind, Content_Encoding="gzip")


def redirect(place: str, status: int = 302) -> bytes:
    return reply(status, Location=place)


async def hang(writer: asyncio.StreamWriter) -> None:
    """Say nothing for longer than anybody waits."""
    await asyncio.sleep(60)


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then, for ever."""
    writer.write(reply(kind="text/html", Content_Length="1000000"))
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break off the hard way."""
    sock: Any = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    writer.transport.abort()


@dataclass
class Server:
    """Answers each path with its replies in turn; the last one stays."""

    port: int = 0
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for, in order."""
    heads: list[str] = field(default_factory=list)
    """The requests as they came."""
    bodies: list[str] = field(default_factory=list)
    """What was sent with them."""
    greeting: bytes = b""
    """What is said before anything is asked, as servers of other protocols do."""
    looked_up: list[str] = field(default_factory=list)
    """The hosts whose addresses were asked for."""

    @property
    def base(self) -> str:
        return f"http://server.test:{self.port}"

    def on(self, path: str, *replies: Reply) -> None:
        self.replies[path] = list(replies)

    def services(self, phase_seconds: float = 20) -> Services:
        """Return the services as this server plays them."""
        return Services(
            crossref=f"{self.base}/crossref",
            doi=f"{self.base}/doi",
            arxiv=f"{self.base}/arxiv",
            github=f"{self.base}/github",
            zotero=f"{self.base}/zotero",
            allow=may_be_reached,
            resolve=self.resolve,
            phase_seconds=phase_seconds,
            pause_seconds=0,
        )

    def resolve(self, host: str, port: int) -> list[str]:
        """Know hosts of the tests, and addresses; nothing is asked of anybody."""
        self.looked_up.append(host)
        known = {
            "server.test": ["127.0.0.1"],
            "other.test": ["127.0.0.1"],
            "two.test": ["127.0.0.1", "10.0.0.1"],
            "inner.test": ["192.168.1.1"],
        }
        if host in known:
            return known[host]
        if host == "later.invalid":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if host.endswith((".invalid", ".test", ".org")):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, port)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(self.greeting)
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ", 2)[1]
            self.asked.append(path)
            self.heads.append(head)
            length = head.lower().partition("content-length: ")[2].partition("\r\n")[0]
            self.bodies.append((await reader.readexactly(int(length or 0))).decode())
            waiting = self.replies.get(path) or [reply(404, "Resource not found.", "text/plain")]
            found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(found, bytes):
                writer.write(found)
                await writer.drain()
            else:
                await found(writer)
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked went away
        finally:
            writer.transport.abort()


def may_be_reached(address: Address) -> bool:
    """Let the server be reached; the rest of loopback stays as forbidden as it is."""
    return address == ip_address("127.0.0.1") or is_public(address)


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server in a thread of its own."""
    server = Server()
    with listening(server.answer, tls) as server.port:
        yield server
