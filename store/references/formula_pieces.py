"""The pieces of a formula, put beside each other so that none of them reads as a part of the other."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from store.lookup.scripts import subscript, superscript
from store.references.formula_symbols import MATHEMATICAL_MARKS

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
ALPHABETS: Final = {"mathcal": (0x1D49C, 0x1D4B6), "mathscr": (0x1D49C, 0x1D4B6), "mathbb": (0x1D538, 0x1D552)}
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


class NoUnicode(Exception):
    """There is no Unicode that says the same."""


@dataclass(frozen=True, slots=True)
class FormulaPiece:
    """A piece of a formula."""

    text: str
    role: Role
    closed: str = ""
    """The same where letters or digits stand beside it: `(a/b)`, `√(2)`."""


def joined(atoms: list[FormulaPiece]) -> str:
    """Put pieces beside each other so that none of them reads as a part of the other."""
    text = ""
    for number, atom in enumerate(atoms):
        before = atoms[number - 1].role if number else "space"
        after = atoms[number + 1] if number + 1 < len(atoms) else FormulaPiece("", "space")
        text += _between(before, atom, atoms[number - 1].text if number else "") + _written(before, atom, after)
    return text.strip()


def _between(before: Role, atom: FormulaPiece, behind: str) -> str:
    if "word" in (atom.role, before) and before in _THINGS and atom.role in _THINGS:
        return " "
    if atom.role == "accented" and before in ("letter", "accented"):
        return " "
    # `1 3/16`, which is no product
    return " " if before == "number" and _NUMERIC.fullmatch(atom.text) and behind else ""


def _written(before: Role, atom: FormulaPiece, after: FormulaPiece) -> str:
    if not atom.closed:
        return atom.text
    if atom.role == "root":
        return atom.closed if after.role in _THINGS else atom.text
    mixed = before == "number" and _NUMERIC.fullmatch(atom.text) is not None
    touches = (before in _THINGS and not mixed) or after.role in _THINGS or after.text in ("(", "[")
    return atom.closed if touches else atom.text


def with_script(base: FormulaPiece, sign: str, atoms: list[FormulaPiece]) -> FormulaPiece:
    """Put an exponent or an index to a piece: in Unicode, else behind `^` or `_`."""
    text = joined(atoms)
    if not text:
        raise NoUnicode
    if sign == "^" and text in ("∘", "′", "*", "∗"):
        script: str | None = {"∘": "°", "∗": "*"}.get(text, text)
    else:
        script = superscript(text) if sign == "^" else subscript(text)
    if script is None:
        script = f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"
    role: Role = base.role if base.role in ("word", "accented", "letter") else "letter"
    return FormulaPiece(f"{base.closed or base.text}{script}", role if base.text else "sign")


def fraction(over: list[FormulaPiece], under: list[FormulaPiece]) -> FormulaPiece:
    """Write a fraction: ½, or a/b with what belongs together in parentheses."""
    numerator, denominator = (_grouped(each) for each in (over, under))
    text = f"{numerator}/{denominator}"
    if not numerator or not denominator:
        raise NoUnicode
    if text in _VULGAR:
        return FormulaPiece(_VULGAR[text], "fraction")
    return FormulaPiece(text, "fraction", f"({text})")


def is_one(atoms: list[FormulaPiece]) -> bool:
    """Say whether a group needs no parentheses around it."""
    return len(atoms) == 1 and atoms[0].role not in ("fraction", "root")


def _grouped(atoms: list[FormulaPiece]) -> str:
    text = joined(atoms)
    return text if is_one(atoms) else f"({text})" if text else ""


def marked(atoms: list[FormulaPiece], name: str) -> FormulaPiece:
    """Put an accent on a letter, or a line over or under each of several."""
    mark = MATHEMATICAL_MARKS[name]
    text = joined(atoms)
    if not text or (len(text) > 1 and (name not in ("overline", "underline", "bar") or not text.isalnum())):
        raise NoUnicode
    if len(text) == 1 and not text.isalnum():
        raise NoUnicode
    return FormulaPiece("".join(letter + mark for letter in text.translate({0x131: "i", 0x237: "j"})), "accented")


def negated(atom: FormulaPiece) -> FormulaPiece:
    """Strike a relation through: ≠ of =."""
    text = unicodedata.normalize("NFC", f"{atom.text}\u0338")
    if len(atom.text) != 1 or atom.role != "sign":
        raise NoUnicode
    return FormulaPiece(text, "sign")


def styled(atom: FormulaPiece, name: str) -> FormulaPiece:
    """Return a letter in one of the alphabets of mathematics."""
    elsewhere = _ELSEWHERE_DOUBLE if name == "mathbb" else _ELSEWHERE
    if atom.text in elsewhere:
        return FormulaPiece(elsewhere[atom.text], "letter")
    if len(atom.text) != 1 or not atom.text.isascii() or not atom.text.isalpha():
        raise NoUnicode
    upper, lower = ALPHABETS[name]
    return FormulaPiece(
        chr(ord(atom.text) - 65 + upper if atom.text.isupper() else ord(atom.text) - 97 + lower), "letter"
    )
