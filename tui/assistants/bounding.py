"""Answers of a size that an assistant can read: texts are made harmless and cut, lists come in pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, Final, NamedTuple, TypeVar

from hypotheses.reports.json import Shape
from hypotheses.reports.text import visible

ANSWER: Final = 40_000
"""Characters of an answer as JSON, at most: a head and a page of its list."""
HEAD, PAGE = 12_000, 24_000
ITEM: Final = 8_000
"""Characters of one item of a list."""
ITEMS: Final = 25
"""Items of a page, at most."""
_TEXTS: Final = (6_000, 3_000, 1_500, 700, 300, 100)
_LISTS: Final = (1_000, 100, 30, 10, 3)
CUT: Final = "… (cut: {left:,} characters more)"

T = TypeVar("T")


class ListPart(NamedTuple):
    """A part of a list."""

    items: list[Shape]
    next_offset: int | None
    """Where the next page begins; None at the end of the list."""


def harmless(text: str, most: int) -> str:
    """Return a text in which no character acts unseen, cut where it is too long; then it says so at its end."""
    left = len(text) - most
    return visible(text[:most], multiline=True) + (CUT.format(left=left) if left > 0 else "")


def fitted(shape: Shape, most: int) -> Shape:
    """Return an answer that takes at most so many characters: its texts are cut, then its lists, and it says so."""
    for items, characters in product(_LISTS, _TEXTS):
        if _least(shape, characters, items) <= most and _size(shorter := _shorter(shape, characters, items)) <= most:
            return shorter
    return _shorter(shape, _TEXTS[-1], _LISTS[-1])


def paged(items: Sequence[T], shape: Callable[[T], Shape], offset: int, most: int = PAGE) -> ListPart:
    """Return the items of a list from a place on, as many as one answer holds."""
    page: list[Shape] = []
    room = most
    for item in items[offset : offset + ITEMS]:
        shaped = fitted(shape(item), ITEM)
        room -= _size(shaped)
        if page and room < 0:
            break
        page.append(shaped)
    after = offset + len(page)
    return ListPart(page, after if after < len(items) else None)


def _shorter(shape: Shape, characters: int, items: int) -> Shape:
    """Return an answer whose texts and lists are no longer than that."""
    note = {"cut": f"lists of more than {items} were cut"} if items < _longest(shape) else {}
    return {**_cut_all(shape, characters, items), **note}


def _cut_all(shape: Shape, characters: int, items: int) -> Shape:
    return {harmless(name, characters): _cut(value, characters, items) for name, value in shape.items()}


def _cut(value: Any, characters: int, items: int) -> Any:  # noqa: ANN401 - JSON in, JSON out
    match value:
        case str():
            return harmless(value, characters)
        case list():
            return [_cut(one, characters, items) for one in value[:items]]
        case dict():
            return _cut_all(value, characters, items)
        case _:
            return value


def _least(value: Any, characters: int, items: int) -> int:  # noqa: ANN401 - JSON in
    """Return how many characters an answer takes at least when it is cut so, which is found sooner than cutting it."""
    match value:
        case str():
            return min(len(value), characters)
        case list():
            return sum(_least(one, characters, items) for one in value[:items])
        case dict():
            return sum(_least(one, characters, items) for one in value.values())
        case _:
            return 0


def _longest(value: Any) -> int:  # noqa: ANN401 - JSON in
    """Return the length of the longest list in an answer."""
    match value:
        case list():
            return max(len(value), *map(_longest, value), 0)
        case dict():
            return max(0, *map(_longest, value.values()), 0)
        case _:
            return 0


def _size(shape: Shape) -> int:
    return len(json.dumps(shape, ensure_ascii=False))
