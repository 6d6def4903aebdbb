"""Names of files that every system takes, and of which no two are one on any."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_NOT_IN_NAMES: Final = re.compile(r"[^\w.+-]")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any ending."""
_LONGEST: Final = 120
"""Bytes of a name: systems take 255, and a path of folders comes before it."""


def safe_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name one that can be a file's, without an ending: its own as far as it can be."""
    taken: set[str] = set()
    safe = {}
    for name in names:
        plain = _safe(name)
        free, number = plain, 1
        while free.casefold() in taken:
            number += 1
            free = f"{plain}-{number}"
        taken.add(free.casefold())
        safe[name] = free
    return safe


def _safe(name: str) -> str:
    # Two ways to write one letter are one name on some systems.
    plain = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFKC", name)).strip(".")
    if _RESERVED.fullmatch(plain) or not plain or plain[0] in "-+":
        plain = f"_{plain}"
    if len(plain.encode()) > _LONGEST:
        mark = hashlib.sha256(name.encode()).hexdigest()[:8]
        plain = f"{plain.encode()[: _LONGEST - 9].decode(errors='ignore').rstrip('.')}-{mark}"
    return plain
