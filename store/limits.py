"""How long things may be, in characters; the schema and the door hold the same limits."""

from __future__ import annotations

from typing import Final

TITLE_LENGTH: Final = 300
"""Titles, names and everything else that is one line."""
TEXT_LENGTH: Final = 50_000
NAME_LENGTH: Final = 100
"""Slugs, keys, symbols and names of readings."""
