"""The smallest pieces of BibTeX: names, and values put together of text in braces or quotes, numbers and strings."""

from __future__ import annotations

import re
from typing import Final

from hypotheses.problems import Malformed
from store.incoming import Budget, Notes
from store.lookup.months import MONTHS

LONGEST: Final = 1_000_000
"""How many characters one value may have, also of strings put together."""
SPACE: Final = re.compile(r"(?:\s+|%[^\n]*\n?)*")
"""Between the parts of an entry; some programs write comments there."""
NAME: Final = re.compile(r"[A-Za-z_][\w:.+/-]*")
_DIGITS: Final = re.compile(r"\d+")
_BRACE: Final = re.compile(r"[{}]")
_BRACE_OR_QUOTE: Final = re.compile(r'[{}"]')
_BRACE_OR_PARENTHESIS: Final = re.compile(r"[{})]")


class Unclosed(Exception):
    """A brace or quote is not closed, so that nobody knows what the rest of the entry is."""


class Scanner:
    """The text, how far it is read, and the macros that were defined by then."""

    def __init__(self, text: str, notes: Notes) -> None:
        self.text = text
        self.at = 0
        self.notes = notes
        self.macros = {month: month for month in MONTHS}
        self.budget = Budget(len(text))
        """How many characters strings may still be put in for: doubled again and again, they would have no end."""
        self.end = 0
        """Where the next entry begins, behind which nothing of this one can be."""
        self.undefined: dict[str, list[int]] = {}
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

    def value(self) -> str:
        """Read a value: pieces joined by `#`, each a number, a name of a string, or text in quotes or braces."""
        piece = self._piece()
        if not self.is_next("#"):
            return piece
        pieces, length = [piece], len(piece)
        while self.is_next("#"):
            self.at += 1
            pieces.append(self._piece())
            length += len(pieces[-1])
            if length > LONGEST:
                raise Malformed(f"a value of more than {LONGEST:,} characters is put together here")
        return "".join(pieces)

    def _piece(self) -> str:
        self.skip()
        opener = self.text[self.at : self.at + 1]
        if opener and opener in '{"':
            return self._enclosed(opener)
        if digits := _DIGITS.match(self.text, self.at):
            self.at = digits.end()
            return digits[0]
        if name := NAME.match(self.text, self.at):
            self.at = name.end()
            known = self.macros.get(name[0].lower())
            if known is not None:
                self.budget.take(len(known))
            else:
                self.undefined.setdefault(name[0], []).append(self.line(name.start()))
            return name[0] if known is None else known
        raise Malformed(f"found {self.shown()}; expected a value in braces or quotes")

    def _enclosed(self, opener: str) -> str:
        start = self.at
        self.at += 1
        try:
            return self.braced("}") if opener == "{" else self._until('"', _BRACE_OR_QUOTE)
        except Unclosed:
            self.at = start
            raise

    def braced(self, closer: str) -> str:
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
        raise unclosed()

    def name(self) -> str:
        """Read the name of a field or of a string, in lower case."""
        self.skip()
        name = NAME.match(self.text, self.at)
        if name is None:
            raise Malformed(f"found {self.shown()}; expected the name of a field")
        self.at = name.end()
        return name[0].lower()

    def expect(self, character: str) -> None:
        """Pass over a character.

        Raises:
            Malformed: something else stands there.
        """
        if not self.is_next(character):
            raise Malformed(f"found {self.shown()}; expected {character}")
        self.at += 1

    def is_next(self, character: str) -> bool:
        """Say whether a character comes next, and pass over what stands before it."""
        self.skip()
        return self.text.startswith(character, self.at)

    def skip(self) -> None:
        """Pass over blanks and comments."""
        if (match := SPACE.match(self.text, self.at)) and match.end() > self.at:
            self.at = min(match.end(), max(self.end, self.at))

    def shown(self) -> str:
        """Return what comes next, as it stands in a sentence."""
        rest = self.text[self.at : min(self.at + 20, self.end)].split("\n")[0]
        return repr(rest) if rest else "the end"


def unclosed() -> Unclosed:
    """Return the error that tells so."""
    return Unclosed("a brace or quote is opened here and not closed before the next entry")
