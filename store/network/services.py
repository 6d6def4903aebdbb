"""Whom the program asks for something, and the ways there."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from store.network.addresses import Address, is_public, resolve


@dataclass(frozen=True, slots=True)
class Services:
    """The services that are asked, and the ways to them. Only tests go elsewhere than `PUBLIC`."""

    crossref: str = "https://api.crossref.org"
    doi: str = "https://doi.org"
    arxiv: str = "https://export.arxiv.org"
    github: str = "https://api.github.com"
    zotero: str = "http://127.0.0.1:23119"
    """The program, while it runs on this machine."""
    allow: Callable[[Address], bool] = is_public
    """Whether a machine may be reached."""
    resolve: Callable[[str, int], list[str]] = resolve
    """Finds the addresses of a host; called in a thread of its own."""
    phase_seconds: float = 5
    """How long connecting, sending, or waiting for more may take each."""
    pause_seconds: float = 1
    """How long to wait between two things that are written, as GitHub asks."""
    proxy: str = field(default="", repr=False)
    """The address of the proxy by which they are asked, if by one; it may have a password in it."""
    certificates: str = ""
    """The file, or the folder, of the certificate authorities that are trusted; empty for those of `certifi`."""


PUBLIC: Final = Services()
_HERE: Final = ipaddress.IPv4Address("127.0.0.1")
_ZOTERO_AT: Final = (str(_HERE), 23119)
"""The one machine that is not on the public internet and may be asked all the same, and the one port of it."""


def _only_zotero(host: str, port: int) -> list[str]:
    """Return the address of Zotero on this machine by exactly that name; nothing else has one here."""
    return [host] if (host, port) == _ZOTERO_AT else []


LOCAL: Final = Services(allow=lambda address: address == _HERE, resolve=_only_zotero)
"""The way to Zotero on this machine, and to nothing else: taken only where its user asks for what is in Zotero."""
