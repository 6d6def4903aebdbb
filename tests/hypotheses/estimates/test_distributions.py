"""The shapes an uncertain number can have."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.estimates import parse_value
from hypotheses.estimates.shapes import Beta

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
    "beta(2, 5)",
    "beta(0.7, 0.6)",
    "samples(1, 2, 4, 9)",
    "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
]


@pytest.mark.parametrize("text", SHAPES)
@given(p=st.floats(0.13, 0.87))
def test_the_quantile_inverts_the_distribution_function(text: str, p: float) -> None:
    value = parse_value(text)
    assert value.cdf(value.quantile(p)) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("text", SHAPES)
def test_the_mean_is_the_integral_of_the_quantiles(text: str) -> None:
    value = parse_value(text)
    assert value.mean == pytest.approx(value.expect(lambda x: x), rel=2e-4)


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
