"""The beginning of a text: laying out fifty thousand characters, or a thousand headings, takes many seconds."""

from __future__ import annotations

from typing import Final

MOST_CHARACTERS: Final = 20_000
MOST_LINES: Final = 300


def preview(text: str) -> str:
    """Return as much of a text as is drawn at once; where that is not all of it, a last line says so."""
    lines = text[:MOST_CHARACTERS].split("\n", MOST_LINES)
    shown = "\n".join(lines[:MOST_LINES])
    left = len(text) - len(shown)
    return f"{shown}\n\n… {left:,} characters more" if text[len(shown) :].strip() else shown
