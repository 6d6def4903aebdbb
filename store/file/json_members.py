"""JSON that is one object, read member by member, of one of them entry by entry: there may be very many."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from store.file.file_tree import EntryByEntry, Node
from store.file.json_values import (
    DECODER,
    MOST_VALUES,
    TEXT,
    NotJson,
    Parsed,
    lines_of,
    put_member,
    refuse_many,
    require_end,
    skip,
    tree_of_value,
    value_at,
)

_BRACKETS: Final = re.compile(rf"{TEXT}|[\[\]{{}}]")
"""In text that is JSON: what tells where a value ends."""
_MOST_TOKENS: Final = 4 * MOST_VALUES
"""So many texts and brackets a value of `MOST_VALUES` has at most: a name, itself, and the two brackets around it."""
_PIECE: Final = 8_192
"""So many characters are parsed at first where one entry after another is read: most are shorter."""


class _Odd(Exception):
    """The text does not go on as an object does."""


class MemberByMember:
    """A file that is one object, read member by member: none is ever parsed with all that comes behind it."""

    def __init__(self, text: str, entries: EntryByEntry) -> None:
        self.text = text
        self.entries = entries
        self.at = 0
        self.line, self.counted = 1, 0
        self.values = 0
        """How many there are, but for those inside of entries that were taken."""

    def root(self) -> Node | None:
        """Return the tree; None if the file has to be read as a whole, also to tell what is wrong with it."""
        self.at = skip(self.text, 0)
        members: dict[str, Node] = {}
        try:
            line = self._line_of(self.at)
            for name, key, at_line in self._members():
                if name == self.entries.part and self.text.startswith("{", self.at):
                    node = Node(at_line, self._entries(members))
                else:
                    node = self._value(key, at_line)
                put_member(members, name, node)
            require_end(self.text, self.at)
        except _Odd:
            return None
        return Node(line, members)

    def _entries(self, root: dict[str, Node]) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for name, key, line in self._members():
            before = self.values
            node = self._value(key, line)
            put_member(entries, name, node)
            if self.entries.take(root, name, node):
                self.values = before + 1
        return entries

    def _members(self) -> Iterator[tuple[str, int, int]]:
        """Yield each name of the object that begins here, where it stands and its line; its value is to be read then.

        Raises:
            _Odd: this is no object.
        """
        self._pass("{")
        while not self.text.startswith("}", self.at):
            key = self.at
            name = re.compile(TEXT, re.DOTALL).match(self.text, key)
            if name is None:
                raise _Odd
            line = self._line_of(key)
            self.at = skip(self.text, name.end())
            self._pass(":")
            yield str(value_at(self.text, key, line)[0]), key, line
            self.at = skip(self.text, self.at)
            if not self.text.startswith("}", self.at):
                self._pass(",")
                if self.text.startswith("}", self.at):
                    raise _Odd
        self.at += 1

    def _pass(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise _Odd
        self.at = skip(self.text, self.at + 1)

    def _value(self, key: int, line: int) -> Node:
        """Read the value that begins here, whose name stands before it."""
        value, self.at = self._decoded(self.at, line)
        return tree_of_value(value, self._counted(lines_of(self.text, key, self.at, line)))

    def _counted(self, lines: Iterator[int]) -> Iterator[int]:
        for line in lines:
            self.values += 1
            if self.values > MOST_VALUES:
                raise NotJson(line, f"found more than {MOST_VALUES:,} values")
            yield line

    def _decoded(self, start: int, line: int) -> tuple[Parsed, int]:
        piece = self.text[start : start + _PIECE]
        try:
            value, length = DECODER.raw_decode(piece)
        except (json.JSONDecodeError, RecursionError):
            length = len(piece)
        if length < len(piece):
            return value, start + length
        # It is longer, or wrong, which the rest of the text tells.
        refuse_many(self.text, start, _end_of(self.text, start, line), line)
        return value_at(self.text, start, line)

    def _line_of(self, at: int) -> int:
        self.line, self.counted = self.line + self.text.count("\n", self.counted, at), at
        return self.line


def _end_of(text: str, start: int, line: int) -> int:
    """Return where a value ends, by its brackets alone; the end of the text if they do not close."""
    depth = 0
    for count, token in enumerate(_BRACKETS.finditer(text, start)):
        if count >= _MOST_TOKENS:
            raise NotJson(line, f"found more than {MOST_VALUES:,} values")
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth <= 0:
            return token.end()
    return len(text)
