"""A proxy on loopback that hands on what it is asked for, and notes it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


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
    loop = asyncio.new_event_loop()
    listening: asyncio.Server = loop.run_until_complete(asyncio.start_server(proxy.answer, "127.0.0.1", 0))
    proxy.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(_end(listening), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _end(listening: asyncio.Server) -> None:
    listening.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.01)  # for the loop to close what was broken off
