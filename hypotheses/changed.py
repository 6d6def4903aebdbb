"""Which values of a mapping are other ones in a later version of it, found without looking into any."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from operator import is_, is_not
from typing import Generic, NamedTuple, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


class Changed(NamedTuple, Generic[Name]):
    """What became of the values of a mapping."""

    there: list[Name]
    """The names of values that are new or other ones, in their order."""
    gone: list[Name]
    """The names that are there no longer."""


def changed(before: Mapping[Name, Value], after: Mapping[Name, Value]) -> Changed[Name]:
    """Compare two versions of a mapping by whether a value is the same object: an edit keeps those it leaves alone.

    Where the names are the same ones in the same order it takes some milliseconds for 100,000 of them.
    """
    if before is after:
        return Changed([], [])
    shared = min(len(before), len(after))
    if all(map(is_, before, after)) or list(before)[:shared] == list(after)[:shared]:
        news, olds = list(after), list(before)
        there = list(compress(news, map(is_not, before.values(), after.values())))
        return Changed([*there, *news[shared:]], olds[shared:])
    there = [name for name, value in after.items() if name not in before or before[name] is not value]
    return Changed(there, [name for name in before if name not in after])
