"""The shapes an uncertain number can have."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.estimates.expectation import expectation
from hypotheses.problems import Malformed
from hypotheses.values import parse_value
from hypotheses.values.shapes import Beta

SHAPES = [
    "30B to 300B",
    "-1 to 3",
    "100B (50B to 500B)",
    "1 (-1 to 4)",
    "uniform 1 to 2",
    "loguniform 1 to 1000",
    "triangular(1, 2, 4)",
    "triangular(1, 1, 4)",
    "pert(1, 2, 4)",
    "gamma(2, 3)",
    "gamma(0.5, 1)",
    "poisson(3)",
    "beta(2, 5)",
    "beta(0.7, 0.6)",
    "samples(1, 2, 4, 9)",
    "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
]


@pytest.mark.parametrize("text", [text for text in SHAPES if text != "poisson(3)"])  # which jumps
@given(p=st.floats(0.13, 0.87))
def test_the_quantile_inverts_the_distribution_function(text: str, p: float) -> None:
    value = parse_value(text)
    assert value.cdf(value.quantile(p)) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("text", SHAPES)
def test_the_mean_is_the_integral_of_the_quantiles(text: str) -> None:
    value = parse_value(text)
    assert value.mean == pytest.approx(expectation(value, lambda x: x).value, rel=2e-4)


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("uniform 1 to 2", 1.5),
        ("loguniform 1 to 1000", 999 / math.log(1000)),
        ("triangular(1, 2, 4)", 7 / 3),
        ("pert(1, 2, 4)", 13 / 6),
        ("beta(2, 5)", 2 / 7),
        ("samples(1, 2, 4, 9)", 4),
        # A mean of 0 and a deviation of 1 in ln: exp(1/2). The 90% interval is exp(-1.6449) to exp(1.6449).
        ("0.193040816698737 to 5.18025160035041", math.exp(0.5)),
    ],
)
def test_means_of_the_textbook(text: str, mean: float) -> None:
    assert parse_value(text).mean == pytest.approx(mean)


@pytest.mark.parametrize(
    ("alpha", "beta", "x", "p"),
    [
        (1, 1, 0.3, 0.3),  # uniform
        (2, 1, 0.3, 0.09),  # x²
        (1, 3, 0.3, 1 - 0.7**3),
        (2, 2, 0.3, 3 * 0.09 - 2 * 0.027),  # 3x² - 2x³
        (0.5, 0.5, 0.3, 2 / math.pi * math.asin(math.sqrt(0.3))),  # arcsine
    ],
)
def test_the_beta_distribution_in_its_closed_cases(alpha: float, beta: float, x: float, p: float) -> None:
    assert Beta(alpha, beta).cdf(x) == pytest.approx(p, rel=1e-12)
    assert Beta(alpha, beta).quantile(p) == pytest.approx(x, rel=1e-12)


@given(st.floats(0.5, 1e5), st.floats(0.5, 1e5), st.floats(0.001, 0.999))
def test_the_beta_quantile_holds_for_any_counts(alpha: float, beta: float, p: float) -> None:
    shape = Beta(alpha, beta)
    assert shape.cdf(shape.quantile(p)) == pytest.approx(p, abs=1e-6)


def test_the_median_of_samples_is_the_usual_one() -> None:
    assert parse_value("samples(1, 2, 4, 9)").quantile(0.5) == 3
    assert parse_value("samples(1, 2, 9)").quantile(0.5) == 2


def test_a_mixture_of_known_numbers_jumps_between_them() -> None:
    value = parse_value("mixture(1: 1, 3: 2)")
    assert value.quantile(0.2) == pytest.approx(1)
    assert value.quantile(0.3) == pytest.approx(2)
    assert value.mean == pytest.approx(1.75)


WILD = "mixture(1: 5 (1 to 6) @1%, 7: 1 (1e-12 to 2) @1%)"


def test_a_mixture_of_the_widest_parts_has_its_median() -> None:
    # Its two pieces are lines near their medians, so with c = z(0.505) of the 1% interval: 1/8 of it is below x with
    # Phi(c ln(x / 5) / ln 5), 7/8 with Phi(c ln x / ln 2). Where both are near 1/2, Phi(u) is 1/2 + u / sqrt(2 pi), and
    # ln(x / 5) / ln 5 + 7 ln x / ln 2 = 0, so ln x = 1 / (1 / ln 5 + 7 / ln 2).
    assert parse_value(WILD).quantile(0.5) == pytest.approx(math.exp(1 / (1 / math.log(5) + 7 / math.log(2))), rel=1e-4)


@pytest.mark.parametrize(
    ("text", "p", "quantile"),
    [
        (WILD, 0.05, 0.0),  # 7/8 of it goes down by 957 orders of magnitude with each standard deviation
        ("loguniform 1e-300 to 1e300", 0.75, 1e150),
        ("1 (1e-300 to 1e300)", 0.95, 1e300),
        ("triangular(1e200, 1e200, 3e200)", 0.75, 2e200),  # half way to the end, a quarter of the triangle is left
        ("mixture(99: 1 to 2, 1: 1e-300 to 1e308 @1%)", 0.5, math.sqrt(2)),
        ("mixture(1e-320: 1, 1e300: 2)", 0.01, 2.0),
        ("mixture(1: 1e300, 1: 1.5e300)", 0.9, 1.5e300),
        ("1e300 to 1.0000000000000002e300", 0.5, 1e300),
    ],
)
def test_quantiles_reach_as_far_as_floats_do(text: str, p: float, quantile: float) -> None:
    assert parse_value(text).quantile(p) == pytest.approx(quantile, rel=1e-2 if "1 to 2" in text else 1e-9)


@pytest.mark.parametrize(
    ("text", "mean"),
    [
        ("samples(1e308, 1.5e308, 1.7e308)", 1.4e308),
        ("uniform 1e308 to 1.6e308", 1.3e308),
        ("pert(0, 1e308, 1.6e308)", (4e8 + 1.6e8) / 6 * 1e300),
        ("mixture(1.5e308: 1, 1.5e308: 2)", 1.5),
        # Below the median s = ln(1e12) / z(0.505) is so large that exp(s²/2) Phi(-s) is 1 / (s sqrt(2 pi)).
        ("1 (1e-12 to 1) @1%", 0.5 + 0.0125334695 / math.log(1e12) / math.sqrt(2 * math.pi)),
    ],
)
def test_means_reach_as_far_as_floats_do(text: str, mean: float) -> None:
    assert parse_value(text).mean == pytest.approx(mean, rel=1e-8)


@pytest.mark.parametrize(
    "text", ["-1e308 to 1e308", "normal 1 to 1e308 @1%", "0 (-1e308 to 1) @1%", "samples(-1e308, 1e308)"]
)
def test_a_range_too_wide_to_compute_with_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="too wide a range to compute with; expected ends that are nearer"):
        parse_value(text)
