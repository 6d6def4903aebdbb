"""The proxy that somebody has named: what goes out then goes to it, and it asks whoever is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from hypotheses.problems import Malformed

EXPECTED: Final = "the address of a proxy, such as http://proxy.example.org:3128"
_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:]{2,45}")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where a proxy is, and who asks it."""

    scheme: str
    host: str
    port: int
    user: tuple[str, str] | None = field(default=None, repr=False)
    """Name and password; never shown."""

    @property
    def url(self) -> str:
        """Its address, without who asks."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def proxy_of(address: str) -> Proxy:
    """Read the address of a proxy, which may have a name and a password before its host.

    Raises:
        Malformed: it is none. What was found is not told, since it may be a password.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Malformed(f"expected {EXPECTED}") from None
    is_whole = parts.path in ("", "/") and not parts.query and not parts.fragment and address.isprintable()
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or port == 0 or not is_whole:
        raise Malformed(f"expected {EXPECTED}")
    user = None if parts.username is None else (unquote(parts.username), unquote(parts.password or ""))
    return Proxy(parts.scheme, host, port or _PORTS[parts.scheme], user)


def is_proxy(address: str) -> bool:
    """Say whether this is the address of a proxy."""
    try:
        return bool(proxy_of(address))
    except Malformed:
        return False
