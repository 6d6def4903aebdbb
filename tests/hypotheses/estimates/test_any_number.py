"""Whatever numbers are stored: a result, a problem that is told, or one sentence, and never `nan`."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.checks import check
from hypotheses.cruxes import cruxes, tried
from hypotheses.debate import Debate
from hypotheses.edits import reading_chosen, value_set
from hypotheses.estimates import Engine, Estimates, GapEstimate, Result, check_claims, check_model, estimate
from hypotheses.estimates.algebra import Algebra
from hypotheses.margin import leave_one_out
from hypotheses.problems import Malformed
from hypotheses.reports.belief_json import (
    cruxes_shape,
    matrix_shape,
    people_shape,
    reckoning_shape,
    timeline_shape,
)
from hypotheses.reports.json import AskedFigures, estimates_shape, json_text, ranking_shape
from hypotheses.reports.markdown import markdown
from hypotheses.reports.style import FORMS, MarkdownStyle
from hypotheses.values import describe, format_amount, format_value, parse_value
from hypotheses.whatif import gap_by_reading, gap_by_value
from tests.exploring import explored
from tests.hypotheses.estimates.any_debate import VALUES, debates
from tests.hypotheses.estimates.debates import debate as debate_of

NO_NUMBER = re.compile(r"\bnan\b")
PERCENTS = (1e-320, 0.005, 0.5, 30.0, 99.5, 99.995, math.nextafter(100, 0))
"""What is asked for beside p5, median and p95, which are always told."""


@explored(100)
@given(VALUES, st.floats(allow_nan=False))
def test_any_value_that_is_taken_can_be_read(text: str, x: float) -> None:
    try:
        value = parse_value(text)
    except Malformed:
        return
    figures = [value.quantile(p) for p in (1e-300, 0.001, 0.05, 0.5, 0.95, 0.999)]
    assert ascending(figures), figures
    figures += [value.score(z) for z in (-40.0, -9.0, 0.0, 3.0, 40.0)]
    assert not any(map(math.isnan, (*figures, value.mean, *value.support)))
    assert 0 <= value.cdf(x) <= 1 + 1e-12
    assert 0 <= value.cdf(figures[3]) <= 1 + 1e-12
    assert value.support[0] <= value.quantile(0.5) <= value.support[1]
    assert not NO_NUMBER.search(describe(value) + "".join(map(format_amount, figures)))
    assert parse_value(format_value(value)) == value


def ascending(figures: list[float]) -> bool:
    """Say whether figures ascend, but for the last digits: a search ends there."""
    return all(low <= high * (1 + math.copysign(1e-14, high)) for low, high in pairwise(figures))


@lru_cache(maxsize=64)  # one result may stand at several places, and after an edit that leaves it as it was
def read_everything(outcome: Result | None) -> None:
    if outcome is None:
        return
    figures = [outcome.p5, outcome.median, outcome.p95]
    assert not any(map(math.isnan, figures))
    assert ascending(figures) or outcome.method == "sampled"
    percentiles = {p: outcome.percentile(p) for p in PERCENTS}
    assert not any(map(math.isnan, percentiles.values())), percentiles
    _ = outcome.error
    low, high = (max(-1e300, min(1e300, percentiles[p])) for p in (0.5, 99.5))
    heights = outcome.density([low + (high - low) * step / 20 for step in range(21)])
    assert all(map(math.isfinite, heights))


def read_gap(gap: GapEstimate) -> None:
    outcomes = (
        gap.now,
        *gap.under.values(),
        *gap.explained.values(),
        gap.residual,
        gap.scenario_explained,
        gap.weighed,
    )
    for outcome in outcomes:
        read_everything(outcome)
    assert gap.under.keys() | {name.removeprefix("under.") for name in gap.unknown} >= {"one", "two", "three"}
    for one in gap.sensitivity:
        assert one.variance_share is None or 0 <= one.variance_share <= 1
        assert one.break_even is None or math.isfinite(one.break_even)
    _ = gap.smallest_sets, gap.method, gap.error
    assert all(problem.text and problem.place for problem in gap.unknown.values())


def read_results(debate: Debate, results: Estimates) -> None:
    assert set(results.gaps) | set(results.problems) == set(debate.gaps)
    for gap in results.gaps.values():
        read_gap(gap)


@explored(12)
@given(debates(), st.sets(st.sampled_from(["one", "two", "three"])))
def test_any_debate_has_results_or_problems(debate: Debate, scenario: set[str]) -> None:
    results = estimate(debate, scenario=scenario)
    read_results(debate, results)
    _ = [gap.now.mean.value for gap in results.gaps.values()]
    assert not results.problems or check(debate)
    for problem in check_model(debate):
        assert problem.place
        assert problem.text


@explored(4)
@given(debates(), VALUES, VALUES)
def test_any_edit_of_any_debate_has_results_or_problems(debate: Debate, first: str, second: str) -> None:
    engine = Engine(debate)
    read_results(debate, engine.estimates())
    for text in (first, second):
        try:
            debate = value_set(debate, "a", text)
        except Malformed:
            continue
        read_results(debate, engine.estimates(debate, ["one"]))
    read_results(debate, engine.estimates(reading_chosen(debate, "a", "other")))
    for symbol in debate.quantities:
        for outcome in gap_by_reading(debate, symbol, "gap").values():
            read_everything(outcome)
    try:
        for outcome in gap_by_value(debate, "c", "gap", [first, second, "1"]).values():
            read_everything(outcome)
    except Malformed:
        pass


@explored(8)
@given(debates())
def test_any_debate_can_be_told(debate: Debate) -> None:
    results = estimate(debate, scenario=["one"])
    told = [
        *(markdown(debate, MarkdownStyle(form)) for form in FORMS),
        json_text(estimates_shape(results, AskedFigures(PERCENTS, below=(0, -1e308, 5e-324), above=(0, 1e308)))),
        json_text(cruxes_shape(debate, results)),
        json_text(ranking_shape(debate)),
        json_text(matrix_shape(debate)),
        json_text(people_shape(debate)),
        json_text(reckoning_shape(debate, ())),
        json_text(timeline_shape(debate, (), "")),
        *map(str, check(debate)),
        *map(str, check_claims(debate)),
        *map(str, leave_one_out(debate)),
    ]
    assert not NO_NUMBER.search("\n".join(told))


@explored(10)
@given(debates())
def test_any_crux_can_be_tried(debate: Debate) -> None:
    for crux in cruxes(debate, estimate(debate)):
        assert math.isfinite(crux.size)
        changed = tried(debate, crux)
        for hypothesis in changed.hypotheses.values():
            assert 0 <= hypothesis.prior <= 1
        for item in changed.evidence.values():
            for cell in item.assessments.values():
                assert cell.ratio is None or 0 < cell.ratio < math.inf


def test_what_is_built_too_deeply_is_a_problem_and_the_rest_has_a_result() -> None:
    """Each of 400 quantities is a sum of products and minimums of the one before: no sum or product of all."""
    steps = {f"q{n}": f"= min(q{n - 1}, 3) + q{n - 1} * q0" for n in range(1, 400)}
    results = estimate(debate_of({"q0": "1 to 10", **steps}, {"deep": "q399", "plain": "q0"}))
    assert results.problems["deep"].text.startswith("it is built too deeply to compute with")
    assert results.gaps["plain"].now.median == 0.5


def test_a_sum_too_large_is_a_problem_of_its_quantity_and_the_rest_has_a_result() -> None:
    numbers = debate_of({"a": "1e308", "b": "= a + a", "c": "= b / 2"}, {"large": "c", "plain": "a / 1e307"})
    results = estimate(numbers)
    assert results.problems["large"].place == "quantities.b.formula"
    assert results.gaps["plain"].now.median == 1.0


def _mistaken(*_: object) -> None:
    raise KeyError("a mistake")


def test_no_fault_of_the_program_is_taken_for_one_of_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Algebra, "apply", _mistaken)
    with pytest.raises(KeyError):
        estimate(debate_of({"a": "1 to 2"}, {"gap": "log(a)"}))
