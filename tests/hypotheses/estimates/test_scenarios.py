"""Sets of hypotheses: chosen ones, the smallest that close a gap, and what to expect."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.arithmetic import bisect_increasing
from hypotheses.debate import Debate, Gap, Hypothesis, Mode, Verdict
from hypotheses.estimates import Result, estimate
from hypotheses.estimates.results import MixtureResult, NormalResult
from hypotheses.problems import AbduceError, Malformed
from tests.assuming import assumed
from tests.hypotheses.estimates.debates import debate, vision


def shrinking(ooms: dict[str, float], plausibility: float = 0.5, **fields: tuple[str, ...]) -> Debate:
    """Build a gap of 2 OOM and hypotheses that each take a known number of OOM off."""
    hypotheses = tuple(
        Hypothesis(
            slug,
            slug,
            plausibility=plausibility,
            effects={"a": f"a / 10 ** {size}"} if size else {},
            rivals=fields.get(slug, ()),
        )
        for slug, size in ooms.items()
    )
    return debate({"a": "100"}, {"gap": "a"}, hypotheses)


def expected(numbers: Debate, gap: str = "gap") -> Result:
    outcome = estimate(numbers).gaps[gap].weighed
    assert outcome is not None
    return outcome


def test_the_smallest_sets_close_the_gap_and_no_part_of_them_does() -> None:
    numbers = shrinking({"whole": 2, "most": 1.6, "half": 1, "other": 1.1, "bit": 0.5, "none": 0})
    # 2 closes it. 1.6 needs 0.5 (2.1, which is 0.1 beyond) and not 1 (0.6 beyond). 1 and 1.1 make 2.1. 1.6 is a
    # third OOM short (0.4) and so does not close it alone; 1 + 0.5 and 1.1 + 0.5 leave 0.5 and 0.4.
    assert estimate(numbers).gaps["gap"].smallest_sets == (("whole",), ("most", "bit"), ("half", "other"))


def test_a_closed_gap_needs_no_hypothesis() -> None:
    assert estimate(vision()).gaps["language"].smallest_sets == ((),)


def test_gaps_in_other_units_do_not_close() -> None:
    assert estimate(vision()).gaps["years"].smallest_sets == ()


def test_the_puzzle_is_closed_by_parity_alone_and_by_no_set_of_the_others() -> None:
    # Medians off: 1.5, 0.996, 1.5, 2.067, 1.5 of 2.051. One of them leaves 0.55 or 1.05, two go beyond by 0.45 or more.
    assert estimate(vision()).gaps["puzzle"].smallest_sets == (("parity",),)


def test_rivals_are_never_in_one_set() -> None:
    numbers = shrinking({"half": 1, "other": 1.1, "third": 0.9}, half=("other",))
    assert estimate(numbers).gaps["gap"].smallest_sets == (("half", "third"), ("other", "third"))
    with pytest.raises(Malformed, match="'half' and 'other' are rivals"):
        estimate(numbers, scenario=["other", "half"])


def test_sixteen_hypotheses_are_searched() -> None:
    numbers = shrinking({f"h{n}": 0.25 for n in range(16)})
    # Seven of 0.25 leave 0.25, the first number that closes: all ways to choose 7 of 16.
    sets = estimate(numbers).gaps["gap"].smallest_sets
    assert len(sets) == math.comb(16, 7)
    assert {len(members) for members in sets} == {7}


@pytest.mark.parametrize(
    ("scenario", "sentence"),
    [(["fiar"], "did you mean 'fair'"), (["steps", "gone"], "'gone' is rejected; expected open or accepted")],
)
def test_a_set_that_cannot_be_is_refused(scenario: list[str], sentence: str) -> None:
    numbers = vision()
    gone = Hypothesis("gone", "G", status="rejected", effects={"gpt2": "gpt2 * 2"})
    numbers = replace(numbers, hypotheses={**numbers.hypotheses, "gone": gone})
    with pytest.raises(AbduceError, match=sentence):
        estimate(numbers, scenario=scenario)
    assert "gone" not in estimate(numbers).gaps["puzzle"].under


def mixture_percentile(parts: list[tuple[float, float, float]], p: float) -> float:
    """Return a percentile of a mixture of normals: (weight, mean, deviation) each."""

    def cdf(x: float) -> float:
        return sum(w * (NormalDist(m, s).cdf(x) if s else float(x >= m)) for w, m, s in parts)

    return bisect_increasing(cdf, p, -10, 10)


def normals() -> Debate:
    """Build a gap of 2 OOM and two hypotheses: 60% for normal 1 to 2 OOM off, 30% for exactly 0.5 off."""
    fair = Hypothesis("fair", "F", plausibility=0.6, effects={"a": "a / 10 ** n"}, assumes=assumed(n="normal 1 to 2"))
    small = Hypothesis("small", "S", plausibility=0.3, effects={"a": "a / 10 ** 0.5"})
    idle = Hypothesis("idle", "I", plausibility=0.1)
    return debate({"a": "100"}, {"gap": "a"}, (fair, small, idle))


def test_every_set_is_weighed_by_the_plausibilities() -> None:
    deviation = 0.5 / NormalDist().inv_cdf(0.95)
    parts = [(0.4 * 0.7, 2, 0), (0.6 * 0.7, 0.5, deviation), (0.4 * 0.3, 1.5, 0), (0.6 * 0.3, 0, deviation)]
    outcome = expected(normals())
    assert outcome.method == "exact"
    assert outcome.mean.value == pytest.approx(sum(w * m for w, m, _ in parts))
    for p in (5, 30, 50, 95):
        assert outcome.percentile(p) == pytest.approx(mixture_percentile(parts, p / 100), abs=1e-9)


@given(
    st.lists(st.tuples(st.floats(1e-6, 1), st.floats(-5, 5), st.floats(1e-4, 2)), min_size=2, max_size=8),
    st.floats(0.1, 99.9),
    st.booleans(),
)
def test_a_mixture_of_normals_is_below_its_percentile_so_often(
    parts: list[tuple[float, float, float]], p: float, power: bool
) -> None:
    # From one broad hill to sharp peaks with nothing between them, where a step by the slope alone leads astray.
    whole = math.fsum(weight for weight, _, _ in parts)
    outcome = MixtureResult([(weight / whole, NormalResult(mean, sd, power)) for weight, mean, sd in parts])
    assert outcome.cdf(outcome.percentile(p)) == pytest.approx(p / 100, abs=1e-9)


def test_in_an_exclusive_debate_one_hypothesis_holds_or_none() -> None:
    deviation = 0.5 / NormalDist().inv_cdf(0.95)
    # 60% fair, 30% small; the 10% of the idle one (and nothing is left for none of these) leaves the gap as it is.
    parts = [(0.6, 0.5, deviation), (0.3, 1.5, 0), (0.1, 2, 0)]
    outcome = expected(replace(normals(), mode="exclusive"))
    assert outcome.mean.value == pytest.approx(sum(w * m for w, m, _ in parts))
    assert outcome.median == pytest.approx(mixture_percentile(parts, 0.5), abs=1e-9)


def test_sets_with_rivals_have_no_weight() -> None:
    numbers = shrinking({"half": 1, "other": 1.1}, half=("other",))
    # Of the four sets of 25% each, three are left: 2, 1 and 0.9 OOM.
    assert expected(numbers).mean.value == pytest.approx((2 + 1 + 0.9) / 3)


def test_sixteen_hypotheses_are_weighed() -> None:
    outcome = expected(shrinking({f"h{n}": 0.1 for n in range(16)}, plausibility=0.3))
    # 16 independent hypotheses of 30% take 0.1 off each: 2 - 0.48 on average.
    assert outcome.mean.value == pytest.approx(2 - 16 * 0.3 * 0.1)


def test_above_sixteen_there_is_no_search_over_all_sets() -> None:
    gap = estimate(shrinking({f"h{n}": 0.1 for n in range(17)})).gaps["gap"]
    assert gap.weighed is None
    assert gap.smallest_sets == ()
    assert gap.under["h3"].median == pytest.approx(1.9)
    for name in ("weighed", "smallest_sets"):
        assert gap.unknown[name].text.startswith("17 explanations bear on it; expected at most 16")


@pytest.mark.parametrize("mode", ["independent", "exclusive"])
def test_what_is_settled_is_in_or_out_for_certain(mode: Mode) -> None:
    debate_ = shrinking({"h0": 0.5, "h1": 0.25, "h2": 0.125}, plausibility=0.3)
    verdicts: dict[str, Verdict] = {"h0": "true", "h1": "false"}
    hypotheses = {
        slug: replace(h, settled=verdicts.get(slug, ""))
        if mode == "independent"
        else replace(h, settled="true" if slug == "h0" else "false")
        for slug, h in debate_.hypotheses.items()
    }
    outcome = expected(replace(debate_, mode=mode, hypotheses=hypotheses))
    # 2 less 0.5 for certain; in the independent debate 0.3 of 0.125 more.
    assert outcome.mean.value == pytest.approx(1.5 - (0.3 * 0.125 if mode == "independent" else 0))


def test_what_is_settled_doubles_no_sets() -> None:
    debate_ = shrinking({f"h{n}": 0.1 for n in range(30)}, plausibility=0.3)
    hypotheses = {
        slug: replace(h, settled="true" if n < 20 else "") for n, (slug, h) in enumerate(debate_.hypotheses.items())
    }
    # 20 of them take 0.1 off each, 10 in 30% of cases.
    assert expected(replace(debate_, hypotheses=hypotheses)).mean.value == pytest.approx(2 - 2 - 0.3)


def test_a_sampled_expectation_is_the_mixture_of_its_sets() -> None:
    outcome = expected(vision(), "puzzle")
    assert outcome.method == "sampled"
    assert outcome.error is not None
    # The mean is 2.0506 less each mean effect times its plausibility; the filters take their mean explained.
    filters = estimate(vision()).gaps["puzzle"].explained["filters"].mean.value
    off = 0.6 * 1.5 + 0.45 * filters + 0.4 * 1.5 + 0.1 * math.log10(175 / 1.5) + 0.08 * 1.5
    # Parity puts another model in; waste comes after it in the order of the debate, so both count where both hold.
    assert outcome.mean.value == pytest.approx(math.log10(100e9 / 890e6) - off, abs=0.01)


def test_a_sampled_expectation_agrees_with_the_exact_one() -> None:
    exact = expected(normals())
    # The same numbers with a quantity that cancels only in the samples: a maximum that is always the first.
    fuzzy = {**normals().hypotheses}
    fuzzy["idle"] = Hypothesis("idle", "I", plausibility=1e-9, effects={"a": "max(a, b)"})
    quantities = debate({"a": "100", "b": "1e-30 to 1e-29"}, {}).quantities
    sampled = expected(replace(normals(), hypotheses=fuzzy, quantities=quantities))
    assert sampled.method == "sampled"
    for p in (5, 50, 90):
        assert sampled.percentile(p) == pytest.approx(exact.percentile(p), abs=0.01)


def test_explained_can_be_negative_or_more_than_all() -> None:
    wider = Hypothesis("wider", "W", effects={"a": "a * 10"})
    beyond = Hypothesis("beyond", "B", effects={"a": "a / 10 ** 3"})
    gap = estimate(debate({"a": "100"}, {"gap": "a"}, (wider, beyond))).gaps["gap"]
    assert gap.explained["wider"].median == pytest.approx(-1)
    assert gap.explained["beyond"].median == pytest.approx(3)
    assert gap.under["beyond"].median == pytest.approx(-1)


def test_what_a_gap_in_its_own_unit_loses_is_a_difference() -> None:
    more = Hypothesis("more", "M", effects={"a": "a * 2"})
    numbers = replace(debate({"a": "5"}, {}, (more,)), gaps={"years": Gap("years", "100 / a", unit="yr")})
    assert estimate(numbers).gaps["years"].explained["more"].median == pytest.approx(20 - 10)


def test_very_many_sets_are_drawn_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {f"h{n}": 0.1 + 0.05 * n for n in range(5)}
    many = tuple(
        Hypothesis(slug, slug, plausibility=0.4, effects={"a": f"a / 10 ** {size}"}) for slug, size in sizes.items()
    )
    numbers = debate({"a": "50 to 200", "b": "1 to 5"}, {"gap": "a + b"}, many)
    few = expected(numbers)
    monkeypatch.setattr("hypotheses.estimates.gap_estimate.FEW", 4)
    rows = expected(numbers)
    assert few.method == rows.method == "sampled"
    for p in (5, 50, 95):
        assert rows.percentile(p) == pytest.approx(few.percentile(p), abs=0.01)


def test_rivals_are_rivals_whatever_gap_is_looked_at() -> None:
    first = Hypothesis("h0", "H", plausibility=0.5, effects={"a": "a * 100"})
    second = Hypothesis("h1", "H", plausibility=0.9, effects={"b": "b * 2"}, rivals=("h0",))
    numbers = debate({"a": "1 to 10", "b": "3"}, {"gap": "a"}, (first, second))
    # h1 does not touch the gap, but never holds with h0: P(h0) = 0.5 * 0.1 / (1 - 0.5 * 0.9).
    chance = 0.05 / 0.55
    deviation = 0.5 / NormalDist().inv_cdf(0.95)
    parts = [(1 - chance, 0.5, deviation), (chance, 2.5, deviation)]
    assert expected(numbers).median == pytest.approx(mixture_percentile(parts, 0.5), abs=1e-9)


def test_the_smallest_sets_follow_the_median_that_is_shown() -> None:
    # At their medians a and b are 1, but the median of their product is 0.52 OOM: it is not closed.
    skewed = estimate(debate({"a": "1 (0.9 to 30)", "b": "1 (0.9 to 30)"}, {"gap": "a * b"})).gaps["gap"]
    assert skewed.now.median == pytest.approx(0.5157, abs=0.005)
    assert skewed.smallest_sets == ()
    # The other way round: (1 + 1) / 4 is -0.3 OOM, the median of the sum 0.13.
    heavy = estimate(debate({"a": "0.01 to 100", "b": "0.01 to 100"}, {"gap": "(a + b) / 4"})).gaps["gap"]
    assert heavy.now.median == pytest.approx(0.1288, abs=0.005)
    assert heavy.smallest_sets == ((),)


def test_the_weighed_gap_is_the_weighted_mean_of_its_sets() -> None:
    """What counts little is kept in fewer figures, and its tails must not suffer: P(gap <= p5) is 5% over all sets."""
    from hypotheses.estimates.evaluation import Evaluation
    from hypotheses.estimates.scenarios import weighted_scenarios

    numbers = vision()
    gap = estimate(numbers).gaps["puzzle"]
    evaluation = Evaluation(numbers)
    bits, weights = evaluation.model.bits, weighted_scenarios(evaluation, gap.gap, numbers)
    results = {
        scenario: estimate(numbers, scenario=[slug for slug, bit in bits.items() if bit & scenario]).gaps["puzzle"]
        for scenario in weights
    }
    assert gap.weighed is not None
    for p in (1, 5, 30, 50, 70):  # from 89% on it is the gap as it is
        x = gap.weighed.percentile(p)
        below = sum(share * (results[s].residual or results[s].now).cdf(x) for s, share in weights.items())
        assert below == pytest.approx(p / 100, abs=1e-4)
