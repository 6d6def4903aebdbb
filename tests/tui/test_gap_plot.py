"""The quantities in columns, and a gap as distributions one above the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hypotheses.debate import Debate, Quantity
from hypotheses.estimates import estimate
from hypotheses.reading import Reading
from store.bundled import bundled_debate
from tui.numbers.gap_plot import plot
from tui.numbers.quantity_drawing import (
    arrange,
    head_line,
    lines_under,
    marked_readings,
    quantity_line,
    reading_marks,
)
from tui.numbers.quantity_rows import ListedQuantity, RoleHead, Row, rows_by_role
from tui.terminal.clean import content
from tui.widgets.value_text import in_columns

CONVENTIONS = ("post", "author", "literature")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("890M", ("890M", "")),
        ("100B (50B to 500B)", ("100B", "50B … 500B")),
        # The median of a lognormal is the geometric mean of its ends: the root of 10 is 3.162.
        ("1B to 10B", ("3.162B", "1B … 10B")),
        ("normal -1 to 3", ("1", "−1 … 3")),
        ("much", ("", "much")),
    ],
)
def test_a_value_stands_in_columns(text: str, columns: tuple[str, str]) -> None:
    assert in_columns(text) == columns


def test_a_mark_for_each_convention_says_which_reading_is_in_use() -> None:
    quantity = Quantity("q", readings={"post": Reading("1"), "literature": Reading("2")})
    assert reading_marks(quantity, "post", CONVENTIONS).plain == "▮ ▯"
    assert reading_marks(quantity, "literature", CONVENTIONS).plain == "▯ ▮"
    # Of what the convention has no reading the first counts; a value of one's own stands last.
    assert reading_marks(quantity, "author", CONVENTIONS).plain == "▮ ▯"
    own = replace(quantity, readings={**quantity.readings, "mine": Reading("3")}, chosen="mine")
    assert marked_readings(Debate("d", "D", quantities={"q": own})) == ("post", "literature", "mine")
    assert reading_marks(own, "post", (*CONVENTIONS, "mine")).plain == "▯ ▯▮"


READINGS = {"post": Reading("100B (50B to 500B)", source="s"), "literature": Reading("1T", source="A long source")}


@pytest.mark.parametrize("width", [30, 44, 60, 80, 140])
def test_a_line_is_as_wide_as_there_is_room_and_keeps_its_value(width: int) -> None:
    row = ListedQuantity(Quantity("q", "A quantity with a long name indeed", readings=READINGS), "parameter")
    columns = arrange(width, [row], len(CONVENTIONS))
    line = quantity_line(row, columns, "post", CONVENTIONS)
    assert line.cell_length <= width
    assert "100B" in line.plain
    assert ("50B … 500B" in line.plain) == (width >= 60)
    assert ("parameter" in line.plain) == (width >= 80)
    figures = [line, *lines_under(row, columns, "post")]
    assert all(each.cell_length <= width for each in figures)
    # The figures of quantity and readings end in one column.
    ends = {each.plain.index(value) + len(value) for each, value in zip(figures, ("100B", "100B", "1T"), strict=True)}
    assert ends == {columns.value_ends}
    formula = ListedQuantity(Quantity("f", formula="a_long_name * another_long_name / a_third"), "")
    line = quantity_line(formula, columns, "post", CONVENTIONS)
    assert line.cell_length <= width
    assert "= a_lo" in line.plain
    assert "a_third" in lines_under(formula, columns, "post")[0].plain


@pytest.mark.parametrize("width", [20, 44, 73, 140])
def test_names_of_two_cells_a_letter_keep_the_figures_in_their_columns(width: int) -> None:
    rows: list[Row] = [
        RoleHead("脳のモデル" * 9, 2, "パラメータ" * 9, folded=False),
        ListedQuantity(
            Quantity("a", "視覚皮質のシナプス" * 9, "個", {"出典" * 9: Reading("1B", source="出典" * 40)}), "個"
        ),
        ListedQuantity(Quantity("b", "短い", "個", {"value": Reading("20B")}), "個"),
    ]
    columns = arrange(width, rows, 1)
    head, *quantities = rows
    assert isinstance(head, RoleHead)
    assert head_line(head, columns).cell_length <= width
    for row, value in zip(quantities, ("1B", "20B"), strict=True):
        assert isinstance(row, ListedQuantity)
        for line in (quantity_line(row, columns, "", ("a",)), *lines_under(row, columns, "")):
            assert line.cell_length <= width
            plain = line.plain
            assert content(plain[: plain.index(value) + len(value)]).cell_length == columns.value_ends


def test_quantities_stand_under_their_roles_in_the_order_in_which_these_first_come() -> None:
    made = [
        Quantity("a", unit="kg", group="Things"),
        Quantity("b"),
        Quantity("c", unit="m", group="Ways"),
        Quantity("d", unit="kg", group="Things"),
        Quantity("e", unit="s", group="Ways"),
    ]
    told = [
        (row.title, row.count, row.unit) if isinstance(row, RoleHead) else (row.quantity.symbol, row.unit)
        for row in rows_by_role(made)
    ]
    # The unit that all of a role share stands at its head, and not at each.
    assert told == [
        *[("Things", 2, "kg"), ("a", ""), ("d", "")],
        *[("Ways", 2, ""), ("c", "m"), ("e", "s")],
        *[("Others", 1, ""), ("b", "")],
    ]
    folded = rows_by_role(made, {"Things", ""})
    assert [row.title for row in folded if isinstance(row, RoleHead) and row.folded] == ["Things", "Others"]
    assert [row.quantity.symbol for row in folded if isinstance(row, ListedQuantity)] == ["c", "e"]


def test_without_roles_there_are_no_heads() -> None:
    assert rows_by_role([Quantity("a", unit="kg"), Quantity("b")]) == [
        ListedQuantity(Quantity("a", unit="kg"), "kg"),
        ListedQuantity(Quantity("b"), ""),
    ]
    assert rows_by_role([]) == []


def test_of_very_many_readings_the_first_are_listed_and_the_rest_counted() -> None:
    row = ListedQuantity(Quantity("q", readings={f"r{n}": Reading(f"{n}") for n in range(1, 41)}), "")
    lines = lines_under(row, arrange(80, [row], 6), "")
    assert len(lines) == 8
    assert lines[-1].plain.strip() == "… and 33 more"


def test_what_has_no_spread_says_so_and_what_has_is_drawn_with_the_gap_today() -> None:
    puzzle = estimate(bundled_debate(), scenario=("unfair-comparison",)).gaps["puzzle"]
    lines = plot(puzzle, 60).plain.splitlines()
    assert lines[0] == "now  a point, no spread"
    assert lines[1] == "if ticked"
    assert lines[6] == "all weighed"
    # 2.05 - 1.5: the tallest column of the second stands left of the gap today.
    ticked = lines[2:6]
    assert ticked[0].index("█" if "█" in ticked[0] else ticked[0].strip()[0]) < ticked[0].index("│")
    assert lines[-1] == "│ today   closed: within 0.3 OOM of zero"
    band = [span for span in plot(puzzle, 60).spans if "on $closed" in str(span.style)]
    assert band
