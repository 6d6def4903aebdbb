"""Plain trees to YAML text: the same tree gives the same bytes, and a small change a small diff."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]
"""Text, lists and mappings of text. Numbers, dates and yes/no come as `PlainScalar` text."""

WIDTH: Final = 110
"""Where long text is folded, so that a diff shows the lines that changed and no more."""

_OTHERS_MEAN: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that are text to our reader and something else to other YAML programs."""


class PlainScalar(str):
    """A number, a date or a yes/no: never in quotes, whatever type other YAML programs give it."""

    __slots__ = ()


def write_yaml(tree: Mapping[str, Tree]) -> str:
    """Write a mapping in block style, with a blank line between its larger parts and a newline at the end."""
    return "\n".join(_mapping(tree, 0)) + "\n"


def _mapping(tree: Mapping[str, Tree], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for index, (key, value) in enumerate(tree.items()):
        if index and depth < 2 and isinstance(value, Mapping | list):
            yield ""
        yield from _value(f"{pad}{_scalar(key)}:", value, depth + 1)


def _value(opening: str, value: Tree, depth: int) -> Iterator[str]:
    """Write a value behind its `key:` or `-`; what does not fit on that line stands below it, at `depth`."""
    if isinstance(value, str):
        yield from _text(opening, value, depth)
    elif not value:
        yield f"{opening} {'{}' if isinstance(value, Mapping) else '[]'}"
    elif isinstance(value, Mapping):
        yield opening
        yield from _mapping(value, depth)
    else:
        yield from _list(opening, value, depth)


def _list(opening: str, items: Sequence[Tree], depth: int) -> Iterator[str]:
    flow = f"{opening} [{', '.join(_scalar(item, inside='[]{},:?') for item in items if isinstance(item, str))}]"
    if len(flow) <= WIDTH and all(isinstance(item, str) for item in items):
        yield flow
        return
    yield opening
    dash = "  " * depth + "-"
    for index, item in enumerate(items):
        if isinstance(item, Mapping) and item:
            if index:
                yield ""
            # The first key stands behind the dash, in the two columns that its indentation leaves.
            first, *rest = _mapping(item, depth + 1)
            yield f"{dash} {first.lstrip(' ')}"
            yield from rest
        else:
            yield from _value(dash, item, depth + 1)


def _text(opening: str, text: str, depth: int) -> Iterator[str]:
    line = f"{opening} {_scalar(text)}"
    pad = "  " * depth
    if "\n" in text and _can_stand_in_block(text):
        yield f"{opening} |" + ("" if text.endswith("\n") else "-")
        yield from (pad + row if row else "" for row in text.removesuffix("\n").split("\n"))
    elif len(line) > WIDTH and _can_stand_in_block(text) and "  " not in text:
        yield f"{opening} >-"
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=pad, subsequent_indent=pad, break_long_words=False, break_on_hyphens=False
        )
    else:
        yield line


def _can_stand_in_block(text: str) -> bool:
    """Whether a block scalar keeps the text: nothing to escape, no space that indentation or folding would eat."""
    rows = text.removesuffix("\n").split("\n")
    ends_show = rows[0] != "" and rows[-1] != "" and not text.startswith(" ")
    return ends_show and all(row.isprintable() and not row.endswith(" ") for row in rows)


def _scalar(text: str, inside: str = "") -> str:
    """Write text on one line: as it is where YAML lets it stand, else in quotes."""
    if isinstance(text, PlainScalar):
        return text
    plain = (
        text[:1].isalpha()
        and text.isprintable()
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and text.lower() not in _OTHERS_MEAN
        and not any(mark in text for mark in inside)
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    if '"' in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    # JSON's string is YAML's too, once what does not print is escaped the way YAML writes it.
    return "".join(
        mark if mark.isprintable() else f"\\u{ord(mark):04x}" if ord(mark) <= 0xFFFF else f"\\U{ord(mark):08x}"
        for mark in json.dumps(text, ensure_ascii=False)
    )
