"""The exact path: products and powers of lognormals, numbers and `10 ** normal` in closed form."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Debate, Gap, Hypothesis, Quantity
from hypotheses.estimates import GapEstimate, Result, estimate
from hypotheses.reading import Correlation, Reading
from hypotheses.values import parse_value
from tests.hypotheses.estimates.debates import debate, vision

Z = NormalDist().inv_cdf(0.95)


def gap_of(quantities: dict[str, str], formula: str) -> GapEstimate:
    return estimate(debate(quantities, {"gap": formula})).gaps["gap"]


def assert_normal(outcome: Result, mean: float, deviation: float) -> None:
    assert outcome.method == "exact"
    assert outcome.error is None
    assert outcome.median == pytest.approx(mean, abs=1e-9)
    assert outcome.mean.value == pytest.approx(mean, abs=1e-9)
    assert outcome.p5 == pytest.approx(mean - Z * deviation, abs=1e-9)
    assert outcome.p95 == pytest.approx(mean + Z * deviation, abs=1e-9)
    assert outcome.percentile(84.134474606854) == pytest.approx(mean + deviation, abs=1e-9)


def test_the_post_s_gaps() -> None:
    gaps = estimate(vision()).gaps
    # log10(100e9 / 890e6) = 2.05061, and language is at parity.
    assert_normal(gaps["vision"].now, math.log10(100e9 / 890e6), 0)
    assert gaps["puzzle"].now.median == pytest.approx(2.0506, abs=5e-5)
    assert gaps["language"].now.median == pytest.approx(0)
    # 2e9 / (10 * 3600 * 18 * 365) = 8.456 years.
    assert gaps["years"].now.median == pytest.approx(8.456, abs=5e-4)


@pytest.mark.parametrize(
    ("convention", "vision_gap", "language_gap", "puzzle"),
    [("post", 2.051, 0.0, 2.051), ("author-2022", 3.653, 0.497, 3.155), ("literature", 4.658, 1.711, 2.947)],
)
def test_a_convention_moves_every_gap(convention: str, vision_gap: float, language_gap: float, puzzle: float) -> None:
    gaps = estimate(replace(vision(), convention=convention)).gaps
    assert gaps["vision"].now.median == pytest.approx(vision_gap, abs=6e-4)
    assert gaps["language"].now.median == pytest.approx(language_gap, abs=6e-4)
    assert gaps["puzzle"].now.median == pytest.approx(puzzle, abs=6e-4)


@pytest.mark.parametrize(("convention", "median"), [("post", 0.551), ("author-2022", 1.655), ("literature", 1.447)])
def test_an_order_of_magnitude_or_two_is_taken_off(convention: str, median: float) -> None:
    gap = estimate(replace(vision(), convention=convention)).gaps["puzzle"]
    for slug in ("fair", "steps", "waste"):
        # A normal from 1 to 2 OOM: 1.5 off at the median, 2 at p5, 1 at p95.
        assert gap.under[slug].median == pytest.approx(median, abs=6e-4)
        assert gap.under[slug].p5 == pytest.approx(median - 0.5, abs=6e-4)
        assert gap.under[slug].p95 == pytest.approx(median + 0.5, abs=6e-4)
        assert_normal(gap.explained[slug], 1.5, 0.5 / Z)


@pytest.mark.parametrize(("convention", "median"), [("post", -0.016), ("author-2022", 1.088), ("literature", 0.88)])
def test_another_model_in_its_place_widens_language(convention: str, median: float) -> None:
    gaps = estimate(replace(vision(), convention=convention)).gaps
    assert gaps["puzzle"].under["parity"].median == pytest.approx(median, abs=6e-4)
    # log10(175 / 1.5) = 2.067.
    assert gaps["puzzle"].explained["parity"].median == pytest.approx(2.067, abs=6e-4)
    assert gaps["language"].explained["parity"].median == pytest.approx(-2.067, abs=6e-4)


def test_effects_of_several_hypotheses_stack() -> None:
    gap = estimate(vision(), scenario=["fair", "steps"]).gaps["puzzle"]
    assert gap.scenario == ("fair", "steps")
    assert gap.residual is not None
    # 2.0506 - 1.5 - 1.5, with the two independent deviations added in squares.
    assert_normal(gap.residual, math.log10(100e9 / 890e6) - 3, math.hypot(0.5, 0.5) / Z)
    assert gap.scenario_explained is not None
    assert_normal(gap.scenario_explained, 3, math.hypot(0.5, 0.5) / Z)


def test_effects_stack_in_the_order_of_slugs_wherever_their_hypotheses_are_ranked() -> None:
    add = Hypothesis("add", "A", effects={"a": "a + 9"})
    tenfold = Hypothesis("tenfold", "T", effects={"a": "a * 10"})
    for order in ((add, tenfold), (tenfold, add)):
        gap = estimate(debate({"a": "1"}, {"gap": "a"}, order), scenario=["tenfold", "add"]).gaps["gap"]
        assert gap.residual is not None
        assert gap.residual.median == pytest.approx(math.log10((1 + 9) * 10))


def test_an_effect_sees_what_other_hypotheses_do_to_other_quantities() -> None:
    first = Hypothesis("first", "F", effects={"b": "b * 10"})
    second = Hypothesis("second", "S", effects={"a": "a * b"})
    gap = estimate(debate({"a": "1", "b": "2"}, {"gap": "a"}, (first, second)), scenario=["first", "second"]).gaps[
        "gap"
    ]
    assert gap.residual is not None
    assert gap.residual.median == pytest.approx(math.log10(20))


def test_an_effect_on_a_formula_changes_its_result() -> None:
    half = Hypothesis("half", "H", effects={"b": "b / 2"})
    gap = estimate(debate({"a": "10", "b": "= a * 10"}, {"gap": "b"}, (half,))).gaps["gap"]
    assert gap.under["half"].median == pytest.approx(math.log10(50))


@pytest.mark.parametrize(
    ("formula", "mean", "variance"),
    [
        # a: 1..10 has mean 0.5, b: 10..1000 has mean 2; deviations 0.5 / Z and 1 / Z.
        ("a * b", 2.5, 0.25 + 1),
        ("a / b", -1.5, 0.25 + 1),
        ("a ** 2 * sqrt(b)", 2, 4 * 0.25 + 0.25),
        ("a * b / a", 2, 1),
        ("(a * b) ** 2 / (b * a ** 3)", 1.5, 0.25 + 1),
        ("10 ** log10(a * b)", 2.5, 0.25 + 1),
        ("exp(log(a) + log(b))", 2.5, 0.25 + 1),
        ("1000 / a", 2.5, 0.25),
        ("a + a + 3 * a", 0.5 + math.log10(5), 0.25),
        ("a * b + 2 * b * a", 2.5 + math.log10(3), 0.25 + 1),
        ("a * b / (a * b + a * b)", -math.log10(2), 0),
        ("a * 10 ** n", 0.5 + 3, 0.25 + 4),
        ("10 ** (2 * n - log10(b) - 1)", 2 * 3 - 2 - 1, 4 * 4 + 1),
        ("a * -1 * -2", 0.5 + math.log10(2), 0.25),
        ("abs(a)", 0.5, 0.25),
        ("max(a, -5)", 0.5, 0.25),
        ("min(a * b, a * b)", 2.5, 0.25 + 1),
        ("d", 2.5, 0.25 + 1),
        ("e / b", -2 + 2 * 2.5, 4 * 0.25 + 1),
    ],
)
def test_what_is_normal_in_orders_of_magnitude_is_exact(formula: str, mean: float, variance: float) -> None:
    inputs = {"a": "1 to 10", "b": "10 to 1000", "n": "normal 1 to 5", "c": "= b", "d": "= a * c", "e": "= d ** 2"}
    assert_normal(gap_of(inputs, formula).now, mean, math.sqrt(variance) / Z)


def test_a_formula_is_exact_through_any_depth() -> None:
    chain = {"q0": "1 to 10", **{f"q{n}": f"= q{n - 1} * 1.01" for n in range(1, 3001)}}
    assert_normal(gap_of(chain, "q3000").now, 0.5 + 3000 * math.log10(1.01), 0.5 / Z)


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(-5, 5), st.floats(0.01, 3)), min_size=1, max_size=12),
    st.floats(0.001, 0.999),
)
def test_any_product_of_powers_of_lognormals(factors: list[tuple[float, float, float]], p: float) -> None:
    """A product of x ** a is normal in log10 with mean sum(a m) and variance sum(a² s²)."""
    quantities = {f"x{n}": f"{10 ** (m - w)!r} to {10 ** (m + w)!r}" for n, (_, m, w) in enumerate(factors)}
    outcome = gap_of(quantities, " * ".join(f"x{n} ** ({a!r})" for n, (a, _, _) in enumerate(factors))).now
    mean = sum(a * m for a, m, _ in factors)
    deviation = math.sqrt(sum((a * w / Z) ** 2 for a, _, w in factors))
    assert outcome.method == "exact"
    assert outcome.percentile(100 * p) == pytest.approx(mean + deviation * NormalDist().inv_cdf(p), abs=1e-6)


@pytest.mark.parametrize("text", ["uniform 1 to 3", "pert(1, 2, 4)", "100B (50B to 500B)", "samples(1, 2, 4, 8)"])
def test_one_input_of_any_shape_is_exact(text: str) -> None:
    value = parse_value(text)
    gap = gap_of({"a": text, "b": "20"}, "(b / a) ** 2")
    assert gap.method == "exact"
    for p in (5, 30, 50, 95):
        # 20 / a falls as a rises, so the percentiles come from the other end.
        expected = 2 * math.log10(20 / value.quantile(1 - p / 100))
        assert gap.now.percentile(p) == pytest.approx(expected, abs=1e-9)
        if 12.5 < p < 87.5:  # four samples say nothing beyond
            assert gap.now.cdf(expected + 1e-9) == pytest.approx(p / 100, abs=1e-6)


def test_a_gap_in_a_unit_of_its_own() -> None:
    numbers = replace(
        debate({"a": "1 to 100", "n": "-1 to 3", "u": "uniform 1 to 3"}, {}),
        gaps={s: Gap(s, f, unit="yr") for s, f in (("product", "a * 3"), ("sum", "n - 2"), ("inverse", "6 / u"))},
    )
    gaps = estimate(numbers).gaps
    # A lognormal: median 3 * 10, mean 30 exp(s² / 2) with s = ln(10) / Z.
    assert gaps["product"].now.median == pytest.approx(30)
    assert gaps["product"].now.p95 == pytest.approx(300)
    assert gaps["product"].now.mean.value == pytest.approx(30 * math.exp((math.log(10) / Z) ** 2 / 2))
    assert_normal(gaps["sum"].now, -1, 2 / Z)
    # The mean of 6 / u over u = 1..3 is 3 ln 3.
    assert gaps["inverse"].now.mean.value == pytest.approx(3 * math.log(3), rel=1e-5)
    assert {gap.method for gap in gaps.values()} == {"exact"}


def correlated(rank: float, formula: str) -> Debate:
    quantities = {
        "a": Quantity("a", readings={"value": Reading("1 to 10")}),
        "b": Quantity("b", readings={"value": Reading("1 to 100", correlated=Correlation("a", rank))}),
    }
    return replace(debate({}, {"gap": formula}), quantities=quantities)


@pytest.mark.parametrize("rank", [-1, -0.5, 0, 0.3, 1])
def test_correlated_lognormals_stay_exact(rank: float) -> None:
    # Normals with a rank correlation r have the correlation 2 sin(pi r / 6).
    rho = 2 * math.sin(math.pi * rank / 6)
    outcome = estimate(correlated(rank, "a * b")).gaps["gap"].now
    assert_normal(outcome, 1.5, math.sqrt(max(0, 0.25 + 1 + 2 * rho * 0.5 * 1)) / Z)


def test_the_density_integrates_to_one() -> None:
    outcome = gap_of({"a": "1 to 10"}, "a").now
    points = [-2 + n * 0.01 for n in range(501)]
    assert sum(outcome.density(points)) * 0.01 == pytest.approx(1, abs=1e-3)
    assert gap_of({"a": "10"}, "a").now.density([0, 1, 2]) == [0, 0, 0]


def test_what_is_exact_does_not_wait_for_numpy() -> None:
    script = """
import sys
from hypotheses.estimates import estimate
from tests.hypotheses.estimates.debates import vision
gap = estimate(vision(), scenario=["fair", "waste"]).gaps["language"]
print(gap.now.median, gap.residual.p5, gap.weighed.mean.value, gap.sensitivity, gap.smallest_sets)
assert "numpy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_small_coefficients_count_as_much_as_large_ones() -> None:
    """Terms cancel by their relative size: joules, kilograms and seconds of physics are far from 1."""
    numbers = debate({"e": "1e-14", "n": "normal 1e13 to 2e13", "m": "normal 1 to 2"}, {})
    gap = estimate(replace(numbers, gaps={"g": Gap("g", "m + e * n + e * n", unit="J")})).gaps["g"].now
    # A sum of two normals: 1.5 with 0.5 / z, and 2 e n, 0.3 with 0.1 / z.
    reach = math.hypot(0.5, 0.1)
    assert (gap.p5, gap.median, gap.p95) == pytest.approx((1.8 - reach, 1.8, 1.8 + reach))


def test_what_is_explained_of_a_small_number_is_no_less_exact() -> None:
    tenth = Hypothesis("h", "H", effects={"n": "n / 10"})
    numbers = debate({"e": "2e-14", "n": "1e14 to 2e15"}, {}, (tenth,))
    gap = estimate(replace(numbers, gaps={"g": Gap("g", "n * e", unit="J")})).gaps["g"]
    # n * e is 2 to 40, and nine tenths of it are explained.
    explained = gap.explained["h"]
    assert (explained.p5, explained.p95) == pytest.approx((1.8, 36))
    assert (gap.now.median, explained.median) == pytest.approx((math.sqrt(80), 0.9 * math.sqrt(80)))


@pytest.mark.parametrize("formula", ["1 - gone", "1 - (1 - exp(-x * t))", "(exp(-x * t) - 1) + 1"])
def test_what_is_left_of_what_has_gone_is_the_exponential_again(formula: str) -> None:
    found = gap_of({"x": "normal 1 to 2", "t": "3", "gone": "= 1 - exp(-x * t)"}, formula)
    # log10 of e^(-3x): normal, of mean -4.5 / ln 10.
    assert found.now.method == "exact"
    assert found.now.median == pytest.approx(-4.5 / math.log(10))
    assert found.now.p5 == pytest.approx(-6 / math.log(10))
