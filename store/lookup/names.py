"""Words of names and titles, as keys are made of."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from hypotheses.authors import SUFFIX, spoken

_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")
_UNLIKE: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Letters that do not come apart into an ASCII letter and a mark."""


def family(name: str) -> str:
    """Return the last word of the family name, in ASCII lower case; empty if it has no such letters."""
    words = spoken(name).split()
    while len(words) > 1 and SUFFIX.fullmatch(words[-1]):
        words.pop()
    return ascii_word(words[-1]) if words else ""


def ascii_word(text: str) -> str:
    """Return the ASCII letters and digits of a word, lower case, without the marks of others."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_UNLIKE))
    return _NOT_LETTERS.sub("", apart)
