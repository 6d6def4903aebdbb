"""How things stood at a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.timeline import Stand, as_of, by_last_day, implied_over_time, stand_at
from store.bundled import bundled_debate


def dated(*dates: str) -> Debate:
    evidence = {
        f"k{n}": Evidence(f"k{n}", "K", date=date, assessments={"a": Assessment(10.0)}) for n, date in enumerate(dates)
    }
    return Debate("d", "D", hypotheses={"a": Hypothesis("a", "A", prior=0.5)}, evidence=evidence)


def test_what_is_implied_grows_with_the_evidence() -> None:
    found = implied_over_time(dated("2023-03", "", "2022", "2023-03-05", "2023-03"))
    # Undated evidence counts from the start. Odds: 2022 two items 100; then 1,000; then all five 100,000.
    assert [one.date for one in found] == ["2022", "2023-03-05", "2023-03"]
    assert [one.implied["a"] for one in found] == pytest.approx([100 / 101, 1e5 / (1e5 + 1), 1e5 / (1e5 + 1)])


def test_a_month_counts_from_its_first_day() -> None:
    # What is dated 2023-03 counts as of 5 March already: nothing says that it came later.
    (first, second) = implied_over_time(dated("2023-03-05", "2023-03-20"))
    assert first.implied["a"] == pytest.approx(10 / 11)
    assert second.implied["a"] == pytest.approx(100 / 101)


def test_retracted_evidence_makes_no_date() -> None:
    debate = dated("2021", "2022")
    gone = {key: replace(item, retracted=key == "k0") for key, item in debate.evidence.items()}
    assert [one.date for one in implied_over_time(replace(debate, evidence=gone))] == ["2022"]


def test_the_fifth_explanation_of_the_bundled_debate_rises_from_last_to_second() -> None:
    found = implied_over_time(bundled_debate())

    def places(p: dict[str, float]) -> list[str]:
        return sorted(p, key=lambda slug: -p[slug])

    assert places(dict(found[0].implied))[-1] == "wasteful-llms"
    assert places(dict(found[-1].implied))[1] == "wasteful-llms"


def test_of_dates_that_end_on_one_day_the_day_comes_before_the_month_and_the_year() -> None:
    dates = ["2023", "2023-12", "2023-12-31", "2023-08-31", "2023-08"]
    expected = ["2023-08-31", "2023-08", "2023-12-31", "2023-12", "2023"]
    for each in (dates, dates[::-1]):
        assert sorted(each, key=by_last_day) == expected


STANDS = (
    Stand(datetime(2024, 1, 1, 23, tzinfo=UTC), {"": {"a": 0.1}}),
    Stand(datetime(2024, 2, 1, 8, tzinfo=UTC), {"": {"a": 0.2}, "bob": {"a": 0.8}}),
)


@pytest.mark.parametrize(
    ("date", "expected"), [("2023", 0.1), ("2024-01-31", 0.1), ("2024-01", 0.1), ("2024-02-01", 0.2), ("2024", 0.2)]
)
def test_the_state_at_a_date_is_the_last_one_by_its_end(date: str, expected: float) -> None:
    found = stand_at(STANDS, date)
    assert found is not None
    assert found.of("")["a"] == expected
    assert stand_at((), date) is None


def test_a_debate_as_of_a_date_has_the_ranking_and_the_evidence_of_then() -> None:
    debate = dated("2023-05", "2024-01-15", "")
    seen = as_of(debate, "2024-01-01", STANDS)
    assert list(seen.evidence) == ["k0", "k2"]
    assert seen.hypotheses["a"].plausibility == 0.1
    assert as_of(debate, "2024-02", STANDS, "bob").hypotheses["a"].plausibility == 0.8
    assert as_of(debate, "") is debate
