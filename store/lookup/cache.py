"""What was looked up before, so that nobody is asked twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Protocol

from store.lookup.source import Source

MOST_KEPT: Final = 5_000
"""How many look-ups are kept, the latest: what a person asks in years, in 2.5 MB, looked through in 16 ms."""
PAGE_KEYS: Final = "url:"
"""How the keys of pages begin."""
PAGES_LAST: Final = timedelta(days=30)
"""How long a page is taken to be what it was; what has a DOI or an arXiv id does not change."""


class Cache(Protocol):
    """Keeps what was found, by the key of the identifier. That it cannot be kept is no reason to tell anybody."""

    def get(self, key: str) -> Source | None:
        """Return what was found; None if that was never, or too long ago."""

    def put(self, key: str, source: Source) -> None:
        """Keep what was found now."""


def is_old(key: str, at: datetime, now: datetime) -> bool:
    """Return whether what was found at a time should be asked again."""
    return key.startswith(PAGE_KEYS) and now - at > PAGES_LAST
