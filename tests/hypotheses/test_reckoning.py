"""After the fact: scores against sums worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, Stated
from hypotheses.reckoning import Reckoning, Score, brier, log_score, misleading, reckon, settled
from hypotheses.reports.belief_json import reckoning_shape
from hypotheses.reports.json import json_text
from hypotheses.timeline import Stand

DEBATE = Debate(
    "d",
    "D",
    hypotheses={
        "a": Hypothesis(
            "a", "A", plausibility=0.9, settled="true", settled_on="2024-03-01", others={"bob": Stated(0.5)}
        ),
        "b": Hypothesis("b", "B", plausibility=0.2, settled="false", settled_on="2024-02-01"),
        "c": Hypothesis("c", "C", plausibility=0.7),
    },
    evidence={
        "good": Evidence("good", "G", assessments={"a": Assessment(10.0), "b": Assessment(0.1), "c": Assessment(3.0)}),
        "bad": Evidence("bad", "B", credibility=0.5, assessments={"a": Assessment(0.1), "b": Assessment(2.0)}),
        "none": Evidence("none", "N", assessments={"a": Assessment(1.0)}),
    },
)


def at(month: int, day: int = 1) -> datetime:
    return datetime(2024, month, day, 12, tzinfo=UTC)


def test_scores_of_one_plausibility() -> None:
    assert brier(0.7, True) == pytest.approx(0.09)
    assert brier(0.7, False) == pytest.approx(0.49)
    assert log_score(0.5, True) == log_score(0.5, False) == pytest.approx(math.log(2))
    assert log_score(0.0, True) == log_score(1.0, False) == math.inf


BOTH = {"": {"a": 0.9, "b": 0.2, "c": 0.7}, "bob": {"a": 0.5}}


def last(reckoning: Reckoning) -> Score:
    assert reckoning.last is not None
    return reckoning.last


def test_everybody_is_scored_by_what_they_held() -> None:
    owner, bob = reckon(DEBATE, [Stand(at(1), BOTH)])
    # 0.1² and 0.2² over two; ln(1/0.9) and ln(1/0.8).
    assert (owner.person, last(owner).hypotheses) == ("", 2)
    assert last(owner).brier == pytest.approx((0.01 + 0.04) / 2)
    assert last(owner).log == pytest.approx(-(math.log(0.9) + math.log(0.8)) / 2)
    assert (bob.person, last(bob).hypotheses) == ("bob", 1)
    assert last(bob).brier == pytest.approx(0.25)


def test_what_counts_is_what_was_held_when_it_was_settled() -> None:
    stands = [
        Stand(at(1), {"": {"a": 0.6, "b": 0.5, "c": 0.5}}),
        Stand(at(2, 15), {"": {"a": 0.8, "b": 0.0, "c": 0.5}}),  # b had turned out by then
        Stand(at(4), {"": {"a": 1.0, "b": 0.0, "c": 0.5}}),  # and now a as well
    ]
    (owner, bob) = reckon(DEBATE, stands)
    assert last(owner).brier == pytest.approx((0.2**2 + 0.5**2) / 2)
    assert [(score.at, score.hypotheses) for score in owner.over_time] == [(at(1), 2), (at(2, 15), 1)]
    assert [score.brier for score in owner.over_time] == pytest.approx([(0.4**2 + 0.5**2) / 2, 0.2**2])
    assert (bob.last, bob.not_held) == (None, ("a",))  # what bob states now was in no state of before


def test_what_is_said_after_it_was_written_down_counts_for_nothing_on_the_day_itself_too() -> None:
    a = frozenset({"a"})
    stands = [
        Stand(datetime(2024, 3, 1, 8, tzinfo=UTC), {"": {"a": 0.7}}),
        Stand(datetime(2024, 3, 1, 9, tzinfo=UTC), {"": {"a": 0.7}}, settled=a),
        Stand(datetime(2024, 3, 1, 10, tzinfo=UTC), {"": {"a": 0.99}, "bob": {"a": 1.0}}, settled=a),
    ]
    (owner, bob) = reckon(replace(DEBATE, hypotheses={"a": DEBATE.hypotheses["a"]}), stands)
    assert last(owner).brier == pytest.approx(0.3**2)
    assert (bob.last, bob.not_held) == (None, ("a",))
    # Taken back and settled again, what was held before the last time counts.
    again = [*stands, Stand(datetime(2024, 3, 1, 11, tzinfo=UTC), {"": {"a": 0.8}})]
    (owner,) = reckon(replace(DEBATE, hypotheses={"a": replace(DEBATE.hypotheses["a"], others={})}), again)
    assert last(owner).brier == pytest.approx(0.2**2)


def test_a_state_that_changed_nothing_settled_is_no_new_score() -> None:
    stands = [Stand(at(1), {"": {"a": 0.6, "c": 0.5}}), Stand(at(2), {"": {"a": 0.6, "c": 0.9}})]
    (owner, _) = reckon(DEBATE, stands)
    assert len(owner.over_time) == 1


def test_what_was_first_stated_after_the_fact_is_not_held_then() -> None:
    (bob, owner) = sorted(reckon(DEBATE, [Stand(at(9), BOTH)]), key=lambda one: one.person, reverse=True)
    assert (owner.last, owner.not_held, owner.over_time) == (None, ("a", "b"), ())
    assert (bob.last, bob.not_held) == (None, ("a",))


def test_nobody_is_scored_on_a_starting_figure() -> None:
    h = {slug: replace(each, placeholder=True, others={}) for slug, each in DEBATE.hypotheses.items()}
    starting = {"": frozenset("abc")}
    assert reckon(replace(DEBATE, hypotheses=h), [Stand(at(1), BOTH, starting)]) == ()
    # Set to the same figure, it is stated.
    h["a"] = replace(h["a"], placeholder=False)
    stands = [Stand(at(1), BOTH, starting), Stand(at(2), BOTH, {"": frozenset("bc")})]
    (owner,) = reckon(replace(DEBATE, hypotheses=h), stands)
    assert last(owner)[1:] == pytest.approx((0.01, -math.log(0.9), 1))


def test_evidence_misled_where_it_pulled_the_wrong_way() -> None:
    # bad: a by ten decibans times 0.5; b by 10 log10(2) times 0.5. c is not settled.
    found = misleading(DEBATE)
    assert [one[:2] for one in found] == [("bad", "a"), ("bad", "b")]
    assert [one.decibans for one in found] == pytest.approx([5.0, 5 * math.log10(2)])


def test_nothing_is_scored_before_anything_is_settled() -> None:
    open_debate = Debate("d", "D", hypotheses={"c": DEBATE.hypotheses["c"]}, evidence=DEBATE.evidence)
    assert settled(open_debate) == ()
    assert reckon(open_debate, [Stand(at(1), BOTH)]) == ()
    assert misleading(open_debate) == ()


@given(st.floats(0, 1), st.floats(0, 1))
def test_both_scores_are_proper(truth: float, said: float) -> None:
    # In expectation nobody does better than by saying what they hold.
    def expected(p: float) -> float:
        return truth * brier(p, True) + (1 - truth) * brier(p, False)

    assert expected(truth) <= expected(said) + 1e-12


def test_programs_are_told_that_what_was_held_impossible_happened() -> None:
    certain = replace(DEBATE, hypotheses={"a": replace(DEBATE.hypotheses["a"], plausibility=0.0, others={})})
    (owner,) = reckoning_shape(certain, [Stand(at(1), {"": {"a": 0.0}})])["people"]
    assert (owner["brier"], owner["log"]) == (1.0, "inf")
    assert json_text(owner)
