"""Where the page is: what it listens on, what readers call it, and who may ask for it.

Without a word the page is on this machine only. On any other address it is there for whoever has the link: the link
begins with a token, and without that nothing is there.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from hypotheses.problems import Refused

PORT: Final = 8020
HERE: Final = "127.0.0.1"
NAMED_IN: Final = "ABDUCE_INBOX_TOKEN"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,200}")
_USUAL_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is."""

    host: str
    """The address of this machine that it listens on."""
    port: int
    url: str
    """What readers call it, without a slash at the end: `http://127.0.0.1:8020`."""
    hosts: frozenset[str]
    """What a request may call it."""
    origins: frozenset[str]
    """Where a form may come from."""
    token: str
    """What the path of every link begins with; empty if there is none."""
    proxied: bool
    """Whether the address of a sender is what the proxy before it says."""

    @property
    def prefix(self) -> str:
        """What the path of every link begins with."""
        return f"/{self.token}" if self.token else ""

    @property
    def link(self) -> str:
        """What readers are given."""
        return f"{self.url}{self.prefix}/"

    @property
    def secure(self) -> bool:
        """Whether readers come by https."""
        return self.url.startswith("https://")

    def within(self, path: str) -> str | None:
        """Return a path of the page without the token; None if it has not got it."""
        start = f"{self.prefix}/"
        # As long for any token, so that nobody learns how much of theirs is right.
        if hmac.compare_digest(path[: len(start)].encode(), start.encode()):
            return path[len(start) - 1 :]
        return None


def address_of(*, host: str, port: int, url: str, token: str, public: bool, proxied: bool) -> Address:
    """Return where the page is to be.

    Args:
        host: The address of this machine to listen on.
        port: The port.
        url: What readers call it, if that is something else, as behind a proxy.
        token: What links begin with.
        public: Whether other machines may be let in.
        proxied: Whether a proxy says whom a request is from.

    Raises:
        Refused: it would be open to others and nobody has said so, or an address is none.
    """
    ip = _ip(host)
    if token and not _TOKEN.fullmatch(token):
        raise Refused(f"{NAMED_IN}: expected 20 to 200 letters, digits, - or _, such as 32 random ones")
    if not ip.is_loopback:
        _require_consent(host, token, public=public)
    if ip.is_unspecified and not url:
        raise Refused(f"{host} is every address of this machine; say with --url by which of them readers come")
    names = [_bracketed(ip)] + (["localhost"] if ip.is_loopback else [])
    hosts = [f"{name}:{port}" for name in names] + (names if port == _USUAL_PORTS["http"] else [])
    origins = [f"http://{name}" for name in hosts]
    called = f"http://{hosts[0]}"
    if url:
        called, host_called = _called(url)
        origins.append(called)
        hosts.append(host_called)
    return Address(str(ip), port, called, frozenset(hosts), frozenset(origins), token, proxied)


def origin(text: str) -> str:
    """Read what a browser calls a site: `https://example.org`.

    Raises:
        Refused: it is none.
    """
    return _called(text)[0]


def _require_consent(host: str, token: str, *, public: bool) -> None:
    if not public:
        raise Refused(f"{host} lets other machines in; add --public if that is meant")
    if not token:
        raise Refused(
            f"--public needs a token in {NAMED_IN}, which the link for readers begins with: "
            "20 or more letters and digits that nobody guesses, such as `openssl rand -hex 16` writes"
        )


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(HERE if host == "localhost" else host.strip("[]"))
    except ValueError as error:
        raise Refused(f"--host: found {host!r}; expected an address such as 127.0.0.1 or ::1") from error


def _bracketed(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{ip}]" if ip.version == 6 else str(ip)


def _called(url: str) -> tuple[str, str]:
    """Return a site as browsers write it where they come from, and where they go."""
    try:
        parts = urlsplit(url.lower().rstrip("/"))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in _USUAL_PORTS or not re.fullmatch(r"[\w.:-]+", host, re.ASCII) or not bare:
        raise Refused(f"found {url!r}; expected a site such as https://ideas.example.org, without a path")
    name = f"[{host}]" if ":" in host else host
    if port not in (None, _USUAL_PORTS[parts.scheme]):
        name = f"{name}:{port}"
    return f"{parts.scheme}://{name}", name


def sender_address(peer: str, forwarded: Sequence[str], *, proxied: bool) -> str:
    """Return whom limits count for: the peer, or whom the proxy names last; of IPv6 the network that one site has."""
    named = forwarded[-1].rpartition(",")[2].strip() if proxied and forwarded else peer
    try:
        ip = ipaddress.ip_address(named)
    except ValueError:
        return peer
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
