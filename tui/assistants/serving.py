"""A session served on standard input and output, from its first message to the end of the input, or to a signal."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from typing import Any, Final

from store.debate_store import DebateStore
from tui.assistants.server import server_of
from tui.assistants.session import AssistantSession
from tui.assistants.transport import conversation

DONE: Final = 0
GRACE: Final = 3.0
"""Seconds between a signal and the end of the program, at most."""


def serve(store: DebateStore, slug: str) -> int:
    """Serve an assistant until its program closes standard input; return the exit code.

    Raises:
        BrokenPipeError: nobody reads what it answers.
        KeyboardInterrupt: it was interrupted.
    """
    # The SDK's log would go to standard error as it is, with words of others in it.
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    logging.getLogger("mcp").propagate = False
    try:
        number = asyncio.run(_until_ended(AssistantSession(store, slug)))
    except BaseExceptionGroup as several:
        if several.subgroup(BrokenPipeError):
            raise BrokenPipeError from several
        raise
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    return 128 + number if number else DONE


async def _until_ended(session: AssistantSession) -> int:
    """Serve a session; return the number of the signal that ended it, or 0."""
    received: list[int] = []
    task: asyncio.Task[Any] | None = asyncio.current_task()

    def end(number: int) -> None:
        if task and not received:
            received.append(number)
            task.cancel()
            # What is written and nobody reads cannot be called off, nor can a wait for a database that is held. What
            # was saved is on disk, and what was not is not half saved.
            last = threading.Timer(GRACE, os._exit, (128 + number,))
            last.daemon = True
            last.start()

    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        async with conversation() as (read, write):
            server = server_of(session)
            await server.run(read, write, server.create_initialization_options())
    except asyncio.CancelledError:
        if not received:
            raise
    return received[0] if received else 0
