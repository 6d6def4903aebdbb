"""What JSON says, value by value: Python's parser reads it, and what that lets through is refused here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeAlias

from hypotheses.problems import Malformed
from store.file.file_tree import Node

MOST_VALUES: Final = 1_000_000
"""How many values one value may hold: 28 for an item of evidence with reasons under five hypotheses, so 30,000 of
them."""
DEEPEST: Final = 100
_MOST_DIGITS: Final = 400

_SPACE: Final = re.compile(r"[ \t\r\n]*+")
TEXT: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_START: Final = re.compile(rf'(?:{TEXT}\s*+:\s*+)?(?:{TEXT}|[\[{{]|[^\s"\[\]{{}},:]++)')
"""In text that is JSON: where each value begins, the key before it included, in the order of the text."""
_HALF: Final = re.compile("[\ud800-\udfff]")

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"
"""A JSON value as Python's own; an `int` where a number was written as one."""
Parsed: TypeAlias = "tuple[tuple[str, Parsed], ...] | list[Parsed] | str | bool | None"
"""What Python's parser gives here: an object as its names and values, so that nothing is lost of a name that stands
twice, and a number as text."""


class Unquoted(str):
    """What stands without quotes: a number, `true` or `false` as it was written; empty for `null`."""

    __slots__ = ()


class NotJson(Malformed):
    """This is not JSON, or JSON of a kind that is refused."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def only_value(text: str) -> Node:
    """Read a text that is one value.

    Raises:
        NotJson: it is not JSON, or JSON of a kind that is refused.
    """
    start = skip(text, 0)
    line = line_at(text, start)
    refuse_many(text, start, len(text), line)
    value, end = value_at(text, start, line)
    require_end(text, end)
    return tree_of_value(value, lines_of(text, start, end, line))


def refuse_many(text: str, start: int, end: int, line: int) -> None:
    """Refuse a value, which begins in this line, if there are more than `MOST_VALUES` in it."""
    # No more values than commas and brackets; some of those may stand in texts, so what looks too much is counted.
    looks_too_much = sum(text.count(mark, start, end) for mark in ",[{") >= MOST_VALUES
    if looks_too_much and next(islice(_START.finditer(text, start, end), MOST_VALUES, None), None):
        raise NotJson(line, f"found more than {MOST_VALUES:,} values")


def value_at(text: str, start: int, line: int) -> tuple[Parsed, int]:
    """Return the value that begins at `start`, in this line, as Python's parser gives it, and where it ends."""
    try:
        return DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise not_json(text, error.pos, error.msg) from None
    except RecursionError:
        raise _too_deep(line) from None


DECODER: Final = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=Unquoted, parse_int=Unquoted, parse_constant=Unquoted
)


def lines_of(text: str, start: int, end: int, line: int) -> Iterator[int]:
    """Yield the line in which each value begins, the outer before the inner."""
    for match in _START.finditer(text, start, end):
        line += text.count("\n", start, match.start())
        start = match.start()
        yield line


def tree_of_value(value: Parsed, lines: Iterator[int], depth: int = 0) -> Node:
    """Return a value as a tree; `lines` are those of all values in it, the outer before the inner.

    Raises:
        NotJson: it is of a kind that is refused.
    """
    line = next(lines)
    if isinstance(value, str):
        return Node(line, sound(value, line))
    if value is None or isinstance(value, bool):
        return Node(line, Unquoted("" if value is None else str(value).lower()))
    if depth == DEEPEST:
        raise _too_deep(line)
    if isinstance(value, list):
        return Node(line, [tree_of_value(item, lines, depth + 1) for item in value])
    members: dict[str, Node] = {}
    for name, inner in value:
        put_member(members, name, tree_of_value(inner, lines, depth + 1))
    return Node(line, members)


def sound(text: str, line: int) -> str:
    """Return a text, or what stands without quotes, unless no value could be it."""
    if isinstance(text, Unquoted):
        if len(text) > _MOST_DIGITS or not math.isfinite(float(text)):
            raise NotJson(line, f"found {text[:20]}{'…' * (len(text) > 20)}; expected a number within bounds")
    elif not text.isascii() and (half := _HALF.search(text)):
        raise NotJson(line, f"found \\u{ord(half[0]):04x}, half of a character; expected both halves")
    return text


def skip(text: str, at: int) -> int:
    """Return where the next thing stands that is no space."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def line_at(text: str, at: int) -> int:
    """Return the line of a place, counted from 1."""
    return text.count("\n", 0, at) + 1


def require_end(text: str, at: int) -> None:
    """Refuse a text in which anything but space stands from here on."""
    if (at := skip(text, at)) != len(text):
        raise not_json(text, at, "expected the end")


def not_json(text: str, at: int, message: str) -> NotJson:
    """Say what stands where no JSON can go on, and what Python's parser has to say of it."""
    piece = re.compile(r"\S{0,20}").match(text, at)
    word = repr(piece[0]) if piece and piece[0] else "a space" if at < len(text) else "the end"
    expected = f"{message[:1].lower()}{message[1:]}".replace("expecting", "expected").removesuffix(" at")
    return NotJson(line_at(text, at), f"this is not JSON: found {word}; {expected}")


def _too_deep(line: int) -> NotJson:
    return NotJson(line, f"values are nested more than {DEEPEST} deep")


def put_member(members: dict[str, Node], name: str, node: Node) -> None:
    """Put a member into an object.

    Raises:
        NotJson: it has one of that name.
    """
    if name in members:
        raise NotJson(node.line, f"{name[:40]!r} stands here again; line {members[name].line} has it already")
    members[sound(name, node.line)] = node
