"""The list: where the cursor goes, where it stays, and how little is drawn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import on
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from tui.terminal.palette import palette
from tui.widgets.line_list import LineList

pytestmark = pytest.mark.painted

HEIGHT = 10


class Words(LineList[str]):
    """Rows of words; counts how many are drawn."""

    tall = 1
    drawn = 0

    @property
    def row_height(self) -> int:
        return self.tall

    def draw(self, row: str, width: int) -> list[Content]:
        self.drawn += 1
        return [Content(f"{row} {line}") for line in range(self.tall)]


class Coloured(App[None]):
    """An app with our colours."""

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | palette(variables, dark=True, ansi=False)


class Hosting(Coloured):
    """Nothing but a list."""

    def __init__(self, rows: Sequence[str]) -> None:
        super().__init__()
        self.rows = rows
        self.opened: list[str | None] = []
        self.highlighted = 0

    def compose(self) -> ComposeResult:
        yield Words(id="words", empty="No words.")

    def on_mount(self) -> None:
        self.query_one(Words).show(self.rows)
        self.query_one(Words).focus()

    @on(LineList.Opened)
    def note_opened(self) -> None:
        self.opened.append(self.query_one(Words).current)

    @on(LineList.Highlighted)
    def note_highlighted(self) -> None:
        self.highlighted += 1


@asynccontextmanager
async def hosting(rows: Sequence[str]) -> AsyncIterator[tuple[Hosting, Words, Pilot[None]]]:
    app = Hosting(rows)
    async with app.run_test(size=(30, HEIGHT)) as pilot:
        await pilot.pause()
        yield app, app.query_one(Words), pilot


def numbered(count: int) -> list[str]:
    return [f"row{index}" for index in range(count)]


def shown(app: Hosting) -> list[str]:
    return [strip.text.split(" ")[0] for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ("j", 1),
        ("down j j", 3),
        ("j j k up k", 0),
        ("G", 99),
        ("end", 99),
        ("G g", 0),
        ("G home", 0),
        ("pagedown", HEIGHT),
        ("pagedown pagedown pageup", HEIGHT),
        ("ctrl+d", HEIGHT // 2),
        ("ctrl+d ctrl+d ctrl+u", HEIGHT // 2),
        ("pageup", 0),
        ("G pagedown j", 99),
    ],
)
async def test_keys_move_the_cursor_and_it_stays_in_sight(keys: str, row: int) -> None:
    async with hosting(numbered(100)) as (app, words, pilot):
        await pilot.press(*keys.split())
        assert words.current == f"row{row}"
        assert f"row{row}" in shown(app)


async def test_two_lines_a_row_page_by_rows() -> None:
    async with hosting(numbered(100)) as (app, words, pilot):
        words.tall = 2
        words.redraw()
        await pilot.press("pagedown")
        assert words.current == "row5"
        assert len(set(shown(app))) == 5
        await pilot.press("G")
        assert shown(app)[-2:] == ["row99", "row99"]


async def test_enter_opens_the_row_under_the_cursor() -> None:
    async with hosting(numbered(3)) as (app, _, pilot):
        await pilot.press("j", "enter")
        assert app.opened == ["row1"]


async def test_a_click_moves_and_a_double_click_opens() -> None:
    async with hosting(numbered(100)) as (app, words, pilot):
        await pilot.press("pagedown", "pagedown")
        place = (3, 4)
        pointed = shown(app)[4]
        await pilot.click(Words, offset=place)
        assert words.current == pointed
        assert app.opened == []
        await pilot.click(Words, offset=place, times=2)
        assert app.opened == [pointed]


async def test_a_click_below_the_last_row_does_nothing() -> None:
    async with hosting(numbered(3)) as (app, words, pilot):
        await pilot.press("j")
        await pilot.double_click(Words, offset=(3, 8))
        assert words.current == "row1"
        assert app.opened == []


async def test_an_empty_list_says_so_and_no_key_or_click_harms() -> None:
    async with hosting([]) as (app, words, pilot):
        assert app.screen._compositor.render_strips()[0].text.strip() == "No words."
        await pilot.press(*"jkgG", "pagedown", "pageup", "ctrl+d", "ctrl+u", "home", "end", "enter")
        await pilot.double_click(Words, offset=(3, 0))
        assert words.current is None
        assert app.opened == []
        words.show(["first"])
        assert words.current == "first"
        words.show([])
        assert words.current is None


async def test_the_cursor_stays_on_its_row_when_the_rows_change() -> None:
    async with hosting(numbered(100)) as (app, words, pilot):
        words.go_to("row50")
        await pilot.pause()
        before = app.highlighted
        words.show(list(reversed(numbered(100))))
        await pilot.pause()
        assert words.current == "row50"
        assert words.cursor == 49
        assert "row50" in shown(app)
        assert app.highlighted == before + 1
        # The same rows again tell nobody anything.
        words.show(list(reversed(numbered(100))))
        await pilot.pause()
        assert app.highlighted == before + 1


async def test_the_cursor_goes_to_the_nearest_row_when_its_own_is_gone() -> None:
    async with hosting(numbered(10)) as (app, words, pilot):
        await pilot.press("G")
        before = app.highlighted
        words.show(numbered(4))
        await pilot.pause()
        assert words.current == "row3"
        assert app.highlighted == before + 1
        assert not words.go_to("row9")
        assert words.current == "row3"


async def test_of_ten_thousand_rows_only_those_in_sight_are_drawn() -> None:
    async with hosting(numbered(10_000)) as (app, words, pilot):
        # A row is drawn again when the focus, and with it the colour of the cursor, changes.
        assert words.drawn <= 3 * HEIGHT
        words.drawn = 0
        await pilot.press("j")
        # Two rows change their look: the one left and the one reached.
        assert words.drawn <= 2
        words.drawn = 0
        await pilot.press("G")
        assert words.current == "row9999"
        assert words.drawn <= HEIGHT + 1
        words.drawn = 0
        await pilot.press(*["k"] * 5)
        assert words.drawn <= 10
        assert shown(app)[-1] == "row9999"


async def test_a_list_one_line_high_and_one_cell_wide_still_moves() -> None:
    async with hosting(numbered(5)) as (_, words, pilot):
        await pilot.resize_terminal(1, 1)
        await pilot.press("j", "pagedown", "pageup", "G", "enter")
        assert words.current == "row4"
        await pilot.resize_terminal(30, 10)
        assert words.current == "row4"


@given(
    before=st.lists(st.integers(0, 20), unique=True, max_size=12),
    after=st.lists(st.integers(0, 20), unique=True, max_size=12),
    at=st.integers(0, 30),
)
def test_whatever_rows_come_the_cursor_is_on_one_of_them(before: list[int], after: list[int], at: int) -> None:
    words: LineList[int] = LineList()
    words.show(before)
    words.cursor = at
    was = words.current
    words.show(after)
    if not after:
        assert words.current is None
    elif was in after:
        assert words.current == was
    else:
        assert words.current in after


class Counted(Words):
    by_row = True


async def test_where_rows_stand_for_themselves_only_changed_ones_are_drawn_anew() -> None:
    class Host(Coloured):
        def compose(self) -> ComposeResult:
            yield Counted(id="words")

    async with Host().run_test(size=(40, HEIGHT)) as pilot:
        words = pilot.app.query_one(Counted)
        words.show(["a", "b", "c"])
        await pilot.pause()
        before = words.drawn
        words.show(["a", "changed", "c"])
        await pilot.pause()
        assert words.drawn == before + 1
        assert [words.render_line(y).text.split()[0] for y in range(3)] == ["a", "changed", "c"]


class Opening(Words):
    """Of each row a word stands under it while the cursor is on it; of the second two."""

    def draw_under(self, row: str, width: int) -> list[Content]:
        return [Content(f"under {row}")] * (2 if row == "row1" else 1)


async def test_what_stands_under_the_cursors_row_pushes_the_rest_down() -> None:
    class Host(Coloured):
        def compose(self) -> ComposeResult:
            yield Opening(id="words")

    def lines(words: Opening) -> list[str]:
        return [words.render_line(y).text.split("  ")[0].strip() for y in range(HEIGHT)]

    async with Host().run_test(size=(40, HEIGHT)) as pilot:
        words = pilot.app.query_one(Opening)
        words.show([f"row{n}" for n in range(20)])
        words.focus()
        await pilot.pause()
        assert lines(words)[:3] == ["row0 0", "under row0", "row1 0"]
        await pilot.press("j")
        assert lines(words)[:5] == ["row0 0", "row1 0", "under row1", "under row1", "row2 0"]
        # Where one clicks is what one sees: a line under the cursor's row is no other row.
        await pilot.click(Opening, offset=(1, 3))
        assert words.current == "row1"
        await pilot.click(Opening, offset=(1, 4))
        assert words.current == "row2"
        assert words.place_of(3) == (2, 1)
        assert words.place_of(4) == (3, 0)
        # At the end all of it is in sight.
        await pilot.press("G")
        assert lines(words)[-2:] == ["row19 0", "under row19"]
        words.open_room(2)
        assert lines(words)[-4:] == ["row19 0", "", "", "under row19"]
        words.open_room(0)
        await pilot.press("g")
        assert lines(words)[:3] == ["row0 0", "under row0", "row1 0"]
