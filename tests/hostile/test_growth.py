"""Twice as much takes twice as long: what once took the square of the time, or was made into very much, at its size."""

from __future__ import annotations

from time import process_time
from typing import Final

import pytest

from tests.hostile.doors import BY_NAME, refused_or_taken
from tests.hostile.inputs import encoded

SECONDS: Final = 4
"""Of the processor; those that took the square of the time took ten and more, minutes some of them."""
CHARACTERS: Final = 60_000
STRETCHED: Final = (
    ("paste", "", "a-\n", ""),
    ("paste", "Marlow", ",", "x"),
    ("paste", "a", " ", "b"),
    ("mail (eml)", "From: a", ".", "<ana@example.org>\n\nx"),
    ("mail (eml)", "Subject: x\nContent-Type: multipart/mixed", ";", "\n\nx"),
    ("mail (eml)", "Subject: x\nContent-Type: multipart/mixed; boundary=", '"', "\n\nx"),
    ("mail (eml)", 'Subject: x\nContent-Type: multipart/mixed; boundary="b"\n\n', "--b\n\nx\n", ""),
    ("bibtex", "@misc{a, title = {T}, url = {", "http:/", "http://e.org/a}}"),
    ("bibtex", "@misc{a, title = {T}, url = {http://e.org/a", " ", "b}}"),
    ("bibtex", "@misc{a, title = {T}, author = {", "a and ", "b}}"),
    ("ris", "TY  - JOUR\nTI  - a\nDO  - 10.5555/a\nUR  - https", ":", "//e.org\nER  -"),
    ("zotero", '[{"itemType": "book", "title": "A", "url": "https://e.org/1', ";", '1"}]'),
    ("argdown", "===", "\n", "mode: x\n===\n\n[a]: b\n"),
    ("argdown", "[a]: b\n", "/* ", ""),
    ("argdown", "[a]: b\n", " <!-- /*", "-->"),
)
"""Door, what stands before, what is repeated, and what stands after."""


@pytest.mark.parametrize(("door", "start", "piece", "end"), STRETCHED)
def test_what_is_stretched_takes_little_time(door: str, start: str, piece: str, end: str) -> None:
    data = encoded(f"{start}{piece * (CHARACTERS // len(piece))}{end}")
    began = process_time()
    refused_or_taken(BY_NAME[door], data)
    assert process_time() - began < SECONDS
