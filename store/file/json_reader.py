"""Strict JSON: text in, the same plain tree with line numbers out as of YAML.

Python's parser reads it, and what that lets through is refused here: `NaN`, numbers beyond all bounds, halves of
characters, keys that stand twice, and more depth than anybody needs. Numbers stay the text that was written.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import islice, repeat
from typing import Final, TypeAlias

from hypotheses.problems import Malformed
from store.file.file_tree import EntryByEntry, Node, Problems, decoded

LONGEST: Final = 48_000_000
"""How many bytes a file may have that is read into a tree: 16 MB of YAML grow to this when letters become escapes."""
MOST_VALUES: Final = 1_000_000
"""How many values one value may hold: 28 for an item of evidence with reasons under five hypotheses, so 30,000 of
them."""
DEEPEST: Final = 100
_MOST_DIGITS: Final = 400

_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_TEXT: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_START: Final = re.compile(rf'(?:{_TEXT}\s*+:\s*+)?(?:{_TEXT}|[\[{{]|[^\s"\[\]{{}},:]++)')
"""In text that is JSON: where each value begins, the key before it included, in the order of the text."""
_BRACKETS: Final = re.compile(rf"{_TEXT}|[\[\]{{}}]")
"""In text that is JSON: what tells where a value ends."""
_MOST_TOKENS: Final = 4 * MOST_VALUES
"""So many texts and brackets a value of `MOST_VALUES` has at most: a name, itself, and the two brackets around it."""
_PIECE: Final = 8_192
"""So many characters are parsed at first where one entry after another is read: most are shorter."""
_HALF: Final = re.compile("[\ud800-\udfff]")

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool | None"
"""A JSON value as Python's own; an `int` where a number was written as one."""
_Parsed: TypeAlias = "tuple[tuple[str, _Parsed], ...] | list[_Parsed] | str | bool | None"
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
        if entries and (root := _Apart(text, entries).root()):
            return root
        del problems.found[told:]  # what was wrong in entries is told when they are read again
        return _only_value(text)
    except NotJson as error:
        problems.stop(error.line, str(error))


def json_value(text: str) -> Json:
    """Read one value as Python's own values.

    Raises:
        NotJson: it is not JSON, or JSON of a kind that is refused.
    """
    return plain(_only_value(text))


def json_items(text: str) -> Iterator[Node | NotJson]:
    """Yield the items of a list one after the other, or the one value that stands there; of one that is refused, why.

    Of what is in an item, the line is that in which the item begins: who reads thousands asks for no other.

    Raises:
        NotJson: what comes next is not JSON, or JSON of a kind that is refused.
    """
    at = _skip(text, 0)
    if not text.startswith("[", at):
        yield _only_value(text)
        return
    line, counted = 1, 0
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, end = _decoded(text, at, line)
        _refuse_many(text, at, end, line)
        try:
            yield _tree_of_item(value, text, at, end, line)
        except NotJson as refused:
            yield refused
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise _not_json(text, at, "expected a comma or ]")
    _require_end(text, at + 1)


class _Odd(Exception):
    """The text does not go on as an object does."""


class _Apart:
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
        self.at = _skip(self.text, 0)
        members: dict[str, Node] = {}
        try:
            line = self._line_of(self.at)
            for name, key, at_line in self._members():
                if name == self.entries.part and self.text.startswith("{", self.at):
                    node = Node(at_line, self._entries(members))
                else:
                    node = self._value(key, at_line)
                _put(members, name, node)
            _require_end(self.text, self.at)
        except _Odd:
            return None
        return Node(line, members)

    def _entries(self, root: dict[str, Node]) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for name, key, line in self._members():
            before = self.values
            node = self._value(key, line)
            _put(entries, name, node)
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
            name = re.compile(_TEXT, re.DOTALL).match(self.text, key)
            if name is None:
                raise _Odd
            line = self._line_of(key)
            self.at = _skip(self.text, name.end())
            self._pass(":")
            yield str(_decoded(self.text, key, line)[0]), key, line
            self.at = _skip(self.text, self.at)
            if not self.text.startswith("}", self.at):
                self._pass(",")
                if self.text.startswith("}", self.at):
                    raise _Odd
        self.at += 1

    def _pass(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise _Odd
        self.at = _skip(self.text, self.at + 1)

    def _value(self, key: int, line: int) -> Node:
        """Read the value that begins here, whose name stands before it."""
        value, self.at = self._decoded(self.at, line)
        return _tree(value, self._counted(_lines(self.text, key, self.at, line)))

    def _counted(self, lines: Iterator[int]) -> Iterator[int]:
        for line in lines:
            self.values += 1
            if self.values > MOST_VALUES:
                raise NotJson(line, f"found more than {MOST_VALUES:,} values")
            yield line

    def _decoded(self, start: int, line: int) -> tuple[_Parsed, int]:
        piece = self.text[start : start + _PIECE]
        try:
            value, length = _DECODER.raw_decode(piece)
        except (json.JSONDecodeError, RecursionError):
            length = len(piece)
        if length < len(piece):
            return value, start + length
        # It is longer, or wrong, which the rest of the text tells.
        _refuse_many(self.text, start, _end_of(self.text, start, line), line)
        return _decoded(self.text, start, line)

    def _line_of(self, at: int) -> int:
        self.line, self.counted = self.line + self.text.count("\n", self.counted, at), at
        return self.line


def _put(members: dict[str, Node], name: str, node: Node) -> None:
    """Put a member into an object.

    Raises:
        NotJson: it has one of that name.
    """
    if name in members:
        raise NotJson(node.line, f"{name[:40]!r} stands here again; line {members[name].line} has it already")
    members[_sound(name, node.line)] = node


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


def _tree_of_item(value: _Parsed, text: str, start: int, end: int, line: int) -> Node:
    try:
        return _tree(value, repeat(line))
    except NotJson:
        return _tree(value, _lines(text, start, end, line))  # which tells the line it is in


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


def _only_value(text: str) -> Node:
    start = _skip(text, 0)
    line = _line(text, start)
    _refuse_many(text, start, len(text), line)
    value, end = _decoded(text, start, line)
    _require_end(text, end)
    return _tree(value, _lines(text, start, end, line))


def _refuse_many(text: str, start: int, end: int, line: int) -> None:
    # No more values than commas and brackets; some of those may stand in texts, so what looks too much is counted.
    looks_too_much = sum(text.count(mark, start, end) for mark in ",[{") >= MOST_VALUES
    if looks_too_much and next(islice(_START.finditer(text, start, end), MOST_VALUES, None), None):
        raise NotJson(line, f"found more than {MOST_VALUES:,} values")


def _decoded(text: str, start: int, line: int) -> tuple[_Parsed, int]:
    """Return the value that begins at `start`, in this line, as Python's parser gives it, and where it ends."""
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise _not_json(text, error.pos, error.msg) from None
    except RecursionError:
        raise _too_deep(line) from None


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=Unquoted, parse_int=Unquoted, parse_constant=Unquoted
)


def _lines(text: str, start: int, end: int, line: int) -> Iterator[int]:
    """Yield the line in which each value begins, the outer before the inner."""
    for match in _START.finditer(text, start, end):
        line += text.count("\n", start, match.start())
        start = match.start()
        yield line


def _tree(value: _Parsed, lines: Iterator[int], depth: int = 0) -> Node:
    line = next(lines)
    if isinstance(value, str):
        return Node(line, _sound(value, line))
    if value is None or isinstance(value, bool):
        return Node(line, Unquoted("" if value is None else str(value).lower()))
    if depth == DEEPEST:
        raise _too_deep(line)
    if isinstance(value, list):
        return Node(line, [_tree(item, lines, depth + 1) for item in value])
    members: dict[str, Node] = {}
    for name, inner in value:
        _put(members, name, _tree(inner, lines, depth + 1))
    return Node(line, members)


def _sound(text: str, line: int) -> str:
    """Return a text, or what stands without quotes, unless no value could be it."""
    if isinstance(text, Unquoted):
        if len(text) > _MOST_DIGITS or not math.isfinite(float(text)):
            raise NotJson(line, f"found {text[:20]}{'…' * (len(text) > 20)}; expected a number within bounds")
    elif not text.isascii() and (half := _HALF.search(text)):
        raise NotJson(line, f"found \\u{ord(half[0]):04x}, half of a character; expected both halves")
    return text


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _require_end(text: str, at: int) -> None:
    if (at := _skip(text, at)) != len(text):
        raise _not_json(text, at, "expected the end")


def _not_json(text: str, at: int, message: str) -> NotJson:
    """Say what stands where no JSON can go on, and what Python's parser has to say of it."""
    piece = re.compile(r"\S{0,20}").match(text, at)
    word = repr(piece[0]) if piece and piece[0] else "a space" if at < len(text) else "the end"
    expected = f"{message[:1].lower()}{message[1:]}".replace("expecting", "expected").removesuffix(" at")
    return NotJson(_line(text, at), f"this is not JSON: found {word}; {expected}")


def _too_deep(line: int) -> NotJson:
    return NotJson(line, f"values are nested more than {DEEPEST} deep")
