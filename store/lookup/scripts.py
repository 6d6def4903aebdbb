"""Superscripts and subscripts in Unicode, so that `10^{-3}` is never 10-3."""

from __future__ import annotations

import unicodedata
from typing import Final

_UP: Final = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″*†‡®™© ,.:/",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″*†‡®™© ,.:/",
)
_DOWN: Final = str.maketrans(
    "0123456789+-−–=()aehijklmnoprstuvxβγρφχ ,.",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ ,.",
)


def superscript(text: str) -> str | None:
    """Return a text as a superscript; None if Unicode has not every sign of it so."""
    return _moved(text, _UP)


def subscript(text: str) -> str | None:
    """Return a text as a subscript; None if Unicode has not every sign of it so."""
    return _moved(text, _DOWN)


def _moved(text: str, table: dict[int, int]) -> str | None:
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
    if all(ord(sign) in table or unicodedata.combining(sign) for sign in text):
        return text.translate(table)
    return None
