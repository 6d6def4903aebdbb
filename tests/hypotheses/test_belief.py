"""Belief: notations, dependent evidence, implied plausibilities. Expected figures are worked out beside each test."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import counts_by, difference, evidence_for, implied, log_odds
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Mode
from hypotheses.problems import Malformed
from hypotheses.ratios import format_rating, format_ratio, format_weight, parse_ratio, parse_weight, rated, zero_means
from hypotheses.tallies import tallied

RATIOS = st.floats(min_value=1e-3, max_value=1e3)
PRIORS = st.floats(min_value=0.01, max_value=0.99)


def item(key: str, ratio: float | None, cluster: str = "", hypothesis: str = "a", **fields: Any) -> Evidence:
    evidence = Evidence(key, f"About {key}", cluster=cluster, assessments={hypothesis: Assessment(ratio)})
    return replace(evidence, **fields)


def debate_of(
    *items: Evidence, prior: float = 0.5, rho: float = 0.5, mode: Mode = "independent", **others: float
) -> Debate:
    hypotheses = {slug: Hypothesis(slug, slug, prior=p) for slug, p in {"a": prior, **others}.items()}
    return Debate("d", "D", mode=mode, correlation=rho, hypotheses=hypotheses, evidence={e.key: e for e in items})


def odds(p: float) -> float:
    return p / (1 - p)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        *[("++", 10), ("+", 3), ("0", 1), ("-", 1 / 3), ("--", 0.1), ("−−", 0.1)],
        *[("CC", 10), ("C", 3), ("N", 1), ("I", 1 / 3), ("II", 0.1), ("ii", 0.1), ("NA", None)],
        *[("n/a", None), ("N/A", None), ("*", None)],
        *[("3", 3), (" 1/3 ", 1 / 3), ("1 / 4", 0.25), ("1:4", 0.25), ("2.5", 2.5), ("1e-3", 0.001), (".5", 0.5)],
    ],
)
def test_a_ratio_is_read_in_every_notation(text: str, ratio: float | None) -> None:
    assert parse_ratio(text) == ratio


@pytest.mark.parametrize(
    "text", ["", "+++", "maybe", "0.0", "-3", "1/0", "0/1", "1e999", "1e-999", "inf", "nan", "٣", "1/2/3"]
)
def test_what_is_no_ratio_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(Malformed, match=r"expected \+\+, \+, 0, -, --, a positive number"):
        parse_ratio(text)


def test_a_rating_with_a_long_run_of_spaces_is_read_at_once() -> None:
    start = time.perf_counter()
    with pytest.raises(Malformed):
        rated(f"1{' ' * 49_000}x")
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        *[(10.0, "++"), (3.0, "+"), (1.0, "0"), (1 / 3, "-"), (0.1, "--"), (None, "n/a")],
        *[(2.0, "2"), (0.33, "0.33"), (1 / 7, "1/7"), (0.25, "0.25"), (0.5, "0.5"), (100.0, "100")],
    ],
)
def test_a_ratio_is_written_as_it_is_typed(ratio: float | None, text: str) -> None:
    assert format_ratio(ratio) == text


@pytest.mark.parametrize(
    ("text", "ratio", "given_by"),
    [
        ("0.8 vs 0.1", 8, "0.8 vs 0.1"),
        (" 80%  VS. 10 % ", 8, "80% vs 10 %"),
        ("1 vs 1", 1, "1 vs 1"),
        # Cromwell's rule: no single rating is beyond all others.
        ("0 vs 0.3", 1e-12, "0 vs 0.3"),
        ("0.3 vs 0%", 1e12, "0.3 vs 0%"),
        ("1e-300 vs 1", 1e-12, "1e-300 vs 1"),
        ("3", 3, ""),
    ],
)
def test_two_probabilities_are_a_ratio_and_are_kept_as_typed(text: str, ratio: float, given_by: str) -> None:
    cell = rated(text, "why")
    assert cell.ratio == pytest.approx(ratio)
    assert (cell.given, cell.why) == (given_by, "why")
    assert rated(format_rating(cell), "why") == cell
    assert parse_ratio(text) == cell.ratio


def test_a_probability_of_zero_is_told_for_what_it_does() -> None:
    assert zero_means(rated("0 vs 0.3")) == "0 if true rules it out: it counts as a ratio of 1e-12"
    assert zero_means(rated("0.3 vs 0")) == "0 if not true makes it certain: it counts as a ratio of 1e+12"
    assert zero_means(rated("0.3 vs 0.1")) == zero_means(rated("1e12")) == ""


@pytest.mark.parametrize(
    ("text", "told"), [("0 vs 0", "could not have been found at all"), ("0.5 vs 120%", "a probability above 1")]
)
def test_two_probabilities_that_cannot_be(text: str, told: str) -> None:
    with pytest.raises(Malformed, match=told):
        rated(text)


@given(st.one_of(st.floats(min_value=0, exclude_min=True, max_value=1e308), st.integers(1, 10**6).map(lambda n: 1 / n)))
def test_a_written_ratio_reads_back_as_the_same_number(ratio: float) -> None:
    assert parse_ratio(format_ratio(ratio)) == ratio


@pytest.mark.parametrize(
    ("text", "weight"), [("low", 0.5), ("Medium", 0.75), ("high", 1), ("0", 0), ("1", 1), ("0.6", 0.6), ("60%", 0.6)]
)
def test_a_weight_is_a_word_or_a_number(text: str, weight: float) -> None:
    assert parse_weight(text) == weight


@pytest.mark.parametrize("text", ["", "huge", "1.5", "-1", "150%", "nan", "inf"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="expected low, medium, high, or a number from 0 to 1"):
        parse_weight(text)


@given(st.floats(min_value=0, max_value=1))
def test_a_written_weight_reads_back_as_the_same_number(weight: float) -> None:
    assert parse_weight(format_weight(weight)) == weight


def test_without_evidence_the_prior_stands() -> None:
    assert implied(debate_of(prior=0.6)) == {"a": pytest.approx(0.6)}


def test_independent_items_multiply_the_odds() -> None:
    # Odds 1:1, times 3, times 10 = 30:1, so 30/31.
    assert implied(debate_of(item("x", 3), item("y", 10)))["a"] == pytest.approx(30 / 31)


def test_credibility_and_relevance_are_exponents() -> None:
    # 0.5 * 0.75 of ln 10, so odds 10 ** 0.375.
    p = implied(debate_of(item("x", 10, credibility=0.5, relevance=0.75)))["a"]
    assert odds(p) == pytest.approx(10**0.375)


def test_a_cluster_of_three_counts_as_one_and_a_half() -> None:
    # n_eff = 3 / (1 + 2 * 0.5) = 1.5 items of ratio 3, so odds 3 ** 1.5.
    items = [item(key, 3, cluster="lab") for key in "xyz"]
    assert odds(implied(debate_of(*items))["a"]) == pytest.approx(3**1.5)


def test_items_of_a_cluster_that_say_nothing_of_a_hypothesis_do_not_dilute_it() -> None:
    # Only x rates "a": the blank cell of y, the n/a of z and the retracted w leave it a cluster of one.
    items = [
        item("x", 3, cluster="lab"),
        item("y", 3, cluster="lab", hypothesis="b"),
        item("z", None, cluster="lab"),
        item("w", 3, cluster="lab", retracted=True),
    ]
    assert odds(implied(debate_of(*items, b=0.5))["a"]) == pytest.approx(3)


@given(n=st.integers(1, 12), ratio=RATIOS, rho=st.floats(0, 1), prior=PRIORS)
def test_a_cluster_of_n_equal_items_counts_n_over_one_plus_n_minus_one_rho(
    n: int, ratio: float, rho: float, prior: float
) -> None:
    together = implied(debate_of(*[item(f"i{k}", ratio, "lab") for k in range(n)], prior=prior, rho=rho))["a"]
    n_eff = n / (1 + (n - 1) * rho)
    expected = math.log(odds(prior)) + n_eff * math.log(ratio)
    assert together == pytest.approx(1 / (1 + math.exp(-expected)))


@given(data=st.data(), ratios=st.lists(st.tuples(RATIOS, st.sampled_from(["", "lab", "trick"])), max_size=8))
def test_the_order_of_the_evidence_never_shows(data: st.DataObject, ratios: list[tuple[float, str]]) -> None:
    items = [item(f"i{k}", ratio, cluster) for k, (ratio, cluster) in enumerate(ratios)]
    shuffled = data.draw(st.permutations(items))
    assert implied(debate_of(*items, prior=0.3)) == implied(debate_of(*shuffled, prior=0.3))


CLUSTERS = st.sampled_from(["", "lab", "trick"])
MODES = st.sampled_from(["independent", "exclusive"])
RATED = st.lists(st.tuples(st.one_of(st.sampled_from([0.1, 1.0, 3.0]), RATIOS), CLUSTERS, st.floats(0, 1)), max_size=6)


def evidence_of(items: list[tuple[float, str, float]]) -> list[Evidence]:
    return [item(f"i{k}", *each[:2], credibility=each[2]) for k, each in enumerate(items)]


@given(RATED, CLUSTERS, PRIORS, st.floats(0, 1), MODES)
def test_a_neutral_item_changes_nothing(
    items: list[tuple[float, str, float]], cluster: str, prior: float, rho: float, mode: Mode
) -> None:
    others = evidence_of(items)
    alone = debate_of(*others, prior=prior, rho=rho, mode=mode)
    beside = debate_of(*others, item("y", 1, cluster), prior=prior, rho=rho, mode=mode)
    assert implied(alone) == implied(beside)


@given(RATED, RATIOS, CLUSTERS, st.floats(1, 100), PRIORS, st.floats(0, 1), MODES)
def test_a_higher_ratio_never_implies_less(
    items: list[tuple[float, str, float]],
    low: float,
    cluster: str,
    factor: float,
    prior: float,
    rho: float,
    mode: Mode,
) -> None:
    def at(ratio: float) -> float:
        return implied(debate_of(*evidence_of(items), item("x", ratio, cluster), prior=prior, rho=rho, mode=mode))["a"]

    assert at(low) <= at(low * factor) + 1e-12


@given(RATED, RATIOS, CLUSTERS, st.floats(0, 1), st.floats(0, 1), PRIORS, st.floats(0, 1))
def test_more_credibility_moves_the_way_the_item_points(
    items: list[tuple[float, str, float]],
    ratio: float,
    cluster: str,
    low: float,
    high: float,
    prior: float,
    rho: float,
) -> None:
    def at(weight: float, relevance: float = 1.0) -> float:
        one = item("x", ratio, cluster, credibility=weight, relevance=relevance)
        return implied(debate_of(*evidence_of(items), one, prior=prior, rho=rho))["a"]

    low, high = sorted((low, high))
    for before, after in ((at(low), at(high)), (at(1, relevance=low), at(1, relevance=high))):
        assert (after - before) * math.log(ratio) >= -1e-12


@given(RATED.filter(bool), st.integers(0, 5), PRIORS, st.floats(0, 1), MODES)
def test_a_retraction_moves_against_what_the_item_said(
    items: list[tuple[float, str, float]], which: int, prior: float, rho: float, mode: Mode
) -> None:
    all_of_them = evidence_of(items)
    gone = all_of_them[which % len(all_of_them)]
    rest = [replace(each, retracted=each is gone) for each in all_of_them]
    before = implied(debate_of(*all_of_them, prior=prior, rho=rho, mode=mode))["a"]
    after = implied(debate_of(*rest, prior=prior, rho=rho, mode=mode))["a"]
    assert (after - before) * math.log(items[which % len(items)][0]) <= 1e-12


@given(RATED, st.floats(0.01, 5), CLUSTERS, st.floats(0, 1))
def test_a_hair_more_moves_by_no_more_than_a_hair(
    items: list[tuple[float, str, float]], nats: float, cluster: str, rho: float
) -> None:
    """Also where two items become equally strong, and which of them counts in full changes."""

    def at(strength: float) -> float:
        debate = debate_of(*evidence_of(items), item("x", math.exp(strength), cluster), rho=rho)
        return log_odds(debate)["a"]

    for strength in (nats, *(abs(math.log(ratio)) * weight for ratio, _, weight in items)):
        assert abs(at(strength + 1e-6) - at(strength)) <= 1e-6 + 1e-9


def test_what_supports_beside_stronger_support_adds_to_it() -> None:
    # One item of ratio 3 in a cluster; 1.25 beside it counts 4/3 - 1 of itself.
    items = [item("x", 3, "lab"), item("y", 1.25, "lab")]
    assert odds(implied(debate_of(*items))["a"]) == pytest.approx(3 * 1.25 ** (1 / 3))


@pytest.mark.parametrize("certain", [0.0, 1.0])
@pytest.mark.parametrize("mode", ["independent", "exclusive"])
def test_no_evidence_moves_a_certainty(certain: float, mode: Mode) -> None:
    assert implied(debate_of(item("x", 1e-9), item("y", 1e12), prior=certain, mode=mode)) == {"a": certain}


def test_overwhelming_evidence_neither_overflows_nor_fails() -> None:
    heap = [item(f"i{k}", 1e300) for k in range(10)]
    assert implied(debate_of(*heap))["a"] == 1
    assert implied(debate_of(*[replace(e, assessments={"a": Assessment(1e-300)}) for e in heap]))["a"] == 0
    assert implied(debate_of(*heap, prior=0.2, mode="exclusive", b=0.3)) == {"a": 1, "b": 0}


def test_exclusive_hypotheses_share_one_with_none_of_these() -> None:
    # a: 0.5 * 3 = 1.5, b: 0.3 * 1 = 0.3, none of these: 0.2 * 1 = 0.2; together 2.0.
    found = implied(debate_of(item("x", 3), prior=0.5, mode="exclusive", b=0.3))
    assert found == {"a": pytest.approx(0.75), "b": pytest.approx(0.15)}


def test_exclusive_priors_above_one_are_shared_out() -> None:
    assert implied(debate_of(prior=0.9, mode="exclusive", b=0.9)) == {"a": pytest.approx(0.5), "b": pytest.approx(0.5)}


def test_retracted_evidence_counts_nothing_and_stays_visible() -> None:
    debate = debate_of(item("x", 10, retracted=True))
    assert implied(debate)["a"] == pytest.approx(0.5)
    assert tallied(debate)["a"] == (0, 0)
    (pull,) = evidence_for(debate, "a")
    assert (pull.evidence.key, pull.decibans) == ("x", 0)


def test_the_tally_counts_what_speaks_for_and_against() -> None:
    items = [item("v", 3), item("w", 10), item("x", 0.2), item("y", 1), item("z", None)]
    assert tallied(debate_of(*items))["a"] == (2, 1)


def test_evidence_is_listed_by_its_pull_in_decibans() -> None:
    # 10 is 10 decibans; 1/100 at half credibility is -10; both tie, so the key decides. 3 is 4.77, and as
    # one of two in a cluster 1/1.5 of it: 3.18.
    items = [
        item("slight", 3, "lab"),
        item("other", 3, "lab"),
        item("for", 10),
        item("against", 0.01, credibility=0.5),
        item("elsewhere", 10, hypothesis="b"),
    ]
    found = [(pull.evidence.key, round(pull.decibans, 2)) for pull in evidence_for(debate_of(*items, b=0.5), "a")]
    assert found == [("against", -10.0), ("for", 10.0), ("other", 3.18), ("slight", 3.18)]


@given(ratios=st.lists(st.tuples(RATIOS, st.sampled_from(["", "lab"])), max_size=6), prior=st.floats(0.3, 0.7))
def test_the_pulls_add_up_to_the_difference_of_prior_and_implied(ratios: list[tuple[float, str]], prior: float) -> None:
    items = [item(f"i{k}", max(0.1, min(10, ratio)), cluster) for k, (ratio, cluster) in enumerate(ratios)]
    debate = debate_of(*items, prior=prior)
    pulled = sum(pull.decibans for pull in evidence_for(debate, "a"))
    assert difference(implied(debate)["a"], prior) == pytest.approx(pulled, abs=1e-6)


@pytest.mark.parametrize(
    ("date", "as_of", "counts"),
    [
        ("2023-03", "2023-03-01", True),
        ("2023-03", "2023-02-28", False),
        ("2023-03", "2023", True),
        ("2023", "2023-01-01", True),
        ("2023", "2022", False),
        ("2023-03-15", "2023-03-14", False),
        ("2023-03-15", "2023-03-15", True),
        ("2023-03-15", "2023-03", True),
        ("", "1900", True),
        ("2099", "", True),
    ],
)
def test_evidence_counts_from_its_earliest_possible_day(date: str, as_of: str, counts: bool) -> None:
    assert counts_by(date, as_of) is counts


def test_as_of_a_date_later_evidence_is_not_known_yet() -> None:
    # As of March only x counts, alone in its cluster: odds 3. Later both do, as 2 / 1.5 items: odds 3 ** (4/3).
    debate = debate_of(item("x", 3, "lab", date="2023-03"), item("y", 3, "lab", date="2024"))
    assert odds(implied(debate, as_of="2023-12-31")["a"]) == pytest.approx(3)
    assert odds(implied(debate)["a"]) == pytest.approx(3 ** (4 / 3))
    assert [pull.decibans for pull in evidence_for(debate, "a", as_of="2023")][1] == 0


def test_the_difference_of_two_plausibilities_is_in_decibans() -> None:
    # Odds 9:1 over odds 1:1 is a ratio of 9: 10 * log10(9) = 9.54 decibans.
    assert difference(0.9, 0.5) == pytest.approx(9.5424, abs=1e-4)
    assert difference(0.5, 0.9) == pytest.approx(-9.5424, abs=1e-4)
    assert difference(1, 1) == 0
    assert difference(1, 0.5) == math.inf
