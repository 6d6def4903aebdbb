"""A text in Markdown taken apart, for pages in HTML: its blocks, and in each what is set apart or leads somewhere.

It knows paragraphs, lists, quotes, code and headings, and in them emphasis, code and links to the web. What else there
is in a text stays as it was typed: nothing in it acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple

from hypotheses.reports.links import safe_url

PartKind = Literal["", "strong", "code", "em", "a"]
BlockKind = Literal["p", "ul", "ol", "blockquote", "pre", "heading"]

_KINDS: Final[tuple[PartKind, ...]] = ("", "strong", "code", "em")
_SET_APART: Final = re.compile(
    r"\*\*([^*\n]{1,500})\*\*|`([^`\n]{1,500})`|(?<![\w*])\*([^*\s](?:[^*\n]{0,500}[^*\s])?)\*(?![\w*])"
)
_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,500})\]\((<[^<>\n]{1,2000}>|[^()\s]{1,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?)\)|<(https?://[^<>\s]{1,2000})>"
)
_JOINT: Final = re.compile(r"[ \t]*\n(?![ \t]|[-+*>#|]|\d{1,9}[.)])")
_ITEM: Final = re.compile(r"[ \t]{0,3}(?:[-+*]|(\d{1,9})[.)])[ \t]+(.*)", re.DOTALL)
_FENCE: Final = re.compile(r"^ {0,3}```[^\n`]*\n(.*?)(?:^ {0,3}```[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*")


class LinePart(NamedTuple):
    """A part of a line."""

    kind: PartKind
    text: str
    link: str = ""
    """Where an `a` leads: an address of the web."""


class Block(NamedTuple):
    """A part of a text."""

    kind: BlockKind
    parts: tuple[str, ...]
    """The items of a list; of all else one text."""


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of Markdown; a line goes on in the next, unless that is one of a list or the like."""
    return tuple(_JOINT.sub(" ", part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())


def set_apart(text: str) -> Iterator[LinePart]:
    """Yield the parts of a text: between asterisks, between backticks, and what is between these."""
    for place, piece in enumerate(_SET_APART.split(text)):
        if piece:
            yield LinePart(_KINDS[place % 4], piece)


def with_links(text: str) -> Iterator[LinePart]:
    """Yield the parts of a text as `set_apart` does, and links; one that leads elsewhere than to the web is words."""
    last = 0
    for match in _LINK.finditer(text):
        link = safe_url((match[2] or match[3]).strip("<>"))
        if link:
            yield from set_apart(text[last : match.start()])
            yield LinePart("a", match[1] or match[3], link)
            last = match.end()
    yield from set_apart(text[last:])


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in Markdown."""
    plain = text.replace("\r\n", "\n")
    last = 0
    for fence in _FENCE.finditer(plain):
        yield from _unfenced(plain[last : fence.start()])
        yield Block("pre", (fence[1].rstrip("\n"),))
        last = fence.end()
    yield from _unfenced(plain[last:])


def _unfenced(text: str) -> Iterator[Block]:
    for part in re.split(r"\n[ \t]*\n", text):
        for kind, lines in groupby(part.strip("\n").split("\n"), _Kinds()):
            yield from _block(kind, [*lines])


class _Kinds:
    """Says of each line which block it belongs to; one that goes on a list or a quote belongs to it."""

    def __init__(self) -> None:
        self._last: BlockKind = "p"

    def __call__(self, line: str) -> BlockKind:
        item = _ITEM.fullmatch(line)
        if line.startswith(("    ", "\t")) and self._last == "p":
            return "p"
        if _HEADING.fullmatch(line):
            self._last = "heading"
        elif line.lstrip().startswith(">"):
            self._last = "blockquote"
        elif item:
            self._last = "ol" if item[1] else "ul"
        elif self._last == "heading" or (self._last in ("ul", "ol", "blockquote") and not line.strip()):
            self._last = "p"
        return self._last


def _block(kind: BlockKind, lines: Sequence[str]) -> Iterator[Block]:
    match kind:
        case "heading":
            yield from (Block("heading", (match[1],)) for match in map(_HEADING.fullmatch, lines) if match)
        case "blockquote":
            yield Block("blockquote", (" ".join(line.strip().removeprefix(">").strip() for line in lines),))
        case "ul" | "ol":
            items: list[str] = []
            for line in lines:
                if item := _ITEM.fullmatch(line):
                    items.append(item[2])
                else:
                    items[-1] += f" {line.strip()}"
            yield Block(kind, tuple(items))
        case _:
            if joined := " ".join(line.strip() for line in lines).strip():
                yield Block("p", (joined,))
