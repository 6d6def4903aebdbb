"""A proxy on loopback that hands on what it is asked for, and notes it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.store.network.listening import listening


@dataclass
class StandInProxy:
    """Hands everything on to one port of this machine, whatever host is meant."""

    to: int
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """The first line of each request: `CONNECT server.test:443 HTTP/1.1`."""
    heads: list[str] = field(default_factory=list)
    refuses: bytes = b""
    """What is answered instead."""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head.decode())
            first = head.split(b"\r\n")[0].decode()
            self.asked.append(first)
            if self.refuses:
                writer.write(self.refuses)
                await writer.drain()
                return
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.to)
            if first.startswith("CONNECT "):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                method, address, version = first.split(" ")
                path = "/" + address.split("/", 3)[3]
                inner_writer.write(head.replace(first.encode(), f"{method} {path} {version}".encode(), 1))
            both = [asyncio.ensure_future(_hand_on(*way)) for way in ((reader, inner_writer), (inner_reader, writer))]
            try:
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(0.01)  # for the last of an answer
            finally:
                for each in both:
                    each.cancel()
                await asyncio.gather(*both, return_exceptions=True)
                inner_writer.transport.abort()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked went away
        finally:
            writer.transport.abort()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()


@contextmanager
def running_proxy(to: int) -> Iterator[StandInProxy]:
    """Run a proxy in a thread of its own."""
    proxy = StandInProxy(to)
    with listening(proxy.answer) as proxy.port:
        yield proxy
