"""The scoring schemes, against sums worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis, SchemeTable
from hypotheses.letters import LETTERS, letter
from hypotheses.schemes import SCHEMES, diagnosticity, fragile, schemes_of, score, untested

ROOT = math.sqrt(2)


def debate(rows: dict[str, list[float | str | None]], **weights: tuple[float, float]) -> Debate:
    """Make a debate of hypotheses a, b, c, d: key -> ratios; None is n/a, an empty text blank."""
    slugs = "abcd"[: max(map(len, rows.values()), default=2)]
    evidence = {}
    for key, ratios in rows.items():
        cells = {
            slug: Assessment(ratio) for slug, ratio in zip(slugs, ratios, strict=False) if not isinstance(ratio, str)
        }
        credibility, relevance = weights.get(key, (0.75, 0.75))
        evidence[key] = Evidence(key, key, credibility=credibility, relevance=relevance, assessments=cells)
    hypotheses = {
        slug: Hypothesis(slug, slug, plausibility=0.5, prior=0.5, position=place) for place, slug in enumerate(slugs)
    }
    return Debate("d", "D", hypotheses=hypotheses, evidence=evidence)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (10, "CC"), (3, "C"), (1, "N"), (1 / 3, "I"), (0.1, "II"), (1e9, "CC"), (1e-9, "II"),
        # Half way in logarithm is sqrt(3) = 1.732 between N and C, and sqrt(30) = 5.477 between C and CC.
        (1.7, "N"), (1.8, "C"), (5.4, "C"), (5.5, "CC"),
        (1 / 1.7, "N"), (1 / 1.8, "I"), (1 / 5.4, "I"), (1 / 5.5, "II"),
    ],
)  # fmt: skip
def test_a_ratio_is_the_nearest_letter_in_logarithm(ratio: float, expected: str) -> None:
    assert letter(ratio) == expected


@given(st.floats(1e-6, 1e6))
def test_letters_are_symmetric_and_grow_with_the_ratio(ratio: float) -> None:
    order = LETTERS
    assert (
        order.index(letter(ratio)) + order.index(letter(1 / ratio)) == 4
        or abs(math.log(ratio)) == pytest.approx(math.log(math.sqrt(3)))
        or abs(math.log(ratio)) == pytest.approx(math.log(math.sqrt(30)))
    )
    assert order.index(letter(ratio)) <= order.index(letter(ratio * 1.5))


MATRIX = debate(
    {"x": [0.1, 1 / 3, 3.0], "y": [1 / 3, 1.0, None], "z": [10.0, 1 / 3, ""]},
    x=(1.0, 0.5),  # credibility high, relevance low
    y=(0.5, 0.75),  # low, medium
    z=(0.75, 1.0),  # medium, high
)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        # a: II + I, b: I + I, c: nothing
        ("heuer", [3, 2, 0]),
        # PARC weights: x √2/√2 = 1, y 1/√2, z √2.  a: 2·1 + 1/√2, b: 1 + √2, c: 0
        ("parc", [2 + 1 / ROOT, 1 + ROOT, 0]),
        # Burton weights by credibility: x 2, y 0.5, z 1.  a: 4 + 0.5, b: 2 + 1, c: 0
        ("burton", [4.5, 3, 0]),
        # v: a 1 2 5, b 2 3 2, c 4 3.  (3-1)² + (3-2)² = 5; 1 + 1 = 2; 0
        ("open-synthesis", [5, 2, 0]),
    ],
)
def test_points_of_each_scheme(scheme: str, expected: list[float]) -> None:
    found = score(MATRIX)[scheme]
    assert list(found.scores.values()) == pytest.approx(expected)
    assert found.order == ("c", "b", "a")
    assert found.places == {"c": 1, "b": 2, "a": 3}


def test_bayes_is_what_the_evidence_implies() -> None:
    # a: ln .1 ·.5 + ln(1/3)·.375 + ln 10·.75 = -1.1513 - 0.4120 + 1.7269 = 0.1637 -> 0.5408
    found = score(MATRIX)["bayes"]
    assert found.scores["a"] == pytest.approx(0.5408, abs=1e-4)
    assert found.order[0] == "c"  # ln 3 · 0.5 = 0.549 -> 0.634, b is below 0.5


def test_open_synthesis_breaks_ties_by_consistency_then_na_then_blanks() -> None:
    # No inconsistency anywhere. Consistency: a 4 (CC), b 1 (C), c 1 (C), d 1 (C).
    # n/a of three items: b none, c one, d none. Blank: b none, d one, so b, d, c behind a.
    tied = debate({"x": [10.0, 3.0, 3.0, 3.0], "y": [1.0, 1.0, None, 1.0], "z": [1.0, 1.0, 1.0, ""]})
    found = score(tied)["open-synthesis"]
    assert found.order == ("a", "b", "d", "c")
    assert list(found.scores.values()) == [0, 0, 0, 0]
    assert found.places == {"a": 1, "b": 2, "d": 3, "c": 4}


def test_equal_scores_share_a_place_and_keep_the_order_of_the_ranking() -> None:
    tied = debate({"x": [1.0, 1.0, 1.0]})
    tied = replace(tied, hypotheses={**tied.hypotheses, "c": replace(tied.hypotheses["c"], plausibility=0.9)})
    assert score(tied)["heuer"].order == ("c", "a", "b")
    assert set(score(tied)["heuer"].places.values()) == {1}


def test_an_unrated_hypothesis_never_wins() -> None:
    # c has nothing but a blank, d only an n/a; counting contradictions, both would win.
    found = debate({"x": [0.1, 1 / 3, "", None], "y": [0.1, 0.1, "", ""]})
    found = replace(found, hypotheses={**found.hypotheses, "c": replace(found.hypotheses["c"], plausibility=0.99)})
    assert untested(found) == ("c", "d")
    for scores in score(found).values():
        assert scores.order == ("b", "a", "c", "d")
        assert scores.scores["c"] is None
        assert "d" not in scores.places


def test_retracted_evidence_counts_nothing_in_any_scheme() -> None:
    x = replace(MATRIX.evidence["x"], retracted=True)
    rest = {key: item for key, item in MATRIX.evidence.items() if key != "x"}
    kept = score(replace(MATRIX, evidence={**MATRIX.evidence, "x": x}))
    assert kept == score(replace(MATRIX, evidence=rest))
    assert diagnosticity(x, "abc") == 0


def test_weights_between_the_words_lie_on_the_curve_through_them() -> None:
    between = debate({"x": [1 / 3]}, x=(0.625, 0.75))
    # PARC: half way between 1/√2 and 1 in logarithm is 2^(-1/4); Burton: between 0.5 and 1 it is 1/√2.
    assert score(between)["parc"].scores["a"] == pytest.approx(2**-0.25)
    assert score(between)["burton"].scores["a"] == pytest.approx(1 / ROOT)


def test_a_ranking_that_changes_with_the_scheme_is_fragile() -> None:
    # One strong contradiction of low credibility (a) against one weak contradiction of high credibility (b).
    # Heuer: a 2, b 1. Burton: a 2 · 0.5 = 1, b 1 · 2 = 2. c is first everywhere.
    contested = debate({"x": [0.1, 1.0, 10.0], "y": [1.0, 1 / 3, 10.0]}, x=(0.5, 0.5), y=(1.0, 1.0))
    scores = score(contested)
    assert scores["heuer"].order == ("c", "b", "a")
    assert scores["burton"].order == ("c", "a", "b")
    assert fragile(scores) == ("a", "b")
    assert fragile(score(debate({"x": [0.1, 1 / 3, 3.0]}))) == ()


def test_what_a_scheme_holds_to_be_equal_contests_nothing() -> None:
    # Heuer sees no contradiction in either; Bayes puts b first.
    assert fragile(score(debate({"x": [1.0, 3.0]}))) == ()


@pytest.mark.parametrize(
    ("ratios", "expected"),
    [
        ([10.0, 10.0, 10.0], 0.0),
        ([0.1, 0.1, 0.1], 0.0),  # it contradicts everything
        ([1.0, 1.0], 0.0),
        ([3.0, 1 / 3], math.log(3)),
        ([10.0, None], math.log(10) / 2),  # n/a tells nothing: 1
        ([10.0, ""], math.log(10) / 2),  # and so does a blank: it moves nothing
        ([10.0, "", "", ""], math.log(10) * math.sqrt(3) / 4),  # p = 1/4: sqrt(p (1 - p))
        ([], 0.0),
    ],
)
def test_diagnosticity_is_the_standard_deviation_of_ln_ratio(ratios: list[float | str | None], expected: float) -> None:
    assert diagnosticity(debate({"x": ratios}).evidence["x"], "abcd"[: len(ratios)]) == pytest.approx(expected)


def test_every_scheme_says_what_it_computes_and_where_it_is_from() -> None:
    assert list(SCHEMES) == ["bayes", "heuer", "parc", "burton", "open-synthesis"]
    assert all(scheme.formula and scheme.source for scheme in SCHEMES.values())


def test_a_debate_without_evidence_has_no_scores() -> None:
    empty = debate({})
    for scores in score(empty).values():
        assert set(scores.scores.values()) == {None}
    assert fragile(score(empty)) == ()


cells = st.sampled_from([0.1, 1 / 3, 1.0, 3.0, 10.0, None, ""])


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5))
def test_a_stronger_contradiction_never_helps(rows: list[list[float | str | None]]) -> None:
    before = debate({f"k{n}": row for n, row in enumerate(rows)} or {"k": ["", "", ""]})
    worse = [[0.1 if isinstance(row[0], float) and row[0] < 1 else row[0], *row[1:]] for row in rows]
    after = debate({f"k{n}": row for n, row in enumerate(worse)} or {"k": ["", "", ""]})
    if "a" in untested(before):
        return
    for name in SCHEMES:
        assert score(after)[name].places["a"] >= score(before)[name].places["a"]


INTEL_WORKBENCH = SchemeTable(
    {"CC": -1, "C": -1, "N": 0, "I": 2, "II": 2},
    credibility={"low": 0.5, "medium": 1, "high": 1.5},
    relevance={"low": 0.5, "medium": 1, "high": 1.5},
    source="Intel Workbench, the weighted inconsistency score",
)


def scored(table: SchemeTable, *items: tuple[float, float | None, float | None]) -> float | None:
    evidence = {
        f"e{n}": Evidence(f"e{n}", "E", credibility=c, relevance=r, assessments={"h": Assessment(ratio)})
        for n, (ratio, c, r) in enumerate(items)
    }
    debate = Debate(
        "d", "D", hypotheses={"h": Hypothesis("h", "H")}, evidence=evidence, schemes={"intel-workbench": table}
    )
    return score(debate)["intel-workbench"].scores["h"]


HIGH, MEDIUM, LOW = 1.0, 0.75, 0.5


def test_a_published_table_gives_its_published_scores() -> None:
    """The figures are those of Intel Workbench's own tests of its scores."""
    # 2 for an inconsistent one, less 1 for a consistent one, of medium weights.
    assert scored(INTEL_WORKBENCH, (1 / 3, MEDIUM, MEDIUM), (3, MEDIUM, MEDIUM)) == pytest.approx(1)
    # 2 * 1.5 * 1.5 and 2 * 0.5 * 0.5.
    assert scored(INTEL_WORKBENCH, (1 / 3, HIGH, HIGH), (1 / 3, LOW, LOW)) == pytest.approx(5)
    assert scored(INTEL_WORKBENCH, (1 / 3, HIGH, HIGH), *[(3, LOW, LOW)] * 3) == pytest.approx(3.75)


def test_a_table_weighs_between_its_words_and_what_is_not_stated_as_medium() -> None:
    assert scored(INTEL_WORKBENCH, (1 / 3, None, None)) == pytest.approx(2)
    # Half way from medium to high, and half way from nothing to low.
    assert scored(INTEL_WORKBENCH, (1 / 3, 0.875, MEDIUM)) == pytest.approx(2 * 1.25)
    assert scored(INTEL_WORKBENCH, (1 / 3, 0.25, MEDIUM)) == pytest.approx(2 * 0.25)
    bare = SchemeTable({"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2})
    assert scored(bare, (10, LOW, LOW), (1 / 3, HIGH, None)) == 2 - 1
    told = schemes_of(Debate("d", "D", schemes={"own": INTEL_WORKBENCH}))["own"].formula
    assert told.startswith("Σ points · credibility · relevance; CC -1, C -1, N 0, I 2, II 2; credibility low 0.5")


def test_a_credibility_of_nothing_counts_nothing_in_any_scheme_and_one_not_stated_is_medium() -> None:
    def every(credibility: float | None) -> dict[str, float | None]:
        evidence = {
            "e": Evidence("e", "E", credibility=credibility, assessments={"h": Assessment(0.1)}),
            "o": Evidence("o", "O", credibility=MEDIUM, relevance=MEDIUM, assessments={"h": Assessment(3.0)}),
        }
        debate = Debate("d", "D", hypotheses={"h": Hypothesis("h", "H")}, evidence=evidence)
        return {name: one.scores["h"] for name, one in score(debate).items()}

    without = score(
        Debate(
            "d",
            "D",
            hypotheses={"h": Hypothesis("h", "H")},
            evidence={
                "o": Evidence("o", "O", credibility=MEDIUM, relevance=MEDIUM, assessments={"h": Assessment(3.0)})
            },
        )
    )
    assert every(0.0) == {name: one.scores["h"] for name, one in without.items()}
    assert every(None)["burton"] == every(MEDIUM)["burton"] == 2
    # In Bayes what is not stated counts in full: odds 0.1 * 3 ** 0.5625.
    odds = 0.1 * 3**0.5625
    assert every(None)["bayes"] == pytest.approx(odds / (1 + odds))
