"""The matrix as a whole: its figures, the order of its rows and the parts of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import ORDERS, PARTS, Order, Part, Workings, has_words, in_order, in_part

ITEMS = (
    Evidence("b", "Beta", date="2021", cluster="lab", assessments={"x": Assessment(10.0), "y": Assessment(0.1)}),
    Evidence("a", "alpha", date="2023-05", credibility=0.5, cluster="lab", assessments={"x": Assessment(3.0)}),
    Evidence("c", "Gamma", date="", relevance=0.75, assessments={"x": Assessment(3.0), "y": Assessment(3.0)}),
    Evidence("d", "Delta", date="2022", retracted=True, assessments={"y": Assessment(10.0)}),
)
DEBATE = Debate(
    "m",
    "M",
    hypotheses={slug: Hypothesis(slug, slug, position=n) for n, slug in enumerate("xyz")},
    evidence={item.key: item for item in ITEMS},
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        # Standard deviations of ln ratio over x, y, z: b of (2.3, -2.3, 0); a of (1.1, 0, 0) and c of (1.1, 1.1, 0) are
        # equal, and c has fewer blank cells; d is retracted.
        ("diagnosticity", "bcad"),
        ("date", "adbc"),
        ("cluster", "bacd"),
        # b is the strongest of its cluster for x and alone for y, 1; c counts 0.75; a 0.5 * (4/3 - 1); d nothing.
        ("weight", "bcad"),
        # Of y, where one is: b says ÷10, c ×3; a has no rating and d is retracted.
        ("rating", "cbad"),
        ("title", "abdc"),
        ("logged", "bacd"),
    ],
)
def test_rows_stand_in_the_order_that_is_asked_for(by: Order, expected: str) -> None:
    figures = Workings().figures(DEBATE)
    assert "".join(item.key for item in in_order(DEBATE.evidence.values(), figures, by, "y")) == expected
    assert by in ORDERS


def test_what_counts_most_for_an_explanation_comes_first_and_what_counts_nothing_last() -> None:
    def rated(key: str, ratio: float | None, credibility: float | None = None, relevance: float = 1.0) -> Evidence:
        cells = {"x": Assessment(ratio)}
        return Evidence(key, "Found", credibility=credibility, relevance=relevance, assessments=cells)

    items = [
        rated("nothing", 10.0, credibility=0.0),
        rated("quarter", 4.0, credibility=0.5, relevance=0.5),  # 4 ** 0.25 is 1.4
        rated("against", 0.5),
        rated("no view", None),
        rated("whole", 3.0),
        rated("against a little", 0.1, credibility=0.1),  # 0.1 ** 0.1 is 0.8
    ]
    debate = replace(DEBATE, evidence={item.key: item for item in items})
    found = [item.key for item in in_order(items, Workings().figures(debate), "rating", "x")]
    assert found == ["whole", "quarter", "against a little", "against", "nothing", "no view"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [("all", "bacd"), ("to rate", "bac"), ("to rate here", "a"), ("people differ", ""), ("standing", "bac")],
)
def test_a_part_of_the_rows(part: Part, expected: str) -> None:
    assert "".join(each.key for each in ITEMS if in_part(each, part, "xyz", "y")) == expected
    assert part in PARTS


def test_people_differ_on_what_they_rate_differently() -> None:
    cell = Assessment(3.0, others={"bob": Assessment(0.1, by="bob")})
    assert in_part(replace(ITEMS[0], assessments={"x": cell}), "people differ", "xyz", "x")


def test_words_are_looked_for_in_all_that_names_an_item() -> None:
    item = Evidence("key1", "A Title", ("Ada",), source="Journal", finding="It *is* so.", cluster="lab")
    for word in ("key1", "title", "ada", "journal", "so", "lab"):
        assert has_words(item, [word])
    assert not has_words(item, ["title", "other"])


def test_only_what_has_changed_is_worked_out_again() -> None:
    workings = Workings()
    first = workings.figures(DEBATE)
    changed = replace(ITEMS[2], assessments={"x": Assessment(10.0)})
    figures = workings.figures(replace(DEBATE, evidence={**DEBATE.evidence, "c": changed}))
    assert figures == Workings().figures(replace(DEBATE, evidence={**DEBATE.evidence, "c": changed}))
    assert figures.diagnosticity["c"] > first.diagnosticity["c"]
    fewer = replace(DEBATE, hypotheses={slug: DEBATE.hypotheses[slug] for slug in "xy"})
    assert workings.figures(fewer) == Workings().figures(fewer)


def test_what_nothing_rates_is_untested_and_a_share_is_that_of_the_cluster() -> None:
    figures = Workings().figures(DEBATE)
    assert figures.untested == ("z",)
    # Two of the cluster rate x: the stronger counts in full, the other adds 2 / 1.5 - 1. One rates y.
    assert figures.share(DEBATE, ITEMS[0], "x") == 1
    assert figures.share(DEBATE, ITEMS[1], "x") == pytest.approx(1 / 3)
    assert figures.share(DEBATE, ITEMS[0], "y") == 1
    assert figures.share(DEBATE, ITEMS[1], "y") == 1
    assert figures.share(DEBATE, ITEMS[2], "y") == 1
