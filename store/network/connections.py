"""Connections for the client: to addresses that were checked, and what is said when there is none."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

import httpcore
import httpx

from store.errors import LookupProblem
from store.network.services import Services

_MOST_ADDRESSES: Final = 4
"""How many addresses of one host are tried."""
_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)
_NO_NAME: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
_LONGEST_SHOWN: Final = 80
_KINDS: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    ((httpx.InvalidURL, ValueError), "{} is at no address that can be asked"),
    (
        (httpx.NetworkError, httpx.ProtocolError, OSError),
        "{} broke the connection off, or answered what makes no sense",
    ),
)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport, on connections of ours."""

    def __init__(self, services: Services) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        self._backend = CheckedBackend(services)
        self._pool = httpcore.AsyncConnectionPool(ssl_context=context, network_backend=self._backend)

    async def close_all(self) -> None:
        """Close every connection, also one whose TLS was not agreed on yet, which its pool does not know."""
        for stream in self._backend.opened:
            await stream.aclose()


class CheckedBackend(httpcore.AnyIOBackend):
    """Looks a host up, checks all of its addresses and connects to one of these; TLS still asks for the name."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.opened: list[httpcore.AsyncNetworkStream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host."""
        addresses = (await self._checked(host, port, timeout))[:_MOST_ADDRESSES]
        for address in addresses:
            each = None if timeout is None else timeout / len(addresses)
            try:
                stream = await super().connect_tcp(address, port, each, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == addresses[-1]:
                    raise
            else:
                self.opened.append(stream)
                return stream
        raise httpcore.ConnectError(f"no address of {host}")

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await _in_thread(self._services, host, port)
        except TimeoutError:
            raise LookupProblem(f"there is no network: the address of {host} cannot be found out") from None
        if not addresses:
            raise LookupProblem(f"{host} at port {port} is not asked here")
        for address in addresses:
            # All of them: a host that has one address among us is not asked at another.
            if not self._services.allow(ipaddress.ip_address(address)):
                raise LookupProblem(f"{host} is {address}, which is not on the public internet; it is not asked")
        return addresses


async def _in_thread(services: Services, host: str, port: int) -> list[str]:
    """Look a host up in a thread that nobody has to wait for: the system's look-up cannot be interrupted."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(outcome: list[str] | Exception) -> None:
        if answer.done():
            return
        if isinstance(outcome, Exception):
            answer.set_exception(outcome)
        else:
            answer.set_result(outcome)

    def ask() -> None:
        answer: list[str] | Exception
        try:
            answer = services.resolve(host, port)
        except (OSError, ValueError) as error:
            answer = error
        with suppress(RuntimeError):  # nobody waits any more
            loop.call_soon_threadsafe(settle, answer)

    threading.Thread(target=ask, daemon=True, name="abduce-resolve").start()
    return await answer


def told(error: BaseException, host: str, *, is_known: bool) -> LookupProblem:
    """Say in one sentence why a host could not be asked; one that is known is there, if there is a network."""
    host = host if len(host) <= _LONGEST_SHOWN else f"{host[:_LONGEST_SHOWN]}…"
    if isinstance(error, (httpx.TimeoutException, TimeoutError)):
        return LookupProblem(f"{host} does not answer")
    deep = (words for cause in _causes(error) if (words := _words(cause, is_known=is_known)))
    shallow = (words for kinds, words in _KINDS if isinstance(error, kinds))
    return LookupProblem(next(deep, next(shallow, "{} could not be asked")).format(host))


def _words(cause: BaseException, *, is_known: bool) -> str:
    """Return the sentence for a cause that says it all, with a gap for the host; nothing for others."""
    match cause:
        case socket.gaierror(errno=number) if number in _NO_NAME and not is_known:
            return "there is no host {}, or no network"
        case socket.gaierror():
            return "there is no network: the address of {} cannot be found out"
        case ssl.SSLError():
            return f"there is no safe connection to {{}}: {_reason(cause)}"
        case ConnectionRefusedError():
            return "{} refuses the connection"
        case OSError(errno=number) if number in _NO_WAY:
            return "there is no network: {} cannot be reached"
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__


def _reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good ({error.verify_message})"
    return (error.reason or "TLS failed").replace("_", " ").lower()
