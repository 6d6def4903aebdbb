"""The syntax of BibTeX: entries in, each with its line; what cannot be read is left out alone, and told.

A value never goes on behind the line that begins the next entry, so that a brace which is not closed costs its own
entry and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hypotheses.problems import Malformed
from store.incoming import Notes
from store.lookup.months import MONTHS

_START: Final = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
_NEXT_ENTRY: Final = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_NO_ENTRY: Final = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[A-Za-z][^\n]{0,40}", re.MULTILINE | re.IGNORECASE)
"""What begins as an entry does and is none; `@comment` may stand before anything."""
LONGEST: Final = 1_000_000
"""How many characters one value may have, also of strings put together."""
_SPACE: Final = re.compile(r"(?:\s+|%[^\n]*\n?)*")
"""Between the parts of an entry; some programs write comments there."""
_KEY: Final = re.compile(r"[^\s,{}()\"=#%][^\s,{}\"=#%]*")
_LONG_KEY: Final = re.compile(r"[^,{}=\"\n]{1,200}(?=,)")
"""A key with blanks in it, which BibTeX has none of, and files have."""
_NAME: Final = re.compile(r"[A-Za-z_][\w:.+/-]*")
_PLAIN_FIELD: Final = re.compile(
    r"""\s*+([A-Za-z_][\w:.+/-]*+)\s*+=\s*+(?:\{([^{}]*+)\}|"([^"{}]*+)"|(\d++))\s*+(?:,|(?=\}))""", re.ASCII
)
"""Most fields, and what parts them from the next."""
_SWALLOWED: Final = re.compile(r"\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w]|\n\s*$")
"""In a value: another field, or the line that what closes the entry stands on."""
_NEXT_FIELD: Final = re.compile(r"(?:,\s*|\n[ \t]*)(?=[A-Za-z][\w-]*\s*=)")
_DIGITS: Final = re.compile(r"\d+")
_BRACE: Final = re.compile(r"[{}]")
_BRACE_OR_QUOTE: Final = re.compile(r'[{}"]')
_BRACE_OR_PARENTHESIS: Final = re.compile(r"[{})]")
_NO_ENTRIES: Final = ("set", "xdata", "control")
"""What looks like entries and is for typesetting, or for other entries, only."""


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


class _Unclosed(Exception):
    """A brace or quote is not closed, so that nobody knows what the rest of the entry is."""


def read_bibtex(text: str, notes: Notes) -> Iterator[BibtexEntry]:
    """Yield the entries of a file, those too that are for others only; what is left out or changed is in `notes`."""
    return _Reader(text, notes).entries()


def is_reference(entry: BibtexEntry) -> bool:
    """Say whether an entry is a work, and not there for typesetting or for other entries only."""
    return entry.kind not in _NO_ENTRIES


class _Reader:
    """The text, how far it is read, and the macros that were defined by then."""

    def __init__(self, text: str, notes: Notes) -> None:
        self.text = text
        self.at = 0
        self.notes = notes
        self.macros = {month: month for month in MONTHS}
        self.budget = LONGEST + 10 * len(text)
        """How many characters strings may still be put in for: doubled again and again, they would have no end."""
        self.end = 0
        """Where the next entry begins, behind which nothing of this one can be."""
        self._undefined: dict[str, list[int]] = {}
        """Name of a string that is not defined -> the lines where it stands."""
        self._counted, self._line = 0, 1
        """A place, and the line that it is in."""

    def line(self, at: int) -> int:
        """Return the line of a place; counted from the last one that was asked for, which is mostly near."""
        start, end = sorted((self._counted, at))
        lines = self.text.count("\n", start, end)
        self._line += lines if at >= self._counted else -lines
        self._counted = at
        return self._line

    def entries(self) -> Iterator[BibtexEntry]:
        """Yield every entry; what stands between them is a comment."""
        while match := _START.search(self.text, self.at):
            self._tell_no_entries(self.at, match.start())
            self.at = match.end()
            if self.end < self.at:
                following = _NEXT_ENTRY.search(self.text, self.at)
                self.end = following.start() if following else len(self.text)
            try:
                if entry := self._block(match[1].lower(), match):
                    yield entry
            except (Malformed, _Unclosed) as error:
                # The next entry begins on a line of its own, whatever is wrong with this one.
                key = _KEY.match(self.text, match.end())
                at = match.start() if self.at >= self.end else self.at
                self.notes.add(self.line(at), f"{_named(key[0] if key else match[1])}{error}; left out")
                self.at = self.end
        self._tell_no_entries(self.at, len(self.text))
        for name, lines in self._undefined.items():
            more = f", also in {len(lines) - 1:,} more lines" if len(lines) > 1 else ""
            self.notes.add(lines[0], f"there is no @string {name[:40]!r}; its name is kept{more}", "changed")

    def _tell_no_entries(self, start: int, end: int) -> None:
        if self.text.find("@", start, end) < 0:
            return
        for match in _NO_ENTRY.finditer(self.text, start, end):
            at = match.end() - len(match[0].lstrip())
            self.notes.add(self.line(at), f"found {match[0].strip()!r}; expected an entry such as @article{{key, …}}")

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
            return self._entry(kind, start.start(), closer)
        return None

    def _entry(self, kind: str, start: int, closer: str) -> BibtexEntry:
        key = self._key()
        entry = BibtexEntry(kind, key, self.line(start), {})
        places: dict[str, int] = {}
        while not self._is_next(closer):
            if self.at >= self.end:
                self._close_unclosed(entry, places)
                return entry
            if self.text[self.at] == ",":
                self.at += 1
                continue
            if places and self.text[self.at - 1] != "," and not self._follows_comma():
                self._tell_missing_comma(entry)
            try:
                self._fields(entry, places, closer)
            except Malformed as error:
                self._pass_over(entry, str(error), closer)
        self.at += 1
        return entry

    def _key(self) -> str:
        self._skip()
        key = _KEY.match(self.text, self.at)
        if key is None:
            return ""
        behind = _SPACE.match(self.text, key.end())
        after = self.text[behind.end() : behind.end() + 1] if behind else ""
        if after == "=":  # it is a field: there is no key
            return ""
        if after not in (",", "}", ")", "") and (long := _LONG_KEY.match(self.text, self.at)):
            key = long
        self.at = key.end()
        return key[0].strip().rstrip(")")

    def _fields(self, entry: BibtexEntry, places: dict[str, int], closer: str) -> None:
        """Read the next field, and as many plain ones as follow."""
        if closer == "}":
            while plain := _PLAIN_FIELD.match(self.text, self.at, self.end):
                value = plain[2] if plain[2] is not None else plain[3] if plain[3] is not None else plain[4]
                self._put(entry, places, plain[1].lower(), value, plain.start(1))
                self.at = plain.end()
            if self._is_next(closer) or self.at >= self.end or self.text[self.at] == ",":
                return
        start = self.at
        name = self._name()
        self._expect("=")
        value = self._value()
        self._put(entry, places, name, value, start)

    def _put(self, entry: BibtexEntry, places: dict[str, int], name: str, value: str, at: int) -> None:
        """Keep a field. As in BibTeX, the first of two counts."""
        if name not in entry.fields:
            entry.fields[name] = value
            places[name] = at
        elif entry.fields[name] != value:
            first = self.line(places[name])
            self.notes.add(
                self.line(at), f"{_named(entry.key)}{name!r} stands here again; line {first} has it; left out"
            )

    def _follows_comma(self) -> bool:
        """Say whether a comma stands before what comes next, with nothing but blanks and comments between."""
        before = self.text[max(0, self.at - 200) : self.at]
        return re.search(r",(?:\s|%[^\n]*\n)*$", before) is not None

    def _tell_missing_comma(self, entry: BibtexEntry) -> None:
        if _NAME.match(self.text, self.at):
            self.notes.add(self.line(self.at), f"{_named(entry.key)}a comma is missing before {self._shown()}", "told")

    def _pass_over(self, entry: BibtexEntry, why: str, closer: str) -> None:
        """Leave a field out that cannot be read, and go on with the next one of this entry, if there is one."""
        self.notes.add(self.line(self.at), f"{_named(entry.key)}{why}; left out up to the next field")
        following = _NEXT_FIELD.search(self.text, self.at, self.end)
        if following is None:
            # What closes the entry belongs to it still.
            closing = self.text.rfind(closer, self.at, self.end)
            self.at = closing if closing >= 0 else self.end
        else:
            self.at = following.end()

    def _close_unclosed(self, entry: BibtexEntry, places: dict[str, int]) -> None:
        """Keep an entry that is not closed, unless one of its values has swallowed others, or what closes the entry.

        Raises:
            _Unclosed: one has, and `at` is where it begins.
        """
        for name, at in places.items():
            if _SWALLOWED.search(entry.fields[name]):
                self.at = at
                raise _unclosed()
        self.at = self.end
        self.notes.add(entry.line, f"{_named(entry.key)}the entry is not closed", "told")

    def _value(self) -> str:
        """Read a value: pieces joined by `#`, each a number, a name of a string, or text in quotes or braces."""
        piece = self._piece()
        if not self._is_next("#"):
            return piece
        pieces, length = [piece], len(piece)
        while self._is_next("#"):
            self.at += 1
            pieces.append(self._piece())
            length += len(pieces[-1])
            if length > LONGEST:
                raise Malformed(f"a value of more than {LONGEST:,} characters is put together here")
        self.budget -= length
        if self.budget < 0:
            raise Malformed("strings are put together here again and again")
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
            self.at = name.end()
            known = self.macros.get(name[0].lower())
            if known is None:
                self._undefined.setdefault(name[0], []).append(self.line(name.start()))
            return name[0] if known is None else known
        raise Malformed(f"found {self._shown()}; expected a value in braces or quotes")

    def _enclosed(self, opener: str) -> str:
        start = self.at
        self.at += 1
        try:
            return self._braced("}") if opener == "{" else self._until('"', _BRACE_OR_QUOTE)
        except _Unclosed:
            self.at = start
            raise

    def _braced(self, closer: str) -> str:
        """Read up to the brace that closes; what `(` opened is closed by `)` outside of braces."""
        return self._until(closer, _BRACE if closer == "}" else _BRACE_OR_PARENTHESIS)

    def _until(self, closer: str, look: re.Pattern[str]) -> str:
        start, depth = self.at, 0
        for match in look.finditer(self.text, start, min(self.end, start + LONGEST)):
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

    def _expect(self, character: str) -> None:
        if not self._is_next(character):
            raise Malformed(f"found {self._shown()}; expected {character}")
        self.at += 1

    def _is_next(self, character: str) -> bool:
        self._skip()
        return self.text.startswith(character, self.at)

    def _skip(self) -> None:
        if (match := _SPACE.match(self.text, self.at)) and match.end() > self.at:
            self.at = min(match.end(), max(self.end, self.at))

    def _shown(self) -> str:
        rest = self.text[self.at : min(self.at + 20, self.end)].split("\n")[0]
        return repr(rest) if rest else "the end"


def _named(name: str) -> str:
    return f"{name[:40]}: " if name else ""


def _unclosed() -> _Unclosed:
    return _Unclosed("a brace or quote is opened here and not closed before the next entry")
