"""The fields of a debate file, typed: each taken by its name, each problem noted with its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, TypeVar

from hypotheses import rules
from hypotheses.fields import FIELDS_IN_FILE, Field
from hypotheses.notations import FLAG, NUMBER, PLAUSIBILITY, RATIO, WEIGHT, WHOLE, Notation, read_number
from hypotheses.problems import Malformed, NotFound
from hypotheses.ranking import parse_plausibility
from hypotheses.values import value_from_parts
from store.file.file_tree import Node, Problems
from store.file.json_values import Unquoted

T = TypeVar("T")


class Fields:
    """The fields of one mapping, taken by their names. What is left when it is closed is a problem."""

    def __init__(self, node: Node, problems: Problems) -> None:
        self.line = node.line
        self.problems = problems
        self._taken: list[str] = []
        self._left: dict[str, Node] = {}
        if isinstance(node.value, dict):
            self._left = dict(node.value)
        else:
            problems.add(node.line, f"found {_kind(node)}; expected fields, each a name and a colon")

    def close(self) -> None:
        """Note every field that nobody took."""
        for field, node in self._left.items():
            self.problems.add(node.line, str(NotFound("field", field, self._taken)))

    def __contains__(self, field: str) -> bool:
        return field in self._left

    def line_of(self, field: str) -> int:
        """Return the line of a field that was not taken yet."""
        return self._left[field].line

    def take(self, field: str, *, required: bool = False) -> Node | None:
        """Return a field as it stands; None if it is absent."""
        self._taken.append(field)
        if required and field not in self._left:
            self.problems.add(self.line, f"{field!r} is missing")
        return self._left.pop(field, None)

    def given(self, kind: type, *, without: Collection[str] = ()) -> dict[str, Any]:
        """Return the fields of a value that are there, by the value's own names, and those that are required.

        Where one is missing or cannot be read, something stands in its place.
        """
        values: dict[str, Any] = {}
        for key, field in FIELDS_IN_FILE[kind]:
            if field.name in without:
                continue
            node = self.take(key, required=field.required)
            if node is not None or field.required:
                values[field.name] = self._read(key, field, node)
        return values

    def _read(self, key: str, field: Field, node: Node | None) -> object:
        if field.notation.several:
            items = self._items(key, node)
            return tuple(parsed(item, lambda text: _let_in(field, (text,))[0], "", self.problems) for item in items)
        instead = _INSTEAD.get(field.notation, "")
        if node is None:
            return instead
        if field.notation.read is str:
            return parsed(node, field.rule, instead, self.problems)
        read = plausibility_of if field.notation is PLAUSIBILITY else field.notation.read
        return parsed(node, lambda text: _let_in(field, read(text)), instead, self.problems)

    def text(self, field: str, rule: Callable[[str], str]) -> str:
        """Return a text that its rule lets in; empty if it is absent."""
        node = self.take(field)
        return "" if node is None else parsed(node, rule, "", self.problems)

    def record(self, field: str, build: Callable[[Fields], T]) -> T | None:
        """Return what is built from the fields of a mapping; None if it is absent."""
        node = self.take(field)
        return None if node is None else built(node, build, self.problems)

    def records(self, field: str) -> Iterator[Fields]:
        """Yield the mappings of a list, and close each afterwards."""
        for item in self._items(field, self.take(field)):
            inner = Fields(item, self.problems)
            yield inner
            inner.close()

    def named_records(self, field: str, rule: Callable[[str], str]) -> Iterator[tuple[str, Fields]]:
        """Yield the mappings that a mapping holds, by names that a rule lets in, and close each afterwards."""
        for key, entry in self.entries(field, rule):
            inner = Fields(entry, self.problems)
            yield key, inner
            inner.close()

    def entries(self, field: str, rule: Callable[[str], str]) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping by their names, which their rule lets in."""
        node = self.take(field)
        if node is not None and isinstance(node.value, dict):
            for key, entry in node.value.items():
                yield parsed(Node(entry.line, key), rule, key, self.problems), entry
        elif node is not None and node.value:
            self.problems.add(node.line, f"{field!r} is {_kind(node)}; expected entries, each a name and a colon")

    def _items(self, field: str, node: Node | None) -> Iterator[Node]:
        if node is not None and isinstance(node.value, list):
            yield from node.value
        elif node is not None and node.value:
            self.problems.add(node.line, f"{field!r} is {_kind(node)}; expected a list, such as [one, two]")


_INSTEAD: Final[Mapping[Notation, object]] = {
    NUMBER: 0.0,
    PLAUSIBILITY: 0.5,
    WEIGHT: 1.0,
    WHOLE: 0,
    FLAG: False,
    RATIO: None,
}
"""What stands in the place of what cannot be read, until all that is wrong has been told."""


def _let_in(field: Field, value: T) -> T:
    field.rule(value)
    return value


def built(node: Node, build: Callable[[Fields], T], problems: Problems) -> T:
    """Return what is built from the fields of a mapping."""
    fields = Fields(node, problems)
    result = build(fields)
    fields.close()
    return result


def parsed(node: Node, parse: Callable[[str], T], default: T, problems: Problems) -> T:
    """Return what `parse` reads in a text; note the problem and return the default if it reads nothing."""
    try:
        if isinstance(node.value, str):
            return parse(node.value)
        problems.add(node.line, f"found {_kind(node)}; expected text")
    except Malformed as error:
        problems.add(node.line, str(error))
    return default


def amount(node: Node, problems: Problems) -> str:
    """Return a value as the text that notes it, whether it stands there as text or in its long form."""
    if not isinstance(node.value, dict):
        return parsed(node, rules.value, "", problems)
    try:
        return value_from_parts({name: _plain(entry) for name, entry in node.value.items()})
    except Malformed as error:
        problems.add(node.line, str(error))
        return ""


def _kind(node: Node) -> str:
    if isinstance(node.value, str):
        return f"the text {node.value[:40]!r}" if node.value else "nothing"
    return "a list" if isinstance(node.value, list) else "fields"


def _plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: _plain(entry) for name, entry in node.value.items()}
    return [_plain(item) for item in node.value] if isinstance(node.value, list) else node.value


def plausibility_of(text: str) -> float:
    """Read a plausibility as people type it, or as a program writes a number in JSON, which may have an exponent."""
    return rules.share(read_number(text)) if isinstance(text, Unquoted) else parse_plausibility(text)
