"""Rows that are kept as they were drawn."""

from __future__ import annotations

from textual.strip import Strip

from tui.widgets.drawn_rows import DrawnRows, RowPlace


def test_a_row_is_drawn_anew_only_when_what_it_hangs_on_has_changed() -> None:
    rows, drawn = DrawnRows(), []

    def lines(index: int, hangs_on: object, *, on_cursor: bool = False) -> list[Strip]:
        def draw() -> list[Strip]:
            drawn.append(hangs_on)
            return [Strip.blank(1)]

        return rows.lines(RowPlace(index, 80, on_cursor), hangs_on, draw)

    first = lines(0, "b")
    assert lines(0, "b") is first
    assert drawn == ["b"]
    last = lines(0, "b and more")
    assert lines(0, "b and more") is last
    assert drawn == ["b", "b and more"]
    lines(0, "b", on_cursor=True)  # beside the one without the cursor
    assert lines(0, "b and more") is last
    assert rows.shows(RowPlace(0, 80, False), "b and more")
    assert not rows.shows(RowPlace(0, 80, False), "b")
    assert not rows.shows(RowPlace(0, 79, False), "b and more")
    rows.clear()
    assert lines(0, "b and more") is not last
    assert len(drawn) == 4
