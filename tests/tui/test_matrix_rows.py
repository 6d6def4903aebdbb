"""Which rows the Matrix shows, and what becomes of them when the debate changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.matrix import ORDERS, Order, Workings
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


CLUSTERED = replace(
    DEBATE,
    evidence={
        **{key: replace(DEBATE.evidence[key], cluster="lab") for key in "ab"},
        "c": DEBATE.evidence["c"],
        **{key: Evidence(key, key.upper(), cluster="trick", assessments={"x": Assessment(2.0)}) for key in "de"},
        "f": Evidence("f", "Alone in its cluster", cluster="other"),
    },
)


def chosen(rows: MatrixRows, debate: Debate = DEBATE) -> str:
    rows.choose(debate, Workings().figures(debate), "x")
    return "".join(rows.keys)


def shown(rows: MatrixRows) -> str:
    """Rows by their keys, clusters by their names with a sign for open or folded."""
    return " ".join(row.key or f"{'-' if row.is_open else '+'}{row.cluster}{row.shown}" for row in rows.rows)


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
    rows, figures = MatrixRows(), Workings().figures(DEBATE)
    rows.choose(DEBATE, figures, "x")
    assert rows.follow(DEBATE, figures) == []
    now = {"d": Evidence("d", "Delta"), "b": DEBATE.evidence["b"], "a": DEBATE.evidence["a"]}
    assert rows.follow(replace(DEBATE, evidence=now), figures) == ["d"]
    assert rows.keys == ("b", "a", "d")


def test_a_cluster_is_one_row_until_it_is_opened() -> None:
    rows = MatrixRows()
    chosen(rows, CLUSTERED)
    # ln 10 of one of two explanations tells more than 4/3 ln 2; c and f tell nothing, and c is retracted.
    assert shown(rows) == "+lab2 +trick2 f c"
    rows.fold("trick")
    assert shown(rows) == "+lab2 -trick2 d e f c"
    assert [row.cluster for row in rows.rows] == ["lab", "trick", "trick", "trick", "", ""]
    rows.fold("trick")
    assert shown(rows) == "+lab2 +trick2 f c"
    rows.fold("lab", to=True)
    rows.fold("lab", to=True)
    assert shown(rows) == "-lab2 b a +trick2 f c"
    rows.fold_all()
    assert shown(rows) == "+lab2 +trick2 f c"
    rows.fold_all()
    assert shown(rows) == "-lab2 b a -trick2 d e f c"
    assert rows.told(COLUMNS, 6) == "Evidence 6 in 2 clusters · by diagnosticity"


def test_what_is_looked_for_is_shown_also_where_its_cluster_was_folded() -> None:
    rows = MatrixRows()
    rows.words = "beta"
    chosen(rows, CLUSTERED)
    assert shown(rows) == "-lab1 b"
    rows.fold("lab")
    assert shown(rows) == "+lab1"
    rows.words = "a"
    chosen(rows, CLUSTERED)
    assert shown(rows) == "-lab2 b a f c"
    rows.words = ""
    chosen(rows, CLUSTERED)
    assert shown(rows) == "+lab2 +trick2 f c"
    rows.part = "to rate"
    chosen(rows, CLUSTERED)
    assert shown(rows) == "-lab2 b a -trick2 d e f"


def test_what_is_open_stays_open_over_changes_and_an_item_goes_to_its_cluster() -> None:
    rows = MatrixRows()
    chosen(rows, CLUSTERED)
    rows.fold("trick")
    moved = {"f": replace(CLUSTERED.evidence["f"], cluster="trick"), "a": replace(CLUSTERED.evidence["a"], cluster="")}
    now = replace(CLUSTERED, evidence={**CLUSTERED.evidence, **moved})
    assert rows.follow(now, Workings().figures(now)) == []
    # lab has one item left and is no cluster any more.
    assert shown(rows) == "b a -trick3 d e f c"
    rows.begin_anew()
    chosen(rows, now)
    assert "+trick3" in shown(rows)


def test_an_item_that_is_folded_away_is_brought_to_light() -> None:
    rows = MatrixRows()
    chosen(rows, CLUSTERED)
    for key in ("d", "d", "c", "nothing"):
        rows.reveal(key)
        assert shown(rows) == "+lab2 -trick2 d e f c"


@pytest.mark.parametrize("order", list(ORDERS))
def test_clusters_keep_their_items_together_in_every_order(order: Order) -> None:
    rows = MatrixRows()
    rows.order = order
    chosen(rows, CLUSTERED)
    rows.fold_all()
    text = shown(rows)
    assert "-trick2 d e" in text
    assert "-lab2 a b" in text or "-lab2 b a" in text
    assert len(rows.rows) == 8
