r"""Mathematics of LaTeX as Unicode, where that says the same: `\sqrt{s}=13` is √s=13, `10^{-3}` is 10⁻³.

What would read as something else (`\frac12` as 12, `x \neq y` as x y) is no answer: then there is none, and the LaTeX
stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from store.lookup.scripts import subscript, superscript
from store.references.latex_symbols import MATHEMATICAL_MARKS, OPERATORS, SYMBOLS, WORDS, rare_symbol

LONGEST: Final = 2000
_DEEPEST: Final = 12
_TOKEN: Final = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|(\d+(?:[.,]\d+)*)|(\s+)|(.)", re.DOTALL)
_VULGAR: Final = {
    "1/2": "½",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/4": "¼",
    "3/4": "¾",
    "1/5": "⅕",
    "2/5": "⅖",
    "3/5": "⅗",
    "4/5": "⅘",
    "1/6": "⅙",
    "5/6": "⅚",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
    "1/7": "⅐",
    "1/9": "⅑",
    "1/10": "⅒",
}
_NUMERIC: Final = re.compile(r"\d+/\d+")
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
_ALPHABETS: Final = {"mathcal": (0x1D49C, 0x1D4B6), "mathscr": (0x1D49C, 0x1D4B6), "mathbb": (0x1D538, 0x1D552)}
"""Command -> where its A and its a stand in Unicode."""
_ELSEWHERE: Final = {
    **dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)),
    **dict(zip("ego", "ℯℊℴ", strict=True)),
}
_ELSEWHERE_DOUBLE: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
"""Letters of these alphabets that Unicode had before them."""

Role = Literal["letter", "number", "sign", "word", "accented", "fraction", "root", "space"]
_THINGS: Final = ("letter", "number", "word", "accented", "fraction", "root")
"""What reads as one with what stands beside it."""


class _Unknown(Exception):
    """There is no Unicode that says the same."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A piece of a formula."""

    text: str
    role: Role
    closed: str = ""
    """The same where letters or digits stand beside it: `(a/b)`, `√(2)`."""


def mathematics(latex: str) -> str | None:
    """Return what stands between two dollar signs as Unicode; None if there is none that says the same."""
    if len(latex) > LONGEST:
        return None
    try:
        reader = _Formula(latex)
        text = _joined(reader.row(0))
    except _Unknown:
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

    def row(self, depth: int, closer: str = "") -> list[_Atom]:
        """Read up to what closes a group, or to the end."""
        if depth > _DEEPEST:
            raise _Unknown
        atoms: list[_Atom] = []
        while not self.is_done:
            kind, text = self.tokens[self.at]
            if kind == "sign" and text == closer:
                self.at += 1
                return atoms
            self.at += 1
            if kind == "sign" and text in "^_":
                atoms.append(_with_script(atoms.pop() if atoms else _Atom("", "sign"), text, self._argument(depth)))
            elif kind != "blank":
                atoms += self._atoms(kind, text, depth)
        if closer:
            raise _Unknown
        return atoms

    def _atoms(self, kind: str, text: str, depth: int) -> Iterator[_Atom]:
        """Yield what one token and its arguments are."""
        if kind == "command":
            yield from self._command(text, depth)
        elif kind == "number":
            yield _Atom(text, "number")
        elif kind == "escaped":
            if text in _SPACES:
                yield _Atom(_SPACES[text], "space")
            elif text in "{}%$&#_|":
                yield _Atom("‖" if text == "|" else text, "sign")
            else:
                raise _Unknown
        elif text == "{":
            yield from self.row(depth + 1, "}")
        elif text in "}&\\$":
            raise _Unknown
        elif text == "~":
            yield _Atom(" ", "space")
        elif text == "'":
            yield _Atom("′", "sign")
        else:
            yield _Atom(text, "letter" if text.isalpha() else "sign")

    def _argument(self, depth: int) -> list[_Atom]:
        r"""Read what a command takes: a group, or one sign, of `\frac12` one digit."""
        while not self.is_done and self.tokens[self.at][0] == "blank":
            self.at += 1
        if self.is_done or depth > _DEEPEST:
            raise _Unknown
        kind, text = self.tokens[self.at]
        if kind == "number" and len(text) > 1:
            self.tokens[self.at] = (kind, text[1:])
            return [_Atom(text[0], "number")]
        self.at += 1
        return list(self._atoms(kind, text, depth + 1))

    def _command(self, name: str, depth: int) -> Iterator[_Atom]:
        if name in SYMBOLS:
            yield _Atom(SYMBOLS[name], "letter")
        elif name in OPERATORS:
            yield _Atom(OPERATORS[name], "sign")
        elif name in WORDS:
            yield _Atom("mod" if name == "bmod" else name, "word")
        elif name in _SWITCHES:
            if self.tokens[self.at : self.at + 1] == [("sign", ".")]:
                raise _Unknown
        elif name in ("quad", "qquad"):
            yield _Atom(" ", "space")
        elif name in ("frac", "dfrac", "tfrac", "nicefrac", "sfrac"):
            yield _fraction(self._argument(depth), self._argument(depth))
        elif name == "sqrt":
            yield self._root(depth)
        elif name == "not":
            (atom,) = self._argument(depth)[:1] or [_Atom("", "sign")]
            yield _negated(atom)
        elif name in MATHEMATICAL_MARKS:
            yield _marked(self._argument(depth), name)
        else:
            yield from self._in_font(name, depth)

    def _in_font(self, name: str, depth: int) -> Iterator[_Atom]:
        if name in _PLAIN_FONTS:
            text = "".join(
                atom.text for atom in self._argument_as_text(depth, in_words=name not in ("mathit", "mathrm"))
            )
            yield _Atom(text, "letter" if len(text) == 1 else "word" if text.isalpha() else "letter")
        elif name in _BOLD:
            yield from self._argument(depth)
        elif name in _ALPHABETS:
            yield from (_styled(atom, name) for atom in self._argument(depth))
        elif symbol := rare_symbol(name):
            yield _Atom(symbol, "letter")
        else:
            raise _Unknown

    def _argument_as_text(self, depth: int, *, in_words: bool) -> list[_Atom]:
        """Read an argument in which blanks count, if it is one of words."""
        start = self.at
        atoms = self._argument(depth)
        blanks = any(kind == "blank" for kind, _ in self.tokens[start : self.at])
        if not blanks or not in_words:
            return atoms
        inside = self.tokens[start + 1 : self.at - 1]
        if any(kind in ("command", "escaped") or text in "{}^_$" for kind, text in inside):
            raise _Unknown
        return [_Atom(" " if kind == "blank" else text, "letter") for kind, text in inside]

    def _root(self, depth: int) -> _Atom:
        sign = "√"
        if self.tokens[self.at : self.at + 1] == [("sign", "[")]:
            self.at += 1
            degree = _joined(self.row(depth + 1, "]"))
            if degree not in ("2", "3", "4"):
                raise _Unknown
            sign = {"2": "√", "3": "∛", "4": "∜"}[degree]
        inside = self._argument(depth)
        text = _joined(inside)
        closed = f"{sign}({text})"
        return _Atom(
            f"{sign}{text}" if _is_one(inside) else closed,
            "root",
            closed,
        )


def _token(match: re.Match[str]) -> tuple[str, str]:
    for group, kind in enumerate(("command", "escaped", "number", "blank", "sign"), 1):
        if match[group] is not None:
            return kind, match[group]
    raise _Unknown


def _joined(atoms: list[_Atom]) -> str:
    """Put pieces beside each other so that none of them reads as a part of the other."""
    text = ""
    for number, atom in enumerate(atoms):
        before = atoms[number - 1].role if number else "space"
        after = atoms[number + 1] if number + 1 < len(atoms) else _Atom("", "space")
        text += _between(before, atom, atoms[number - 1].text if number else "") + _written(before, atom, after)
    return text.strip()


def _between(before: Role, atom: _Atom, behind: str) -> str:
    if "word" in (atom.role, before) and before in _THINGS and atom.role in _THINGS:
        return " "
    if atom.role == "accented" and before in ("letter", "accented"):
        return " "
    # `1 3/16`, which is no product
    return " " if before == "number" and _NUMERIC.fullmatch(atom.text) and behind else ""


def _written(before: Role, atom: _Atom, after: _Atom) -> str:
    if not atom.closed:
        return atom.text
    if atom.role == "root":
        return atom.closed if after.role in _THINGS else atom.text
    mixed = before == "number" and _NUMERIC.fullmatch(atom.text) is not None
    touches = (before in _THINGS and not mixed) or after.role in _THINGS or after.text in ("(", "[")
    return atom.closed if touches else atom.text


def _with_script(base: _Atom, sign: str, atoms: list[_Atom]) -> _Atom:
    text = _joined(atoms)
    if not text:
        raise _Unknown
    if sign == "^" and text in ("∘", "′", "*", "∗"):
        script: str | None = {"∘": "°", "∗": "*"}.get(text, text)
    else:
        script = superscript(text) if sign == "^" else subscript(text)
    if script is None:
        script = f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"
    role: Role = base.role if base.role in ("word", "accented", "letter") else "letter"
    return _Atom(f"{base.closed or base.text}{script}", role if base.text else "sign")


def _fraction(over: list[_Atom], under: list[_Atom]) -> _Atom:
    numerator, denominator = (_grouped(each) for each in (over, under))
    text = f"{numerator}/{denominator}"
    if not numerator or not denominator:
        raise _Unknown
    if text in _VULGAR:
        return _Atom(_VULGAR[text], "fraction")
    return _Atom(text, "fraction", f"({text})")


def _is_one(atoms: list[_Atom]) -> bool:
    """Say whether a group needs no parentheses around it."""
    return len(atoms) == 1 and atoms[0].role not in ("fraction", "root")


def _grouped(atoms: list[_Atom]) -> str:
    text = _joined(atoms)
    return text if _is_one(atoms) else f"({text})" if text else ""


def _marked(atoms: list[_Atom], name: str) -> _Atom:
    """Put an accent on a letter, or a line over or under each of several."""
    mark = MATHEMATICAL_MARKS[name]
    text = _joined(atoms)
    if not text or (len(text) > 1 and (name not in ("overline", "underline", "bar") or not text.isalnum())):
        raise _Unknown
    if len(text) == 1 and not text.isalnum():
        raise _Unknown
    return _Atom("".join(letter + mark for letter in text.translate({0x131: "i", 0x237: "j"})), "accented")


def _negated(atom: _Atom) -> _Atom:
    text = unicodedata.normalize("NFC", f"{atom.text}\u0338")
    if len(atom.text) != 1 or atom.role != "sign":
        raise _Unknown
    return _Atom(text, "sign")


def _styled(atom: _Atom, name: str) -> _Atom:
    """Return a letter in one of the alphabets of mathematics."""
    elsewhere = _ELSEWHERE_DOUBLE if name == "mathbb" else _ELSEWHERE
    if atom.text in elsewhere:
        return _Atom(elsewhere[atom.text], "letter")
    if len(atom.text) != 1 or not atom.text.isascii() or not atom.text.isalpha():
        raise _Unknown
    upper, lower = _ALPHABETS[name]
    return _Atom(chr(ord(atom.text) - 65 + upper if atom.text.isupper() else ord(atom.text) - 97 + lower), "letter")
