"""Work that takes long tells how far it has come, and can be ended from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

Told = Callable[[float], None]
"""Is told now and then which part of the work is done, 0 to 1. It ends the work by raising what it likes."""


def untold(_: float) -> None:
    """Tell nobody."""


def each_told(items: Sequence[Item], told: Told, start: float = 0.0, end: float = 1.0) -> Iterator[Item]:
    """Yield items, and tell of the work on all of them, which leads from one part of the whole to another."""
    for place, item in enumerate(items):
        told(start + (end - start) * place / len(items))
        yield item


def within(told: Told, start: float, end: float) -> Told:
    """Return what is told of the work that leads from one part of the whole to another."""
    return lambda part: told(start + (end - start) * part)
