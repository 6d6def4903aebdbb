"""What edits do to what hangs on a name: nothing in use vanishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses import edits
from hypotheses.admission import admit
from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.edits import InUse
from hypotheses.estimates import estimate
from hypotheses.formulas import names, parse_formula, substituted
from hypotheses.problems import Malformed, Refused
from hypotheses.reading import Correlation, Reading
from tests.assuming import assumed
from tests.store.conftest import small_debate


@pytest.mark.parametrize(
    ("formula", "becomes"),
    [
        ("a + aa * a2", "x + aa * a2"),
        ("2e5 * e5 / a", "2e5 * e5 / x"),
        ("  a ** 2  ", "  x ** 2  "),
        ("a *\r\n  a\u2028+ 1", "x *\r\n  x\u2028+ 1"),
        ("max(max, a)", "max(max, x)"),
        ("- a", "- x"),
        ("b", "b"),
    ],
)
def test_a_name_in_a_formula_is_replaced_where_it_stands_and_nothing_else(formula: str, becomes: str) -> None:
    assert substituted(formula, "a", "x") == becomes
    assert substituted(becomes, "x", "a") == formula


def test_a_function_is_no_name() -> None:
    assert substituted("max(max, 2)", "max", "most") == "max(most, 2)"
    assert names(parse_formula(substituted("min(min, min(2, min))", "min", "least"))) == ("least",)


def with_readers(debate: Debate) -> Debate:
    """Return the small debate with a gap over its gap, and an effect that reads the formula of a quantity."""
    debate = edits.gap_added(debate, Gap("twice", "2 * shortage", unit=""))
    return edits.effect_set(debate, "fewer", "people", "people + pianos * 0")


def test_what_others_use_is_not_removed_and_they_are_named() -> None:
    debate = with_readers(small_debate())
    with pytest.raises(InUse) as met:
        edits.quantity_removed(debate, "people")
    assert met.value.users == (
        "the quantity 'pianos'",
        "the effect of 'fewer' on it",
        "the correlation of 'owners' with it",
    )
    assert met.value.replaceable
    assert str(met.value) == (
        "removing the quantity 'people' would take along the quantity 'pianos', the effect of 'fewer' on it and the"
        " correlation of 'owners' with it; say so (--with), or put a value in its place (--instead)"
    )
    with pytest.raises(InUse, match="the gap 'shortage' would take along the gap 'twice'"):
        edits.gap_removed(debate, "shortage")


def test_what_hangs_on_a_quantity_goes_with_it_and_so_does_what_hangs_on_that() -> None:
    before = with_readers(small_debate())
    after = edits.quantity_removed(before, "people", along=True)
    admit(before, after)
    # The quantity pianos reads people, the gap shortage reads pianos, and twice reads shortage.
    assert list(after.quantities) == ["owners", "known"]
    assert list(after.gaps) == []
    assert after.hypotheses["fewer"].effects == {}
    assert after.hypotheses["uncounted"] is before.hypotheses["uncounted"]
    assert after.quantities["owners"].readings["survey"].correlated is None


def test_a_number_in_the_place_of_a_quantity_keeps_the_figures() -> None:
    before = edits.value_set(small_debate(), "people", "8M")
    before = edits.reading_edited(before, "owners", "survey", {"correlated": None})
    after = edits.quantity_removed(before, "people", instead="8M")
    admit(before, after)
    assert after.quantities["pianos"].formula == "8000000 * owners"
    was, now = (estimate(each).gaps["shortage"].now for each in (before, after))
    assert (now.median, now.p5) == pytest.approx((was.median, was.p5))


def test_a_negative_number_stands_in_parentheses() -> None:
    debate = replace(small_debate(), gaps={"g": Gap("g", "2 ** known")})
    assert edits.quantity_removed(debate, "known", instead="-3", along=True).gaps["g"].formula == "2 ** (-3)"


def test_only_a_number_can_stand_in_the_place_of_a_quantity_and_only_in_formulas() -> None:
    with pytest.raises(Malformed, match="only a number can stand in a formula"):
        edits.quantity_removed(small_debate(), "people", instead="8.1M to 8.4M")
    with pytest.raises(InUse) as met:
        edits.quantity_removed(small_debate(), "known", instead="300")
    assert met.value.users == ("the effect of 'uncounted' on it",)
    assert not met.value.replaceable


def test_an_assumption_goes_before_a_quantity_of_its_name() -> None:
    hypothesis = Hypothesis("h", "H", effects={"a": "a * b"}, assumes=assumed(b="2"))
    quantities = {symbol: Quantity(symbol, readings={"value": Reading("1")}) for symbol in "ab"}
    debate = Debate("d", "D", quantities=quantities, hypotheses={"h": hypothesis})
    assert edits.quantity_removed(debate, "b").hypotheses == debate.hypotheses
    with pytest.raises(InUse, match="the assumption 'b' would take along the effect on 'a'"):
        edits.assumption_cleared(debate, "h", "b")
    assert edits.assumption_cleared(debate, "h", "b", instead="2").hypotheses["h"].effects == {"a": "a * 2"}
    assert edits.assumption_cleared(debate, "h", "b", along=True).hypotheses["h"].effects == {}


def test_a_convention_is_the_readings_of_its_name() -> None:
    debate = small_debate()
    debate = edits.convention_added(debate, "mixed", {"known": Reading("400"), "uncounted.unlisted": Reading("1")})
    assert debate.conventions == ("post", "survey", "mixed")
    renamed = edits.convention_renamed(edits.reading_chosen(debate, "known", "mixed"), "mixed", "other")
    assert list(renamed.quantities["known"].readings) == ["value", "other"]
    assert renamed.quantities["known"].chosen == "other"
    assert list(renamed.hypotheses["uncounted"].assumes["unlisted"].readings) == ["value", "other"]
    gone = edits.convention_removed(renamed, "other")
    assert gone == small_debate()
    without = edits.convention_removed(small_debate(), "post")
    assert (without.convention, list(without.quantities["owners"].readings)) == ("survey", ["survey"])


def test_a_convention_that_is_the_only_reading_of_something_takes_it_along_or_stays() -> None:
    debate = edits.convention_removed(small_debate(), "survey")
    with pytest.raises(InUse, match="the convention 'post' would take along 'owners', which has no other reading"):
        edits.convention_removed(debate, "post")
    after = edits.convention_removed(debate, "post", along=True)
    assert list(after.quantities) == ["people", "known"]
    assert after.convention == ""


def test_where_the_convention_loses_its_last_reading_the_next_one_counts() -> None:
    before = small_debate()
    for after in (
        edits.reading_removed(before, "owners", "post"),
        edits.convention_removed(before, "post"),
    ):
        admit(before, after)
        assert after.convention == "survey"
    for after in (
        edits.quantity_removed(before, "owners", along=True),
        edits.value_set(before, "owners", "= 0.01"),
    ):
        admit(before, after)
        assert after.convention == ""


@pytest.mark.parametrize("name", ["post", "value", "mine"])
def test_a_convention_has_a_name_of_its_own(name: str) -> None:
    with pytest.raises(Refused, match="expected another name"):
        edits.convention_renamed(small_debate(), "survey", name)


def test_the_only_reading_of_something_is_not_removed() -> None:
    debate = edits.reading_removed(small_debate(), "owners", "post")
    with pytest.raises(Refused, match="'survey' is the only reading of owners"):
        edits.reading_removed(debate, "owners", "survey")
    with pytest.raises(Refused, match="pianos is a formula, people \\* owners"):
        edits.reading_added(debate, "pianos", "post", Reading("1"))


def test_a_value_that_begins_with_a_sign_of_equality_is_a_formula() -> None:
    debate = edits.value_set(small_debate(), "known", "= people / 2")
    known = debate.quantities["known"]
    assert (known.formula, known.readings) == ("people / 2", {})
    added = edits.quantity_added(debate, Quantity("cost"), "$3")
    assert (added.quantities["cost"].unit, added.quantities["cost"].readings) == ("$", {"value": Reading("$3")})


def test_the_correlation_of_a_reading_can_be_set() -> None:
    debate = edits.reading_edited(small_debate(), "owners", "post", {"correlated": Correlation("people", -0.5)})
    admit(small_debate(), debate)


def test_only_one_gap_is_the_headline() -> None:
    debate = edits.gap_added(small_debate(), Gap("other", "known", headline=True))
    assert [gap.headline for gap in debate.gaps.values()] == [False, True]
    back = edits.headline_set(debate, "shortage")
    assert back.headline == back.gaps["shortage"]
    assert list(edits.gap_moved(back, "other", 1).gaps) == ["other", "shortage"]
    with pytest.raises(Refused, match="there is no place 3; expected 1 to 2"):
        edits.gap_moved(back, "other", 3)
