r"""Mathematics of LaTeX as Unicode, where that says the same: `\sqrt{s}=13` is √s=13, `10^{-3}` is 10⁻³.

What would read as something else (`\frac12` as 12, `x \neq y` as x y) is no answer: then there is none, and the LaTeX
stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from store.references.formula_pieces import (
    ALPHABETS,
    FormulaPiece,
    NoUnicode,
    fraction,
    is_one,
    joined,
    marked,
    negated,
    styled,
    with_script,
)
from store.references.formula_symbols import MATHEMATICAL_MARKS, OPERATORS, SYMBOLS, WORDS
from store.references.latex_symbols import rare_symbol

LONGEST: Final = 2000
_DEEPEST: Final = 12
_TOKEN: Final = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|(\d+(?:[.,]\d+)*)|(\s+)|(.)", re.DOTALL)
_SPACES: Final = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", ">": " ", "\n": " "}
_PLAIN_FONTS: Final = frozenset(
    (
        *("mathrm", "mathit", "mathsf", "mathtt", "mathnormal", "text", "textrm", "textit", "mbox"),
        *("operatorname",),
    )
)
_SWITCHES: Final = frozenset(
    (
        *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "displaystyle", "textstyle", "limits"),
        *("rm", "it", "bf", "sf", "tt", "sl"),
    )
)
"""Commands that say how what follows looks."""
_BOLD: Final = frozenset((*("mathbf", "boldsymbol", "bm", "textbf", "pmb"),))


def mathematics(latex: str) -> str | None:
    """Return what stands between two dollar signs as Unicode; None if there is none that says the same."""
    if len(latex) > LONGEST:
        return None
    try:
        reader = _Formula(latex)
        text = joined(reader.row(0))
    except NoUnicode:
        return None
    return unicodedata.normalize("NFC", text) if reader.is_done else None


class _Formula:
    """A formula, and how far it is read."""

    def __init__(self, latex: str) -> None:
        self.tokens = [_token(match) for match in _TOKEN.finditer(latex)]
        self.at = 0

    @property
    def is_done(self) -> bool:
        return self.at >= len(self.tokens)

    def row(self, depth: int, closer: str = "") -> list[FormulaPiece]:
        """Read up to what closes a group, or to the end."""
        if depth > _DEEPEST:
            raise NoUnicode
        atoms: list[FormulaPiece] = []
        while not self.is_done:
            kind, text = self.tokens[self.at]
            if kind == "sign" and text == closer:
                self.at += 1
                return atoms
            self.at += 1
            if kind == "sign" and text in "^_":
                atoms.append(
                    with_script(atoms.pop() if atoms else FormulaPiece("", "sign"), text, self._argument(depth))
                )
            elif kind != "blank":
                atoms += self._atoms(kind, text, depth)
        if closer:
            raise NoUnicode
        return atoms

    def _atoms(self, kind: str, text: str, depth: int) -> Iterator[FormulaPiece]:
        """Yield what one token and its arguments are."""
        if kind == "command":
            yield from self._command(text, depth)
        elif kind == "number":
            yield FormulaPiece(text, "number")
        elif kind == "escaped":
            if text in _SPACES:
                yield FormulaPiece(_SPACES[text], "space")
            elif text in "{}%$&#_|":
                yield FormulaPiece("‖" if text == "|" else text, "sign")
            else:
                raise NoUnicode
        elif text == "{":
            yield from self.row(depth + 1, "}")
        elif text in "}&\\$":
            raise NoUnicode
        elif text == "~":
            yield FormulaPiece(" ", "space")
        elif text == "'":
            yield FormulaPiece("′", "sign")
        else:
            yield FormulaPiece(text, "letter" if text.isalpha() else "sign")

    def _argument(self, depth: int) -> list[FormulaPiece]:
        r"""Read what a command takes: a group, or one sign, of `\frac12` one digit."""
        while not self.is_done and self.tokens[self.at][0] == "blank":
            self.at += 1
        if self.is_done or depth > _DEEPEST:
            raise NoUnicode
        kind, text = self.tokens[self.at]
        if kind == "number" and len(text) > 1:
            self.tokens[self.at] = (kind, text[1:])
            return [FormulaPiece(text[0], "number")]
        self.at += 1
        return list(self._atoms(kind, text, depth + 1))

    def _command(self, name: str, depth: int) -> Iterator[FormulaPiece]:
        if name in SYMBOLS:
            yield FormulaPiece(SYMBOLS[name], "letter")
        elif name in OPERATORS:
            yield FormulaPiece(OPERATORS[name], "sign")
        elif name in WORDS:
            yield FormulaPiece("mod" if name == "bmod" else name, "word")
        elif name in _SWITCHES:
            if self.tokens[self.at : self.at + 1] == [("sign", ".")]:
                raise NoUnicode
        elif name in ("quad", "qquad"):
            yield FormulaPiece(" ", "space")
        elif name in ("frac", "dfrac", "tfrac", "nicefrac", "sfrac"):
            yield fraction(self._argument(depth), self._argument(depth))
        elif name == "sqrt":
            yield self._root(depth)
        elif name == "not":
            (atom,) = self._argument(depth)[:1] or [FormulaPiece("", "sign")]
            yield negated(atom)
        elif name in MATHEMATICAL_MARKS:
            yield marked(self._argument(depth), name)
        else:
            yield from self._in_font(name, depth)

    def _in_font(self, name: str, depth: int) -> Iterator[FormulaPiece]:
        if name in _PLAIN_FONTS:
            text = "".join(
                atom.text for atom in self._argument_as_text(depth, in_words=name not in ("mathit", "mathrm"))
            )
            yield FormulaPiece(text, "letter" if len(text) == 1 else "word" if text.isalpha() else "letter")
        elif name in _BOLD:
            yield from self._argument(depth)
        elif name in ALPHABETS:
            yield from (styled(atom, name) for atom in self._argument(depth))
        elif symbol := rare_symbol(name):
            yield FormulaPiece(symbol, "letter")
        else:
            raise NoUnicode

    def _argument_as_text(self, depth: int, *, in_words: bool) -> list[FormulaPiece]:
        """Read an argument in which blanks count, if it is one of words."""
        start = self.at
        atoms = self._argument(depth)
        blanks = any(kind == "blank" for kind, _ in self.tokens[start : self.at])
        if not blanks or not in_words:
            return atoms
        inside = self.tokens[start + 1 : self.at - 1]
        if any(kind in ("command", "escaped") or text in "{}^_$" for kind, text in inside):
            raise NoUnicode
        return [FormulaPiece(" " if kind == "blank" else text, "letter") for kind, text in inside]

    def _root(self, depth: int) -> FormulaPiece:
        sign = "√"
        if self.tokens[self.at : self.at + 1] == [("sign", "[")]:
            self.at += 1
            degree = joined(self.row(depth + 1, "]"))
            if degree not in ("2", "3", "4"):
                raise NoUnicode
            sign = {"2": "√", "3": "∛", "4": "∜"}[degree]
        inside = self._argument(depth)
        text = joined(inside)
        closed = f"{sign}({text})"
        return FormulaPiece(
            f"{sign}{text}" if is_one(inside) else closed,
            "root",
            closed,
        )


def _token(match: re.Match[str]) -> tuple[str, str]:
    for group, kind in enumerate(("command", "escaped", "number", "blank", "sign"), 1):
        if match[group] is not None:
            return kind, match[group]
    raise NoUnicode
