"""Currency signs: in a value that is typed they are its unit."""

from __future__ import annotations

import unicodedata


def currency_of(text: str) -> str:
    """Return the currency sign that a value is typed with; empty if there is none, or more than one."""
    if text.isascii() and "$" not in text:
        return ""
    signs = {sign for sign in text if unicodedata.category(sign) == "Sc"}
    return signs.pop() if len(signs) == 1 else ""
