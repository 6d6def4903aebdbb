"""HTML as text: whatever is put into an element is escaped and made visible, unless it is HTML already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from hypotheses.reports.prose import Block, LinePart, blocks_of, with_links
from hypotheses.reports.text import one_line, visible

VOID: Final = frozenset({"br", "hr", "input", "meta", "link"})


class Html(str):
    """Text that is HTML; any other text is somebody's words."""

    __slots__ = ()


def shown(content: str) -> Html:
    """Return words as HTML that shows exactly these, with what would act or mislead made visible; HTML as it is."""
    if isinstance(content, Html):
        return content
    return Html(escape(visible(content, multiline=True), quote=False))


def joined(*contents: str, by: str = "") -> Html:
    """Return several contents one after the other."""
    return Html(shown(by).join(map(shown, contents)))


def tag(name: str, /, *contents: str, **attributes: str | float | bool) -> Html:
    """Return an element; an underscore in the name of an attribute is a hyphen, one at its end is nothing.

    Attributes that are False or empty are left out, but for `alt` and `value`; one that is True has no value.
    """
    written = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    inner = "".join(map(shown, contents))
    return Html(f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inner}</{name}>")


def _attribute(name: str, value: str | float | bool) -> str:
    if value is True:
        return f" {name}"
    if value is False or (value == "" and name not in ("alt", "value")):
        return ""
    text = value if isinstance(value, str) else f"{value:g}"
    return f' {name}="{escape(one_line(text) if name != "value" else visible(text))}"'


def link(words: str, to: str) -> Html:
    """Return words that lead to an address of the web, or as they are if there is none."""
    return tag("a", words, href=to, rel="noopener noreferrer") if to else shown(words)


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], align: str, *, quiet: bool = False
) -> Html:
    """Return a table whose first column names its rows, in a box that can be scrolled where it is too narrow.

    Args:
        caption: What it is, in a line.
        heads: What stands over each column.
        rows: Cells; what is no HTML is escaped.
        align: `l` or `r` for each column.
        quiet: Whether its caption is for those only who do not see the table.
    """
    head = tag(
        "tr", *(tag("th", name, scope="col", class_=_side(side)) for name, side in zip(heads, align, strict=True))
    )
    body = [
        tag(
            "tr",
            tag("th", first, scope="row"),
            *(tag("td", cell, class_=_side(side)) for cell, side in zip(rest, align[1:], strict=True)),
        )
        for first, *rest in rows
    ]
    told = tag("caption", caption, class_="unseen" if quiet else "")
    inner = tag("table", told, tag("thead", head), tag("tbody", *body))
    return tag("div", inner, class_="wide", role="group", tabindex="0", aria_label=caption)


def _side(side: str) -> str:
    return "figure" if side == "r" else ""


def prose(text: str, cited: dict[str, Html] | None = None) -> Html:
    """Return the owner's Markdown: paragraphs, lists, quotes, code; emphasis and links to the web.

    Args:
        text: Markdown; what it has besides is shown as typed.
        cited: Key of an item of evidence -> what stands in place of it where the text names it in backticks.
    """
    return Html("".join(_block(block, cited or {}) for block in blocks_of(text)))


def _block(block: Block, cited: dict[str, Html]) -> Html:
    match block.kind:
        case "ul" | "ol":
            return tag(block.kind, *(tag("li", line_of(part, cited), dir="auto") for part in block.parts))
        case "pre":
            return tag("pre", tag("code", block.parts[0]), tabindex="0")
        case "blockquote":
            return tag("blockquote", tag("p", line_of(block.parts[0], cited), dir="auto"))
        case "heading":
            return tag("p", tag("strong", line_of(block.parts[0], cited)), dir="auto")
        case _:
            return tag("p", line_of(block.parts[0], cited), dir="auto")


def line_of(text: str, cited: dict[str, Html] | None = None) -> Html:
    """Return a line of the owner's Markdown."""
    return Html("".join(_piece(piece, cited or {}) for piece in with_links(text)))


def _piece(piece: LinePart, cited: dict[str, Html]) -> Html:
    if piece.kind == "a":
        return link(piece.text, piece.link)
    if piece.kind == "code" and piece.text in cited:
        return cited[piece.text]
    return tag(piece.kind, piece.text) if piece.kind else shown(piece.text)
