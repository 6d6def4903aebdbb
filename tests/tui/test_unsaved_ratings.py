"""Ratings that are typed and not in the debate yet: cells show them until it has them."""

from __future__ import annotations

from hypotheses.debate import Assessment, Evidence
from tui.matrix.unsaved_ratings import UnsavedRatings

KEPT = Assessment(3.0, "It works.")
ITEM = Evidence("a", "Alpha", assessments={"one": KEPT})
ONE = ("a", "one")


def test_a_cell_shows_what_was_typed_last_else_what_the_item_says() -> None:
    ratings, first, last = UnsavedRatings(), Assessment(10.0), Assessment(0.1)
    assert ratings.in_row(ITEM, ["one", "two"]) == (KEPT, None)
    assert ratings.add(("a", "two"), None, first)
    assert ratings.add(("a", "two"), first, last)
    assert ratings.in_row(ITEM, ["one", "two"]) == (KEPT, last)
    assert ratings.in_cell(Evidence("b", "Beta"), "two") is None


def test_a_cleared_cell_shows_nothing() -> None:
    ratings = UnsavedRatings()
    assert ratings.add(ONE, KEPT, None)
    assert ratings.in_cell(ITEM, "one") is None
    assert ratings.in_row(ITEM, ["one"]) == (None,)


def test_what_stands_there_already_is_not_typed_anew() -> None:
    ratings = UnsavedRatings()
    assert not ratings.add(ONE, KEPT, Assessment(3.0, "It works."))
    assert not ratings.add(("a", "two"), None, None)
    assert not ratings
    # Not applicable is a rating, and another reason is another one.
    assert ratings.add(("a", "two"), None, Assessment(None))
    assert ratings.add(ONE, KEPT, Assessment(3.0))


def test_a_saved_rating_is_the_debates_unless_another_was_typed_since() -> None:
    ratings, first, last = UnsavedRatings(), Assessment(10.0), Assessment(10.0)
    ratings.add(ONE, KEPT, first)
    ratings.add(ONE, first, None)
    ratings.add(ONE, None, last)
    # Saved one after the other; the first says the same as the last.
    assert not ratings.saved(ONE, first)
    assert not ratings.saved(ONE, None)
    assert ratings.in_cell(ITEM, "one") is last
    assert ratings.saved(ONE, last)
    assert ratings.in_cell(ITEM, "one") is KEPT
    assert not ratings.saved(ONE, last)


def test_all_are_forgotten_with_the_debate() -> None:
    ratings = UnsavedRatings()
    ratings.add(ONE, KEPT, None)
    ratings.clear()
    assert ratings.in_cell(ITEM, "one") is KEPT
