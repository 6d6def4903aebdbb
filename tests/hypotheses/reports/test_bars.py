"""Bars for kramdown, which makes a table of every line that has one."""

from __future__ import annotations

import pytest

from hypotheses.reports.text import barred


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("P(E|H) and A | B", r"P(E\|H) and A \| B"),
        ("`a|b` and c|d", r"`a|b` and c\|d"),
        (r"a \| b", r"a \| b"),
        ("| a | b |\n| --- | :-: |\n| 1 | 2 |", "| a | b |\n| --- | :-: |\n| 1 | 2 |"),
        ("> a | b\n> ---|---\n> 1 | 2", "> a | b\n> ---|---\n> 1 | 2"),
        ("a | b\n\n--- no rule", "a \\| b\n\n--- no rule"),
        ("```\na | b\n```\nc | d", "```\na | b\n```\nc \\| d"),
        ("$$P(E|H) = 1$$ if A|B", r"$$P(E|H) = 1$$ if A\|B"),
        ("Text:\n\n    a | b\n    c | d\n\ne | f", "Text:\n\n    a | b\n    c | d\n\ne \\| f"),
    ],
)
def test_a_bar_is_escaped_where_no_table_is_meant(written: str, read: str) -> None:
    assert barred(written) == read
