"""Strict JSON: text in, the same plain tree with line numbers out as of YAML.

Python's parser reads it, and what that lets through is refused here: `NaN`, numbers beyond all bounds, halves of
characters, keys that stand twice, and more depth than anybody needs. Numbers stay the text that was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import repeat
from typing import Final

from store.file.file_tree import EntryByEntry, Node, Problems, decoded
from store.file.json_members import MemberByMember
from store.file.json_values import (
    Json,
    NotJson,
    Parsed,
    Unquoted,
    lines_of,
    not_json,
    only_value,
    refuse_many,
    require_end,
    skip,
    tree_of_value,
    value_at,
)

LONGEST: Final = 48_000_000
"""How many bytes a file may have that is read into a tree: 16 MB of YAML grow to this when letters become escapes."""


def looks_like_json(data: str | bytes) -> bool:
    """Return whether a text begins as a JSON object does."""
    start = data[:1000] if isinstance(data, str) else data[:1000].decode("utf-8", "replace")
    return re.match(r'\ufeff?[ \t\r\n]*\{[ \t\r\n]*["}]', start) is not None


def read_json(
    data: str | bytes, problems: Problems, entries: EntryByEntry | None = None, longest: int = LONGEST
) -> Node:
    """Read a file that holds one value.

    Args:
        data: What is in it.
        problems: What is wrong with it.
        entries: What of it is taken entry by entry.
        longest: How many bytes it may have.

    Raises:
        BadFile: it is not JSON, or JSON of a kind that is refused.
    """
    text, told = decoded(data, longest, problems), len(problems.found)
    try:
        if entries and (root := MemberByMember(text, entries).root()):
            return root
        del problems.found[told:]  # what was wrong in entries is told when they are read again
        return only_value(text)
    except NotJson as error:
        problems.stop(error.line, str(error))


def json_value(text: str) -> Json:
    """Read one value as Python's own values.

    Raises:
        NotJson: it is not JSON, or JSON of a kind that is refused.
    """
    return plain(only_value(text))


def json_items(text: str) -> Iterator[Node | NotJson]:
    """Yield the items of a list one after the other, or the one value that stands there; of one that is refused, why.

    Of what is in an item, the line is that in which the item begins: who reads thousands asks for no other.

    Raises:
        NotJson: what comes next is not JSON, or JSON of a kind that is refused.
    """
    at = skip(text, 0)
    if not text.startswith("[", at):
        yield only_value(text)
        return
    line, counted = 1, 0
    at = skip(text, at + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, end = value_at(text, at, line)
        refuse_many(text, at, end, line)
        try:
            yield _tree_of_item(value, text, at, end, line)
        except NotJson as refused:
            yield refused
        at = skip(text, end)
        if text.startswith(",", at):
            at = skip(text, at + 1)
        elif not text.startswith("]", at):
            raise not_json(text, at, "expected a comma or ]")
    require_end(text, at + 1)


def _tree_of_item(value: Parsed, text: str, start: int, end: int, line: int) -> Node:
    try:
        return tree_of_value(value, repeat(line))
    except NotJson:
        return tree_of_value(value, lines_of(text, start, end, line))  # which tells the line it is in


def plain(node: Node) -> Json:
    """Return a tree as Python's own values."""
    match node.value:
        case dict():
            return {name: plain(inner) for name, inner in node.value.items()}
        case list():
            return [plain(inner) for inner in node.value]
        case Unquoted():
            unquoted: Json = json.loads(node.value or "null")
            return unquoted
    return node.value
