"""Which values of a mapping are other ones in a later version of it, found without looking into any."""

from __future__ import annotations

import weakref
from collections.abc import Collection, ItemsView, Iterator, KeysView, Mapping, ValuesView
from itertools import compress, islice
from math import isqrt
from operator import is_, is_not
from typing import Final, Generic, NamedTuple, TypeVar

Name = TypeVar("Name")
Value = TypeVar("Value")


STEPS: Final = 16
"""So many versions back it is asked what differs; further back all values are compared."""
APART: Final = 32
"""In so many names, or the root of all if that is more, a version may be other than the mapping that it goes by."""


class Changed(NamedTuple, Generic[Name]):
    """What became of the values of a mapping."""

    there: list[Name]
    """The names of values that are new or other ones, in their order."""
    gone: list[Name]
    """The names that are there no longer."""


class _Held(Generic[Name, Value], NamedTuple):
    """What a version holds; nobody changes any of it."""

    whole: dict[Name, Value]
    """As the mapping was at some time."""
    others: dict[Name, Value]
    """The other values since of names in it."""
    new: dict[Name, Value]
    """The names that came, behind all others."""
    out: Collection[Name]
    """The names in it that went, also if they came again."""

    @classmethod
    def of(cls, whole: dict[Name, Value]) -> _Held[Name, Value]:
        """Return one that is a mapping and nothing else."""
        return cls(whole, {}, {}, frozenset())

    @property
    def apart(self) -> int:
        """In how many names it is other than the whole mapping."""
        return len(self.others) + len(self.new) + len(self.out)

    def made_whole(self) -> dict[Name, Value]:
        """Return all names with their values, in their order."""
        if not self.apart:
            return self.whole
        whole = {**self.whole, **self.others}
        for name in self.out:
            del whole[name]
        whole.update(self.new)
        return whole

    def with_those(self, other: Mapping[Name, Value], gone: Collection[Name]) -> _Held[Name, Value]:
        """Return one with other values or new ones, and before that without those that are gone."""
        others, new = dict(self.others), dict(self.new)
        out = {*self.out, *(name for name in gone if name in self.whole)}
        for name in gone:
            others.pop(name, None)
            new.pop(name, None)
        for name, value in other.items():
            (others if name in self.whole and name not in out else new)[name] = value
        return _Held(self.whole, others, new, out)


class Version(Mapping[Name, Value]):
    """A mapping that knows which one it was made of, and in which names it may differ from that.

    Nobody changes it. What is left alone stands as it stood, and what is new behind all else. It holds what is other
    than in a whole mapping further back, so that it is made in proportion to that; gone through, it becomes whole.
    """

    __slots__ = ("__weakref__", "differing", "gone", "held", "made_of")

    def __init__(self, before: Mapping[Name, Value], other: Mapping[Name, Value], gone: Collection[Name] = ()) -> None:
        """Make one of the one before, with `other` values or new ones, and without those that are gone."""
        self.differing = (*other, *gone)
        """The names in which it may differ from the one before."""
        self.gone = tuple(gone)
        """Those of them that are there no longer."""
        self.made_of = weakref.ref(before) if isinstance(before, Version) else None
        held = before.held if isinstance(before, Version) else _Held.of(dict(before))
        held = held.with_those(other, self.gone)
        if held.apart > max(APART, isqrt(len(held.whole))):
            held = _Held.of(held.made_whole())
        self.held: _Held[Name, Value] = held

    def __getitem__(self, name: Name) -> Value:
        whole, others, new, gone = self.held
        if name in others:
            return others[name]
        if name in new:
            return new[name]
        if name in gone:
            raise KeyError(name)
        return whole[name]

    def __contains__(self, name: object) -> bool:
        whole, _, new, gone = self.held
        return name in new or (name in whole and name not in gone)

    def __len__(self) -> int:
        whole, _, new, gone = self.held
        return len(whole) + len(new) - len(gone)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._whole())

    def __reversed__(self) -> Iterator[Name]:
        whole, _, new, gone = self.held
        yield from reversed(new)
        yield from (name for name in reversed(whole) if name not in gone)

    def keys(self) -> KeysView[Name]:
        """Return its names, in their order."""
        return self._whole().keys()

    def values(self) -> ValuesView[Value]:
        """Return its values, in the order of their names."""
        return self._whole().values()

    def items(self) -> ItemsView[Name, Value]:
        """Return its names with their values, in their order."""
        return self._whole().items()

    def _whole(self) -> dict[Name, Value]:
        held = self.held
        if held.apart:
            # Set at once, as another thread may be reading it.
            self.held = held = _Held.of(held.made_whole())
        return held.whole

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
    if before is after:
        return Changed([], [])
    if isinstance(after, Version) and (known := after.since(before)) is not None:
        others = [name for name in known if name in before and name in after and before[name] is not after[name]]
        new = {name for name in known if name in after and name not in before}
        # What is new stands behind all others, in an order that the steps do not tell.
        last = list(islice((name for name in reversed(after) if name in new), len(new)))
        return Changed([*others, *reversed(last)], [name for name in known if name not in after and name in before])
    shared = min(len(before), len(after))
    if all(map(is_, before, after)) or list(before)[:shared] == list(after)[:shared]:
        news, olds = list(after), list(before)
        there = list(compress(news, map(is_not, before.values(), after.values())))
        return Changed([*there, *news[shared:]], olds[shared:])
    there = [name for name, value in after.items() if name not in before or before[name] is not value]
    return Changed(there, [name for name in before if name not in after])
