"""A cache of look-ups without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from store.lookup.cache import is_old
from store.lookup.source import Source


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class MemoryCache:
    """A cache that ends with the program."""

    clock: Callable[[], datetime] = _now
    kept: dict[str, tuple[datetime, Source]] = field(default_factory=dict)

    def get(self, key: str) -> Source | None:
        """Return what was found; None if that was never, or too long ago."""
        at, source = self.kept.get(key, (None, None))
        return None if at is None or is_old(key, at, self.clock()) else source

    def put(self, key: str, source: Source) -> None:
        """Keep what was found now."""
        self.kept[key] = (self.clock(), source)
