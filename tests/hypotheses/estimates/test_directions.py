"""What of a result is normal whatever the rest does."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from hypotheses.estimates.algebra import Algebra
from hypotheses.estimates.directions import Basis, log_direction, sum_direction
from hypotheses.estimates.normal_forms import Atom, NormalForm, constant, single
from hypotheses.formulas import Expression, Name, Number, parse_formula
from hypotheses.values import parse_value

S = 0.5 / NormalDist().inv_cdf(0.95)
"""The standard deviation of log10 of `1 to 10`."""


def form_of(formula: str) -> NormalForm:
    """Build a formula over a, b, c, d, lognormals of 1 to 10; n, normal -1 to 1; and u, uniform 1 to 9."""
    algebra = Algebra()
    texts = {**dict.fromkeys("abcd", "1 to 10"), "n": "-1 to 1", "u": "uniform 1 to 9"}
    inputs = {
        name: single(Atom(name, parse_value(text), ((place, 1.0),))) for place, (name, text) in enumerate(texts.items())
    }

    def built(expression: Expression) -> NormalForm:
        if isinstance(expression, Name):
            return inputs[expression.symbol]
        if isinstance(expression, Number):
            return constant(expression.value)
        return algebra.apply(expression.operator, [built(argument) for argument in expression.arguments])

    return built(parse_formula(formula))


@pytest.mark.parametrize(
    ("formula", "drawn", "variance"),
    [
        # A product is normal all through: the variances of log10 add up.
        ("log10(a * b / c)", 0, 3),
        # a + b = sqrt(ab) (t + 1/t) with t = sqrt(a/b): a/b is drawn, log10 sqrt(ab) has half the variance of one.
        ("log10(a + b)", 1, 0.5),
        ("log10((a + b) * c / d)", 1, 2.5),
        # c scales both terms, so only a/b has to be drawn.
        ("log10(c * a + c * b)", 1, 1.5),
        # A share depends on the quotient alone, and nothing is left.
        ("log10(a / (a + b))", 1, 0),
        # With a number beside it a alone has to be drawn.
        ("log10(a + 1)", 1, 0),
        ("log10(max(a, b) * c)", 1, 1.5),
        ("log10(min(a, 2) * b)", 1, 1),
        ("log10(u * a)", 1, 1),
        # Three terms have two quotients; their geometric mean has a third of the variance.
        ("log10(a + b + c)", 2, 1 / 3),
        ("log10((a + b) / (c + d))", 2, 1),
        ("log10(abs(n - 5) * a)", 1, 1),
    ],
)
def test_what_has_to_be_drawn_of_a_logarithm(formula: str, drawn: int, variance: float) -> None:
    direction = sum_direction(form_of(formula))
    basis = Basis(direction.fixed)
    assert basis.size == drawn
    assert basis.outside(direction.slope) == pytest.approx(S * math.sqrt(variance), abs=1e-9)


def test_a_normal_in_a_sum_is_left_to_the_closed_form() -> None:
    direction = sum_direction(form_of("n + a"))
    basis = Basis(direction.fixed)
    assert basis.size == 1
    assert basis.outside(direction.slope) == pytest.approx(1 / NormalDist().inv_cdf(0.95))


def test_the_logarithm_of_a_positive_sum_moves_with_its_scale() -> None:
    direction = log_direction(form_of("a * b + a * c"))
    basis = Basis(direction.fixed)
    assert basis.size == 1
    # log10(a) + log10(sqrt(bc)): a variance of one and a half.
    assert basis.outside(direction.slope) == pytest.approx(S * math.sqrt(1.5))


def test_a_basis_of_vectors_with_much_in_common_has_one_direction_for_each_score() -> None:
    """100 sums of one common score and 99 others each would fill a matrix; the scores themselves span as much."""
    vectors = [dict.fromkeys(range(place, place + 100), 1.0) for place in range(100)]
    basis = Basis(vectors)
    for vector in vectors:
        assert basis.outside(vector) == pytest.approx(0, abs=1e-6)
    assert basis.outside({5000: 2.0}) == 2
