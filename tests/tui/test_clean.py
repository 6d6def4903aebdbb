"""Somebody's words never act on the terminal."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.clean import clean_text, content

HOSTILE = [
    ("\x1b]52;c;ZXZpbA==\x07", r"\x1b]52;c;ZXZpbA==\x07"),
    ("\x9b31m", r"\x9b31m"),
    ("\x00\x08\x7f", r"\x00\x08\x7f"),
    ("safe\u202egpj.exe", "safe<U+202E>gpj.exe"),
    ("a\u2066b\u2069", "a<U+2066>b<U+2069>"),
    ("hi\U000e0041", "hi<U+E0041>"),
    ("half \ud83d", "half <U+D83D>"),
    ("one\u2028two", "one<U+2028>two"),
    ("over\rwritten", r"over\rwritten"),
]


@pytest.mark.parametrize(("text", "twin"), HOSTILE)
def test_what_would_act_is_shown_instead(text: str, twin: str) -> None:
    assert clean_text(text) == twin
    assert clean_text(text, multiline=True) == twin


@pytest.mark.parametrize(
    "text", ["", "plain", "naïve Σ → ∞", "日本語", "👩‍🔬 👍🏽", "می‌خواهم", "[/foo] [@click=quit]x", "a\\x1b"]
)
def test_what_is_only_seen_stays(text: str) -> None:
    assert clean_text(text) == text


def test_line_ends_and_tabs_stay_only_where_asked() -> None:
    assert clean_text("a\n\tb") == r"a\n\tb"
    assert clean_text("a\n\tb\r\nc", multiline=True) == "a\n\tb\nc"


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_or_surrogate_is_left_in_anything(text: str) -> None:
    for multiline in (False, True):
        cleaned = clean_text(text, multiline=multiline)
        left = {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs")}
        assert left <= (set("\n\t") if multiline else set())
        assert clean_text(cleaned, multiline=multiline) == cleaned
        cleaned.encode("utf-8")


def test_content_reads_no_markup() -> None:
    shown = content("[b]bold[/b] [/foo] [@click=app.quit]x[/] \x1b[31m", "bold")
    assert shown.plain == r"[b]bold[/b] [/foo] [@click=app.quit]x[/] \x1b[31m"
    assert [span.style for span in shown.spans] == ["bold"]


def test_cleaning_text_does_not_load_textual() -> None:
    code = "import sys, tui.terminal.clean; tui.terminal.clean.clean_text('x'); print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
