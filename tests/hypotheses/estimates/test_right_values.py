"""Gaps whose right values are known by other means: closed forms, quadratures, inverted distribution functions."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from hypotheses.arithmetic import bisect_increasing
from hypotheses.debate import OOM, Gap
from hypotheses.estimates import GapEstimate, Result, estimate
from hypotheses.reports.result_text import method
from hypotheses.values import parse_value
from tests.hypotheses.estimates.debates import debate

Z = NormalDist().inv_cdf(0.95)


def gap_of(quantities: dict[str, str], formula: str, unit: str = "points") -> GapEstimate:
    numbers = replace(debate(quantities, {}), gaps={"g": Gap("g", formula, unit=unit)})
    return estimate(numbers).gaps["g"]


def now(quantities: dict[str, str], formula: str, unit: str = "points") -> Result:
    return gap_of(quantities, formula, unit).now


def shown(result: Result) -> tuple[float, float, float]:
    return result.p5, result.median, result.p95


def test_one_uncertain_input_is_exact_also_where_it_falls() -> None:
    """1 - (1 - lo) ** 10 rises up to lo = 1 and falls from there, where a thousandth of lo still lies."""
    lo = parse_value("lognormal 0.0001 to 0.1")

    def below(y: float) -> float:
        reach = (1 - y) ** 0.1
        return lo.cdf(1 - reach) + 1 - lo.cdf(1 + reach)

    chance = now({"lo": "lognormal 0.0001 to 0.1"}, "1 - (1 - lo) ** 10")
    assert chance.method == "exact"
    assert shown(chance) == pytest.approx([bisect_increasing(below, p, -1, 1) for p in (0.05, 0.5, 0.95)], rel=1e-9)
    assert chance.p95 == pytest.approx(0.6423, abs=1e-4)


def test_one_uncertain_input_is_exact_where_it_turns() -> None:
    """(k - 10)² has its least value at k's median: it is at most y where k lies between 10 - √y and 10 + √y."""
    k = parse_value("lognormal 1 to 100")

    def below(y: float) -> float:
        return k.cdf(10 + math.sqrt(y)) - k.cdf(10 - math.sqrt(y))

    squared = now({"k": "lognormal 1 to 100"}, "(k - 10) ** 2")
    assert squared.method == "exact"
    assert shown(squared) == pytest.approx([bisect_increasing(below, p, 0, 1e6) for p in (0.05, 0.5, 0.95)], rel=1e-9)
    assert squared.cdf(81) == pytest.approx(below(81))


@pytest.mark.parametrize(
    ("value", "formula", "percentiles"),
    [
        # a * a - a rises from 1 on: the medians of draws are between the third and the fourth, 3.5² - 3.5.
        ("samples(1, 2, 3, 4, 50, 60)", "a * a - a", (0, 8.75, 3540)),
        # |u| of a uniform from -1 to 3: below 1 it counts twice. 0.05 = 2y/4; 0.5 = 2/4; 0.95 = (1 + y)/4.
        ("uniform -1 to 3", "abs(a)", (0.1, 1, 2.8)),
        # At least 2 of a uniform from 0 to 4: half of it is 2.
        ("uniform 0 to 4", "max(a, 2)", (2, 2, 3.8)),
        # 1 / (a - 4) falls as a rises.
        ("uniform 1 to 3", "1 / (a - 4)", (1 / (1.1 - 4), 1 / (2 - 4), 1 / (2.9 - 4))),
    ],
)
def test_one_input_of_any_shape_is_exact(value: str, formula: str, percentiles: tuple[float, float, float]) -> None:
    result = now({"a": value}, formula)
    assert result.method == "exact"
    expected = sorted(percentiles)
    assert shown(result) == pytest.approx(expected, rel=1e-9)


def test_the_probability_at_most_at_a_mass_has_the_mass_in_it() -> None:
    half = now({"a": "uniform 0 to 4"}, "max(a, 2)")
    assert (half.cdf(2), half.cdf(math.nextafter(2, 0))) == pytest.approx((0.5, 0.0), abs=1e-12)
    turned = now({"a": "mixture(1: 3, 1: uniform 5 to 6)"}, "10 - a")
    assert (turned.cdf(7), turned.cdf(math.nextafter(7, 0))) == pytest.approx((1, 0.5))
    # The mass at 3 is where |a - 3| turns: half of everything; the rest is even from 0 to 6.
    folded = now({"a": "mixture(1: 3, 1: uniform 0 to 6)"}, "abs(a - 3)")
    assert folded.method == "exact"
    assert (folded.cdf(0), folded.cdf(1), folded.below(0)) == pytest.approx((0.5, 0.5 + 1 / 6, 0), abs=1e-9)
    # Half of it is the median itself: 5 (5 to 10) has nothing below 5.
    assert parse_value("5 (5 to 10)").cdf(5) == 0.5
    assert parse_value("5 (1 to 5)").cdf(5) == 1
    assert now({"a": "2"}, "a * 3", "yr").cdf(6) == 1
    sampled = now({"a": "uniform 0 to 4", "b": "uniform 0 to 1"}, "max(a - b, 2)")
    # P(a - b <= 2) = (2 + 1/2) / 4.
    assert sampled.cdf(2) == pytest.approx(2.5 / 4, abs=0.002)


def inside(result: Result, expected: tuple[float, float, float]) -> None:
    assert result.error is not None
    for found, right in zip(shown(result), expected, strict=True):
        assert abs(found - right) <= result.error + 1e-9 * abs(right)


def test_growth_has_the_median_of_what_grows() -> None:
    result = now({"r": "0.01 to 1", "b": "1 to 2"}, "exp(r * 100) - b")
    # e ** (100 r) has e, e ** 10 and e ** 100; b takes 1 to 2 away, which is nothing at the last.
    assert result.p5 == pytest.approx(1.3, abs=0.3)
    assert result.median == pytest.approx(math.exp(10), rel=0.001)
    assert math.log10(result.p95) == pytest.approx(100 / math.log(10), abs=0.05)


def test_a_tail_does_not_blur_what_lies_below_it() -> None:
    """The distribution function of b, averaged over a, inverted."""
    a, b = parse_value("uniform 0 to 1"), parse_value("1 to 1e6")
    middles = [a.quantile((n + 0.5) / 2000) for n in range(2000)]

    def below(y: float) -> float:
        return sum(b.cdf(y + one) for one in middles) / len(middles)

    expected = tuple(bisect_increasing(below, p, -1, 1e9) for p in (0.05, 0.5, 0.95))
    assert expected == pytest.approx((0.52578, 999.5, 999_999.5), rel=1e-3)
    inside(now({"a": "uniform 0 to 1", "b": "1 to 1e6"}, "b - a"), (expected[0], expected[1], expected[2]))


def test_a_product_that_is_moved() -> None:
    # a * b is lognormal: its log10 has the mean 0 + log10(2)/2 and the variance of both.
    deviation = math.hypot(2, math.log10(2) / 2) / Z
    percentiles = [10 ** (math.log10(2) / 2 + z * deviation) - 1 for z in (-Z, 0, Z)]
    inside(now({"a": "0.01 to 100", "b": "1 to 2"}, "a * b - 1"), (percentiles[0], percentiles[1], percentiles[2]))


def mean_of_lognormal(low: float, high: float) -> float:
    """Return exp(m + s²/2)."""
    deviation = math.log(high / low) / 2 / Z
    return math.sqrt(low * high) * math.exp(deviation * deviation / 2)


@pytest.mark.parametrize(
    ("quantities", "formula", "mean"),
    [
        ({"a": "1 to 1e6", "b": "1 to 3"}, "a + b", mean_of_lognormal(1, 1e6) + mean_of_lognormal(1, 3)),
        ({"x": "5 to 50333333", "y": "1 to 1e6"}, "x - y", mean_of_lognormal(5, 50333333) - mean_of_lognormal(1, 1e6)),
        (
            {"a": "mixture(0.99: 1 to 2, 0.01: 1e3 to 1e6)", "b": "1 to 3"},
            "a * b",
            (0.99 * mean_of_lognormal(1, 2) + 0.01 * mean_of_lognormal(1e3, 1e6)) * mean_of_lognormal(1, 3),
        ),
        ({"u": "uniform 0 to 4", "v": "uniform -1 to 3", "w": "-1 to 5"}, "u * v - w", 2 * 1 - 2),
    ],
)
def test_means_of_sums_and_products_are_exact(quantities: dict[str, str], formula: str, mean: float) -> None:
    result = now(quantities, formula)
    assert result.mean.value == pytest.approx(mean, rel=1e-6)
    assert result.mean.error is None


def test_a_mean_that_is_drawn_lies_within_its_error() -> None:
    decay = now({"a": "0.1 to 100", "b": "1 to 2"}, "exp(-a * b)")
    # Over the normal ln(a b), by the midpoint rule.
    center, deviation = math.log(math.sqrt(10 * 2)), math.hypot(math.log(1000), math.log(2)) / 2 / Z
    scores = [NormalDist().inv_cdf((n + 0.5) / 100_000) for n in range(100_000)]
    right = sum(math.exp(-math.exp(center + deviation * z)) for z in scores) / len(scores)
    assert right == pytest.approx(0.19991, abs=1e-4)
    assert decay.mean.error is not None
    assert abs(decay.mean.value - right) <= decay.mean.error < 0.001


def test_a_mean_that_hangs_on_rare_values_is_left_out_with_the_reason() -> None:
    for formula in ("exp(r * 100) - b", "max(r ** 9, b)"):
        mean = now({"r": "0.01 to 1", "b": "1 to 2"}, formula).mean
        assert math.isnan(mean.value)
        assert mean.reason == "it hangs on values so rare that they cannot be counted on to be met"


def test_nine_uniforms_and_a_decay() -> None:
    """E[e^-n] of a normal is exp(-m + s²/2), and the mean of a product of independent uniforms is a half each."""
    quantities = {f"u{n}": "uniform 0 to 1" for n in range(9)} | {"n": "normal 1 to 3"}
    result = now(quantities, " * ".join([*(f"u{n}" for n in range(9)), "1e11", "exp(-n)"]))
    assert result.mean.value == pytest.approx(1e11 / 2**9 * math.exp(-2 + (1 / Z) ** 2 / 2), rel=1e-4)


def log10_of_lognormal(deviation: float) -> str:
    """Write a lognormal of median 1 whose log10 has this standard deviation."""
    return f"lognormal {10 ** (-deviation * Z)!r} to {10 ** (deviation * Z)!r}"


def test_are_we_alone() -> None:
    """Sandberg, Drexler and Ord, "Dissolving the Fermi Paradox" (2018, arXiv:1806.02404): Table 1 and section 3."""
    factors = {
        "stars": "loguniform 1 to 100",
        "with_planets": "loguniform 0.1 to 1",
        "habitable": "loguniform 0.1 to 1",
        "rate": log10_of_lognormal(50),
        "intelligent": "loguniform 0.001 to 1",
        "heard": "loguniform 0.01 to 1",
        "years": "loguniform 100 to 1e10",
    }
    formula = "stars * with_planets * habitable * (1 - exp(-rate)) * intelligent * heard * years"
    result = now(factors, formula, "civilisations")
    assert result.median == pytest.approx(0.32, abs=0.02)
    assert result.below(1) == pytest.approx(0.52, abs=0.005)
    assert result.mean.value == pytest.approx(27e6, rel=0.04)


def test_their_toy_model_is_empty_in_a_fifth_of_all_cases() -> None:
    """Nine parameters even from 0 to 0.2 and 100 billion stars: nobody in 21.45% of cases, though 100 are expected."""
    chances = {f"p{n}": "uniform 0 to 0.2" for n in range(9)}
    product = " * ".join(chances)
    assert now(chances, f"1e11 * {product}").mean.value == pytest.approx(1e11 * 0.1**9)
    empty = now(chances, f"exp(-1e11 * {product})").mean
    assert empty.error is not None
    assert abs(empty.value - 0.2145) <= empty.error + 0.00005


@pytest.mark.parametrize("formula", ["1 - exp(-x)", "-expm1(-x)", "(exp(x) - 1) / exp(x)", "expm1(x) * exp(-x)"])
def test_a_share_that_saturates_is_taken_whatever_the_range(formula: str) -> None:
    """1 - e^-x of an x from 1e-30 to 1e30: its order of magnitude is that of x below 1, and nearly 0 above."""
    result = now({"x": "1e-30 to 1e30"}, "1 - exp(-x)", OOM)
    assert shown(result) == pytest.approx((-30, math.log10(1 - math.exp(-1)), 0), abs=1e-9)
    small = now({"x": "1e-20 to 1e-10"}, formula)
    assert small.p95 == pytest.approx(1e-10, rel=1e-6)


def test_a_logarithm_near_one_keeps_its_digits() -> None:
    assert now({"x": "1e-20 to 1e-18"}, "log1p(x) * 1e18").p95 == pytest.approx(1)
    assert now({"x": "-0.5"}, "log1p(x)").median == pytest.approx(math.log(0.5))


def test_the_error_of_a_long_tail_is_told_apart_from_that_of_the_median() -> None:
    tail = gap_of({"a": "uniform 0 to 1", "b": "1 to 1e6"}, "b - a")
    errors = tail.now.errors
    assert errors is not None
    assert errors[1] < 10 < 1_000 < errors[2] == tail.now.error
    assert re.fullmatch(r"sampled, ±\S+ \(ends ±[0-9.e+]+\)", method(tail))
    even = gap_of({"a": "uniform 0 to 1", "b": "uniform 1 to 2"}, "b - a")
    assert re.fullmatch(r"sampled, ±\S+", method(even))
    assert method(gap_of({"a": "uniform 0 to 1"}, "a - 2")) == "exact"


def test_values_that_shrink_to_nothing_do_not_hide_the_others() -> None:
    """e^-a of a long tail goes down to 1e-300 and below: its percentiles are those of a, put in."""
    result = now({"a": "7.4 (1.86 to 174)", "b": "uniform 2 to 10"}, "b * exp(-a) - b * exp(-a * 0.14)")
    generator = np.random.default_rng(1)
    z, b = generator.standard_normal(400_000), generator.uniform(2, 10, 400_000)
    a = 7.4 * np.exp(z / Z * np.where(z > 0, math.log(174 / 7.4), math.log(7.4 / 1.86)))
    right = np.percentile(b * (np.exp(-a) - np.exp(-a * 0.14)), (5, 50, 95))
    assert shown(result)[:2] == pytest.approx(right[:2].tolist(), rel=0.01)
    assert abs(result.p95) < 1e-6


def test_no_figure_lies_beyond_what_the_result_can_be() -> None:
    piled_up = now({"a": "1 to 1000", "b": "uniform 0 to 1"}, "1 - exp(-a / 5) * b")
    assert piled_up.percentile(99.9) <= 1


@pytest.mark.parametrize(
    ("value", "formula", "percentiles"),
    [
        # Pairs of n: 0, 0, 1, 3, 6, 10, 15 of 0 to 6. P(n <= 1) = 0.199, P(n <= 2) = 0.423, P(n <= 3) = 0.647.
        ("poisson(3)", "n * (n - 1) / 2", (0, 3, 15)),
        # |n - 2.5|: 0.5 of 2 and 3 (0.448), 1.5 of 1 and 4 (0.317), 2.5 of 0 and 5 (0.151), 3.5 of 6 (0.050).
        ("poisson(3)", "abs(n - 2.5)", (0.5, 1.5, 3.5)),
        ("mixture(0.7: -1, 0.3: 2)", "n ** 2", (1, 1, 4)),
        ("mixture(0.5: 1, 0.5: 10)", "n + 9 / n", (10, 10, 10.9)),
        # 0.49, 0.09 and 5.29 with 0.5, 0.3 and 0.2.
        ("mixture(0.5: 1, 0.3: 2, 0.2: 4)", "(n - 1.7) ** 2", (0.09, 0.49, 5.29)),
    ],
)
def test_a_formula_that_turns_between_masses_counts_each_of_them(
    value: str, formula: str, percentiles: tuple[float, float, float]
) -> None:
    result = now({"n": value}, formula)
    assert result.method == "exact"
    assert shown(result) == pytest.approx(percentiles, rel=1e-9, abs=1e-9)
    assert result.cdf(1e6) == pytest.approx(1, abs=1e-9)


def test_a_power_that_is_no_number_lies_below_every_number() -> None:
    # x^1.5 rises with x, whose p95 is 9: 27.
    assert now({"x": "normal 0.1 to 9"}, "x ** 1.5").p95 == pytest.approx(27)
    assert now({"x": "5 to 9", "y": "1 to 4.9"}, "sqrt(x ** 2 - y ** 2)").p95 == pytest.approx(8.67, abs=0.05)


@pytest.mark.parametrize("formula", ["1 / x", "1 / x ** 2", "1 / x + y", "y / x"])
def test_what_can_be_divided_by_zero_has_no_mean_and_no_shares(formula: str) -> None:
    gap = gap_of({"x": "normal 0.1 to 4", "y": "0 to 100"}, formula)
    assert gap.now.mean.reason == "it has no end where it divides by zero"
    assert all(one.variance_share is None for one in gap.sensitivity)


def test_a_part_that_draws_seldom_meet_leaves_the_mean_unknown() -> None:
    # The mean is 1e-5 * E[loss], about 40, but of 32,768 draws a third of one hits.
    quantities = {"hit": "mixture(0.99999: 0, 0.00001: 1)", "floor": "0.9 to 1", "loss": "1e6 to 1e7"}
    gap = gap_of(quantities, "max(0, hit * loss - floor)")
    assert "so rare" in gap.now.mean.reason
    assert all(one.variance_share is None for one in gap.sensitivity)


def test_what_is_below_a_mass_leaves_it_out() -> None:
    never_negative = now({"need": "8 to 12", "have": "9 to 13"}, "max(0, need - have)")
    assert never_negative.below(0) == pytest.approx(0, abs=1e-4)
    assert never_negative.cdf(0) == pytest.approx(0.724, abs=0.005)
    numbers = replace(
        debate({"need": "8 to 12", "have": "9 to 13"}, {}),
        gaps={"g": Gap("g", "max(-1, need - have)", unit="points", tolerance=1.0)},
    )
    gap = estimate(numbers).gaps["g"]
    likely = gap.chances(gap.now)
    assert likely is not None
    # The mass at -1 lies within the tolerance.
    assert likely.closed == pytest.approx(0.88, abs=0.01)


def test_a_sum_in_which_a_power_is_one_but_for_a_little() -> None:
    # y p + p of a p of 1e-19: (1 + 1.4) p, so about -18.62.
    result = now({"y": "1 to 2", "p": "1e-20 to 1e-18"}, "y * (1 - exp(-p)) + 1 - exp(-p)", OOM)
    assert result.median == pytest.approx(math.log10(2.42) - 19, abs=0.01)


def test_far_out_where_two_logarithms_of_zero_part_the_last_number_stands() -> None:
    """log10 n - log10 sqrt n of a count: half of log10 n, and no number where the count is 0, once in 10⁹ cases."""
    half = gap_of({"n": "poisson(21)"}, "log10(n) - log10(sqrt(n))")
    # The median count is 21.
    assert half.now.median == pytest.approx(math.log10(21) / 2)
    assert half.now.percentile(1e-300) == pytest.approx(0)
