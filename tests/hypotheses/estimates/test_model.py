"""What is wrong with a debate's numbers is said with its place, and the rest still works."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Hypothesis, Quantity
from hypotheses.estimates import check_model, estimate
from hypotheses.reading import Correlation, Reading
from tests.assuming import assumed
from tests.hypotheses.estimates.debates import debate, vision

GOOD = {"people": "8.1M to 8.4M", "share": "0.2% to 1%", "known": "5K"}


def found(numbers: Debate) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.place, problem.text) for problem in check_model(numbers)]


def test_a_sound_debate_has_no_problems() -> None:
    assert check_model(vision()) == ()


@pytest.mark.parametrize(
    ("quantities", "formula", "code", "place", "text"),
    [
        ({}, "peple * share", "unknown-name", "gaps.gap.formula", "'peple' is not known; did you mean 'people'?"),
        ({}, "people *", "bad-formula", "gaps.gap.formula", "cannot read"),
        ({}, "min(people)", "bad-formula", "gaps.gap.formula", "expected 2 arguments or more"),
        ({"people": "1,00"}, "people", "bad-value", "quantities.people.readings.value.value", "expected 100 or 1.00"),
        ({"x": "-1 to 3"}, "people / x", "no-result", "gaps.gap.formula", "divisor can be zero, found -1 to 3"),
        ({"x": "0"}, "people / x", "no-result", "gaps.gap.formula", "divisor can be zero"),
        ({"x": "-1 to 3"}, "x * people", "no-result", "gaps.gap.formula", "needs something above zero"),
        ({"x": "= log10(y)", "y": "normal -1 to 3"}, "x", "no-result", "quantities.x.formula", "above zero"),
        ({"x": "= (0 - 1000) ** 1000"}, "x", "no-result", "quantities.x.formula", "too large"),
        ({"x": "= (0 - people) ** 0.5"}, "x", "no-result", "quantities.x.formula", "fractional power"),
        ({"x": "= 10 ** people"}, "x * 0", "no-result", "gaps.gap.formula", ""),
        ({"a": "= b", "b": "= c", "c": "= a"}, "a", "cycle", "quantities.a.formula", "a -> b -> c -> a"),
        ({"a": "= a * 2"}, "a", "cycle", "quantities.a.formula", "a -> a"),
        ({}, "gap + people", "cycle", "gaps.gap.formula", "gap -> gap"),
    ],
)
def test_a_problem_is_found_with_its_place(
    quantities: dict[str, str], formula: str, code: str, place: str, text: str
) -> None:
    numbers = debate({**GOOD, **quantities}, {"gap": formula, "other": "known / 100"})
    assert [(c, p) for c, p, _ in found(numbers)] == [(code, place)]
    assert text in found(numbers)[0][2]
    # What does not need the broken part is still estimated: 5,000 / 100 is 1.7 orders of magnitude.
    assert set(estimate(numbers).gaps) == {"other"}
    assert estimate(numbers).gaps["other"].now.median == pytest.approx(1.69897)


def test_a_divisor_that_only_may_be_below_zero_far_out_is_fine() -> None:
    # A normal from 5 to 10 is below zero with a probability of 4e-7.
    assert check_model(debate({"a": "normal 5 to 10"}, {"gap": "100 / a"})) == ()


@pytest.mark.parametrize(
    "formula", ["weight + length", "weight - length", "min(weight, length)", "weight + (2 * 3 + length)"]
)
def test_units_that_cannot_match_are_found(formula: str) -> None:
    numbers = debate({}, {"gap": formula})
    units = {"weight": "kg", "length": "m"}
    quantities = {s: Quantity(s, unit=u, readings={"value": Reading("1 to 2")}) for s, u in units.items()}
    ((code, place, text),) = found(replace(numbers, quantities=quantities))
    assert (code, place) == ("unit-mismatch", "gaps.gap.formula")
    assert "'kg'" in text
    assert "'m'" in text


@pytest.mark.parametrize("formula", ["a + b", "a * c + b", "a / c", "max(a, 2)", "a + unknown"])
def test_units_that_match_or_are_not_given_are_fine(formula: str) -> None:
    units = {"a": "parameter", "b": "Parameters", "c": "m", "unknown": ""}
    quantities = {s: Quantity(s, unit=u, readings={"value": Reading("1 to 2")}) for s, u in units.items()}
    assert check_model(replace(debate({}, {"gap": formula}), quantities=quantities)) == ()


def test_readings_that_do_not_count_are_checked_as_well() -> None:
    quantity = Quantity("a", readings={"post": Reading("1"), "other": Reading("1e")})
    numbers = replace(debate({}, {"gap": "a"}, convention="post"), quantities={"a": quantity})
    assert [place for _, place, _ in found(numbers)] == ["quantities.a.readings.other.value"]
    assert estimate(numbers).gaps["gap"].now.median == 0


def test_a_quantity_without_anything_is_found() -> None:
    numbers = replace(debate({}, {"gap": "a"}), quantities={"a": Quantity("a")})
    assert [(code, place) for code, place, _ in found(numbers)] == [("no-value", "quantities.a")]


@pytest.mark.parametrize(
    ("effects", "assumes", "code", "place", "text"),
    [
        ({"knwn": "known"}, {}, "unknown-name", "hypotheses.h.effects.knwn", "did you mean 'known'?"),
        ({"known": "known * fctor"}, {"factor": "2"}, "unknown-name", "hypotheses.h.effects.known", "'factor'"),
        ({"known": "known *"}, {}, "bad-formula", "hypotheses.h.effects.known", "cannot read"),
        (
            {"known": "known * factor"},
            {"factor": "2 to"},
            "bad-value",
            "hypotheses.h.assumes.factor.readings.value.value",
            "not a number",
        ),
        ({"known": "known / (factor - 2)"}, {"factor": "1 to 3"}, "no-result", "hypotheses.h.effects.known", "zero"),
        ({"people": "twice"}, {}, "cycle", "hypotheses.h.effects.people", "people -> twice -> people"),
        ({"people": "gap"}, {}, "cycle", "hypotheses.h.effects.people", "people -> gap -> people"),
    ],
)
def test_a_broken_effect_is_found_and_only_its_hypothesis_is_left_out(
    effects: dict[str, str], assumes: dict[str, str], code: str, place: str, text: str
) -> None:
    broken = Hypothesis("h", "H", effects=effects, assumes=assumed(**assumes))
    sound = Hypothesis("sound", "S", effects={"known": "known * 10"})
    numbers = debate({**GOOD, "twice": "= people * 2"}, {"gap": "known / people", "twices": "twice"}, (broken, sound))
    assert [(c, p) for c, p, _ in found(numbers)] == [(code, place)]
    assert text in found(numbers)[0][2]
    gap = estimate(numbers).gaps["gap"]
    assert gap.explained["sound"].median == pytest.approx(-1)
    if "knwn" not in effects:
        assert "h" not in gap.under


@pytest.mark.parametrize(
    ("correlated", "text"),
    [
        (Correlation("other", 0.5), "did you mean"),
        (Correlation("ratio", 0.5), "is a formula"),
        (Correlation("a", 1.5), "expected -1 to 1"),
        (Correlation("b", 0.5), "b -> b is a circle"),
    ],
)
def test_a_correlation_that_cannot_be_is_found(correlated: Correlation, text: str) -> None:
    quantities = {
        "a": Quantity("a", readings={"value": Reading("1 to 2")}),
        "b": Quantity("b", readings={"value": Reading("1 to 2", correlated=correlated)}),
        "ratio": Quantity("ratio", formula="a / b"),
        "others": Quantity("others", readings={"value": Reading("1 to 2")}),
    }
    numbers = replace(debate({}, {"gap": "ratio"}), quantities=quantities)
    ((code, place, found_text),) = found(numbers)
    assert (code, place) == ("bad-correlation", "quantities.b.readings.value.correlated")
    assert text in found_text
    assert estimate(numbers).gaps["gap"].now.median == pytest.approx(0)


def test_a_gap_with_the_name_of_a_quantity_is_found() -> None:
    numbers = debate({"a": "1"}, {"a": "a * 2", "b": "a * 10"})
    assert [(code, place) for code, place, _ in found(numbers)] == [("duplicate-name", "gaps.a")]
    assert estimate(numbers).gaps["b"].now.median == 1


def test_why_a_gap_is_not_available_is_said() -> None:
    results = estimate(debate({"x": "-1 to 3"}, {"gap": "1 / x", "next": "gap * 2"}))
    assert set(results.problems) == {"gap", "next"}
    assert results.problems["next"].place == "gaps.gap.formula"
