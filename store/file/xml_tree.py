"""XML as a plain tree with line numbers: no declarations, no entities but XML's own, no more depth than it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from store.file.file_tree import Problems

DEEPEST: Final = 40
MOST_ELEMENTS: Final = 500_000


@dataclass(slots=True)
class Element:
    """One element, and what is in it."""

    name: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, without that of the elements in it."""
        return "".join(self.texts).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name in it."""
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """Return the text of the first element of a name in it; empty if there is none."""
        return next((child.text for child in self.all(name)), "")


def read_xml(text: str, problems: Problems, *, with_spaces: bool = False) -> Element:
    """Read a document, whatever encoding it says it is in.

    Args:
        text: The document.
        problems: Where what is wrong is noted.
        with_spaces: Whether the name of an element in a namespace is that, a blank, and its name in it.

    Raises:
        BadFile: it is no XML, or XML of a kind that is refused.
    """
    return _Reader(problems, " " if with_spaces else None).read(text)


class _Reader:
    def __init__(self, problems: Problems, between: str | None) -> None:
        self._problems = problems
        self._open: list[Element] = []
        self._root: Element | None = None
        self._count = 0
        # The text is encoded anew, so what the document says of that is not heard.
        self._parser = expat.ParserCreate("utf-8", between)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse

    def read(self, text: str) -> Element:
        try:
            self._parser.Parse(text.encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            self._problems.stop(error.lineno, f"this is not XML: {expat.errors.messages[error.code]}")
        if self._root is None:
            self._problems.stop(0, "there is no element in the file; expected XML")
        return self._root

    def _refuse(self, *_: object) -> NoReturn:
        self._problems.stop(self._parser.CurrentLineNumber, "found a declaration of types or entities; expected none")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        line = self._parser.CurrentLineNumber
        if self._count > MOST_ELEMENTS:
            self._problems.stop(line, f"there are more than {MOST_ELEMENTS:,} elements; expected at most that")
        if len(self._open) >= DEEPEST:
            self._problems.stop(line, f"elements are nested more than {DEEPEST} deep")
        element = Element(name, line, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _data(self, text: str) -> None:
        self._open[-1].texts.append(text)
