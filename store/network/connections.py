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
from pathlib import Path
from typing import Final

import httpcore
import httpx

from hypotheses.problems import Malformed
from store.errors import LookupProblem
from store.network.addresses import is_inner
from store.network.services import Services
from store.proxy import Proxy, proxy_of

_UNKNOWN_AFTER: Final = 1.0
"""Seconds after which a name that a proxy is asked for counts as one that this machine does not know."""
_MOST_ADDRESSES: Final = 4
"""How many addresses of one host are tried."""
_NO_WAY: Final = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)
_NO_NAME: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
_LONGEST_SHOWN: Final = 80
_KINDS: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    ((httpx.ProxyError,), "the proxy does not let {} be asked"),
    ((httpx.InvalidURL, ValueError), "{} is at no address that can be asked"),
    (
        (httpx.NetworkError, httpx.ProtocolError, OSError),
        "{} broke the connection off, or answered what makes no sense",
    ),
)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport, on connections of ours."""

    def __init__(self, services: Services) -> None:
        """Prepare connections.

        Raises:
            LookupProblem: the certificates, or the proxy, are none.
        """
        context = _trusting(services.certificates)
        super().__init__(verify=context, trust_env=False)
        self._proxy = _proxy(services.proxy)
        self._backend = CheckedBackend(services, self._proxy)
        self._pool: httpcore.AsyncConnectionPool = (
            httpcore.AsyncConnectionPool(ssl_context=context, network_backend=self._backend)
            if self._proxy is None
            else httpcore.AsyncHTTPProxy(
                self._proxy.url,
                proxy_auth=self._proxy.user,
                ssl_context=context,
                proxy_ssl_context=context if self._proxy.scheme == "https" else None,
                network_backend=self._backend,
            )
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; of one that goes by a proxy, check first as much as can be known here."""
        if self._proxy is not None:
            url = request.url
            await self._backend.check_for_proxy(url.host, url.port or {"http": 80}.get(url.scheme, 443))
        return await super().handle_async_request(request)

    async def close_all(self) -> None:
        """Close every connection, also one whose TLS was not agreed on yet, which its pool does not know."""
        for stream in self._backend.opened:
            await stream.aclose()


def _proxy(address: str) -> Proxy | None:
    try:
        return proxy_of(address) if address else None
    except Malformed as error:
        raise LookupProblem(f"the proxy of the settings is none; {error}") from None


def _trusting(certificates: str) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a file or a folder, or those that come with the program."""
    if not certificates:
        return httpx.create_ssl_context(trust_env=False)
    place = Path(certificates).expanduser()
    try:
        if place.is_dir():
            return ssl.create_default_context(capath=str(place))
        return ssl.create_default_context(cafile=str(place))
    except OSError as error:  # ssl.SSLError is one
        why = "it has none" if isinstance(error, ssl.SSLError) else error.strerror
        raise LookupProblem(f"the certificates in {certificates} cannot be read: {why}") from None


class CheckedBackend(httpcore.AnyIOBackend):
    """Looks a host up, checks all of its addresses and connects to one of these; TLS still asks for the name.

    With a proxy, that is the one host it connects to, wherever it is: whoever set it knows where.
    """

    def __init__(self, services: Services, proxy: Proxy | None = None) -> None:
        self._services = services
        self._proxy = proxy
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
        if self._proxy is not None:
            return await self._to_proxy(self._proxy, timeout, local_address, socket_options)
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

    async def _to_proxy(
        self,
        proxy: Proxy,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await _in_thread(self._services, proxy.host, proxy.port)
            stream = await super().connect_tcp(addresses[0], proxy.port, timeout, local_address, socket_options)
        except (OSError, IndexError, httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise LookupProblem(f"the proxy {proxy.host} at port {proxy.port} cannot be reached") from error
        self.opened.append(stream)
        return stream

    async def check_for_proxy(self, host: str, port: int) -> None:
        """Require of a host that a proxy is asked for that it is none of this machine's neighbourhood.

        Its name is the proxy's to look up, and nobody here knows which machine that will be. Refused is what this
        machine knows to be of its neighbourhood, and what is called so.

        Raises:
            LookupProblem: it is.
        """
        host = host.strip("[]").rstrip(".")  # a dot at the end says no more than that the name is whole
        try:
            addresses = [str(ipaddress.ip_address(host))]
        except ValueError:
            if is_inner(host):
                raise LookupProblem(f"{host} is no name of the public internet; it is not asked") from None
            try:
                async with asyncio.timeout(_UNKNOWN_AFTER):
                    addresses = await _in_thread(self._services, host, port)
            except (OSError, ValueError):  # TimeoutError is one
                return
        self._require_public(host, addresses)

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await _in_thread(self._services, host, port)
        except TimeoutError:
            raise LookupProblem(f"there is no network: the address of {host} cannot be found out") from None
        if not addresses:
            raise LookupProblem(f"{host} at port {port} is not asked here")
        self._require_public(host, addresses)
        return addresses

    def _require_public(self, host: str, addresses: Iterable[str]) -> None:
        for address in addresses:
            # All of them: a host that has one address among us is not asked at another.
            if not self._services.allow(ipaddress.ip_address(address)):
                raise LookupProblem(f"{host} is {address}, which is not on the public internet; it is not asked")


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
