"""What differs between two versions of a debate, part by part."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hypotheses.debate import Debate, Hypothesis
from hypotheses.versions.taken_apart import ABSENT, Place, in_order, parts_of


@dataclass(frozen=True, slots=True)
class Order:
    """The order in which the parts of a place stand."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that is not the same in two versions."""

    place: Place
    before: object
    """What it was; `ABSENT` if it is new; an `Order` if only the order at this place is another."""
    after: object
    """What it is; `ABSENT` if it was removed."""

    @property
    def kind(self) -> Literal["new", "changed", "removed"]:
        """What became of it."""
        if self.before is ABSENT:
            return "new"
        return "removed" if self.after is ABSENT else "changed"


def changes_between(before: Debate, after: Debate) -> tuple[PartChange, ...]:
    """Return every part that differs, in the order of a file: none exactly if the versions are the same.

    What is new or removed as a whole is one part. Two versions whose quantities, gaps, evidence or readings stand in
    another order are not the same, though they are equal as values.
    """
    return (*_walk((), in_order(before), in_order(after)), *_conventions(before, after))


def _walk(place: Place, before: object, after: object) -> Iterator[PartChange]:
    if before == after:
        return
    olds, news = parts_of(before), parts_of(after)
    if olds is None or news is None or type(before) is not type(after):
        yield PartChange(place, before, after)
        return
    yield from _moved(place, before, after)
    for name in dict.fromkeys([*news, *olds]):
        yield from _walk((*place, name), olds.get(name, ABSENT), news.get(name, ABSENT))


def _moved(place: Place, before: object, after: object) -> Iterator[PartChange]:
    """Yield the change of the order of two parts of one kind, if they stand in an order and it is another."""
    orders: tuple[Sequence[str], Sequence[str]] | None = None
    same_places = True
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return
    if isinstance(before, OrderedDict):
        orders = tuple(before), tuple(after)
    elif place == ("hypotheses",):
        orders = order_of_explanations(before), order_of_explanations(after)
        same_places = before.keys() != after.keys() or _places(before) == _places(after)
    if orders and not (order_kept(*orders) and same_places):
        yield PartChange(place, *(Order(tuple(map(str, each))) for each in orders))


def _places(hypotheses: Mapping[str, Hypothesis]) -> dict[str, int]:
    return {slug: each.position for slug, each in hypotheses.items()}


def order_of_explanations(hypotheses: Mapping[str, Hypothesis]) -> tuple[str, ...]:
    """Return the slugs in the order in which a file has them."""
    return tuple(sorted(hypotheses, key=lambda slug: hypotheses[slug].position))


def order_kept(before: Sequence[str], after: Sequence[str]) -> bool:
    """Say whether what is in both stands in the same order."""
    there, still = set(after), set(before)
    return [each for each in before if each in there] == [each for each in after if each in still]


def _conventions(before: Debate, after: Debate) -> Iterator[PartChange]:
    olds, news = before.conventions, after.conventions
    yield from (PartChange(("conventions", name), ABSENT, name) for name in news if name not in olds)
    yield from (PartChange(("conventions", name), name, ABSENT) for name in olds if name not in news)
