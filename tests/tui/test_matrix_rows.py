"""Which rows the Matrix shows, and what becomes of them when the debate changes."""

from __future__ import annotations

from dataclasses import replace

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Workings
from tui.matrix.rows import MatrixRows

DEBATE = Debate(
    "m",
    "M",
    hypotheses={"x": Hypothesis("x", "X"), "y": Hypothesis("y", "Y")},
    evidence={
        "a": Evidence("a", "Alpha"),
        "b": Evidence("b", "Beta", assessments={"x": Assessment(10.0)}),
        "c": Evidence("c", "Gamma", retracted=True),
    },
)


COLUMNS = tuple(DEBATE.hypotheses.values())


def chosen(rows: MatrixRows, debate: Debate = DEBATE) -> str:
    rows.choose(debate, Workings().figures(debate), "x")
    return "".join(rows.keys)


def test_rows_are_chosen_by_part_words_and_order() -> None:
    rows = MatrixRows()
    assert chosen(rows) == "bac"
    assert rows.told(COLUMNS, 3) == "Evidence 3 · by diagnosticity"
    rows.order, rows.words = "logged", "ALPHA"
    assert chosen(rows) == "a"
    assert rows.told(COLUMNS, 3) == "Evidence 1 of 3 · with “ALPHA” · as logged"
    rows.words = ""
    rows.next_part()
    assert chosen(rows) == "ab"
    for _ in range(4):
        rows.next_part()
    assert rows.part == "all"


def test_what_is_new_comes_last_and_what_is_gone_leaves() -> None:
    rows = MatrixRows()
    chosen(rows)
    assert rows.follow(DEBATE) == []
    now = {"d": Evidence("d", "Delta"), "b": DEBATE.evidence["b"], "a": DEBATE.evidence["a"]}
    assert rows.follow(replace(DEBATE, evidence=now)) == ["d"]
    assert rows.keys == ("b", "a", "d")
