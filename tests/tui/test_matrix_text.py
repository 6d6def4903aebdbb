"""What the Matrix writes: cells, columns, totals, the cell in words; pure functions, no terminal."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis
from hypotheses.matrix import Workings
from hypotheses.problems import Malformed
from hypotheses.ranking import ranked
from hypotheses.summed import Sum
from tui.evidence.weigh import cluster_begun, read_weight, weight_text, what_it_counts, with_weight
from tui.matrix.about import HOW_TO_RATE, about, about_cluster, heading, why_empty
from tui.matrix.cells import (
    Sheet,
    cell_parts,
    cluster_start,
    described,
    fitted,
    item_start,
    short_weight,
    sum_parts,
    years,
)
from tui.matrix.heads import head, names
from tui.matrix.layout import CELL, MARK, Direction, arrange, next_place
from tui.matrix.row import MatrixRow, row_of, row_text
from tui.matrix.rows import GridRow
from tui.matrix.schemes_text import schemes_text
from tui.matrix.totals import mark, one_line, place, totals
from tui.matrix.unsaved_ratings import UnsavedRatings
from tui.widgets.rating import ground, rating_parts


def written(cell: Assessment | None, remarks: int = 0) -> str:
    return "".join(text for text, _ in cell_parts(cell, remarks))


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(10.0, "▲ ×10"), (3.0, "▲ ×3"), (1.0, "="), (1 / 3, "▼ ÷3"), (None, "n/a"), (2.5, "▲ ×2.5"), (0.25, "▼ ÷4"),
     (1 / 7, "▼ ÷7"), (0.12, "▼ ÷8.3"), (1234567.0, "▲ ×1.2e6")],
)  # fmt: skip
def test_a_rating_is_a_glyph_and_a_factor(ratio: float | None, expected: str) -> None:
    assert "".join(text for text, _ in rating_parts(ratio)) == expected


@pytest.mark.parametrize(
    ("ratio", "behind"),
    # ln 1.25 = 0.22, ln 2 = 0.69, ln 3 = 1.10
    [(1.0, ""), (1.02, ""), (1.25, "$pro-1"), (2.0, "$pro-2"), (3.0, "$pro-3"), (1 / 3, "$contra-3"), (None, "")],
)
def test_the_shade_behind_a_rating_says_which_way_and_how_much(ratio: float | None, behind: str) -> None:
    assert ground(ratio) == behind
    # What is more than weak is bold as well, so that it shows without colour.
    assert any("bold" in style for _, style in rating_parts(ratio)) == behind.endswith(("2", "3"))


def test_a_cell_has_marks_for_a_reason_other_views_and_comments() -> None:
    assert written(None) == "·"
    assert written(None, 2) == "·#"
    assert written(Assessment(3.0)) == "▲ ×3"
    assert written(Assessment(3.0, "why")) == '▲ ×3"'
    differing = Assessment(3.0, "why", others={"bob": Assessment(0.1, by="bob")})
    assert written(differing, 1) == '▲ ×3"≠#'
    agreeing = Assessment(3.0, others={"bob": Assessment(3.0, by="bob")})
    assert written(agreeing) == "▲ ×3"


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (10.0, "10 times likelier if true than if not"),
        (1 / 3, "3 times less likely if true than if not"),
        (1.0, "as likely if true as if not"),
        (None, "has nothing to do with this explanation"),
    ],
)
def test_a_rating_in_words(ratio: float | None, expected: str) -> None:
    assert described(Assessment(ratio)) == expected
    assert described(None) == "not rated yet"


@given(st.integers(0, 300), st.integers(0, 40), st.data(), st.sampled_from(["", "date", "weight"]))
def test_a_layout_fits_the_line_and_keeps_the_cursor_in_sight(
    width: int, columns: int, data: st.DataObject, by: str
) -> None:
    at = data.draw(st.integers(0, max(0, columns - 1)))
    first = data.draw(st.integers(0, 50))
    layout = arrange(width, columns, at, first, by)
    if columns:
        assert at in layout.columns
        assert layout.columns.stop <= columns
        assert layout.cell >= CELL
        if width >= 30:
            assert layout.left + layout.shown * layout.cell <= width
    assert layout.title >= 0
    for column in layout.columns:
        assert layout.column_at(layout.left + (column - layout.first) * layout.cell) == column
    assert layout.column_at(layout.left - 1) is None


def test_what_the_rows_are_sorted_by_stands_beside_the_title_first() -> None:
    assert arrange(79, 5, 0).beside == ()
    assert arrange(79, 5, 0, by="date").beside == ("dated",)
    assert arrange(119, 5, 0).beside == ("tells", "dated")
    assert arrange(139, 5, 0, by="weight").beside[:3] == ("counts", "tells", "dated")


@pytest.mark.parametrize(
    ("place", "step", "direction", "leads_to"),
    [
        ((0, 0), 1, "across", (0, 1)),
        ((0, 2), 1, "across", (1, 0)),
        ((1, 0), -1, "across", (0, 2)),
        ((0, 0), -1, "across", (0, 0)),
        ((1, 2), 1, "across", (1, 2)),
        ((0, 0), 1, "down", (1, 0)),
        ((1, 0), 1, "down", (0, 1)),
        ((1, 2), 1, "down", (1, 2)),
    ],
)
def test_the_end_of_a_row_or_column_leads_to_the_next(
    place: tuple[int, int], step: int, direction: Direction, leads_to: tuple[int, int]
) -> None:
    assert next_place(place, step, direction, rows=2, columns=3) == leads_to


DEBATE = Debate(
    "m",
    "M",
    hypotheses={
        "one": Hypothesis("one", "One cause", plausibility=0.8),
        "two": Hypothesis("two", "Another cause altogether", plausibility=0.6),
        "three": Hypothesis("three", "No cause", plausibility=0.1),
    },
    evidence={
        "a": Evidence(
            "a", "First", date="2020", cluster="lab", credibility=0.5, finding="It was\nso.",
            assessments={"one": Assessment(10.0, "Because.", others={"bob": Assessment(0.1, "No.", "bob")})},
        ),
        "b": Evidence("b", "Second", cluster="lab", assessments={"one": Assessment(1 / 3), "two": Assessment(3.0)}),
        "c": Evidence("c", "Third", retracted=True, assessments={"two": Assessment(10.0)}),
    },
    comments={1: Comment(1, "Hm.", "bob", "2024-01-01T00:00:00Z", "one", "a")},
)  # fmt: skip


def sheet(debate: Debate = DEBATE) -> Sheet:
    return Sheet(debate, ranked(debate), Workings().figures(debate), {("a", "one"): 1})


def told(key: str, slug: str) -> str:
    evidence, hypothesis = DEBATE.evidence[key], DEBATE.hypotheses[slug]
    lines = about(sheet(), evidence, hypothesis, evidence.assessments.get(slug))
    return "\n".join(line.plain for line in lines)


def test_the_cell_in_words_says_what_counts_now_and_alone() -> None:
    text = told("a", "one")
    assert text.startswith("First\n")
    # The only one of its cluster that speaks for it counts in full: half of 10 * log10(10) is 5 decibans.
    assert (
        "▲ ×10  10 times likelier if true than if not · pulls 5.0 decibans · counts 0.50 of 0.50 beside 1 other of lab"
        in text
    )
    assert "Why  Because." in text
    assert "By the owner · bob ▼ ÷10 No. · ≠ 10.0 decibans apart · # 1 comment" in text
    assert "\nIt was so.\n" in text
    assert "2020 · credibility low, relevance not stated · cluster lab" in text
    assert heading(sheet(), "a", DEBATE.hypotheses["one"]).plain == "a for 1 One cause"


def test_a_cluster_in_words_says_what_it_adds_up_to_and_what_most() -> None:
    def said(slug: str) -> list[str]:
        debate = sheet()
        return [line.plain for line in about_cluster(debate, debate.figures.clusters["lab"], DEBATE.hypotheses[slug])]

    # Half of ln 10 for it and ln 3 against it: √10 / 3 = 1.054 times, 0.2 decibans.
    assert said("one") == [
        "▲ ×1.05  its 2 findings, 1 for and 1 against together: 1.05 times likelier if true than if not · 0.2 decibans",
        "▲ ×10  pulls 5.0  First",
        "▼ ÷3  pulls −4.8  Second",
        HOW_TO_RATE,
    ]
    assert said("two")[0].startswith("▲ ×3  1 of its 2 findings together: 3 times likelier")
    assert said("three")[0] == "·  none of its 2 findings counts for or against it"


def test_the_cell_in_words_of_a_blank_and_of_a_retracted_item() -> None:
    assert "not rated yet · weight 0.50 beside 1 other of lab" in told("a", "two")
    assert "retracted: it counts nothing" in told("c", "two")
    assert "in no cluster" in told("c", "two")


def test_where_there_is_no_cell_it_says_why() -> None:
    assert why_empty(None) == ""
    assert "press `{add_evidence}`" in why_empty(replace(DEBATE, evidence={}))
    assert "press `{add}` to add one" in why_empty(replace(DEBATE, hypotheses={}))
    assert "No evidence is like that" in why_empty(DEBATE)


LAYOUT = arrange(60, 3, 0)


def line_of(key: str, column: int | None = None, unsaved: UnsavedRatings | None = None, cluster: str = "") -> MatrixRow:
    row = row_of(GridRow(key, cluster, shown=2), sheet(), LAYOUT, unsaved or UnsavedRatings(), column)
    assert row is not None
    return row


def cells_of(row: MatrixRow) -> list[str]:
    line = row_text(row, focused=True).plain
    assert len(line) == LAYOUT.left + 3 * LAYOUT.cell
    return line[LAYOUT.left :].split()


def test_a_row_shows_what_its_cells_show() -> None:
    unsaved = UnsavedRatings()
    assert cells_of(line_of("b")) == ["▼÷3", "▲×3", "·"]
    assert cells_of(line_of("a")) == ['▲×10"≠#', "·", "·"]
    unsaved.add(("b", "three"), None, Assessment(2.5))
    assert cells_of(line_of("b", 0, unsaved)) == ["▼÷3", "▲×3", "▲×2.5"]


def test_the_cell_under_the_cursor_is_told_from_the_others() -> None:
    def styles(*, focused: bool = True) -> str:
        row = line_of("b", 1)
        return " ".join(str(span.style) for span in row_text(row, focused=focused).spans)

    assert "on $primary" in styles()
    assert "on $primary" not in styles(focused=False)
    assert "underline" in styles(focused=False)


def test_a_retracted_row_is_marked_and_struck_through() -> None:
    row = item_start(DEBATE.evidence["c"], LAYOUT, under=False)
    assert row.plain.startswith(" ✗ Third")
    assert any("strike" in str(span.style) for span in row.spans)
    assert row.cell_length == MARK + LAYOUT.title


def test_a_cluster_is_a_row_with_what_it_adds_up_to() -> None:
    # Half of ln 10 less ln 3 is little, and it has a comment, which leaves no room for how many there are.
    assert cells_of(line_of("", cluster="lab")) == ["▲×1.05#", "▲×3", "·"]
    assert item_start(DEBATE.evidence["a"], LAYOUT, under=True).plain.startswith("   │ First")
    cluster = sheet().figures.clusters["lab"]
    assert cluster_start(cluster, LAYOUT, 2, is_open=False).plain.startswith(" ▸ lab 2 ")
    assert cluster_start(cluster, LAYOUT, 1, is_open=True).plain.startswith(" ▾ lab 1 of 2 ")
    long = cluster_start(replace(cluster, name="日本語" * 20), LAYOUT, 2, is_open=True)
    assert long.plain.rstrip().endswith("… 2")
    assert long.cell_length == MARK + LAYOUT.title
    assert row_of(GridRow("", "gone"), sheet(), LAYOUT, UnsavedRatings(), None) is None
    assert row_of(GridRow("gone", "lab"), sheet(), LAYOUT, UnsavedRatings(), None) is None


def test_sums_say_of_how_many_findings_they_are() -> None:
    assert sum_parts(Sum(math.log(3), 1), 0) == rating_parts(3.0, shaded=True)
    assert "".join(text for text, _ in sum_parts(Sum(-math.log(2), 4), 0)) == "▼ ÷2 4"
    assert "".join(text for text, _ in sum_parts(Sum(math.log(1.05), 4), 0, 10)) == "▲×1.05 4"
    assert "".join(text for text, _ in sum_parts(Sum(None, 2), 1)) == "n/a 2#"


def test_a_cluster_is_dated_by_years() -> None:
    assert [years(each) for each in ((), ("2022", "2022-05"), ("2022-01", "2025"), ("1991", "2024"))] == [
        "", "2022", "2022–25", "1991–24",
    ]  # fmt: skip


def test_totals_have_a_line_for_each_scheme_and_say_what_is_untested() -> None:
    debate = sheet()
    lines = [line.plain for line in totals(debate, arrange(80, 3, 0))]
    assert len(lines) == 6
    assert "untested" in lines[0]
    # 0.5 -> odds 1 * 10^(1/3) * 3^(-2/3) = 1.036; 1 * 3 = 75%.
    assert lines[1].split()[-5:] == ["51%", "2.", "75%", "1.", "–"]
    assert lines[2].split()[-5:] == ["1", "2.", "0", "1.", "–"]
    assert (
        one_line(debate, is_open=False).plain
        == "▸ Schemes the schemes agree   Bayes, Heuer, PARC, Burton, Open Synthesis 2 1"
    )
    assert one_line(debate, is_open=True).plain == "▾ Schemes the schemes agree"
    assert mark(debate, "three") == "untested"


def test_a_shared_place_is_marked() -> None:
    figures = Workings().figures(DEBATE).scores["heuer"]
    shared = replace_scores(figures.scores, {"one": 0.0, "two": 0.0})
    assert place("heuer", figures._replace(scores=shared, places={"one": 1, "two": 1}), "one") == ("0", "=1.")
    assert place("heuer", figures, "three") == ("–", "")


def replace_scores(scores: object, with_: dict[str, float | None]) -> dict[str, float | None]:
    assert isinstance(scores, dict)
    return {**scores, **with_}


def test_what_the_schemes_disagree_on_is_fragile() -> None:
    # Bayes and the contradictions part: one has more for it, and more against it.
    cells = [("p", {"one": 10.0}), ("q", {"one": 10.0}), ("r", {"one": 1 / 3}), ("s", {"two": 3.0})]
    evidence = {
        key: Evidence(key, key, assessments={h: Assessment(r) for h, r in rated.items()}) for key, rated in cells
    }
    debate = sheet(replace(DEBATE, evidence=evidence))
    assert mark(debate, "one") == mark(debate, "two") == "≶fragile"
    assert one_line(debate, is_open=False).plain.startswith("▸ Schemes ≶ fragile   Bayes 1 2   Heuer, PARC, ")
    text = schemes_text(debate).plain
    assert "the schemes do not agree on the order of One cause, Another cause altogether" in text
    assert "untested, and so in no order: No cause" in text
    for formula in (
        "Heuer, Psychology of Intelligence Analysis",
        "n_eff(k) − n_eff(k − 1)",
        "Open Synthesis",
        "Palo Alto",
        "Burton",
    ):
        assert formula in text


def test_heads_have_titles_and_figures_and_tell_of_columns_out_of_sight() -> None:
    debate = sheet()
    lines = [line.plain for line in head(debate, arrange(120, 3, 0), 1, "date", 2)]
    assert lines[0].split() == ["Another", "cause"]
    assert lines[1].split() == ["One", "cause", "altogether", "No", "cause"]
    # 51% and 75% as in the totals; nothing tests the third.
    assert lines[2].replace("cred·rel", "").split() == [
        "tells",
        "dated▾",
        "counts",
        "1",
        "◆51",
        "●80",
        "2",
        "◆75",
        "●60",
        "3",
        "untested",
        "●10",
    ]
    assert "1 more column with h l" in head(debate, arrange(50, 3, 0), 0, "", 1)[1].plain
    narrow = head(debate, arrange(34, 3, 0), 0, "", 1)
    assert "2 more with h l      1 ◆51" in narrow[1].plain
    assert "one" in narrow[0].plain
    assert {line.cell_length for line in narrow} == {34}


def test_a_long_title_is_wrapped_and_cut_and_ends_above_its_figures() -> None:
    def lines(title: str, count: int) -> list[str]:
        return [line.plain.rstrip() for line in names(Hypothesis("h-1", title), 13, count, on=False)]

    assert lines("One cause", 3) == ["", "", "One cause"]
    assert lines("Another cause altogether of it", 2) == ["Another", "cause…"]
    assert lines("理由" * 20, 2) == ["理由" * 3, "理由理由理…"]
    assert lines("Any title at all", 1) == ["h"]


def test_short_words_for_weights_and_fitting() -> None:
    assert [short_weight(each) for each in (0.5, 0.75, 1.0, 0.6)] == ["low", "med", "high", "0.6"]
    assert fitted([("日本語", "")], 4).cell_length == 4
    assert fitted([("x", "")], 0).plain == ""


def test_weighing_says_what_it_would_count() -> None:
    def says(text: str, **rest: Any) -> list[str]:
        would = with_weight(DEBATE, DEBATE.evidence["a"], text)
        item = replace(would.evidence["a"], **rest)
        return list(what_it_counts(would, item))

    # The other one of the cluster points the other way.
    assert says("high medium lab") == [
        "counts 0.75 beside 1 other of the cluster lab, 0.75 alone",
        "counts 0.75 beside 1 other, 0.75 alone",
        "counts 0.75 beside 1 other",
    ]
    # 0.75 ln 2 is less than ln 3 of the other one: it is second and counts 4/3 - 1 of 0.75.
    assert says("high medium lab", assessments={"one": Assessment(0.5)})[2] == "counts 0.25 beside 1 other"
    assert says("high medium ?")[0] == "counts 0.75, credibility × relevance, in no cluster"
    assert says("high medium lab", retracted=True)[0] == "retracted: it counts nothing, whatever stands here"
    with pytest.raises(Malformed, match="Relevance: '2' is not a weight"):
        read_weight("high 2")


def test_what_a_typed_weight_leaves_out_stays() -> None:
    assert read_weight("low") == {"credibility": 0.5}
    assert read_weight("60% · med") == {"credibility": 0.6, "relevance": 0.75}
    assert read_weight("? 1, the Bonn lab") == {"credibility": None, "relevance": 1.0, "cluster": "the Bonn lab"}
    assert read_weight("l h ?") == {"credibility": 0.5, "relevance": 1.0, "cluster": ""}
    for nothing in ("", "  "):
        with pytest.raises(Malformed, match="found nothing; expected credibility, relevance and cluster"):
            read_weight(nothing)


@given(st.none() | st.floats(0, 1), st.none() | st.floats(0, 1), st.text("ab-9 é", max_size=12).map(str.strip))
def test_a_weight_is_read_back_as_it_is_written(credibility: float | None, relevance: float | None, of: str) -> None:
    item = Evidence("a", "A", credibility=credibility, relevance=relevance, cluster=of)
    fields = read_weight(weight_text(item))
    assert replace(item, **fields) == item


def test_the_cluster_is_completed_once_both_weights_stand() -> None:
    clusters = ("cnn-v1", "scaling")

    def offered(text: str) -> list[str]:
        return [each.name for each in cluster_begun(text, clusters).offers]

    assert offered("low c") == []
    assert offered("low high c") == ["cnn-v1"]
    assert offered("low · high, sc") == ["scaling"]
    assert offered("low high cnn-v1") == []
    assert offered("low high ") == []
    # What is a whole name is meant, also where another one begins so.
    assert cluster_begun("low high lab", ("lab-2023", "lab")).offers == ()
