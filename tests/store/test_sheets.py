"""The text of a whole debate while it is edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hypotheses.problems import Refused
from store import sheets
from store.disk import write_whole
from store.sheets import EditedText

SLUG = "為什麼" * 33
"""As long as a slug may be: more bytes than a file's name has."""


def test_what_a_program_left_is_taken_up_by_the_next_one(home: Path) -> None:
    begun = EditedText.begin("/some.db", SLUG, "abduce: 1\n")
    begun.put("typed")
    assert EditedText.take_up("/some.db", SLUG) is None  # while somebody is at it
    begun.close()
    left = EditedText.take_up("/some.db", SLUG)
    assert left is not None
    assert (left.read(100), left.base) == (b"typed", "abduce: 1\n")
    assert EditedText.take_up("/some.db", "another") is None
    left.drop()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_what_cannot_be_begun_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str, **options: Any) -> None:
        if ".debate." in path.name:
            raise Refused(f"{path} cannot be written: No space left on device")
        write_whole(path, text, **options)

    monkeypatch.setattr(sheets, "write_whole", full)
    with pytest.raises(Refused, match="No space left"):
        EditedText.begin("/some.db", SLUG, "text")
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_a_text_that_the_editor_removed_is_not_there(home: Path) -> None:
    begun = EditedText.begin("/some.db", SLUG, "text")
    assert begun.is_there
    begun.path.unlink()
    assert not begun.is_there
    with pytest.raises(Refused, match="cannot be read"):
        begun.read(10)
    begun.drop()
