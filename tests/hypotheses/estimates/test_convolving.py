"""Sums of independent parts, against closed forms and integrals: the stated errors hold."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from hypotheses.arithmetic import bisect_increasing
from hypotheses.debate import Debate
from hypotheses.edits import value_set
from hypotheses.estimates import Engine, Result, estimate
from hypotheses.estimates.sampling.convolving import parts_of
from hypotheses.values import parse_value
from tests.hypotheses.estimates.debates import debate

SHOWN = (0.05, 0.5, 0.95)
Z95 = NormalDist().inv_cdf(0.95)


def gap_of(formula: str, seed: int = 0, **values: str) -> Result:
    return estimate(debate(values, {"gap": formula}), seed=seed).gaps["gap"].now


def off_by(result: Result, truths: list[float]) -> list[float]:
    """By how much each figure is off, less its stated error."""
    assert result.errors is not None
    shown = (result.p5, result.median, result.p95)
    return [abs(one - true) - error for one, true, error in zip(shown, truths, result.errors, strict=True)]


def test_two_orders_of_magnitude_each_evenly_spread_make_a_triangle() -> None:
    # log10 of the product is the sum of two numbers evenly between 0 and 1: below x < 1 with a probability of x² / 2.
    result = gap_of("a * b", a="loguniform 1 to 10", b="loguniform 1 to 10")
    assert result.error is not None
    assert result.error < 2e-4
    assert max(off_by(result, [math.sqrt(0.1), 1.0, 2 - math.sqrt(0.1)])) <= 0


@pytest.mark.parametrize("count", [3, 5, 8])
def test_more_of_them_are_as_irwin_and_hall_say(count: int) -> None:
    def below(x: float) -> float:  # Irwin 1927, Hall 1927
        signs = ((-1) ** k * math.comb(count, k) * (x - k) ** count for k in range(math.floor(x) + 1))
        return math.fsum(signs) / math.factorial(count)

    names = [f"q{number}" for number in range(count)]
    result = gap_of(" * ".join(names), 0, **dict.fromkeys(names, "loguniform 1 to 10"))
    assert max(off_by(result, [bisect_increasing(below, p, 0, count) for p in SHOWN])) <= 0


def test_a_mixture_of_lognormals_times_a_lognormal_is_a_mixture_of_lognormals() -> None:
    # Far apart: between the two is nothing, and nothing may be laid there.
    parts = [(0.93, 0.0, 1.0), (0.07, 6.0, 7.0)]
    other = 0.5 / Z95

    def below(x: float) -> float:
        normals = (
            (share, NormalDist((low + high) / 2 + 2.5, math.hypot((high - low) / 2 / Z95, other)))
            for share, low, high in parts
        )
        return math.fsum(share * normal.cdf(x) for share, normal in normals)

    result = gap_of("a * b", a="mixture(0.93: 1 to 10, 0.07: 1e6 to 1e7)", b="100 to 1000")
    assert max(off_by(result, [bisect_increasing(below, p, -5, 15) for p in SHOWN])) <= 0


def scores() -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    z = np.linspace(-7, 7, 1401)
    weights = np.exp(-z * z / 2)
    return z, weights / weights.sum()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("uniform 3 to 900", "beta(2, 5)"),
        ("beta(0.7, 3)", "triangular(1, 1, 10)"),
        ("loguniform 1e-5 to 1e5", "5 (1 to 40)"),
        ("uniform 0 to 7", "beta(5, 0.5)"),
        ("mixture(0.5: uniform 1 to 10, 0.5: 10 to 100)", "pert(1, 2, 9)"),
    ],
)
@pytest.mark.parametrize("formula", ["a * b * c", "a / b * c"])
def test_any_two_shapes_and_a_lognormal_are_as_their_integral_says(first: str, second: str, formula: str) -> None:
    """The integral over both, on normal scores, of the closed form of the third: trapezoids converge fast there."""
    z, weights = scores()
    logs = [np.array([math.log10(parse_value(text).score(score)) for score in z]) for text in (first, second)]
    sums = logs[0][:, None] + (logs[1] if formula == "a * b * c" else -logs[1])
    both = weights[:, None] * weights
    third = NormalDist(0.5, 0.5 / Z95)

    def below(x: float) -> float:
        steps = np.linspace(-8, 8, 4001)
        table = np.array([NormalDist().cdf(step) for step in steps])
        return float(np.sum(both * np.interp((x - sums - third.mean) / third.stdev, steps, table)))

    result = gap_of(formula, a=first, b=second, c="1 to 10")
    assert result.error is not None
    assert result.error < 1e-3
    shown = (result.p5, result.median, result.p95)
    assert result.errors is not None
    for p, figure, error in zip(SHOWN, shown, result.errors, strict=True):
        assert below(figure - error) - 2e-6 <= p <= below(figure + error) + 2e-6


def test_what_has_to_be_drawn_makes_little_noise_and_its_error_is_honest_over_60_scrambles() -> None:
    """The larger of two lognormals, times a ratio of two loguniform ones, whose log10 is a triangle from -1 to 1."""
    normal = NormalDist(0.5, 0.5 / Z95)
    steps = [(-1 + (n + 0.5) / 500, (1 - abs(-1 + (n + 0.5) / 500)) / 500) for n in range(1000)]

    def below(x: float) -> float:
        return math.fsum(weight * normal.cdf(x - step) ** 2 for step, weight in steps)

    truths = [bisect_increasing(below, p, -3, 5) for p in SHOWN]
    ratio = {"c": "loguniform 1 to 10", "d": "loguniform 1 to 10"}
    results = [gap_of("max(a, b) * c / d", seed, a="1 to 10", b="1 to 10", **ratio) for seed in range(60)]
    assert all(result.error is not None and result.error < 0.005 for result in results)
    held = np.array([off_by(result, truths) for result in results]) <= 0
    assert (held.mean(axis=0) >= 0.95).all()


def test_what_hangs_together_is_not_put_together_as_if_it_did_not() -> None:
    # a / (a + b) times c: a is in two factors, which are one part; without that p95 would be above 0.
    result = gap_of("a / (a + b) * c", a="uniform 1 to 9", b="uniform 1 to 9", c="loguniform 0.1 to 1")
    assert result.percentile(99.9) <= 0


@pytest.mark.parametrize("symbol", ["a", "b", "c", "d"])
def test_after_an_edit_every_digit_is_as_worked_out_anew(symbol: str) -> None:
    values = {"a": "uniform 1 to 9", "b": "beta(2, 5)", "c": "mixture(0.6: 1 to 3, 0.4: 9 to 20)", "d": "1 to 5"}
    numbers = debate(values, {"x": "a * b / c", "y": "(a + b) * c / d", "z": "max(a, c) / d"})

    def told(found: Debate, engine: Engine) -> list[object]:
        gaps = engine.estimates(found).gaps.values()
        return [(gap.now.p5, gap.now.median, gap.now.p95, gap.now.errors) for gap in gaps]

    engine = Engine(numbers)
    told(numbers, engine)
    for text in ("uniform 2 to 3", "beta(3, 1)", "0.5 to 8", "mixture(0.5: 1 to 2, 0.5: uniform 3 to 9)"):
        edited = value_set(numbers, symbol, text)
        assert told(edited, engine) == told(edited, Engine(edited))


def test_a_value_with_a_probability_of_its_own_is_laid_on_no_lattice() -> None:
    numbers = debate({"a": "mixture(0.5: 1, 0.5: 100)", "b": "1 to 2"}, {"gap": "a * b"})
    gap = estimate(numbers).gaps["gap"]
    assert parts_of(gap._evaluation.shown(gap.gap)) is None
    # Half of the time 1 to 2, half 100 times as much: nothing between 0.5 and 1.5 orders of magnitude.
    assert gap.now.cdf(1.5) - gap.now.cdf(0.5) == pytest.approx(0, abs=1e-3)
