"""Names of authors, in the order in which they are spoken: `Given von Family Jr.`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")
_UNLIKE: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Letters that do not come apart into an ASCII letter and a mark."""


def spoken(name: str) -> str:
    """Turn `Song, Yang` and `Davis, Jr., Sammy` round; leave a name that is in spoken order already."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}"
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(name.split())


def family(name: str) -> str:
    """Return the last word of the family name, in ASCII lower case; empty if it has no such letters."""
    words = spoken(name).split()
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return ascii_word(words[-1]) if words else ""


def ascii_word(text: str) -> str:
    """Return the ASCII letters and digits of a word, lower case, without the marks of others."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_UNLIKE))
    return _NOT_LETTERS.sub("", apart)
