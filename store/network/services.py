"""Whom the program asks for something, and the ways there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from store.network.addresses import Address, is_public, resolve


@dataclass(frozen=True, slots=True)
class Services:
    """The services that are asked, and the ways to them. Only tests go elsewhere than `PUBLIC`."""

    crossref: str = "https://api.crossref.org"
    doi: str = "https://doi.org"
    arxiv: str = "https://export.arxiv.org"
    github: str = "https://api.github.com"
    allow: Callable[[Address], bool] = is_public
    """Whether a machine may be reached."""
    resolve: Callable[[str, int], list[str]] = resolve
    """Finds the addresses of a host; called in a thread of its own."""
    phase_seconds: float = 5
    """How long connecting, sending, or waiting for more may take each."""
    pause_seconds: float = 1
    """How long to wait between two things that are written, as GitHub asks."""


PUBLIC: Final = Services()
