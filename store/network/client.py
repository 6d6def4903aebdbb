"""The one place that reaches for the network. httpx stays in here: requests go in, answers or problems come out.

Whoever gives an address does not decide which machine is reached: every hop is looked up, all its addresses are
checked, and the connection is made to one that was checked, so that a name cannot mean another machine a moment later.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import httpx

from store.errors import LookupProblem
from store.network.connections import CheckedTransport, told
from store.network.requests import Answer, Request
from store.network.services import Services
from store.network.unpacking import Unpacker

MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_ABSENT: Final = (404, 410)
_BUSY: Final = (429, 503)


class Client:
    """Fetches what one look-up asks for. Made by `connected`."""

    def __init__(self, client: httpx.AsyncClient, mail: str, seconds: float) -> None:
        self._client = client
        self._mail = mail
        self._seconds = seconds
        self._ends = 0.0
        """When what is asked for must be there, by the clock of the event loop."""
        self.begin_anew()
        self._asked = ""
        """The host that was asked last."""

    def begin_anew(self) -> None:
        """Give what is asked for next all the time there was at first."""
        self._ends = asyncio.get_running_loop().time() + self._seconds

    async def fetch(self, request: Request, share: float = 1) -> Answer:
        """Fetch one thing, using at most this share of the time that is left.

        Raises:
            LookupProblem: it cannot be had; says why.
        """
        ends = self._ends - (1 - share) * _left(self._ends)
        try:
            async with asyncio.timeout_at(ends):
                return await self._fetch(request, ends)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError, ExceptionGroup) as error:
            raise told(error, self._asked or "it", is_known=request.is_service) from error

    async def _fetch(self, request: Request, ends: float) -> Answer:
        """Follow redirects by hand, so that each hop is checked as the first was."""
        url = first = _checked(httpx.URL(request.url))
        for _ in range(MOST_REDIRECTS + 1):
            async with self._answered(url, request, ends) as response:
                if response.status_code not in _REDIRECTS:
                    return await _read(response, request)
                if not request.follows:
                    raise LookupProblem(f"{url.host} redirects; it is not followed")
                url = _checked(_next(url, response))
            if request.stays and not _is_same_place(url, first):
                raise LookupProblem(f"{first.host} redirects to another place, {_shown(url)}; it is not asked")
        raise LookupProblem(f"{self._asked} redirects more than {MOST_REDIRECTS} times")

    @asynccontextmanager
    async def _answered(self, url: httpx.URL, request: Request, ends: float) -> AsyncIterator[httpx.Response]:
        """Give the answer of one hop; a server that is busy and says until when is asked once more."""
        self._asked = url.host
        headers = {"Accept": request.kind.accept, "User-Agent": _user_agent(self._mail if request.is_service else "")}
        headers |= request.headers
        if request.token and _is_same_place(url, httpx.URL(request.url)):
            headers["Authorization"] = f"Bearer {request.token}"
        content = request.body or None
        # What writes is sent once: nobody knows what became of it where the server was busy.
        for is_last in (False, True) if request.method == "GET" else (True,):
            async with self._client.stream(request.method, url, headers=headers, content=content) as response:
                wait = None if is_last else _asked_to_wait(response, _left(ends), request)
                if wait is None:
                    yield response
                    return
            await asyncio.sleep(wait)


@asynccontextmanager
async def connected(services: Services, mail: str, seconds: float) -> AsyncIterator[Client]:
    """Give a client for one look-up, which may take so many seconds in all unless it begins anew."""
    phases = httpx.Timeout(min(services.phase_seconds, seconds))
    headers = {"Accept-Encoding": "gzip"}
    transport = CheckedTransport(services)
    try:
        async with httpx.AsyncClient(
            transport=transport, timeout=phases, headers=headers, trust_env=False, follow_redirects=False
        ) as client:
            yield Client(client, mail, seconds)
    finally:
        await transport.close_all()


def _left(ends: float) -> float:
    return ends - asyncio.get_running_loop().time()


def _user_agent(mail: str) -> str:
    try:
        number = version("abduce")
    except PackageNotFoundError:
        number = "0"
    return f"Abduce/{number}" + (f" (mailto:{mail})" if mail else "")


def _checked(url: httpx.URL) -> httpx.URL:
    """Require an address that may be asked."""
    if url.scheme not in ("http", "https") or not url.host:
        raise LookupProblem(
            f"found an address that begins with {url.scheme or 'nothing'}:; expected https:// or http://"
        )
    if url.port is not None and not 0 < url.port < 65536:
        raise LookupProblem(f"found the port {url.port} at {url.host}; expected one from 1 to 65535")
    if url.userinfo:
        raise LookupProblem(f"found an address with a user name before {url.host}; expected one without")
    return url


def _is_same_place(url: httpx.URL, other: httpx.URL) -> bool:
    return (url.scheme, url.host, url.port) == (other.scheme, other.host, other.port)


def _shown(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace')[:80]}"


def _next(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    place = response.headers.get("location", "")
    if not place:
        raise LookupProblem(f"{url.host} redirects nowhere")
    return url.join(place)


def _asked_to_wait(response: httpx.Response, left: float, request: Request) -> float | None:
    """Return for how many seconds a busy server asks to wait, if there is time for it."""
    if response.status_code not in _BUSY:
        return None
    wait = _retry_after(response.headers.get("retry-after", ""))
    if wait is None or (wait >= left and response.status_code in request.reads):
        return None
    if wait >= left:
        raise LookupProblem(f"{response.url.host} is busy and asks to wait for {wait:.0f} seconds; try again later")
    return wait


def _retry_after(header: str) -> float | None:
    """Read `Retry-After`: seconds, or the time when."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


async def _read(response: httpx.Response, request: Request) -> Answer:
    host, status = response.url.host, response.status_code
    headers = {name.lower(): value for name, value in response.headers.items()}
    if status in (*_ABSENT, *request.reads):
        return Answer(str(response.url), found=False, code=status, headers=headers)
    if status in _BUSY:
        raise LookupProblem(f"{host} is busy; try again later")
    if status != httpx.codes.OK:
        raise LookupProblem(f"{host} answered {status}")
    kind, charset = _content_type(response)
    if kind and kind not in request.kind.types:
        raise LookupProblem(f"{host} answered {_in_words(kind)}; expected {request.kind.words}")
    unpacker = Unpacker(
        response.headers.get("content-encoding", ""),
        host,
        largest=request.kind.largest,
        may_be_cut=request.kind.may_be_cut,
    )
    async for part in response.aiter_raw():
        unpacker.add(part)
        if unpacker.is_full:
            break
    return Answer(
        str(response.url),
        found=True,
        body=unpacker.finished(),
        media_type=kind,
        charset=charset,
        code=status,
        headers=headers,
    )


def _content_type(response: httpx.Response) -> tuple[str, str]:
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip().strip("\"'")
    return kind.strip().lower()[:100], charset[:40]


def _in_words(kind: str) -> str:
    return {"application/pdf": "a PDF file", "text/html": "a web page"}.get(kind, f"{kind!r}")
