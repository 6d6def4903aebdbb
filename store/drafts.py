"""Unsaved text of a form, kept in a private file until it is saved or thrown away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from store.files import write_whole
from store.paths import DRAFTS_NAME, data_folder, make_private


def read(name: str) -> dict[str, str]:
    """Return the kept texts by field, or nothing; a file that cannot be read counts as nothing."""
    try:
        kept = json.loads(_path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    texts = kept.items() if isinstance(kept, dict) else ()
    return {field: text for field, text in texts if isinstance(text, str)}


def write(name: str, texts: Mapping[str, str]) -> None:
    """Keep these texts; none at all drops the draft.

    Raises:
        AbduceError: the file cannot be written.
    """
    if not texts:
        drop(name)
        return
    make_private(_path(name).parent)
    write_whole(_path(name), json.dumps(dict(texts)), sparing=(), force=True)


def drop(name: str) -> None:
    """Forget a draft."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return data_folder() / DRAFTS_NAME / (re.sub(r"[^A-Za-z0-9._-]", "_", name)[:200] + ".json")
