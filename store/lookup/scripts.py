"""Superscripts and subscripts in Unicode, so that `10^{-3}` is never 10-3."""

from __future__ import annotations

from typing import Final

_UP: Final = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″*†‡®™© ,",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″*†‡®™© ,",
)
_DOWN: Final = str.maketrans(
    "0123456789+-−–=()aehijklmnoprstuvxβγρφχ ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ ",
)


def superscript(text: str) -> str | None:
    """Return a text as a superscript; None if Unicode has not every sign of it so."""
    return text.translate(_UP) if all(ord(sign) in _UP for sign in text) else None


def subscript(text: str) -> str | None:
    """Return a text as a subscript; None if Unicode has not every sign of it so."""
    return text.translate(_DOWN) if all(ord(sign) in _DOWN for sign in text) else None
