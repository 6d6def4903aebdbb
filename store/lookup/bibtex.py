"""BibTeX files: entries in, each with its line; what cannot be read is a problem with its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hypotheses.problems import Malformed
from store.file.file_tree import Problems
from store.lookup.dates import MONTHS

_START: Final = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
_NEXT_ENTRY: Final = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_LONGEST: Final = 1_000_000
"""How many characters one value may have."""
_SPACE: Final = re.compile(r"(?:\s+|%[^\n]*\n?)*")
"""Between the parts of an entry; some programs write comments there."""
_KEY: Final = re.compile(r"[^\s,{}()\"=#%][^\s,{}\"=#%]*")
_NAME: Final = re.compile(r"[A-Za-z_][\w:.+/-]*")
_DIGITS: Final = re.compile(r"\d+")
_BRACE: Final = re.compile(r"[{}]")
_BRACE_OR_QUOTE: Final = re.compile(r'[{}"]')
_BRACE_OR_PARENTHESIS: Final = re.compile(r"[{})]")
_NO_ENTRIES: Final = ("set", "xdata", "control")
"""What looks like entries and is for typesetting only."""


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """One entry as it stands in the file: macros put in, LaTeX untouched."""

    kind: str
    """`article`, in lower case."""
    key: str
    """The citation key; may be empty."""
    line: int
    fields: dict[str, str]
    """Name in lower case -> value."""


def read_bibtex(text: str, problems: Problems) -> list[BibtexEntry]:
    """Read the entries of a file. Problems are left in `problems`, and so are entries that cannot be read.

    Raises:
        BadFile: there are too many problems.
    """
    return list(_Reader(text, problems).entries())


class _Reader:
    """The text, how far it is read, and the macros that were defined by then."""

    def __init__(self, text: str, problems: Problems) -> None:
        self.text = text
        self.at = 0
        self.problems = problems
        self.macros = {month: month for month in MONTHS}
        self._line_ends = [match.start() for match in re.finditer("\n", text)]

    def line(self, at: int) -> int:
        return bisect_right(self._line_ends, at - 1) + 1

    def entries(self) -> Iterator[BibtexEntry]:
        """Yield every entry; what stands between them is a comment."""
        while match := _START.search(self.text, self.at):
            self.at = match.end()
            try:
                if entry := self._block(match[1].lower(), match):
                    yield entry
            except Malformed as error:
                # The next entry begins on a line of its own, whatever is wrong with this one.
                self.problems.add(self.line(self.at), str(error))
                after = _NEXT_ENTRY.search(self.text, max(self.at, match.end()))
                self.at = after.start() if after else len(self.text)

    def _block(self, kind: str, start: re.Match[str]) -> BibtexEntry | None:
        closer = "}" if start[2] == "{" else ")"
        if kind == "comment":
            self._braced(closer)
        elif kind == "preamble":
            self._value()
            self._expect(closer)
        elif kind == "string":
            name = self._name()
            self._expect("=")
            self.macros[name] = self._value()
            self._expect(closer)
        else:
            entry = self._entry(kind, start.start(), closer)
            return None if kind in _NO_ENTRIES else entry
        return None

    def _entry(self, kind: str, start: int, closer: str) -> BibtexEntry:
        self._skip()
        key = _KEY.match(self.text, self.at)
        fields: dict[str, str] = {}
        if key:
            self.at = key.end()
        while not self._is_next(closer):
            self._expect(",", closer)
            if self._is_next(closer):
                break
            name = self._name()
            self._expect("=")
            # As in BibTeX, the first of two counts.
            fields.setdefault(name, self._value())
        self.at += 1
        return BibtexEntry(kind, key[0].rstrip(")") if key else "", self.line(start), fields)

    def _value(self) -> str:
        """Read a value: pieces joined by `#`, each a number, a name of a string, or text in quotes or braces."""
        pieces = [self._piece()]
        while self._is_next("#"):
            self.at += 1
            pieces.append(self._piece())
        return "".join(pieces)

    def _piece(self) -> str:
        self._skip()
        opener = self.text[self.at : self.at + 1]
        if opener and opener in '{"':
            return self._enclosed(opener)
        if digits := _DIGITS.match(self.text, self.at):
            self.at = digits.end()
            return digits[0]
        if name := _NAME.match(self.text, self.at):
            if name[0].lower() not in self.macros:
                raise Malformed(f"there is no @string {name[0][:40]!r}; expected text in braces or quotes")
            self.at = name.end()
            return self.macros[name[0].lower()]
        raise Malformed(f"found {self._shown()}; expected a value in braces or quotes")

    def _enclosed(self, opener: str) -> str:
        start = self.at
        self.at += 1
        inside = self._braced("}") if opener == "{" else self._until('"', _BRACE_OR_QUOTE)
        if _NEXT_ENTRY.search(inside):
            # What closes it belongs to another entry.
            self.at = start
            raise _unclosed()
        return inside

    def _braced(self, closer: str) -> str:
        """Read up to the brace that closes; what `(` opened is closed by `)` outside of braces."""
        return self._until(closer, _BRACE if closer == "}" else _BRACE_OR_PARENTHESIS)

    def _until(self, closer: str, look: re.Pattern[str]) -> str:
        start, depth = self.at, 0
        for match in look.finditer(self.text, start, start + _LONGEST):
            if depth == 0 and match[0] == closer:
                self.at = match.end()
                return self.text[start : match.start()]
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth < 0:
                break
        raise _unclosed()

    def _name(self) -> str:
        self._skip()
        name = _NAME.match(self.text, self.at)
        if name is None:
            raise Malformed(f"found {self._shown()}; expected the name of a field")
        self.at = name.end()
        return name[0].lower()

    def _expect(self, character: str, or_else: str = "") -> None:
        if not self._is_next(character):
            expected = f"{character} or {or_else}" if or_else else character
            raise Malformed(f"found {self._shown()}; expected {expected}")
        self.at += 1

    def _is_next(self, character: str) -> bool:
        self._skip()
        return self.text.startswith(character, self.at)

    def _skip(self) -> None:
        if match := _SPACE.match(self.text, self.at):
            self.at = match.end()

    def _shown(self) -> str:
        rest = self.text[self.at : self.at + 20].split("\n")[0]
        return repr(rest) if rest else "the end"


def _unclosed() -> Malformed:
    return Malformed("a brace or quote is opened here and not closed before the next entry")
