"""Argdown as a graph: statements and arguments, and which supports, attacks or undercuts which.

What is not of the graph is kept with its element: tags, data, groups, premises and conclusions. The grammar is that of
https://argdown.org/syntax; where a text breaks it, its words are kept as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from store.maps.taken import MapNotes, one_line

Kind = Literal["support", "attack", "undercut", "contradiction"]

FRONTMATTER: Final = re.compile(r"\s*={3,}[ \t]*\n(.*?)\n={3,}[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT: Final = re.compile(r"(?<!\\)(/\*|<!--)|(?:(?<=\s)|^)//[^\n]*", re.MULTILINE)
"""A comment up to the end of its line, or where one of any length begins."""
_CLOSED_BY: Final = {"/*": "*/", "<!--": "-->"}
_GONE: Final = "\0"
"""What stands in the place of a line of a comment; no text has it."""
_RELATION: Final = re.compile(r"([ \t]*)(\+>|->|_>|><|<\+|<-|<_|\+|-(?!-)|_(?=\s))[ \t]*(\S.*)?")
_KINDS: Final[dict[str, Kind]] = {"+": "support", "-": "attack", "_": "undercut"}
_HEADING: Final = re.compile(r"(#{1,20})\s+(.*)")
_NUMBERED: Final = re.compile(r"[ \t]*\((\d{1,9})\)[ \t]*(.*)", re.ASCII)
_INFERENCE: Final = re.compile(r"[ \t]*-{2,}[ \t]*")
_TITLED: Final = re.compile(r"(?:\[([^\]\n]{1,500})\](?!\()|<([^>\n]{1,500})>)[ \t]*(:?)[ \t]*(.*)", re.DOTALL)
_TAG: Final = re.compile(r"(?<!\S)#(?:\(([^)\n]{1,200})\)|([A-Za-z0-9_\u00A0-\uD7FF\uF900-\uFFEF-]{1,200}))")
_DATA: Final = re.compile(r"(?<!\S)\{[^{}]*(?:\{[^{}]*\}[^{}]*){0,50}\}[ \t]*$")
_MENTION: Final = re.compile(r"(?<!\\)@(?:\[([^\]\n]{1,500})\]|<([^>\n]{1,500})>)")


class ElementName(NamedTuple):
    """What a statement or an argument is known by."""

    is_argument: bool
    title: str
    """Made up for one without a title."""


@dataclass(slots=True)
class ArgdownElement:
    """A statement, or an argument."""

    name: ElementName
    line: int
    """Where it stands first."""
    is_titled: bool
    texts: list[str] = field(default_factory=list)
    """What it says, in Markdown; several texts say the same."""
    tags: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    groups: tuple[str, ...] = ()
    """The headings above it."""
    steps: list[str] = field(default_factory=list)
    """The premises and conclusions of an argument, as they stand."""
    is_free: bool = False
    """Whether it stands somewhere else than among the premises and conclusions of an argument."""
    is_head: bool = False
    """Whether it stands first by itself, and not as what is said of another."""


class Relation(NamedTuple):
    """What one says of another."""

    kind: Kind
    source: ElementName
    target: ElementName
    line: int


@dataclass
class ArgdownGraph:
    """What a text holds."""

    front: str = ""
    """What stands before it, as YAML."""
    nodes: dict[ElementName, ArgdownElement] = field(default_factory=dict)
    relations: dict[Relation, None] = field(default_factory=dict)
    prose: list[str] = field(default_factory=list)
    """Statements that nothing is said of and that have no title, and lists."""
    headings: list[str] = field(default_factory=list)
    premises: dict[ElementName, list[ElementName]] = field(default_factory=dict)
    """Argument -> its premises that have a title or relations."""
    conclusions: dict[ElementName, ElementName] = field(default_factory=dict)
    """Argument -> its main conclusion."""


def read_graph(text: str, notes: MapNotes) -> ArgdownGraph:
    """Read a text."""
    graph = ArgdownGraph()
    first = 1
    if front := FRONTMATTER.match(text):
        graph.front = front[1]
        first += text.count("\n", 0, front.end())
        text = text[front.end() :]
    reading = _Reading(graph, notes)
    for block in _blocks(_without_comments(text, first, notes), first):
        reading.add(block)
    return graph


def _without_comments(text: str, first: int, notes: MapNotes) -> str:
    """Return a text that begins in line `first` without its comments, each of whose lines is marked as gone."""
    kept, since = list[str](), 0
    for start, end in _comments(text):
        if not kept:
            notes.add(first + text.count("\n", 0, start), "what stands in comments was left out")
        kept += [text[since:start], _GONE + f"\n{_GONE}" * text.count("\n", start, end)]
        since = end
    return "".join([*kept, text[since:]])


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments begin and end; what is never closed is none, and is looked for once."""
    at, never = 0, set[str]()
    while match := _COMMENT.search(text, at):
        at = match.end()
        if match[1]:
            closer = _CLOSED_BY[match[1]]
            end = -1 if closer in never else text.find(closer, match.end())
            if end < 0:
                never.add(closer)
                at = match.start() + 1
                continue
            at = end + len(closer)
        yield match.start(), at


class _Line(NamedTuple):
    number: int
    text: str


def _blocks(text: str, first: int) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for number, line in enumerate(text.split("\n"), first):
        left = line.replace(_GONE, "")
        if left.strip():
            block.append(_Line(number, left))
        elif block and _GONE not in line:  # a line of comments parts nothing
            yield block
            block = []
    if block:
        yield block


class _Reading:
    """A text as far as it was read."""

    def __init__(self, graph: ArgdownGraph, notes: MapNotes) -> None:
        self._graph = graph
        self._notes = notes
        self._groups: list[tuple[int, str]] = []
        self._argument: ElementName | None = None
        """The argument that the block before was, which premises and conclusions belong to."""
        self._unnamed = 0

    def add(self, block: list[_Line]) -> None:
        """Take in what stands between two empty lines."""
        while block and (heading := _HEADING.fullmatch(block[0].text.strip())) and not block[0].text[0].isspace():
            self._add_heading(len(heading[1]), heading[2])
            block = block[1:]
        if not block:
            return
        if _NUMBERED.fullmatch(block[0].text):
            self._add_steps(block)
            self._argument = None
            return
        root = self._add_tree(block)
        self._argument = root if root is not None and root.is_argument else None

    def _add_heading(self, level: int, text: str) -> None:
        self._argument = None
        title = _TAG.sub("", text).strip()
        self._graph.headings += [title] * (level == 1)
        self._groups = [*((each, name) for each, name in self._groups if each < level), (level, title)]

    def _add_tree(self, block: list[_Line]) -> ElementName | None:
        """Take in an element with its relations; return the element."""
        parts = list(_parts(block))
        has_relations = len(parts) > 1
        known = len(self._graph.nodes)
        root = self._element(parts[0][1:], has_relations=has_relations)
        if root is not None and len(self._graph.nodes) > known:
            self._graph.nodes[root].is_head = True
        if root is not None:
            self._relate(root, parts[1:])
        return root

    def _relate(self, root: ElementName, parts: list[_Part]) -> None:
        above: list[tuple[int, ElementName]] = [(-1, root)]
        for sign, line, text in parts:
            child = self._element((line, text), has_relations=True)
            while len(above) > 1 and above[-1][0] >= sign.indent:
                above.pop()
            parent = above[-1][1]
            if child is None:
                continue
            above.append((sign.indent, child))
            if sign.mark == "><":
                self._graph.relations[Relation("contradiction", child, parent, line)] = None
            elif sign.mark.endswith(">"):
                self._graph.relations[Relation(_KINDS[sign.mark[0]], parent, child, line)] = None
            else:
                self._graph.relations[Relation(_KINDS[sign.mark[-1]], child, parent, line)] = None

    def _element(self, part: tuple[int, str], *, has_relations: bool, is_step: bool = False) -> ElementName | None:
        """Take in one statement or argument; what has no title and no relations is prose."""
        line, text = part
        body = text.strip()
        titled = _TITLED.fullmatch(body)
        if titled and not titled[3] and not _is_bare(titled[4]):
            titled = None  # a sentence that begins with a title
        tags, data, said = _marked(titled[4] if titled else body)
        if titled is None and not has_relations:
            self._graph.prose += [body] * (not is_step)
            return None
        if titled is None:
            self._unnamed += 1
            name = ElementName(is_argument=False, title=f"\0{self._unnamed}")
        else:
            name = ElementName(titled[1] is None, one_line(titled[1] or titled[2]))
        node = self._graph.nodes.get(name)
        if node is None:
            groups = tuple(title for _, title in self._groups)
            node = self._graph.nodes[name] = ArgdownElement(name, line, titled is not None, groups=groups)
        node.texts += [said] * bool(said and said not in node.texts)
        node.tags += [tag for tag in tags if tag not in node.tags]
        node.data += data
        node.is_free |= not is_step
        return name

    def _add_steps(self, block: list[_Line]) -> None:
        """Take in the premises and conclusions of an argument."""
        owner = self._argument
        if owner is None:
            self._unnamed += 1
            owner = ElementName(is_argument=True, title=f"\0{self._unnamed}")
            groups = tuple(title for _, title in self._groups)
            self._graph.nodes[owner] = ArgdownElement(owner, block[0].number, is_titled=False, groups=groups)
        node = self._graph.nodes[owner]
        node.steps += [line.text.strip() for line in block]
        node.is_free = True
        is_conclusion = False
        for step in _steps(block):
            parts = list(_parts(step))
            if _NUMBERED.fullmatch(step[0].text) is None:
                # An inference; what stands under it is said of the argument.
                self._relate(owner, parts[1:])
                is_conclusion = True
                continue
            (_, line, text), *relations = parts
            name = self._element((line, text.partition(")")[2]), has_relations=bool(relations), is_step=True)
            if name is not None:
                self._relate(name, relations)
            if is_conclusion:
                self._graph.conclusions.pop(owner, None)
            if name is not None and is_conclusion:
                self._graph.conclusions[owner] = name
            elif name is not None:
                self._graph.premises.setdefault(owner, []).append(name)
            is_conclusion = False


class _Sign(NamedTuple):
    """The sign of a relation before an element; the first element of a block has none."""

    indent: int
    mark: str


_Part: TypeAlias = tuple[_Sign, int, str]
"""An element as it stands: its sign, its line and its text."""


def _parts(block: list[_Line]) -> Iterator[_Part]:
    """Yield the elements in a block: the first, and each that a sign of a relation stands before."""
    sign, number, lines = _Sign(-1, ""), block[0].number, [block[0].text]
    for line in block[1:]:
        match = _RELATION.fullmatch(line.text)
        if match and match[3]:
            yield sign, number, "\n".join(lines)
            sign, number, lines = _Sign(len(match[1].expandtabs(4)), match[2]), line.number, [match[3]]
        else:
            lines.append(line.text)
    yield sign, number, "\n".join(lines)


def _steps(block: list[_Line]) -> Iterator[list[_Line]]:
    """Yield the premises, inferences and conclusions in a block, each with the lines under it."""
    step: list[_Line] = []
    for line in block:
        is_inference = _INFERENCE.fullmatch(line.text) and not (step and _INFERENCE.fullmatch(step[0].text))
        if step and (_NUMBERED.fullmatch(line.text) or is_inference):
            yield step
            step = []
        step.append(line)
    if step:
        yield step


def _marked(text: str) -> tuple[list[str], list[str], str]:
    """Return the tags in a text, its data, and what it says without them."""
    data = []
    if found := _DATA.search(text):
        data.append(found[0].strip())
        text = text[: found.start()]
    tags = [match[1] or match[2] for match in _TAG.finditer(text)]
    said = _MENTION.sub(lambda match: match[1] or match[2], _TAG.sub("", text))
    return tags, data, one_line(said)


def _is_bare(text: str) -> bool:
    """Say whether nothing but tags and data stands in a text."""
    return not _marked(text)[2]
