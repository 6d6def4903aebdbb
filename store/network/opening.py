"""The client of the network, loaded only by what is about to ask for something."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from store.network.services import Services

if TYPE_CHECKING:
    from store.network.client import Client


def connected(services: Services, mail: str, seconds: float) -> AbstractAsyncContextManager[Client]:
    """Connect for as long as one thing is asked for; see `client.connected`."""
    from store.network import client  # noqa: PLC0415 -- with httpx it takes 80 ms; most runs ask for nothing

    return client.connected(services, mail, seconds)
