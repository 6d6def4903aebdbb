"""What a value says of itself."""

from __future__ import annotations

import pytest

from hypotheses.debate import Hypothesis


@pytest.mark.parametrize(
    ("slug", "short", "name"),
    [
        ("old-yeast", "yeast", "yeast"),
        ("old-yeast", "", "old"),
        ("yeast", "", "yeast"),
        ("h1", "", "h1"),
    ],
)
def test_where_space_is_small_stands_the_short_name_or_else_the_first_word_of_the_slug(
    slug: str, short: str, name: str
) -> None:
    assert Hypothesis(slug, "The yeast was old", short=short).short_name == name
