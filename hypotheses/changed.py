"""Which values of a mapping are other ones in a later version of it, found without looking into any."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Mapping
from itertools import compress
from operator import is_, is_not
from typing import Final, Generic, NamedTuple, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


STEPS: Final = 16
"""So many versions back it is asked what differs; further back all values are compared."""


class Changed(NamedTuple, Generic[Name]):
    """What became of the values of a mapping."""

    there: list[Name]
    """The names of values that are new or other ones, in their order."""
    gone: list[Name]
    """The names that are there no longer."""


class Version(dict[Name, Value]):
    """A mapping that knows which one it was made of, and in which names it may differ from that.

    Nobody changes it once it is made. What is left alone stands as it stood, and what is new behind all else.
    """

    def __init__(self, before: Mapping[Name, Value], other: Mapping[Name, Value], gone: Collection[Name] = ()) -> None:
        """Make one of the one before, with `other` values or new ones, and without those that are gone."""
        super().__init__(before)
        for name in gone:
            del self[name]
        self.update(other)
        self.differing = (*other, *gone)
        """The names in which it may differ from the one before."""
        self.gone = tuple(gone)
        """Those of them that are there no longer."""
        self.made_of = weakref.ref(before) if isinstance(before, Version) else None

    def differs_in(self, before: Mapping[Name, Value], names: Collection[Name]) -> bool:
        """Say whether it was made of this one, and may differ from it in these names and no others."""
        return self.made_of is not None and self.made_of() is before and set(self.differing) == set(names)

    def since(self, before: Mapping[Name, Value]) -> list[Name] | None:
        """Return the names in which this one may differ from an earlier one; None if it does not know.

        If it knows, all others, and those that are in both, stand in the same order.
        """
        steps: list[tuple[Name, ...]] = []
        version: Version[Name, Value] | None = self
        while version is not None and len(steps) < STEPS:
            if version is before:
                return list(dict.fromkeys(name for step in reversed(steps) for name in step))
            if any(name in self and name in before for name in version.gone):
                return None  # it went and came back, behind all others
            steps.append(version.differing)
            version = version.made_of() if version.made_of is not None else None
        return None


def changed(before: Mapping[Name, Value], after: Mapping[Name, Value]) -> Changed[Name]:
    """Compare two versions of a mapping by whether a value is the same object: an edit keeps those it leaves alone."""
    known = after.since(before) if isinstance(after, Version) else None
    if before is after or known == []:
        return Changed([], [])
    if known is not None:
        there = [name for name in known if name in after and (name not in before or before[name] is not after[name])]
        return Changed(there, [name for name in known if name not in after and name in before])
    shared = min(len(before), len(after))
    if all(map(is_, before, after)) or list(before)[:shared] == list(after)[:shared]:
        news, olds = list(after), list(before)
        there = list(compress(news, map(is_not, before.values(), after.values())))
        return Changed([*there, *news[shared:]], olds[shared:])
    there = [name for name, value in after.items() if name not in before or before[name] is not value]
    return Changed(there, [name for name in before if name not in after])
