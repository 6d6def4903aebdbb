"""Tables for spreadsheets: what is in them, and that nothing in them acts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.ratios import parse_ratio
from hypotheses.reports.csv import TABLES, as_typed, csv_table, neutral
from hypotheses.reports.csv.cells import csv_text
from hypotheses.reports.text import HARMFUL
from hypotheses.timeline import Stand
from store.bundled import bundled_debate
from tests.exploring import explored
from tests.hypotheses.reports.pages import EVIL
from tests.store.debates import debates


def read(text: str) -> list[dict[str, str]]:
    """Read a table as Python's own reader does, with every row as long as the head."""
    head, *rows = csv.reader(io.StringIO(text), strict=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("=", "'="),
        # Numbers and ratings act nowhere, and are read again.
        ("+", "+"),
        ("--", "--"),
        ("-3.5e-7", "-3.5e-7"),
        ("+--", "'+--"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_run_is_text(typed: str, cell: str) -> None:
    assert neutral(typed) == cell
    assert as_typed(cell) == typed


@given(st.text(st.sampled_from("'=+-@\t\r＝a1 "), max_size=6))
def test_taking_the_apostrophe_off_gives_back_what_was_there(typed: str) -> None:
    assert as_typed(neutral(typed)) == typed


def test_what_is_harmful_is_not_printable() -> None:
    # So a row that is printable has nothing of it.
    assert [each for each in map(chr, range(0x110000)) if HARMFUL.match(each) and each.isprintable()] == []


class OtherText(str):
    """A text of a kind of its own."""

    __slots__ = ()


ANY_CELLS = st.one_of(
    st.text(st.sampled_from("'=+-@\t\r\n\0＝a1 │\x1b\u202e"), max_size=4),
    st.sampled_from(["++", "+", "0", "-", "--", OtherText("=1"), OtherText("a\x1b")]),
    st.none() | st.booleans() | st.integers() | st.floats(),
)


@given(st.lists(ANY_CELLS, min_size=1, max_size=5))
def test_a_cell_is_the_same_whatever_stands_beside_it(row: list[object]) -> None:
    def cells(of: list[object]) -> list[str]:
        _, written = csv.reader(io.StringIO(csv_text(["a"] * len(of), [of]), newline=""), strict=True)
        return written

    together = cells([*row, "z"])
    assert together == [cell for each in row for cell in cells([each, "z"])[:1]] + ["z"]
    for each, cell in zip(row, together, strict=False):
        if isinstance(each, str):
            assert neutral(as_typed(cell)) == cell
            assert "\x1b" not in cell


@explored(8)
@given(debates(), st.sampled_from(sorted(TABLES)))
def test_no_cell_of_any_debate_is_a_formula_and_every_row_is_whole(debate: Debate, name: str) -> None:
    for row in read(csv_table(debate, name)):
        for cell in row.values():
            assert neutral(as_typed(cell)) == cell
            assert "\x1b" not in cell


def test_ratings_are_signs_or_numbers_and_come_back_as_the_same_ratios() -> None:
    ratios = {"a": 10.0, "b": 1 / 3, "c": 1 / 7, "d": 1.0, "e": None}
    cells = {slug: Assessment(ratio) for slug, ratio in ratios.items()}
    hypotheses = {slug: Hypothesis(slug, slug.upper()) for slug in [*ratios, "f"]}
    debate = Debate("d", "Why?", hypotheses=hypotheses, evidence={"x": Evidence("x", "=X", assessments=cells)})
    (row,) = read(csv_table(debate, "matrix"))
    assert row["title"] == "'=X"
    assert {slug: row[slug] for slug in "abcdef"} == {
        "a": "++",
        "b": "-",
        "c": "0.14285714285714285",
        "d": "0",
        "e": "n/a",
        "f": "",
    }
    assert {slug: parse_ratio(row[slug]) for slug in ratios} == ratios


def test_the_tables_of_the_bundled_debate_hold_its_figures() -> None:
    debate = bundled_debate()
    tables = {name: read(csv_table(debate, name)) for name in TABLES}
    assert [row["slug"] for row in tables["ranking"]][:2] == ["unfair-comparison", "copied-filters"]
    assert len(tables["matrix"]) == len(tables["evidence"]) == 85
    (vision,) = [row for row in tables["gaps"] if (row["gap"], row["case"]) == ("vision_gap", "now")]
    assert vision["median"].startswith("2.0506")  # log10 of 100B over 890M
    unfair = sorted(float(row["vision_gap under unfair-comparison"]) for row in tables["samples"])
    # 2.0506 less a normal of 1 to 2: of 100 equally likely values, 45 to 55 lie below the median, 4 to 6 below p5.
    assert 45 <= sum(value < 0.5506 for value in unfair) <= 55
    assert 4 <= sum(value < 0.0506 for value in unfair) <= 6
    counting = [row["reading"] for row in tables["quantities"] if row["symbol"] == "stable_diffusion" and row["counts"]]
    assert counting == ["post"]


def test_forecasts_are_what_each_person_stated_whenever_it_was_another_figure() -> None:
    debate = Debate(
        "d", "?", hypotheses={"rain": Hypothesis("rain", "Will it rain?", settled="true", settled_on="2024-02-01")}
    )
    times = [datetime(2024, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    stands = [
        Stand(times[0], {"": {"rain": 0.5}}, {"": frozenset({"rain"})}),
        Stand(times[1], {"": {"rain": 0.7}, "ana": {"rain": 0.2}}),
        Stand(times[2], {"": {"rain": 0.7}, "ana": {"rain": 0.1}}),
    ]
    rows = read(csv_table(replace(debate, owner="ola"), "forecasts", stands))
    assert [(row["question"], row["forecast"], row["resolution"], row["created"], row["by"]) for row in rows] == [
        ("Will it rain?", "70%", "YES", "2024-01-02", "ola"),
        ("Will it rain?", "20%", "YES", "2024-01-02", "ana"),
        ("Will it rain?", "10%", "YES", "2024-01-03", "ana"),
    ]


def test_hostile_words_are_shown() -> None:
    debate = Debate("d", "?", evidence={"x": Evidence("x", EVIL.replace("\n", " "), finding="a\x1b[2Jb\nc")})
    (row,) = read(csv_table(debate, "evidence"))
    assert row["finding"] == "a\\x1b[2Jb\nc"
