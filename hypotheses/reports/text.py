"""Somebody's words on their way into a report: three ways in, by whose words they are.

- `inert`: a reader's words. Nothing in them acts: no link, image, HTML, heading, footnote, template.
- `words`: one line of the owner's (a title, a name). Shown as typed, not read as Markdown.
- `published`: the owner's Markdown. Published as Markdown, except that HTML and template tags are shown, not run.

Reports are read by CommonMark, GitHub and Jekyll, which differ: kramdown, Jekyll's reader, knows fewer
backslash escapes, attributes in `{: }`, and text that goes through the Liquid templates first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hypotheses.reports.style import FrontMatter

HARMFUL: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, C0 and C1: escape codes start with one
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # change the direction of what follows
    "\u2028\u2029"  # break the line where no line was meant to end
    "\ufff9-\ufffb"  # hide text as an annotation
    "\ufeff\ufffe\uffff"  # byte order marks and what is no character
    "\ud800-\udfff"  # halves of surrogate pairs: no encoding can write them
    "\U000e0000-\U000e007f"  # tag characters: invisible text
    "]"
)
"""Every character that acts instead of being seen. Joiners of emoji and scripts are not among them."""

_NAMED: Final = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}

_BACKSLASHED: Final = r"\`*_{}[]()#+-.!|<>:\"'$="
"""What both CommonMark and kramdown take a backslash before."""
_ACTIVE_ENTITIES: Final = "&~@^%/"
"""What kramdown would show the backslash of, written as a character reference instead."""
_ALL_ACTIVE: Final = re.compile(f"[{re.escape(_BACKSLASHED + _ACTIVE_ENTITIES)}]")
_INLINE: Final = re.compile(r"[\\`*_\[\]<>|#$]")
"""What acts inside a line of Markdown that starts with a word of ours; braces and tildes apart, see `words`."""
_LEADING: Final = re.compile(r"^(\d{0,9})((?<!\d)[-+=:]|(?<=\d)[.)](?=\s|$))", re.ASCII)
"""What would begin a list, a rule or a definition at the start of a line."""
_AMPERSAND: Final = re.compile(r"&(?=#?\w+;)", re.ASCII)
_ENDS: Final = (".", "!", "?", "…", "。", "！", "？")
"""How a sentence ends."""
_HTML: Final = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[\w.~:/?#@!$&()*+,;=%-]*>)", re.ASCII)
"""What opens a tag, a comment or a declaration; `<https://…>` is a link."""
_FENCED: Final = re.compile(r"^( {0,3}(?:```|~~~)[\s\S]*?(?:^ {0,3}(?:```|~~~)[`~]*[ \t]*$|\Z))", re.MULTILINE)
_RULE: Final = re.compile(r" ?:?-+:? ?")
"""What the second line of a table, which other readers ask for, has between its bars."""
_BAR: Final = re.compile(r"\\.|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|\$\$[\s\S]*?\$\$|\|")
"""A bar, or what a bar may be part of without being one: what is escaped, code, and what is set as mathematics."""
_TEMPLATE: Final = re.compile(r"\{(?=[{%:])")
"""What opens a Liquid tag or a kramdown attribute list."""


def visible(text: str, *, multiline: bool = False) -> str:
    r"""Replace every harmful character by a visible twin: `\x1b`, `<U+202E>`.

    With `multiline`, line ends and tabs stay what they are.
    """
    if not multiline:
        return HARMFUL.sub(lambda match: _twin(match[0]), text)
    return HARMFUL.sub(lambda match: _twin(match[0], kept="\n\t"), text.replace("\r\n", "\n"))


def _twin(character: str, kept: str = "") -> str:
    if character in kept:
        return character
    code = ord(character)
    return _NAMED.get(character) or (f"\\x{code:02x}" if code <= 0x9F else f"<U+{code:04X}>")


def one_line(text: str) -> str:
    """Join the lines of a text by single spaces and make it harmless to a terminal."""
    return visible(" ".join(text.split()))


def inert(text: str) -> str:
    """Write a reader's words as one line of Markdown in which nothing acts."""
    return _ALL_ACTIVE.sub(
        lambda match: f"\\{match[0]}" if match[0] in _BACKSLASHED else f"&#{ord(match[0])};", one_line(text)
    )


def words(text: str) -> str:
    """Write one line of the owner's as Markdown that shows exactly these words, also at the start of a line."""
    escaped = _INLINE.sub(r"\\\g<0>", _AMPERSAND.sub("&amp;", one_line(text)))
    # A backslash would leave Liquid its `{%`, and kramdown does not take one before a tilde.
    escaped = escaped.replace("{", "&#123;").replace("~~", "&#126;&#126;")
    return _LEADING.sub(r"\1\\\2", escaped)


def paragraphs(text: str) -> str:
    """Write the owner's plain text as Markdown that shows exactly these words, in its paragraphs."""
    return "\n\n".join(words(part) for part in re.split(r"\n\s*\n", text.strip()))


def published(markdown: str) -> str:
    """Return the owner's Markdown with its HTML and template tags made text."""
    shown = visible(markdown.strip(), multiline=True)
    return _TEMPLATE.sub("&#123;", _HTML.sub("&lt;", shown))


def barred(markdown: str) -> str:
    """Escape the bars of what is no table: kramdown, unlike others, makes one of every line that has a bar in it."""
    fences = _FENCED.split(markdown)  # every other part is a fenced block
    fences[::2] = ["".join(map(_without_bars, _blocks(part))) for part in fences[::2]]
    return "".join(fences)


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield lines up to a blank one, and those that are blank."""
    for _, block in groupby(text.splitlines(keepends=True), str.isspace):
        yield list(block)


def _without_bars(block: Sequence[str]) -> str:
    written = "".join(block)
    if "|" not in written or any(map(_is_rule, block)) or all(line.startswith(("    ", "\t")) for line in block):
        return written  # also code, which is indented
    return _BAR.sub(lambda match: r"\|" if match[0] == "|" else match[0], written)


def _is_rule(line: str) -> bool:
    cells = [cell.strip() for cell in line.strip(" >\n").strip("|").split("|")]
    return "|" in line and all(map(_RULE.fullmatch, cells))


def ended(text: str) -> str:
    """End a text as a sentence ends; empty stays empty."""
    return text if not text or text.endswith(_ENDS) else f"{text}."


def unended(text: str) -> str:
    """Take the full stop from a text that goes on."""
    return text.rstrip(".。")


def front_matter(title: str, header: FrontMatter) -> str:
    """Return the header of a Jekyll post; a JSON string is a double-quoted YAML string, whatever is in it."""
    facts = {"title": title, "date": header.date, "layout": header.layout}
    lines = [f"{name}: {_quoted(text)}" for name, text in facts.items() if text]
    lines += [f"tags: [{', '.join(map(_quoted, header.tags))}]"] * bool(header.tags)
    return "\n".join(["---", *lines, "---"])


def _quoted(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)
