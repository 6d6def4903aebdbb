"""Titles and names from outside, as one line of plain text that can be kept: no tags, no entities, no control codes."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from hypotheses.reports.text import HARMFUL
from hypotheses.rules import TITLE_LENGTH
from store.lookup.scripts import subscript, superscript

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


_LEAF: Final = r"<(?:[a-z]+:)?m[ino](?:\s[^<>]*)?>([^<>]*)</(?:[a-z]+:)?m[ino]>\s*"
_FORMULA: Final = re.compile(
    rf"<(?:[a-z]+:)?m(sup|sub|frac)(?:\s[^<>]*)?>\s*{_LEAF}{_LEAF}</(?:[a-z]+:)?m\1>", re.IGNORECASE
)
"""A power, an index or a fraction of MathML, of two signs or numbers."""
_ROOT: Final = re.compile(rf"<(?:[a-z]+:)?msqrt(?:\s[^<>]*)?>\s*{_LEAF}</(?:[a-z]+:)?msqrt>", re.IGNORECASE)
_SCRIPT_TAG: Final = re.compile(r"</?(?:[a-z]+:)?su[bp](?=[\s>])", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"<(?:[a-z]+:)?(su[bp])(?:\s[^<>]*)?>\s*([^<>]{1,60})</(?:[a-z]+:)?\1\s*>", re.IGNORECASE)


def plain_line(text: str, longest: int = TITLE_LENGTH) -> str:
    """Return one line of plain text, cut with an ellipsis if it is too long; empty if nothing is left."""
    if len(text) <= longest and _PLAIN.fullmatch(text):
        return " ".join(text.split())
    line = text[:_LONGEST]
    # Some deposits are escaped twice: `&amp;lt;i&amp;gt;`.
    for _ in range(3):
        before = line
        line = html.unescape(_TAG.sub("", _with_scripts(_TEX_TWIN.sub("", line))))
        if line == before:
            break
    line = " ".join(HARMFUL.sub(" ", line).split())
    if not line.isascii():
        line = unicodedata.normalize("NFC", _DOTLESS.sub("i", line))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _with_scripts(line: str) -> str:
    """Put what is raised or lowered in Unicode, so that 10 to the 3 is not 103."""
    if "<" not in line:
        return line
    line = _ROOT.sub(r"√\1", _FORMULA.sub(_formula, line))
    if _SCRIPT_TAG.search(line) is None:
        return line
    inner = _TAG.sub(lambda tag: tag[0] if _SCRIPT_TAG.match(tag[0]) else "", line)
    return _SCRIPT.sub(_script, inner)


def _formula(match: re.Match[str]) -> str:
    kind, first, second = match[1].lower(), match[2].strip(), match[3].strip()
    return f"({first}/{second})" if kind == "frac" else f"{first}<{kind}>{second}</{kind}>"


def _script(match: re.Match[str]) -> str:
    text = html.unescape(match[2]).strip()
    if match[1].lower() == "sub":
        # `Na<sub>V</sub>1.7` is NaV1.7 wherever it is written plainly.
        return subscript(text) or text
    return superscript(text) or (f"^{text}" if len(text) == 1 else f"^{{{text}}}")
