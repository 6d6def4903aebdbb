"""Stated beside implied."""

from __future__ import annotations

import math

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.differing import differences, parting
from hypotheses.doubted import doubted


def test_the_largest_difference_comes_first_whichever_way_it_goes() -> None:
    # From 1:1, ten times the odds is 10 decibans more and a third of them 10 log10(1/3) = -4.77.
    debate = Debate(
        "d",
        "D",
        hypotheses={
            "same": Hypothesis("same", "Same", plausibility=0.5, position=0),
            "less": Hypothesis("less", "Less", plausibility=0.5, position=1),
            "more": Hypothesis("more", "More", plausibility=0.5, position=2),
        },
        evidence={"e": Evidence("e", "E", assessments={"more": Assessment(10.0), "less": Assessment(1 / 3)})},
    )
    found = [(one.hypothesis.slug, one.rank, round(one.decibans, 2)) for one in differences(debate, doubted(debate))]
    assert found == [("more", 3, 10.0), ("less", 2, -4.77), ("same", 1, 0.0)]


def test_what_is_held_certain_differs_infinitely() -> None:
    debate = Debate("d", "D", hypotheses={"h": Hypothesis("h", "H", plausibility=1.0, prior=0.5)})
    assert [one.decibans for one in differences(debate, doubted(debate))] == [-math.inf]


@pytest.mark.parametrize(
    ("implied", "parted"),
    [
        ([], None),
        ([0.4], None),
        ([0.9, 0.5, 0.1], None),
        ([0.5, 0.5, 0.5], None),
        ([0.5, 0.5 + 1e-12], None),
        ([0.2, 0.5, 0.9], (3, 1)),
        ([0.9, 0.1, 0.5], (3, 2)),
    ],
)
def test_the_order_parts_where_the_evidence_first_has_another_one(
    implied: list[float], parted: tuple[int, int] | None
) -> None:
    assert parting(implied) == parted
