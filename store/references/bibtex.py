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
from store.references.bibtex_scanner import NAME, SPACE, Scanner, Unclosed, unclosed

_START: Final = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
_NEXT_ENTRY: Final = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_NO_ENTRY: Final = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[A-Za-z][^\n]{0,40}", re.MULTILINE | re.IGNORECASE)
"""What begins as an entry does and is none; `@comment` may stand before anything."""
_KEY: Final = re.compile(r"[^\s,{}()\"=#%][^\s,{}\"=#%]*")
_LONG_KEY: Final = re.compile(r"[^,{}=\"\n]{1,200}(?=,)")
"""A key with blanks in it, which BibTeX has none of, and files have."""
_PLAIN_FIELD: Final = re.compile(
    r"""\s*+([A-Za-z_][\w:.+/-]*+)\s*+=\s*+(?:\{([^{}]*+)\}|"([^"{}]*+)"|(\d++))\s*+(?:,|(?=\}))""", re.ASCII
)
"""Most fields, and what parts them from the next."""
_SWALLOWED: Final = re.compile(r"\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\w]|\n\s*$")
"""In a value: another field, or the line that what closes the entry stands on."""
_NEXT_FIELD: Final = re.compile(r"(?:,\s*|\n[ \t]*)(?=[A-Za-z][\w-]*\s*=)")
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


def read_bibtex(text: str, notes: Notes) -> Iterator[BibtexEntry]:
    """Yield the entries of a file, those too that are for others only; what is left out or changed is in `notes`."""
    return _Reader(text, notes).entries()


def is_reference(entry: BibtexEntry) -> bool:
    """Say whether an entry is a work, and not there for typesetting or for other entries only."""
    return entry.kind not in _NO_ENTRIES


class _Reader(Scanner):
    """Reads entry after entry."""

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
            except (Malformed, Unclosed) as error:
                # The next entry begins on a line of its own, whatever is wrong with this one.
                key = _KEY.match(self.text, match.end())
                at = match.start() if self.at >= self.end else self.at
                self.notes.add(self.line(at), f"{_named(key[0] if key else match[1])}{error}; left out")
                self.at = self.end
        self._tell_no_entries(self.at, len(self.text))
        for name, lines in self.undefined.items():
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
            self.braced(closer)
        elif kind == "preamble":
            self.value()
            self.expect(closer)
        elif kind == "string":
            name = self.name()
            self.expect("=")
            self.macros[name] = self.value()
            self.expect(closer)
        else:
            return self._entry(kind, start.start(), closer)
        return None

    def _entry(self, kind: str, start: int, closer: str) -> BibtexEntry:
        key = self._key()
        entry = BibtexEntry(kind, key, self.line(start), {})
        places: dict[str, int] = {}
        while not self.is_next(closer):
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
        self.skip()
        key = _KEY.match(self.text, self.at)
        if key is None:
            return ""
        behind = SPACE.match(self.text, key.end())
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
            if self.is_next(closer) or self.at >= self.end or self.text[self.at] == ",":
                return
        start = self.at
        name = self.name()
        self.expect("=")
        value = self.value()
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
        if NAME.match(self.text, self.at):
            self.notes.add(self.line(self.at), f"{_named(entry.key)}a comma is missing before {self.shown()}", "told")

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
            Unclosed: one has, and `at` is where it begins.
        """
        for name, at in places.items():
            if _SWALLOWED.search(entry.fields[name]):
                self.at = at
                raise unclosed()
        self.at = self.end
        self.notes.add(entry.line, f"{_named(entry.key)}the entry is not closed", "told")


def _named(name: str) -> str:
    return f"{name[:40]}: " if name else ""
