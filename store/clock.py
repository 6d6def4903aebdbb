"""The time, and how long to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom
from typing import Final

_CHANCE: Final = SystemRandom()
"""Its numbers differ also in processes that were forked from one."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def a_while(least: float, most: float) -> float:
    """Return so many seconds, others each time: for those who met to wait, so that they part."""
    return _CHANCE.uniform(least, most)
