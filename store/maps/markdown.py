"""The little Markdown that texts of maps have: links, escapes and emphasis, as plain text and its links."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LINK: Final = re.compile(
    r"(?<!\\)\[([^\[\]\n]{0,500})\]\(\s*<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}){0,5})>?\s*\)"
)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG: Final = re.compile(r"(?<!\w)(\*\*|__|`)(?=\S)([^*_`\n]{1,500})(?<=\S)\1(?!\w)")
_ENDS: Final = (".", "!", "?", "…", ":", ";", '"', "'", ")")


class Plain(NamedTuple):
    """A text without its markup."""

    text: str
    links: tuple[str, ...]
    """Where its links lead, in their order."""


def plain(text: str) -> Plain:
    """Return a text as it reads: links by their words, and nothing escaped."""
    links = tuple(match[2] for match in LINK.finditer(text))
    shown = LINK.sub(lambda match: match[1] or match[2], text)
    return Plain(_ESCAPED.sub(r"\1", _STRONG.sub(r"\2", shown)), links)


def cited(text: str) -> Plain:
    """Return a text as it reads, without the links that stand behind its last sentence, which are its sources."""
    end = len(text.rstrip())
    while (start := _last_link(text, end)) >= 0:
        end = len(text[max(0, start - 100) : start].rstrip()) + max(0, start - 100)
    said = text[:end]
    return Plain(plain(said).text if said.endswith(_ENDS) else plain(text).text, plain(text).links)


def _last_link(text: str, end: int) -> int:
    """Return where the link begins in which a text ends; -1 if it ends in none."""
    start = text.rfind("[", 0, end) if text.endswith(")", 0, end) else -1
    match = LINK.match(text, start, end) if start >= 0 else None
    return start if match and match.end() == end else -1
