"""How a rating is drawn wherever it stands: a glyph, a factor, and a shade by its strength."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Final

from tui.number_text import factor

PRO, CONTRA, NEUTRAL, NO_VIEW = "▲", "▼", "=", "·"
STRENGTHS: Final = (0.03, 0.45, 0.9)
"""|ln ratio| from which on a rating is weak (×1.03), middling (×1.6) and strong (×2.5)."""


def rating_parts(ratio: float | None, *, close: bool = False, shaded: bool = False) -> list[tuple[str, str]]:
    """Write `▲ ×2` likelier if true, `▼ ÷1.5` less likely, `=` as likely, `n/a` nothing to do with it.

    `close` writes the glyph and the factor without a blank between; `shaded` is for a cell shaded by strength.
    """
    if ratio is None:
        return [("n/a", "$label")]
    if ratio == 1:
        return [(NEUTRAL, "$label")]
    glyph, colour = (PRO, "$pro") if ratio > 1 else (CONTRA, "$contra")
    blank = "" if close else " "
    if strength(ratio) > 1:
        return [(f"{glyph}{blank}", "$foreground" if shaded else colour), (factor(ratio), "bold $foreground")]
    return [(f"{glyph}{blank}{factor(ratio)}", colour)]


def strength(ratio: float | None) -> int:
    """Return 0 to 3: how much a rating says, either way."""
    return 0 if ratio is None else bisect_right(STRENGTHS, abs(math.log(ratio)))


def ground(ratio: float | None) -> str:
    """Return the colour behind a rating by its direction and strength; empty for one that says nothing."""
    much = strength(ratio)
    if ratio is None or not much:
        return ""
    return f"$pro-{much}" if ratio > 1 else f"$contra-{much}"
