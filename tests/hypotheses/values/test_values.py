"""Values as they are typed."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.problems import Malformed
from hypotheses.values import describe, format_amount, format_value, parse_value, remarks, value_from_parts
from hypotheses.values.distributions import Distribution, Lognormal, Normal, Point, TwoPiece
from hypotheses.values.mixtures import Mixture
from hypotheses.values.shapes import Beta, Gamma, Pert, Poisson, Samples, Triangular, Uniform

READ = [
    ("890M", Point(890e6)),
    ("8.9e8", Point(890e6)),
    ("890,000,000", Point(890e6)),
    ("890 M", Point(890e6)),
    ("16k", Point(16_000)),
    ("16K", Point(16_000)),
    ("2G", Point(2e9)),
    ("2B", Point(2e9)),
    ("1.5T", Point(1.5e12)),
    ("45%", Point(0.45)),
    ("-3", Point(-3)),
    ("−3", Point(-3)),
    (".5", Point(0.5)),
    ("30B to 300B", Lognormal(30e9, 300e9)),
    ("30B..300B", Lognormal(30e9, 300e9)),
    ("1.5..2.5", Lognormal(1.5, 2.5)),
    ("30B->300B", Lognormal(30e9, 300e9)),
    ("[30B, 300B]", Lognormal(30e9, 300e9)),
    ("30B to 300B @80%", Lognormal(30e9, 300e9, 0.8)),
    ("30B to 300B @99.9%", Lognormal(30e9, 300e9, 0.9990000000000001)),
    ("-1 to 3", Normal(-1, 3)),
    ("0 to 3", Normal(0, 3)),
    ("5 to 5", Point(5)),
    ("100B (50B to 500B)", TwoPiece(50e9, 100e9, 500e9)),
    ("100B ([50B, 500B]) @80%", TwoPiece(50e9, 100e9, 500e9, 0.8)),
    ("1 (-1 to 2)", TwoPiece(-1, 1, 2, log=False)),
    ("normal 5 (1 to 10)", TwoPiece(1, 5, 10, log=False)),
    ("normal 1 to 2", Normal(1, 2)),
    ("lognormal 1 to 2", Lognormal(1, 2)),
    ("uniform 1 to 2", Uniform(1, 2)),
    ("loguniform 1 to 2", Uniform(1, 2, log=True)),
    ("triangular(1, 2, 4)", Triangular(1, 2, 4)),
    ("pert(1,2,4)", Pert(1, 2, 4)),
    ("beta(2, 5)", Beta(2, 5)),
    ("samples(3, 1, 2)", Samples((1, 2, 3))),
    ("mixture(0.3: 1 to 2, 0.7: normal 5 to 6)", Mixture((0.3, 0.7), (Lognormal(1, 2), Normal(5, 6)))),
    ("1.5 million", Point(1.5e6)),
    ("2bn", Point(2e9)),
    ("3 thousand", Point(3_000)),
    ("5 Trillion", Point(5e12)),
    ("20 percent", Point(0.2)),
    ("$5M", Point(5e6)),
    ("-€5", Point(-5)),
    ("5 £", Point(5)),
    ("1/3", Point(1 / 3)),
    ("8:10", Point(0.8)),
    ("1 in 4", Point(0.25)),
    ("1 in 1,000", Point(0.001)),
    ("1 000 000", Point(1e6)),
    ("1\u00a0000\u202f000", Point(1e6)),
    ("3×10^6", Point(3e6)),
    ("3 x 10**-6", Point(3e-6)),
    ("3·10⁶", Point(3e6)),
    ("10^6", Point(1e6)),
    ("5-10", Lognormal(5, 10)),
    ("5 – 10", Lognormal(5, 10)),
    ("30B - 300B", Lognormal(30e9, 300e9)),
    ("1e-5-2e-5", Lognormal(1e-5, 2e-5)),
    ("5...10", Lognormal(5, 10)),
    ("5…10", Lognormal(5, 10)),
    ("between 5 and 10", Lognormal(5, 10)),
    ("1 000 to 2 000", Lognormal(1_000, 2_000)),
    ("1/3 to 2/3", Lognormal(1 / 3, 2 / 3)),
    ("5 to 10M", Lognormal(5e6, 10e6)),
    ("30 to 300B", Lognormal(30e9, 300e9)),
    ("5 to 10%", Lognormal(0.05, 0.1)),
    ("5 to 10 million", Lognormal(5e6, 10e6)),
    ("$5 to 10M", Lognormal(5e6, 10e6)),
    ("900 to 1M", Lognormal(900, 1e6)),
    ("1 to 1M", Lognormal(1, 1e6)),
    ("uniform 1 to 1k", Uniform(1, 1_000)),
    ("1 (0.5 to 1M)", TwoPiece(0.5, 1, 1e6)),
    ("-5 to 5%", Normal(-0.05, 0.05)),
    ("2 (-1 to 5M)", TwoPiece(-1e6, 2e6, 5e6, log=False)),
    ("1/2 million", Point(500_000)),
    ("1/2%", Point(0.005)),
    ("1 in 2 million", Point(5e-7)),
    ("pert(1, 2, 4M)", Pert(1e6, 2e6, 4e6)),
    ("5M±10%", Normal(4.5e6, 5.5e6)),
    ("-10±2M", Normal(-12e6, -8e6)),
    ("0 to 10%", Normal(0, 0.1)),
    ("uniform 5 to 10M", Uniform(5e6, 10e6)),
    ("7 (5 to 10M)", TwoPiece(5e6, 7e6, 10e6)),
    ("10±2", Normal(8, 12)),
    ("10 +/- 2M", Normal(8e6, 12e6)),
    ("50%±10%", Normal(0.4, 0.6)),
    ("100 ± 5 @68%", Normal(95, 105, 0.68)),
    ("uniform(1, 10)", Uniform(1, 10)),
    ("loguniform(1, 100)", Uniform(1, 100, log=True)),
    ("beta(3, 7)", Beta(3, 7)),
    ("gamma(2, 3)", Gamma(2, 3)),
    ("poisson(3)", Poisson(3)),
    ("3 of 10", Beta(4, 8)),
    ("0 out of 10", Beta(1, 11)),
    ("mixture(1: mixture(1: 1, 2: 2), 1: 3)", Mixture((1, 1), (Mixture((1, 2), (Point(1), Point(2))), Point(3)))),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_every_notation_is_read(text: str, value: Distribution) -> None:
    assert parse_value(text) == value


REFUSED = [
    ("1,00", "expected 100 or 1.00"),
    ("12,34,567", "does not group thousands"),
    ("1e", "unknown suffix"),
    ("10 to 3", "expected the lower value first"),
    ("3 (4 to 5)", "expected the lower value first"),
    ("30B to", "not a number"),
    ("", "found nothing"),
    ("   ", "found nothing"),
    ("NaN", "not a number"),
    ("inf", "not a number"),
    ("1e999", "too large"),
    ("1e-999", "too small"),
    ("890m", "did you mean 890M?"),
    ("3b", "did you mean 3B?"),
    ("890Q", "unknown suffix"),
    ("10-5", "expected the lower value first"),
    ("-5-10", "not a number"),
    ("11 of 10", "expected so many of at least as many"),
    ("1/0", "divides by 0"),
    ("0.05 to 10%", "could be 0.05% to 10% or 5% to 10%; expected a % on both ends"),
    ("50±10%", "could be 45 to 55 or 40% to 60%"),
    ("1,000±10%", "could be 900 to 1.1K or"),
    ("5 apples", "unknown suffix"),
    ("$5 €", "not a number"),
    ("normal(1, 0)", "expected one above zero"),
    ("lognormal(800, 2)", "expected logarithms nearer to 0"),
    ("poisson(0)", "expected a rate above 0"),
    ("gamma(0, 1)", "expected a count from 0.1"),
    ("5 to 6 to 7", "not a number"),
    ("[1,000, 2,000]", "could separate or group"),
    ("samples(1,000, 2)", "could separate or group"),
    ("[1, 2, 3]", "expected two"),
    ("normal(1 to 2)", "expected 2, such as normal(5, 2) or normal 1 to 9"),
    ("pert 1 2 3", "expected pert(1, 2, 4)"),
    ("nrmal 1 to 2", "did you mean normal?"),
    ("normal 5", "expected two ends"),
    ("uniform 2 (1 to 3)", "no middle value"),
    ("uniform 1 to 2 @80%", "without @"),
    ("uniform 10±2 @80%", "without @"),
    ("10±-2", "expected a number from 0 on"),
    ("5 @80%", "without @"),
    ("1 to 2 @200%", "expected 1% to 99.9%"),
    ("lognormal -1 to 3", "above zero"),
    ("loguniform 0 to 3", "above zero"),
    ("beta(1)", "expected 2"),
    ("beta(0, 1)", "expected two counts"),
    ("triangular(3, 2, 4)", "lower value first"),
    ("mixture(1 to 2)", "no weight"),
    ("mixture(0: 1 to 2)", "not above zero"),
    ("١٢", "not a number"),
    ("mixture(1: " * 10 + "1" + ")" * 10, "too deep"),
    ("9" * 30_000, "too long"),
]


NORMAL = "normal, as it begins at 0 or below; a lognormal needs a low end above 0"


def test_shapes_as_others_write_them_have_the_parameters_they_name() -> None:
    normal, lognormal = parse_value("normal(5, 2)"), parse_value("lognormal(1, 2)")
    assert normal.normal == pytest.approx((5, 2))
    # Mean and deviation of the natural logarithm: those of log10 are a factor of ln 10 less.
    assert lognormal.log_normal == pytest.approx((1 / math.log(10), 2 / math.log(10)))
    # e^-3 (1 + 3 + 4.5) of a Poisson of rate 3 is at most 2; of a gamma of count 1, 1 - e^-x is below x.
    poisson = parse_value("poisson(3)")
    assert (poisson.cdf(2), poisson.below(3)) == pytest.approx((8.5 * math.exp(-3), 8.5 * math.exp(-3)))
    assert (poisson.quantile(0.05), poisson.quantile(0.5), poisson.mean) == (1, 3, 3)
    assert parse_value("gamma(1, 2)").cdf(3) == pytest.approx(1 - math.exp(-1.5))
    assert parse_value("gamma(2, 3)").mean == 6
    # Laplace's rule: a hit more and a miss more than were seen.
    assert parse_value("3 of 10").mean == pytest.approx(4 / 12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 to 10M", ("M counts for both ends",)),
        ("7 (5 to 10M)", ("M counts for all three",)),
        ("0 to 10%", ("% counts for both ends", NORMAL)),
        ("-1 to 3", (NORMAL,)),
        ("10±2", ("read as the middle 90%; @68% after it makes it one standard deviation",)),
        ("normal -1 to 3", ()),
        ("5M to 10M", ()),
        ("900 to 1M", ()),
        ("890M", ()),
    ],
)
def test_what_was_read_in_a_way_one_might_not_expect_is_said(text: str, told: tuple[str, ...]) -> None:
    assert remarks(text) == told


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_is_not_a_value_is_refused_with_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_value(text)
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=40))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    with suppress(Malformed):
        assert parse_value(format_value(parse_value(text))) == parse_value(text)


numbers = st.floats(1e-12, 1e14) | st.floats(-1e14, -1e-12) | st.integers(-10_000, 10_000).map(float)
positive = st.floats(1e-12, 1e14)
widths = st.integers(1, 99).map(lambda percent: percent / 100)
shares = st.floats(0.1, 1000)


@pytest.mark.parametrize(("before", "after"), [("1", "x"), ("1", "to 5x"), ("1 to 2", "@ x"), ("normal 1", ")")])
def test_a_long_run_of_spaces_is_read_at_once(before: str, after: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Malformed):
        parse_value(f"{before}{' ' * 19_000}{after}")
    assert time.perf_counter() - start < 2


def ascending(of: st.SearchStrategy[float], count: int) -> st.SearchStrategy[list[float]]:
    return st.lists(of, min_size=count, max_size=count, unique=True).map(sorted)


simple = st.one_of(
    numbers.map(Point),
    st.builds(lambda ends, width: Lognormal(ends[0], ends[1], width), ascending(positive, 2), widths),
    st.builds(lambda ends, width: Normal(ends[0], ends[1], width), ascending(numbers, 2), widths),
    st.builds(lambda ends, width: TwoPiece(ends[0], ends[1], ends[2], width), ascending(positive, 3), widths),
    st.builds(lambda ends: TwoPiece(ends[0], ends[1], ends[2], log=False), ascending(numbers, 3)),
    st.builds(lambda ends: Uniform(ends[0], ends[1]), ascending(numbers, 2)),
    st.builds(lambda ends: Uniform(ends[0], ends[1], log=True), ascending(positive, 2)),
    st.builds(lambda ends: Triangular(ends[0], ends[1], ends[2]), ascending(numbers, 3)),
    st.builds(lambda ends: Pert(ends[0], ends[1], ends[2]), ascending(numbers, 3)),
    st.builds(Beta, shares, shares),
    st.builds(lambda values: Samples(tuple(values)), ascending(numbers, 4)),
)
mixed = st.builds(
    lambda parts: Mixture(tuple(weight for weight, _ in parts), tuple(part for _, part in parts)),
    st.lists(st.tuples(shares, simple), min_size=1, max_size=3),
)


@given(simple | mixed)
def test_a_written_value_reads_back_as_the_same_value(value: Distribution) -> None:
    assert parse_value(format_value(value)) == value


@given(simple | mixed)
def test_every_value_can_be_described(value: Distribution) -> None:
    assert describe(value)


def test_an_interval_is_the_middle_ninety_percent() -> None:
    value = parse_value("30B to 300B")
    assert value.quantile(0.05) == pytest.approx(30e9)
    assert value.quantile(0.95) == pytest.approx(300e9)
    assert value.quantile(0.5) == pytest.approx(math.sqrt(30e9 * 300e9))


def test_a_named_width_is_the_middle_that_wide() -> None:
    value = parse_value("-1 to 3 @50%")
    assert isinstance(value, Normal)
    assert value.quantile(0.25) == pytest.approx(-1)
    assert value.quantile(0.75) == pytest.approx(3)
    # The quartiles of a normal lie 0.6745 standard deviations from its mean.
    assert value.normal == pytest.approx((1, 2 / NormalDist().inv_cdf(0.75)))


@pytest.mark.parametrize("text", ["100B (50B to 500B)", "1 (-1 to 2)"])
def test_a_two_piece_value_goes_through_its_three_points(text: str) -> None:
    value = parse_value(text)
    assert isinstance(value, TwoPiece)
    assert value.quantile(0.05) == pytest.approx(value.low)
    assert value.quantile(0.5) == value.mid
    assert value.quantile(0.95) == pytest.approx(value.high)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"value": "890M"}, "890M"),
        ({"low": "30B", "high": 300e9}, "30B to 300B"),
        ({"low": 50e9, "mid": "100B", "high": "500B"}, "100B (50B to 500B)"),
        ({"shape": "normal", "low": 0.5, "high": 1.5, "interval": 0.8}, "normal 0.5 to 1.5 @80%"),
        ({"shape": "lognormal", "low": 1, "high": 2, "interval": "80%"}, "1 to 2 @80%"),
        ({"shape": "PERT", "low": 1, "mode": 2, "high": 4}, "pert(1, 2, 4)"),
        ({"shape": "beta", "alpha": 2, "beta": 5}, "beta(2, 5)"),
        ({"shape": "samples", "values": [3, 1, 2]}, "samples(1, 2, 3)"),
        (
            {"shape": "mixture", "parts": [{"weight": 0.3, "low": 1, "high": 2}, {"weight": 0.7, "value": "5 to 6"}]},
            "mixture(0.3: 1 to 2, 0.7: 5 to 6)",
        ),
    ],
)
def test_the_long_form_becomes_the_text_notation(parts: dict[str, object], text: str) -> None:
    assert value_from_parts(parts) == text


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"low": 1}, "expected low and high"),
        ({}, "found nothing"),
        ({"shape": "nrmal", "low": 1, "high": 2}, "did you mean normal?"),
        ({"shape": "pert", "low": 1, "high": 2}, "lacks 'mode'"),
        ({"shape": "uniform", "low": 1, "mid": 2, "high": 3}, "has no 'mid'"),
        ({"low": True, "high": 2}, "not a number"),
        ({"low": 3, "high": 2}, "lower value first"),
        ({"shape": "samples", "values": 3}, "not a list"),
        ({"shape": "mixture", "parts": [{"value": 3}]}, "expected a weight"),
    ],
)
def test_a_bad_long_form_is_refused_with_what_was_expected(parts: dict[str, object], expected: str) -> None:
    with pytest.raises(Malformed, match=expected.replace("?", r"\?")):
        value_from_parts(parts)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (890e6, "890M"), (236.52e6, "236.5M"), (8.456, "8.456"), (8.45594, "8.456"), (1.5e-9, "1.5e-09"), (0, "0"),
        (-12_346, "-12.35K"), (999_960, "1M"), (1774, "1774"), (1e15, "1e+15"), (99.999, "100"),
    ],
)  # fmt: skip
def test_an_amount_has_four_digits_and_a_suffix(number: float, text: str) -> None:
    assert format_amount(number) == text


@pytest.mark.parametrize(
    ("number", "error", "text"),
    [
        (23.12, 0.05, "23.1"), (23.12, 0.1, "23.1"), (23.12, 0.2, "23"), (23.12, 30, "20"), (1143, 9, "1140"),
        (125.34, 0.004, "125.3"), (-8.456, 0.06, "-8.5"), (236.52e6, 2e6, "240M"), (8.456, math.inf, "8"), (0, 1, "0"),
    ],
)  # fmt: skip
def test_of_an_amount_no_digit_is_written_that_is_smaller_than_its_error(
    number: float, error: float, text: str
) -> None:
    assert format_amount(number, error) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("890M", "exactly 890M"),
        ("30B to 300B", "lognormal, 90% between 30B and 300B"),
        ("-1 to 3 @80%", "normal, 80% between -1 and 3"),
        ("100B (50B to 500B)", "two-piece lognormal, median 100B, 90% between 50B and 500B"),
        ("uniform 1 to 2", "uniform, from 1 to 2"),
        ("samples(1, 2, 3)", "3 samples, 90% between 1 and 3"),
    ],
)
def test_a_value_is_described_by_its_shape_and_where_it_lies(text: str, words: str) -> None:
    assert describe(parse_value(text)) == words
