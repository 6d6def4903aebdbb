"""What the program remembers between runs that is no part of any debate: the theme."""

from __future__ import annotations

import json

from hypotheses.problems import AbduceError
from store.disk import write_whole
from store.paths import REMEMBERED_NAME, data_folder, make_private


def recall(name: str) -> str:
    """Return what was remembered under this name, or an empty string; a broken file remembers nothing."""
    kept = _all().get(name, "")
    return kept if isinstance(kept, str) else ""


def remember(name: str, text: str) -> bool:
    """Remember a text under this name; False if it could not be written, which stops nobody's work."""
    try:
        folder = make_private(data_folder())
        write_whole(folder / REMEMBERED_NAME, json.dumps({**_all(), name: text}), sparing=(), force=True)
    except (AbduceError, OSError):
        return False
    return True


def _all() -> dict[str, object]:
    try:
        kept = json.loads((data_folder() / REMEMBERED_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
