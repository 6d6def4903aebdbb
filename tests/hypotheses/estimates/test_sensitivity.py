"""What a gap hangs on."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import pytest

from hypotheses.debate import Debate, Gap, Quantity
from hypotheses.estimates import Sensitivity, estimate
from hypotheses.reading import Correlation, Reading
from tests.hypotheses.estimates.debates import debate, vision


def sensitivity_of(numbers: Debate, gap: str = "gap", scenario: tuple[str, ...] = ()) -> dict[str, Sensitivity]:
    return {one.quantity: one for one in estimate(numbers, scenario=scenario).gaps[gap].sensitivity}


def test_shares_of_the_variance_are_those_of_the_closed_form() -> None:
    found = sensitivity_of(
        debate({"a": "1 to 10", "b": "10 to 1000", "c": "5", "unused": "1 to 2"}, {"gap": "a ** 3 * b / c"})
    )
    # Deviations in proportion 3 * 0.5 to 1: 2.25 and 1 of 3.25.
    assert found["a"].variance_share == pytest.approx(2.25 / 3.25)
    assert found["b"].variance_share == pytest.approx(1 / 3.25)
    assert found["c"].variance_share == 0
    assert list(found) == ["a", "b", "c"]


def test_the_tornado_moves_one_input_at_a_time() -> None:
    found = sensitivity_of(debate({"a": "1 to 10", "b": "10 to 1000", "c": "5"}, {"gap": "a / b"}))
    # a at its ends, b at its median of 100; then b at its ends, a at its median of 10 ** 0.5.
    assert [found["a"].low, found["a"].high] == pytest.approx([-2, -1])
    assert [found["b"].low, found["b"].high] == pytest.approx([-0.5, -2.5])


def test_the_break_even_value_closes_the_gap() -> None:
    found = sensitivity_of(vision(), "puzzle")
    # The puzzle is (visual / image) / (language / model); each alone has to move by the whole 112.36.
    assert found["visual_cortex"].break_even == pytest.approx(890e6)
    assert found["image_model"].break_even == pytest.approx(100e9)
    assert found["language_areas"].break_even == pytest.approx(175e9 * 100e9 / 890e6)
    assert found["language_model"].break_even == pytest.approx(175e9 * 890e6 / 100e9)
    assert "gpt2" not in found


def test_the_break_even_of_an_assumption() -> None:
    found = sensitivity_of(vision(), "puzzle", ("fair", "parity"))
    # With parity the gap is -0.0163, so the fair comparison has to take -0.0163 OOM off to close it.
    left = math.log10(100e9 / 890e6) - math.log10(175 / 1.5)
    assert found["fair.ooms"].break_even == pytest.approx(left)
    assert found["fair.ooms"].variance_share == pytest.approx(1)
    assert found["gpt2"].break_even == pytest.approx(1.5e9 * 10 ** (1.5 - left))
    # Under parity the model is GPT-2, whatever GPT-3 is.
    assert found["language_model"].break_even is None


def test_a_break_even_without_closed_form_is_found_by_search() -> None:
    found = sensitivity_of(vision(), "vision", ("filters",))
    # distinct + (1 - distinct) / 1000 has to be 0.0089: distinct = (0.0089 - 0.001) / 0.999.
    assert found["filters.distinct"].break_even == pytest.approx((0.0089 - 0.001) / 0.999)
    # The copies cannot close it: a tenth of the cortex is distinct.
    assert found["filters.copies"].break_even is None


def test_a_gap_in_its_own_unit_has_no_break_even() -> None:
    numbers = replace(debate({"a": "1 to 10"}, {}), gaps={"years": Gap("years", "a * 2", unit="yr")})
    found = sensitivity_of(numbers, "years")
    assert found["a"].break_even is None
    assert [found["a"].low, found["a"].high] == pytest.approx([2, 20])


def test_first_order_shares_of_a_sampled_gap() -> None:
    # A uniform's log10 between 1 and 9 against a lognormal: independent, so the shares are the two variances.
    found = sensitivity_of(debate({"u": "uniform 1 to 9", "v": "1 to 10"}, {"gap": "u * v"}))
    logs = [math.log10(1 + 8 * (n + 0.5) / 10_000) for n in range(10_000)]
    mean = sum(logs) / len(logs)
    uniform = sum((x - mean) ** 2 for x in logs) / len(logs)
    lognormal = (0.5 / NormalDist().inv_cdf(0.95)) ** 2
    assert found["u"].variance_share == pytest.approx(uniform / (uniform + lognormal), abs=0.005)
    assert found["v"].variance_share == pytest.approx(lognormal / (uniform + lognormal), abs=0.005)


def test_of_correlated_inputs_each_counts_with_what_it_tells_of_the_gap() -> None:
    quantities = {
        "a": Quantity("a", readings={"value": Reading("1 to 10")}),
        "b": Quantity("b", readings={"value": Reading("1 to 100", correlated=Correlation("a", 0.5))}),
    }
    found = sensitivity_of(replace(debate({}, {"gap": "b / a"}), quantities=quantities))
    # In units of z: a -0.5, b 1, with correlation rho: Var = 0.25 + 1 - rho. What an input tells of the gap is its
    # covariance with it: rho - 0.5 of a's score, 1 - rho / 2 of b's. Squared, these are parts of the variance.
    rho = 2 * math.sin(math.pi / 12)
    assert found["a"].variance_share == pytest.approx((rho - 0.5) ** 2 / (1.25 - rho))
    assert found["b"].variance_share == pytest.approx((1 - rho / 2) ** 2 / (1.25 - rho))


def in_points(quantities: dict[str, str], formula: str) -> dict[str, Sensitivity]:
    return sensitivity_of(replace(debate(quantities, {}), gaps={"gap": Gap("gap", formula, unit="points")}))


def test_shares_are_those_of_the_figure_that_is_shown() -> None:
    # Lognormals with ln-deviations s: 0.7 and 1.4. In points Var(E[ab | a]) / Var(ab) = (e^s² - 1) / (e^(s² + t²) - 1).
    s, t = (math.log(ratio) / 2 / NormalDist().inv_cdf(0.95) for ratio in (10, 100))
    whole = math.expm1(s * s + t * t)
    found = in_points({"a": "1 to 10", "b": "1 to 100"}, "a * b")
    assert found["a"].variance_share == pytest.approx(math.expm1(s * s) / whole)
    assert found["b"].variance_share == pytest.approx(math.expm1(t * t) / whole)


def test_shares_of_a_heavy_tail_are_right() -> None:
    # A sum of independent inputs: own variance over the whole. a is lognormal: m² (e^s² - 1); b is normal.
    s = math.log(1000) / 2 / NormalDist().inv_cdf(0.95)
    mean = math.sqrt(1000) * math.exp(s * s / 2)
    tail, body = mean * mean * math.expm1(s * s), (49.5 / NormalDist().inv_cdf(0.95)) ** 2
    found = in_points({"a": "1 to 1000", "b": "normal 1 to 100"}, "a + b")
    assert found["a"].variance_share == pytest.approx(tail / (tail + body))
    assert found["b"].variance_share == pytest.approx(body / (tail + body))


def test_shares_of_a_product_of_shapes_without_closed_form() -> None:
    # Independent u, v: Var(E[uv | u]) = Var(u) E[v]². A uniform has the variance (high - low)² / 12.
    means, variances = (3, 5), (4 / 3, 16 / 12)
    whole = (variances[0] + 9) * (variances[1] + 25) - (means[0] * means[1]) ** 2
    found = in_points({"u": "uniform 1 to 5", "v": "uniform 3 to 7"}, "u * v")
    assert found["u"].variance_share == pytest.approx(variances[0] * 25 / whole, abs=1e-4)
    assert found["v"].variance_share == pytest.approx(variances[1] * 9 / whole, abs=1e-4)


def test_an_input_that_is_one_of_two_tells_what_its_values_tell() -> None:
    quantities = {
        "x": Quantity("x", readings={"v": Reading("mixture(0.5: 0, 0.5: 1)")}),
        "y": Quantity("y", readings={"v": Reading("beta(2, 3)", correlated=Correlation("x", -0.9))}),
    }
    numbers = replace(debate({}, {}), quantities=quantities, gaps={"gap": Gap("gap", "x * y", unit="points")})
    # Var(E[xy | x]) / Var(xy) from the two conditional means, by a million draws of the Gaussian copula.
    assert sensitivity_of(numbers)["x"].variance_share == pytest.approx(0.694, abs=0.01)


def test_shares_that_hang_on_rare_values_are_not_known() -> None:
    found = in_points({"a": "1 to 1e6", "b": "1 to 2"}, "max(a, b) ** 2")
    assert found["a"].variance_share is None


def test_a_break_even_is_the_nearest_one_that_can_be() -> None:
    # sqrt(4) / 2 = 1, far below what is given.
    assert sensitivity_of(debate({"a": "normal 80 to 120"}, {"gap": "sqrt(a) / 2"}))["a"].break_even == pytest.approx(4)
    # e^a * 2 is 1 below zero only, where no lognormal is.
    below = sensitivity_of(debate({"a": "1 to 10", "b": "2"}, {"gap": "exp(a) * b"}))
    assert below["a"].break_even is None
    # (a + b) / b is above 1 for all of them.
    never = sensitivity_of(debate({"a": "1 to 10", "b": "2 to 5"}, {"gap": "(a + b) / b"}))
    assert (never["a"].break_even, never["b"].break_even) == (None, None)
    # (a - 3) (a - 10) is -1 at (13 ± √45) / 2, 3.15 and 9.85, and 1 at 2.86 and 10.14. From 8 it is nearest to 9.85.
    two = sensitivity_of(debate({"a": "normal 7 to 9"}, {"gap": "abs((a - 3) * (a - 10))"}))
    assert two["a"].break_even == pytest.approx((13 + math.sqrt(45)) / 2)
    # With the others at their medians it would be 1.1, which it cannot be; their sum has a higher median than that.
    higher = sensitivity_of(
        debate({"s": "uniform 0 to 1", "y": "1 to 100", "z": "1 to 100"}, {"gap": "s * (y + z) / 22"})
    )
    assert higher["s"].break_even == pytest.approx(0.776, abs=0.01)
    # A count is never 2.5, and what is 1 or 100 is never 14.
    counts = sensitivity_of(debate({"n": "poisson(3)", "y": "1 to 2"}, {"gap": "(n + 1) / (2.5 * y)"}))
    either = sensitivity_of(debate({"n": "mixture(0.5: 1, 0.5: 100)", "y": "1 to 2"}, {"gap": "n * y / 20"}))
    assert (counts["n"].break_even, either["n"].break_even) == (None, None)
    # A uniform from 0 to 6 is never 8.
    assert sensitivity_of(debate({"a": "uniform 0 to 6"}, {"gap": "8 / a"}))["a"].break_even is None


def test_a_break_even_that_is_typed_back_in_closes_the_shown_median() -> None:
    quantities = {"a": "1 (0.9 to 30)", "b": "1 (0.9 to 30)", "u": "uniform 1 to 9"}
    for formula in ("a * b", "(a + u) / 3", "u / (a + b)"):
        numbers = debate(quantities, {"gap": formula})
        for name, one in sensitivity_of(numbers).items():
            if one.break_even is not None:
                typed = debate({**quantities, name: repr(one.break_even)}, {"gap": formula})
                assert estimate(typed).gaps["gap"].now.median == pytest.approx(0, abs=1e-4), (formula, name)


def test_one_uncertain_input_has_all_of_the_variance() -> None:
    assert sensitivity_of(debate({"a": "uniform 1 to 3"}, {"gap": "a"}))["a"].variance_share == 1


@pytest.mark.parametrize("formula", ["a + b", "max(a, b) * b", "a * b + 1"])
def test_the_search_agrees_with_the_formula(formula: str) -> None:
    numbers = debate({"a": "0.01 to 0.1", "b": "0.1 to 0.5", "c": "3"}, {"gap": formula})
    for name, one in sensitivity_of(numbers).items():
        if one.break_even is not None:
            moved = replace(
                numbers,
                quantities={**numbers.quantities, name: Quantity(name, readings={"v": Reading(repr(one.break_even))})},
            )
            other = "b" if name == "a" else "a"
            median = {"a": math.sqrt(0.001), "b": math.sqrt(0.05)}[other]
            moved = replace(
                moved, quantities={**moved.quantities, other: Quantity(other, readings={"v": Reading(repr(median))})}
            )
            assert estimate(moved).gaps["gap"].now.median == pytest.approx(0, abs=1e-9)
