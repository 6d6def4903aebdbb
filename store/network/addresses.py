"""Which machines a look-up may reach: those of the public internet, and no other."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_LOCAL_NAT64: Final = ipaddress.IPv6Network("64:ff9b:1::/48")

_INNER: Final = re.compile(
    r"(?:[^.]*|.*\.(?:local|localhost|localdomain|internal|intranet|lan|home|corp|home\.arpa))", re.IGNORECASE
)
"""Names that mean no machine of the public internet, whoever looks them up."""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet, and not of this machine or its neighbourhood."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address in _LOCAL_NAT64 or address.scope_id or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, in any of the ways there are."""
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, the best one first, each once.

    Raises:
        OSError: there is no such host, or nobody to ask.
    """
    addresses: Iterable[str] = (str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys(addresses))


def is_inner(host: str) -> bool:
    """Say whether a name means a machine that is not of the public internet, whoever looks it up."""
    return ":" not in host and _INNER.fullmatch(host) is not None
