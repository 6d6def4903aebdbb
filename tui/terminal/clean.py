"""Somebody's words, made harmless for a terminal: the only way they reach the screen or standard output.

Escape codes, direction overrides and invisible tag characters act on a terminal or mislead its reader
whatever widget or function prints them, so each is replaced by a visible twin. The original stays as it
is in the store and in every file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.reports.text import visible

if TYPE_CHECKING:
    from textual.content import Content


def clean_text(text: str, *, multiline: bool = False) -> str:
    r"""Replace every harmful character by a visible twin: `\x1b`, `<U+202E>`.

    With `multiline`, line ends and tabs stay what they are.
    """
    return visible(text, multiline=multiline)


def content(text: str, style: str = "", *, multiline: bool = False) -> Content:
    """Return cleaned text as Textual content in which no markup is read."""
    from textual.content import Content  # noqa: PLC0415 - the command line cleans text without loading Textual

    return Content.styled(clean_text(text, multiline=multiline), style)
