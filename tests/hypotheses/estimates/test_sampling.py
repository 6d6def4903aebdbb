"""The sampled path, against closed forms and integrals."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from hypotheses.arithmetic import bisect_increasing
from hypotheses.debate import Gap, Quantity
from hypotheses.estimates import estimate
from hypotheses.estimates.algebra import Algebra
from hypotheses.estimates.directions import Basis
from hypotheses.estimates.exact import exact_result
from hypotheses.estimates.normal_forms import Atom, NormalForm, constant, single
from hypotheses.estimates.one_input import OneInputResult
from hypotheses.estimates.results import NormalResult
from hypotheses.estimates.sampling import (
    Draws,
    SampledResult,
    Sampling,
    normal_scores,
    quantiles,
)
from hypotheses.estimates.sampling.drawing import Drawing
from hypotheses.estimates.sampling.mixture import sampled_mixture
from hypotheses.estimates.sampling.pieces import Layer, pieces_of
from hypotheses.estimates.sampling.splitting import Core
from hypotheses.estimates.sobol_sequence import DIMENSIONS
from hypotheses.reading import Correlation, Reading
from hypotheses.values import parse_value
from hypotheses.values.distributions import Distribution, Lognormal
from tests.hypotheses.estimates.debates import debate, vision

PERCENTILES = (5, 50, 95)


def atom(number: int, distribution: Distribution) -> Atom:
    return Atom(f"x{number}", distribution, ((number, 1.0),))


def product(count: int) -> NormalForm:
    """Return log10 of a product of lognormals, each of another width, some of them below the line."""
    algebra, result = Algebra(), constant(1.0)
    for number in range(count):
        factor = single(atom(number, Lognormal(1, 10 ** (0.2 + 0.15 * number))))
        result = algebra.apply("/" if number % 3 == 2 else "*", (result, factor))
    return algebra.logarithm(result)


@pytest.mark.parametrize("count", range(1, 13))
def test_products_of_lognormals_forced_through_it_are_within_five_thousandths(count: int) -> None:
    """Nothing is left to the closed form here: every factor is drawn, in a dimension of its own."""
    exact = exact_result(product(count))
    assert exact is not None
    basis = Basis([{number: 1.0} for number in range(count)])
    core = Core(Drawing(product(count), basis), count, logarithm=False, orders=True, draws=Draws())
    runs, redraw = core.runs(0.0)
    pieces = pieces_of([Layer(1.0, runs)])
    assert len(redraw()) >= 8 * 256
    for p, found in zip(PERCENTILES, pieces.quantiles([p / 100 for p in PERCENTILES])):
        assert found == pytest.approx(exact.percentile(p), abs=0.005)


def test_what_is_normal_is_left_to_the_closed_form() -> None:
    sampled, exact = Sampling().result(product(12)), exact_result(product(12))
    assert exact is not None
    assert [sampled.percentile(p) for p in (1, 5, 50, 95, 99)] == pytest.approx(
        [exact.percentile(p) for p in (1, 5, 50, 95, 99)], abs=1e-6
    )


def larger_of_two(x: float) -> float:
    """Return P(max(a, b) <= 10 ** x) of two lognormals, each with log10 normal (0.5, 0.5 / 1.645): the square."""
    return NormalDist(0.5, 0.5 / NormalDist().inv_cdf(0.95)).cdf(x) ** 2


def larger_form() -> NormalForm:
    algebra = Algebra()
    larger = algebra.greatest(*(single(atom(number, Lognormal(1, 10))) for number in range(2)))
    return algebra.logarithm(larger)


def uniform_times_lognormal(x: float) -> float:
    """Return P(u v <= 10 ** x), u uniform 1..9 and v lognormal 1..10: the mean over u, by the midpoint rule."""
    normal = NormalDist(0.5, 0.5 / NormalDist().inv_cdf(0.95))
    steps = 4000
    return sum(normal.cdf(x - math.log10(1 + 8 * (n + 0.5) / steps)) for n in range(steps)) / steps


def uniform_form() -> NormalForm:
    algebra = Algebra()
    first, second = atom(0, parse_value("uniform 1 to 9")), atom(1, Lognormal(1, 10))
    return algebra.logarithm(algebra.multiply(single(first), single(second)))


@pytest.mark.parametrize(("form", "cdf"), [(larger_form, larger_of_two), (uniform_form, uniform_times_lognormal)])
def test_the_error_bar_is_honest_over_200_scrambles(form: object, cdf: object) -> None:
    """The truth lies within the stated error for each percentile in at least 95% of 200 scrambles."""
    assert callable(form)
    assert callable(cdf)
    truth = [bisect_increasing(cdf, p / 100, -3, 5) for p in PERCENTILES]
    inside = np.zeros(3)
    for seed in range(200):
        outcome = Sampling(seed).result(form())
        assert outcome.error is not None
        assert outcome.error < 0.01
        inside += [abs(outcome.percentile(p) - t) <= outcome.error for p, t in zip(PERCENTILES, truth, strict=True)]
    assert (inside / 200 >= 0.95).all()


def smaller_normal() -> NormalResult:
    return NormalResult(-0.2, 0.4, power=False)


def mixed_with_a_normal(seed: int) -> SampledResult:
    """The larger of two with a probability of 0.6, else a normal with mean -0.2 and standard deviation 0.4."""
    sampling = Sampling(seed)
    return sampling.mixture([(0.6, sampling.result(larger_form())), (0.4, smaller_normal())])


def mixed_of_two(seed: int) -> SampledResult:
    """The larger of two with a probability of 0.3, else a uniform times a lognormal; both from the same draws."""
    sampling = Sampling(seed)
    return sampling.mixture([(0.3, sampling.result(larger_form())), (0.7, sampling.result(uniform_form()))])


@pytest.mark.parametrize(
    ("mixture", "cdf"),
    [
        (mixed_with_a_normal, lambda x: 0.6 * larger_of_two(x) + 0.4 * NormalDist(-0.2, 0.4).cdf(x)),
        (mixed_of_two, lambda x: 0.3 * larger_of_two(x) + 0.7 * uniform_times_lognormal(x)),
    ],
)
def test_the_error_bar_of_a_mixture_is_honest_over_200_scrambles(mixture: object, cdf: object) -> None:
    """The distribution function of a mixture is the weighted mean of those of its parts."""
    assert callable(mixture)
    assert callable(cdf)
    truth = [bisect_increasing(cdf, p / 100, -3, 5) for p in PERCENTILES]
    inside = np.zeros(3)
    for seed in range(200):
        outcome = mixture(seed)
        assert outcome.error < 0.01
        inside += [abs(outcome.percentile(p) - t) <= outcome.error for p, t in zip(PERCENTILES, truth, strict=True)]
    assert (inside / 200 >= 0.95).all()


def test_the_same_seed_gives_the_same_digits() -> None:
    first, second = (estimate(vision(), seed=3).gaps["puzzle"].under["filters"] for _ in range(2))
    assert [first.percentile(p) for p in PERCENTILES] == [second.percentile(p) for p in PERCENTILES]
    other = estimate(vision(), seed=4).gaps["puzzle"].under["filters"]
    assert other.p5 != first.p5
    assert other.p5 == pytest.approx(first.p5, abs=0.005)


def test_every_process_gives_the_same_digits() -> None:
    """Sets of objects have another order in every process, where these lie elsewhere: no figure may follow it."""
    script = """
import sys
kept = [bytes(size) for size in range(int(sys.argv[1]))]  # so that objects lie elsewhere
from hypotheses.estimates import estimate
from hypotheses.reports.json import estimates_shape, json_text
from tests.hypotheses.estimates.debates import debate
numbers = debate({"a": "1 to 10", "b": "2 to 5", "c": "uniform 0 to 6"}, {"g": "(a + b + c) / 3", "m": "max(a, b, c)"})
print(json_text(estimates_shape(estimate(numbers))))
"""
    outputs = {
        subprocess.run([sys.executable, "-c", script, str(7 * n)], capture_output=True, check=True, text=True).stdout
        for n in range(4)
    }
    assert len(outputs) == 1


def test_an_engine_that_was_edited_gives_the_digits_of_a_fresh_one() -> None:
    from hypotheses.edits import value_set
    from hypotheses.estimates import Engine

    engine = Engine(vision())
    _ = engine.estimates().gaps["puzzle"].under["filters"].p5
    changed = value_set(vision(), "gpt2", "1B to 2B")
    edited = engine.estimates(changed).gaps["puzzle"].under["filters"]
    assert edited.p5 == estimate(changed).gaps["puzzle"].under["filters"].p5


def test_filters_copied_over_the_visual_field() -> None:
    gap = estimate(vision()).gaps["puzzle"]
    under, explained = gap.under["filters"], gap.explained["filters"]
    assert (gap.method, under.method) == ("sampled", "sampled")
    assert gap.now.method == "exact"
    # At the medians the share is 0.1 + 0.9 / 1000 = 0.1009, which is -0.996 OOM; at p5 0.0199 or less, at p95 0.5.
    assert explained.median == pytest.approx(0.996, abs=0.01)
    assert under.median == pytest.approx(1.055, abs=0.01)
    assert under.p95 == pytest.approx(2.0506 + math.log10(0.5), abs=0.01)
    # Common random numbers: what is explained is exactly what is gone.
    assert under.median + explained.median == pytest.approx(gap.now.median, abs=0.002)


def test_every_dimension_is_spread_evenly() -> None:
    draws = Draws()
    for dimension in (0, 1, 17, DIMENSIONS - 1, DIMENSIONS, 5 * DIMENSIONS + 3):
        for row in draws.uniforms(dimension).reshape(8, -1):
            # A scrambled net has exactly one point in each of its 8,192 equal intervals.
            assert sorted(np.floor(row * row.size).astype(int)) == list(range(row.size))


def test_pairs_of_dimensions_are_spread_evenly() -> None:
    draws = Draws()
    for first, second in ((0, 1), (2, 3), (10, 11), (62, 63), (0, DIMENSIONS), (3, DIMENSIONS + 3)):
        counts, _, _ = np.histogram2d(draws.uniforms(first), draws.uniforms(second), bins=16, range=((0, 1), (0, 1)))
        # 65,536 points in 256 cells: 256 each; independent points would stray by 16 in each.
        assert counts.std() < 17


def test_normal_scores_are_those_of_the_standard_library() -> None:
    uniforms = np.concatenate([np.linspace(1e-4, 1 - 1e-4, 1001), [1e-16, 1e-9, 1e-6, 1 - 1e-6]])
    expected = [NormalDist().inv_cdf(float(p)) for p in uniforms]
    assert normal_scores(uniforms) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "30B to 300B", "-1 to 3", "100B (50B to 500B)", "1 (-1 to 4)", "uniform 1 to 2", "loguniform 1 to 1000",
        "triangular(1, 2, 4)", "pert(1, 2, 4)", "beta(2, 5)", "samples(1, 2, 4, 9)", "gamma(2, 3)", "poisson(3)",
        "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
    ],
)  # fmt: skip
def test_every_shape_is_drawn_by_its_quantiles(text: str) -> None:
    value = parse_value(text)
    uniforms = np.linspace(0.021, 0.981, 25)
    expected = [value.quantile(float(p)) for p in uniforms]
    assert quantiles(value, uniforms) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("shape", ["uniform 1 to 9", "pert(1, 2, 9)", "2 (1 to 9)"])
@pytest.mark.parametrize("rank", [-0.8, 0.5])
def test_any_two_shapes_can_be_correlated(shape: str, rank: float) -> None:
    quantities = {
        "a": Quantity("a", readings={"value": Reading(shape)}),
        "b": Quantity("b", readings={"value": Reading("uniform 1 to 9", correlated=Correlation("a", rank))}),
    }
    product_of_both = estimate(replace(debate({}, {"gap": "a * b"}), quantities=quantities)).gaps["gap"].now
    # The same by a million plain draws of a Gaussian copula.
    generator = np.random.default_rng(1)
    first, noise = generator.standard_normal((2, 200_000))
    rho = 2 * math.sin(math.pi * rank / 6)
    second = rho * first + math.sqrt(1 - rho**2) * noise
    cdf = np.vectorize(NormalDist().cdf)
    plain = np.log10(quantiles(parse_value(shape), cdf(first)) * quantiles(parse_value("uniform 1 to 9"), cdf(second)))
    for p in PERCENTILES:
        assert product_of_both.percentile(p) == pytest.approx(float(np.percentile(plain, p)), abs=0.01)


def test_the_density_of_a_sampled_gap_integrates_to_one() -> None:
    outcome = estimate(debate({"a": "1 to 10", "b": "1 to 100"}, {"gap": "a + b"})).gaps["gap"].now
    assert outcome.method == "sampled"
    points = [-2 + n * 0.01 for n in range(601)]
    assert sum(outcome.density(points)) * 0.01 == pytest.approx(1, abs=0.01)
    assert outcome.cdf(outcome.median) == pytest.approx(0.5, abs=0.005)


def test_what_is_not_above_zero_lies_below_every_order_of_magnitude() -> None:
    # A normal from 0.1 to 2 is below zero in 3.5% of the cases, so p5 exists and the 1st percentile does not.
    outcome = estimate(debate({"a": "normal 0.1 to 2", "b": "1 to 1.001"}, {"gap": "a * b"})).gaps["gap"].now
    assert outcome.p5 == pytest.approx(-1, abs=0.02)
    assert outcome.percentile(1) == -math.inf
    assert outcome.mean.reason == "a part of it is no number, or has no order of magnitude"


def test_a_sum_with_a_very_long_tail() -> None:
    """The tail of e ** c reaches 10 ** 20 and more, and must not blur what lies far below it."""
    outcome = estimate(debate({"a": "1 to 10", "c": "1 to 10"}, {"gap": "a + exp(c)"})).gaps["gap"].now
    generator = np.random.default_rng(1)
    deviation = 0.5 / NormalDist().inv_cdf(0.95)
    a, c = (10 ** (0.5 + deviation * generator.standard_normal(200_000)) for _ in range(2))
    for p in PERCENTILES:
        assert outcome.percentile(p) == pytest.approx(float(np.percentile(np.log10(a + np.exp(c)), p)), abs=0.03)


def test_draws_as_far_apart_as_floats_go_have_percentiles() -> None:
    """One at -9 and two at 9, with a line between: of the ninth powers both ends are beyond floats."""
    far = debate({"b": "samples(9, 9, -9)"}, {})
    far = replace(far, gaps={"gap": Gap("gap", " * ".join(["1e300", *"b" * 9]), unit="yr")})
    outcome = estimate(far).gaps["gap"].now
    figures = [outcome.percentile(p) for p in (5, 30, 33, 35, 50, 95)]
    assert not any(map(math.isnan, figures))
    assert figures == sorted(figures)
    assert (figures[0], figures[-1]) == (-math.inf, math.inf)


def test_a_mass_beside_a_very_long_tail() -> None:
    """The larger of a and 3 is 3 in half of all cases, however far the tail of e ** (e ** c) reaches beside it."""
    numbers = debate({"a": "1 to 9", "c": "0.5 to 5"}, {})
    gap = Gap("gap", "max(max(a, 3), exp(exp(c)) - 1e9)", unit="yr")
    assert estimate(replace(numbers, gaps={"gap": gap})).gaps["gap"].now.p5 == pytest.approx(3, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        ("normal(0, 1)", "abs(a)"),
        ("lognormal 1 to 100", "(a - 10) ** 2"),
        ("uniform 0 to 4", "max(a, 2)"),
        ("normal(0, 1)", "a ** 3 - a"),
        ("beta(3, 7)", "a * (1 - a)"),
    ],
)
def test_what_turns_is_mixed_as_it_is_without_a_search(
    value: str, formula: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = replace(debate({"a": value}, {}), gaps={"g": Gap("g", formula, unit="points")})
    result = estimate(numbers).gaps["g"].now
    assert isinstance(result, OneInputResult)
    expected = [result.percentile(p) for p in PERCENTILES]
    asked: list[float] = []
    value_at = OneInputResult._at

    def counted(self: OneInputResult, value: float) -> float:
        asked.append(value)
        return value_at(self, value)

    monkeypatch.setattr(OneInputResult, "_at", counted)
    mixed = sampled_mixture([(1.0, result)])
    assert [mixed.percentile(p) for p in PERCENTILES] == pytest.approx(expected, rel=3e-4, abs=1e-6)
    # A search of each of 512 percentiles would take hundreds of values for every one.
    assert len(asked) < 5_000


def test_what_is_below_every_number_is_mixed_as_such() -> None:
    """A normal from 0.1 to 2, below zero in Phi(-(1.05 / 0.95) z) = 3.45% of the cases; all of it twice is in half."""
    gap = estimate(debate({"a": "normal 0.1 to 2"}, {"gap": "a"})).gaps["gap"].now
    mixed = sampled_mixture([(0.5, gap), (0.5, NormalResult(1000, 1, power=False))])
    z = NormalDist().inv_cdf(0.95)
    below = NormalDist().cdf(-1.05 / 0.95 * z)
    assert mixed.cdf(-300) == pytest.approx(below / 2, abs=1e-4)
    # The median of the normal, log10 1.05, is at a quarter of the whole.
    assert mixed.percentile(25) == pytest.approx(math.log10(1.05), abs=1e-4)


@pytest.mark.parametrize("unit", ["OOM", "brain"])
def test_percentiles_asked_for_together_are_those_asked_for_alone(unit: str) -> None:
    known = vision()
    known = replace(known, gaps={"vision": replace(known.gaps["vision"], unit=unit, headline=True)})
    result = estimate(known).gaps["vision"].weighed
    assert isinstance(result, SampledResult)
    percents = [0.05, *range(1, 100), 99.95]
    together = result.percentiles(percents)
    assert together == sorted(together)
    assert together == pytest.approx([result.percentile(p) for p in percents], rel=2e-4, abs=2e-4)
