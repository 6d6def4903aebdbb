"""The two ends of a conversation on standard input and output, the second of which nothing else can write to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, cast

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCError, JSONRPCNotification, JSONRPCRequest, JSONRPCResponse

from tui.assistants.lines import Lines

if TYPE_CHECKING:
    from anyio import AsyncFile
    from mcp.shared._stream_protocols import ReadStream, WriteStream

MOST_AT_ONCE: Final = 32
"""Requests that are not answered yet; the next is read when one of them is."""
PATIENCE: Final = 10.0
"""Seconds that the answers to what was asked may still take when the input has ended."""

Incoming = SessionMessage | Exception


class Unanswered:
    """The requests that were read and are not answered yet."""

    def __init__(self) -> None:
        self._ids: set[str | int] = set()
        self._changed = anyio.Event()

    def asked(self, item: Incoming) -> None:
        """Note a request, or that one was called off, which nobody answers."""
        message = item.message if isinstance(item, SessionMessage) else None
        if isinstance(message, JSONRPCRequest):
            self._ids.add(message.id)
        elif isinstance(message, JSONRPCNotification) and message.method == "notifications/cancelled":
            self._settled((message.params or {}).get("requestId"))

    def answered(self, item: SessionMessage) -> None:
        """Note an answer."""
        if isinstance(item.message, JSONRPCResponse | JSONRPCError):
            self._settled(item.message.id)

    def _settled(self, request: object) -> None:
        self._ids = {one for one in self._ids if one != request}
        self._changed.set()
        self._changed = anyio.Event()

    async def fewer_than(self, most: int) -> None:
        """Wait until there are fewer than so many."""
        while len(self._ids) >= most:
            await self._changed.wait()


@asynccontextmanager
async def conversation() -> AsyncIterator[tuple[ReadStream[Incoming], WriteStream[SessionMessage]]]:
    """Give what comes by standard input, and what goes to standard output.

    The SDK's own streams are used, with what they lack: lines have a longest length, so many requests are in hand at
    once, and what was asked is answered when the input ends, which the SDK would call off.
    """
    unanswered = Unanswered()
    to_server, incoming = anyio.create_memory_object_stream[Incoming](0)
    outgoing, from_server = anyio.create_memory_object_stream[SessionMessage](0)
    # It asks for no more of a file than its lines.
    stdin = cast("AsyncFile[str]", Lines(0))
    async with stdio_server(stdin=stdin) as (read, write), anyio.create_task_group() as tasks:
        tasks.start_soon(_pass_in, read, to_server, unanswered)
        tasks.start_soon(_pass_out, from_server, write, unanswered)
        yield incoming, outgoing


async def _pass_in(
    read: ReadStream[Incoming], to_server: MemoryObjectSendStream[Incoming], unanswered: Unanswered
) -> None:
    # The server goes first when a signal ends the program.
    async with to_server:
        with suppress(anyio.BrokenResourceError):
            async for item in read:
                await unanswered.fewer_than(MOST_AT_ONCE)
                unanswered.asked(item)
                await to_server.send(item)
            with anyio.move_on_after(PATIENCE):
                await unanswered.fewer_than(1)


async def _pass_out(
    from_server: MemoryObjectReceiveStream[SessionMessage], write: WriteStream[SessionMessage], unanswered: Unanswered
) -> None:
    # Standard output goes first when nobody reads it any more; the SDK tells so.
    async with write:
        with suppress(anyio.BrokenResourceError):
            async for item in from_server:
                await write.send(item)
                unanswered.answered(item)
