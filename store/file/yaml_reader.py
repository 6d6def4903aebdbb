"""Strict YAML: text in, a plain tree with line numbers out, and nothing else can happen.

Only the parser's events are used, so no object is ever built by a tag and nothing recurses. Every scalar
is text, for the schema to type: `no`, `010`, `1e6` and `12:30:45` stay what was written. Anchors, aliases
and tags are refused, and so are two values for one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

from store.file.file_tree import EntryByEntry, Node, Problems, decoded

LONGEST: Final = 16_000_000
"""How many bytes a file may have that is read into a tree: the C parser needs 2 s and 200 MB for the worst one."""
MOST_NODES: Final = 1_000_000
"""How many values and keys a file may have. What is taken entry by entry counts as two for each."""
DEEPEST: Final = 40

UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML calls unprintable: control characters other than tab and line breaks, lone surrogates, non-characters.
They are refused as they stand; quoted text can name them by an escape, which harms nobody who looks into the file."""


def read_yaml(
    data: str | bytes, problems: Problems, entries: EntryByEntry | None = None, longest: int = LONGEST
) -> Node:
    """Read one document. Problems that allow to go on are left in `problems`.

    Args:
        data: The document.
        problems: What is wrong with it.
        entries: What of it is taken entry by entry.
        longest: How many bytes it may have.

    Raises:
        BadFile: the text is not YAML, or YAML of a kind that is refused.
    """
    text = decoded(data, longest, problems)
    if match := UNPRINTABLE.search(text):
        problems.stop(_line(text, match.start()), f"found the character {_name(match[0])}; expected printable text")
    try:
        return _Tree(problems, entries).build(_events(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.stop(mark.line + 1 if mark else 0, f"this is not YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError, OverflowError, IndexError) as error:
        # Where the parser converts numbers of its own, versions and escapes, it lets their errors through.
        problems.stop(0, f"this is not YAML: {' '.join(str(error).split())}")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _events(text: str) -> Iterator[yaml.Event]:
    # The C parser is nine times as fast; wheels of pyyaml bring it, other installations may not.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


class _Tree:
    """The tree as far as it is built: the collections that are open, innermost last."""

    def __init__(self, problems: Problems, entries: EntryByEntry | None = None) -> None:
        self.problems = problems
        self.entries = entries
        self.nodes_before = 0
        """How many nodes there were when the innermost value at the third level began."""
        self.open: list[Node] = []
        self.keys: list[Node | None] = []
        """For each open mapping the key that waits for its value; None for lists and between entries."""
        self.root: Node | None = None
        self.nodes = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                node = self.open.pop()
                self.keys.pop()
                if len(self.open) == 2 and self.entries:
                    self._taken(self.entries, node)
        if self.root is None:
            self.problems.stop(0, "the file is empty; expected a debate")
        return self.root

    def _node(self, event: yaml.NodeEvent) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        self.nodes += 1
        if event.anchor is not None or isinstance(event, yaml.AliasEvent):
            self.problems.stop(line, "found an anchor or alias (& or *); expected every value written out, or quoted")
        if (tag := getattr(event, "tag", None)) is not None:
            self.problems.stop(line, f"found the tag {tag}; expected plain values")
        if self.nodes > MOST_NODES:
            self.problems.stop(line, f"the file has more than {MOST_NODES:,} values")
        if isinstance(event, yaml.ScalarEvent):
            self._place(Node(line, event.value))
            return
        node = Node(line, {} if isinstance(event, yaml.MappingStartEvent) else [])
        if len(self.open) == 2:
            self.nodes_before = self.nodes
        self._place(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > DEEPEST:
            self.problems.stop(line, f"values are nested more than {DEEPEST} deep")

    def _taken(self, entries: EntryByEntry, node: Node) -> None:
        """Have an entry taken that is whole, if it is one of those."""
        root, part = (each.value for each in self.open)
        of_those = isinstance(root, dict) and entries.part in root and root[entries.part].value is part
        if not of_those or not isinstance(root, dict) or not isinstance(part, dict):
            return
        name = next(reversed(part))
        if part[name] is node and entries.take(root, name, node):
            self.nodes = self.nodes_before

    def _place(self, node: Node) -> None:
        """Put a node where it belongs: into the open list, behind its key, or as a key that waits."""
        if not self.open:
            if self.root is not None:
                self.problems.stop(node.line, "found a second document; expected one")
            self.root = node
            return
        inside = self.open[-1].value
        if isinstance(inside, list):
            inside.append(node)
        elif isinstance(inside, dict):
            self._place_entry(inside, node)

    def _place_entry(self, mapping: dict[str, Node], node: Node) -> None:
        key = self.keys[-1]
        if key is None:
            if not isinstance(node.value, str):
                self.problems.stop(node.line, "found a list or mapping as a key; expected text")
            self.keys[-1] = node
            return
        self.keys[-1] = None
        name = str(key.value)
        if (first := mapping.get(name)) is not None:
            self.problems.add(key.line, f"{name!r} stands here again; line {first.line} has it already")
        node.line = key.line
        mapping[name] = node
