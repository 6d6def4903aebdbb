"""Titles and names from outside, as one line of plain text that can be kept: no tags, no entities, no control codes."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from hypotheses.reports.text import HARMFUL
from hypotheses.rules import TITLE_LENGTH

_LONGEST: Final = 20_000
"""How many characters are looked at: more than any title has, and little work."""
_TAG: Final = re.compile(
    r"""</?(?:[a-z]+:[a-z][\w.-]*  # JATS and MathML, as in <jats:italic> and <mml:mi>
    |[ibupaq]|em|strong|sub|sup|small|sc|scp|tt|ovl|strike|underline|bold|italic|roman|sans-serif|monospace|overline
    |font|span|div|br|title|subtitle|inline-formula|inline-graphic|alternatives|named-content|styled-content|ext-link
    |xref|m(?:ath|i|o|n|row|sub|sup|subsup|text|frac|sqrt|style|stretchy|over|under))
    (?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is a tag, and not a smaller-than sign: the elements that titles are deposited with."""
_PLAIN: Final = re.compile(r"[ -%'-;=?-~]*")
"""Most titles and names: printable ASCII, and neither a tag nor an entity."""
_DOTLESS: Final = re.compile("\u0131(?=[\u0300-\u036f])")
"""A dotless i with an accent on it, which Unicode writes as an i with that accent."""
_TEX_TWIN: Final = re.compile(r"<(tex-math|mml:annotation|annotation)\b[^<>]*>[^<]*</\1>", re.IGNORECASE)
"""A formula once more, in TeX."""


def plain_line(text: str, longest: int = TITLE_LENGTH) -> str:
    """Return one line of plain text, cut with an ellipsis if it is too long; empty if nothing is left."""
    if len(text) <= longest and _PLAIN.fullmatch(text):
        return " ".join(text.split())
    line = text[:_LONGEST]
    # Some deposits are escaped twice: `&amp;lt;i&amp;gt;`.
    for _ in range(3):
        before = line
        line = html.unescape(_TAG.sub("", _TEX_TWIN.sub("", line)))
        if line == before:
            break
    line = " ".join(HARMFUL.sub(" ", line).split())
    if not line.isascii():
        line = unicodedata.normalize("NFC", _DOTLESS.sub("i", line))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
