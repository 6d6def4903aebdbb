"""What a web page says about itself: its meta elements, its JSON-LD and its title."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from store.network.requests import Answer

_MOST: Final = 500_000
"""How many characters of a page are read; what it says about itself stands at its beginning."""
_MOST_METAS: Final = 2000
_MOST_SCRIPTS: Final = 20
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENCODINGS: Final = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp(125\d|866|874|932|949|950)|gb2312|gbk|gb18030|big5(hkscs)?"
    r"|euc_jp|euc_kr|shift_jis|iso2022_jp|koi8-[ru]|mac-roman|mac-cyrillic"
)
"""The encodings of the web, as Python calls them; its others are slow or are no encodings of text."""
_AS_BROWSERS: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""Encodings that pages name and do not mean."""


@dataclass
class PageMetadata:
    """What was found in a page, as it stands there."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    """Name of a meta element in lower case -> its contents, in order."""
    scripts: list[str] = field(default_factory=list)
    """The texts of JSON-LD."""
    title: str = ""

    def all(self, *names: str) -> list[str]:
        """Return the contents of the first of these names that has any."""
        return next((values for name in names if (values := self.metas.get(name))), [])

    def first(self, *names: str) -> str:
        """Return one content of the first of these names that has any."""
        return next(iter(self.all(*names)), "")


def read_markup(answer: Answer) -> PageMetadata:
    """Read a page, or as much of it as makes sense."""
    reader = _Reader()
    # `close` is not called: it would go over unfinished constructs again and again.
    reader.feed(decoded(answer)[:_MOST])
    return reader.page


def decoded(answer: Answer) -> str:
    """Decode a page: by its byte order mark, else as its server says, else as it says itself, else UTF-8."""
    body = answer.body
    start = body[:4096]
    marked = next((name for mark, name in _BOMS if body.startswith(mark)), "")
    said = [match[1].decode("ascii") for look in (_XML_CHARSET, _CHARSET) if (match := look.search(start))]
    for name in (marked, answer.charset, *said):
        if encoding := _encoding(name):
            return body.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut may end in the middle of a character.
        is_cut = error.start >= len(body) - 3
        return body.decode("utf-8" if is_cut else "cp1252", errors="replace")


def _encoding(name: str) -> str:
    try:
        encoding = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):
        return ""
    return _AS_BROWSERS.get(encoding, encoding) if _ENCODINGS.fullmatch(encoding) else ""


class _Reader(HTMLParser):
    """Picks the metas, the JSON-LD and the title out of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageMetadata()
        self._reading = ""
        """Whose text is being read: `title`, `script`, or nobody's."""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a meta; begin to read a title or JSON-LD."""
        attributes = {name: value or "" for name, value in attrs}
        is_linked = attributes.get("type", "").strip().lower() == "application/ld+json"
        if tag == "meta":
            self._meta(attributes)
        elif (tag == "title" and not self.page.title) or (tag == "script" and is_linked):
            self._reading, self._text = tag, []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a meta that is closed as in XML; nothing else that is empty says anything."""
        if tag == "meta":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if self._reading == "title":
            self.page.title = "".join(self._text)
        elif self._reading == "script" and len(self.page.scripts) < _MOST_SCRIPTS:
            self.page.scripts.append("".join(self._text))
        self._reading = ""

    def handle_data(self, data: str) -> None:
        """Take the text that is being read."""
        if self._reading:
            self._text.append(data)

    def _meta(self, attributes: dict[str, str]) -> None:
        content = attributes.get("content", "").strip()
        for attribute in ("name", "property", "itemprop"):
            name = attributes.get(attribute, "").strip().lower()
            if name and content and len(self.page.metas) < _MOST_METAS:
                self.page.metas.setdefault(name, []).append(content)
