"""What each date of the evidence brought: the same sums as a debate of that date has, in one pass."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.belief import evidence_for, implied
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Mode
from hypotheses.steps import steps
from hypotheses.timeline import implied_over_time
from store.bundled import bundled_debate
from tests.exploring import explored

DATES = ["", "2021", "2022", "2022-03", "2022-03-05", "2022-03-20", "2022-04", "2023-01-01"]


@st.composite
def debates(draw: st.DrawFn) -> Debate:
    evidence = {
        f"k{number}": Evidence(
            f"k{number}",
            "K",
            date=draw(st.sampled_from(DATES)),
            credibility=draw(st.sampled_from([0.3, 0.5, 1.0])),
            cluster=draw(st.sampled_from(["", "c", "e"])),
            retracted=draw(st.integers(0, 5)) == 0,
            assessments={
                slug: Assessment(ratio)
                for slug, ratio in draw(
                    st.dictionaries(st.sampled_from("abcx"), st.sampled_from([None, 0.1, 1 / 3, 0.7, 1.0, 3.0, 10.0]))
                ).items()
            },
        )
        for number in range(draw(st.integers(0, 12)))
    }
    priors = dict(zip("abc", (0.1, 0.45, 0.3), strict=True))
    hypotheses = {slug: Hypothesis(slug, slug, prior=prior) for slug, prior in priors.items()}
    modes: list[Mode] = ["independent", "exclusive"]
    return Debate("d", "D", mode=draw(st.sampled_from(modes)), hypotheses=hypotheses, evidence=evidence)


@explored(30)
@given(debates())
def test_every_step_is_what_the_evidence_implied_by_then(debate: Debate) -> None:
    start, *dated = steps(debate)
    undated = {key: item for key, item in debate.evidence.items() if not item.date}
    assert start.implied == implied(replace(debate, evidence=undated))
    for step in dated:
        assert step.implied == implied(debate, step.date)
        for slug in debate.hypotheses:
            pulls = {pull.evidence.key: pull.decibans for pull in evidence_for(debate, slug, step.date)}
            for key, moved in step.pulls.items():
                assert moved.get(slug, 0.0) == pytest.approx(pulls.get(key, 0.0))
    told = [key for step in (start, *dated) for key in step.pulls]
    assert sorted(told) == sorted(key for key, item in debate.evidence.items() if not item.retracted)
    assert (dated or [start])[-1].implied == implied(debate)
    for one in implied_over_time(debate):
        assert one.implied == implied(debate, one.date)


def test_evidence_of_a_month_is_told_with_the_first_date_in_it() -> None:
    evidence = {
        date: Evidence(date, "K", date=date, assessments={"a": Assessment(10.0)})
        for date in ("2023-03", "2023-03-05", "2022")
    }
    found = steps(Debate("d", "D", hypotheses={"a": Hypothesis("a", "A")}, evidence=evidence))
    assert [(step.date, sorted(step.pulls)) for step in found] == [
        ("", []),
        ("2022", ["2022"]),
        ("2023-03-05", ["2023-03", "2023-03-05"]),
    ]


def test_what_an_item_pulls_counts_for_less_in_its_cluster() -> None:
    evidence = {
        date: Evidence(date, "K", date=date, cluster="c", assessments={"a": Assessment(10.0)})
        for date in ("2021", "2022")
    }
    found = steps(Debate("d", "D", hypotheses={"a": Hypothesis("a", "A")}, evidence=evidence))
    # 10 decibans alone; two of a cluster with a correlation of 0.5 count 1 / 1.5 each.
    assert found[1].pulls["2021"]["a"] == pytest.approx(10)
    assert found[2].pulls["2022"]["a"] == pytest.approx(20 / 3)


def test_the_fifth_explanation_of_the_bundled_debate_starts_last_and_ends_second() -> None:
    def order(implied_then: dict[str, float]) -> list[str]:
        return sorted(implied_then, key=lambda slug: -implied_then[slug])

    found = steps(bundled_debate())
    assert found[1].date == "1991"
    assert order(dict(found[1].implied))[-1] == order(dict(found[0].implied))[-1] == "wasteful-llms"
    assert order(dict(found[-1].implied))[1] == "wasteful-llms"


def test_ten_thousand_items_take_one_pass() -> None:
    evidence = {
        f"k{n}": Evidence(
            f"k{n}",
            "K",
            date=f"{1990 + n % 30}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            cluster=f"c{n % 100}" if n % 2 else "",
            assessments={slug: Assessment(1 + n % 3) for slug in "abcde"},
        )
        for n in range(10_000)
    }
    hypotheses = {slug: Hypothesis(slug, slug) for slug in "abcde"}
    began = time.perf_counter()
    debate = Debate("d", "D", hypotheses=hypotheses, evidence=evidence)
    found = steps(debate)
    # 0.3 s; a pass for each of the 2,500 dates would take minutes.
    assert time.perf_counter() - began < 10
    assert sum(len(step.pulls) for step in found) == 10_000
    assert [step.implied for step in found[1:]] == [one.implied for one in implied_over_time(debate)]


def test_an_item_that_hardly_counts_is_told_too() -> None:
    # A relevance of 5e-324, the smallest float above zero: the product of two such strengths is zero.
    cells = {"a": Assessment(0.1)}
    evidence = {
        "k": Evidence("k", "K", date="2022", relevance=5e-324, cluster="c", assessments=cells),
        "l": Evidence("l", "L", date="2022", relevance=1.0, cluster="c", assessments=cells),
    }
    *_, last = steps(Debate("d", "D", hypotheses={"a": Hypothesis("a", "A")}, evidence=evidence))
    # By itself the tenth is 10 decibans against; what hardly counts comes behind it and adds nothing to be seen.
    assert last.pulls["l"]["a"] == pytest.approx(-10)
    assert last.pulls["k"]["a"] == pytest.approx(0)
