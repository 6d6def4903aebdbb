"""The server: its socket, its connections, and its end."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import Server

from hypotheses.problems import Refused
from tui.web.address import Address
from tui.web.application import Reception, application
from tui.web.desk import Desk
from tui.web.form_token import FormTokens
from tui.web.gate import Gate
from tui.web.ideas_json import PATH, JsonDoor, json_routes
from tui.web.limits import Crowd, Limits, Turnstile
from tui.web.pages import Pages
from tui.web.protocol import within

_THREADS: Final = 4
_LAST_SECONDS: Final = 2
"""What is being answered when the server ends has so long."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 is any that is free.

    Raises:
        Refused: the address is taken, or none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Refused(f"port {port} of {host} is in use; choose another with --port") from error
        why = getattr(error, "strerror", None) or str(error)
        raise Refused(f"{host} port {port} cannot be listened on: {why}") from error


def gated(
    desk: Desk,
    address: Address,
    limits: Limits,
    door: JsonDoor | None,
    *,
    threads: ThreadPoolExecutor,
    tell: Callable[[str], None],
    failed: Callable[[BaseException], str],
) -> ASGIApp:
    """Return the pages behind their gate."""
    pages = Pages(address)
    tokens, turnstile = FormTokens(limits.form_seconds), Turnstile(limits.a_minute)
    reception = Reception(desk, pages, address, limits, tokens, turnstile, threads, tell)
    inside = application(reception, json_routes(reception, door) if door else [])
    foreign = {PATH: door.origins} if door else {}
    crowd = Crowd(limits.an_address)
    return Gate(
        inside,
        address=address,
        head=limits.head,
        written=pages,
        foreign=foreign,
        crowd=crowd,
        tell=tell,
        failed=failed,
    )


def server_of(app: ASGIApp, limits: Limits, *, proxied: bool) -> Server:
    """Return a server for the pages behind their gate; `proxied` if a proxy makes all connections."""
    return _Server(
        Config(
            app,
            http=within(limits, proxied=proxied),
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            h11_max_incomplete_event_size=limits.head,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
    )


def serve_page(
    desk: Desk,
    address: Address,
    limits: Limits,
    door: JsonDoor | None,
    *,
    listener: socket.socket,
    tell: Callable[[str], None],
    failed: Callable[[BaseException], str],
) -> None:
    """Serve the page until SIGINT or SIGTERM."""
    for name in ("asyncio", "uvicorn"):  # what there is to say is said by the gate, in which nobody is named
        logging.getLogger(name).propagate = False
        logging.getLogger(name).addHandler(logging.NullHandler())
    with ThreadPoolExecutor(_THREADS, "desk") as threads:
        app = gated(desk, address, limits, door, threads=threads, tell=tell, failed=failed)
        asyncio.run(server_of(app, limits, proxied=address.proxied).serve(sockets=[listener]))


class _Server(Server):
    """Ends at a signal as if that were all there is to it: an end that is asked for is no failure."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        if threading.current_thread() is threading.main_thread():
            for each in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(each, self.handle_exit, each, None)
        return nullcontext()
