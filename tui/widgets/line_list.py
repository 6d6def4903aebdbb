"""The one list of this app: rows drawn line by line, so ten thousand of them cost no more than ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from tui.terminal.painting import as_painted, joined
from tui.widgets.drawn_rows import DrawnRows, RowPlace
from tui.widgets.hint import hint
from tui.widgets.list_bar import ListBar

Row = TypeVar("Row")


COPIED: Final = 400
"""Cells that a row is drawn in to be copied: nothing is cut."""


class LineList(ScrollView, Generic[Row], can_focus=True):
    """A scrolling list with a cursor. A subclass says how a row is named and drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor"}
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        & > .line-list--cursor { background: $row-still; text-style: bold; }
        &:focus > .line-list--cursor { background: $row; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "Down", show=False),
        Binding("up,k", "cursor(-1)", "Up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(-1)", "Last", show=False),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False),
        Binding("pagedown", "page(1.0)", "Page down", show=False),
        Binding("pageup", "page(-1.0)", "Page up", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    bar: ClassVar = False
    """Whether rows leave their first cell to a bar that marks the cursor's."""
    by_row: ClassVar = False
    """Whether `hangs_on` tells all that a drawn row hangs on: then rows in sight are drawn anew if that changed."""

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        list: LineList[Any]

        @property
        def control(self) -> LineList[Any]:
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Opened(Message):
        """A row was opened, by key or by a click on the row under the cursor."""

        list: LineList[Any]

        @property
        def control(self) -> LineList[Any]:
            """The list, for `@on` selectors."""
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "Nothing here yet.") -> None:
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._empty: str | Content = empty
        self._drawn = DrawnRows()
        self._opened = 0
        """Empty lines that stand open right under the row of the cursor."""
        self._under = 0
        """Lines that stand open under it, with those."""

    # What a subclass says

    def key_of(self, row: Row) -> object:
        """Name a row, so that the cursor stays on it when the rows change."""
        return row

    def place_of_row(self, row: Row, rows: Sequence[Row]) -> int | None:
        """Return where a row stands among other rows, by its name; None if it is not there."""
        key = self.key_of(row)
        if self.cursor < len(rows) and self.key_of(rows[self.cursor]) == key:
            return self.cursor
        return next((place for place, each in enumerate(rows) if self.key_of(each) == key), None)

    def hangs_on(self, row: Row) -> object:
        """Return what the row looks like hangs on, if `by_row`; to be compared with what it was."""
        return row

    def draw(self, row: Row, width: int) -> list[Content]:
        """Draw a row as `row_height` lines; longer ones are cut with an ellipsis."""
        return [Content(str(row))]

    def draw_under(self, row: Row, width: int) -> list[Content]:
        """Draw what stands under the row of the cursor, and pushes the rest down; any number of lines."""
        return []

    @property
    def row_height(self) -> int:
        """Lines a row takes."""
        return 1

    # What its owner uses

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self._rows

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on the row it was on, if that is still there, and in sight if it was."""
        before, count, was_in_sight = self.current, len(self._rows), self._is_in_sight
        self._rows = rows
        there = None if before is None else self.place_of_row(before, rows)
        place = min(self.cursor, max(0, len(rows) - 1)) if there is None else there
        moved = place != self.cursor
        self.set_reactive(LineList.cursor, place)
        self.redraw_changed(all_of_them=moved or count != len(rows))
        if was_in_sight:
            self._keep_in_sight()
        if moved or (before is not None and there is None):
            self.post_message(self.Highlighted(self))

    @property
    def cursor_region(self) -> Region:
        """Where on the screen the row under the cursor stands, with what is open under it."""
        first, count = self._lines_of(self.cursor)
        inside = self.scrollable_content_region
        return Region(inside.x, inside.y + first - self.scroll_offset.y, inside.width, count).intersection(inside)

    @property
    def copied(self) -> str:
        """The row under the cursor as one line of words."""
        lines = [] if self.current is None else self.draw(self.current, COPIED)
        return " ".join(" ".join(line.plain for line in lines).split())

    def texts(self, width: int) -> list[str]:
        """Return the lines of all rows as text."""
        return [line.plain.rstrip() for row in self._rows for line in self.draw(row, width)]

    def go_to(self, key: object) -> bool:
        """Put the cursor on the row of this name; False if there is none."""
        for index, row in enumerate(self._rows):
            if self.key_of(row) == key:
                self.cursor = index
                return True
        return False

    def redraw_changed(self, *, all_of_them: bool = False) -> None:
        """Draw those rows in sight anew, or all of them, that hang on something else than when they were drawn."""
        if not self.by_row:
            self.redraw()
            return
        self._measure()
        if all_of_them:
            self.refresh()
        else:
            width = self.scrollable_content_region.width
            for index in self._rows_in_sight:
                if not self._drawn.shows(self._place(index, width), self.hangs_on(self._rows[index])):
                    self.refresh_lines(*self._lines_of(index))

    def _place(self, index: int, width: int) -> RowPlace:
        return RowPlace(index, width, index == self.cursor)

    @property
    def _rows_in_sight(self) -> range:
        first = self.scroll_offset.y
        last = first + max(0, self.scrollable_content_region.height - 1)
        return range(self.place_of(first)[0], min(len(self._rows), self.place_of(last)[0] + 1))

    def say_when_empty(self, sentence: str | Content) -> None:
        """Say this where there are no rows; what stands between backticks is a key."""
        if sentence != self._empty:
            self._empty = sentence
            self.redraw()

    def redraw(self) -> None:
        """Forget what was drawn: the rows or the way to draw them changed."""
        self._drawn.clear()
        self._measure()
        self.refresh()

    def open_room(self, lines: int) -> None:
        """Open so many empty lines under the row of the cursor, for what takes the row; 0 closes them."""
        if lines != self._opened and self.is_attached:
            self._opened = lines
            self.redraw()
            self.refresh(layout=True)
            if lines:
                # Now: below a dialog that is pushed next, Textual 8.2.8 lays nothing out.
                self.screen._refresh_layout()  # noqa: SLF001
            self._keep_in_sight()

    def _measure(self) -> None:
        """Take up how many lines stand under the cursor's row, and how many there are in all."""
        row, width = self.current, self.scrollable_content_region.width
        self._under = 0 if row is None else self._opened + len(self.draw_under(row, width))
        lines = len(self._rows) * self.row_height or str(self._empty).count("\n") + 1
        size = Size(0, lines + self._under)
        if self.styles.is_auto_height or not self.is_attached:
            self.virtual_size = size
        elif size != self.virtual_size:
            # Textual 8.2.8 would lay the whole screen out anew; it still does if the bar comes or goes.
            self.set_reactive(LineList.virtual_size, size)
            self._scroll_update(size)

    def _lines_of(self, index: int) -> tuple[int, int]:
        """Return the first line of a row, and how many it takes."""
        below = self._under if index > self.cursor else 0
        return index * self.row_height + below, self.row_height + (self._under if index == self.cursor else 0)

    def place_of(self, line: int) -> tuple[int, int]:
        """Return which row a line of the list belongs to, and which of its lines it is."""
        first, count = self._lines_of(self.cursor)
        if first <= line < first + count:
            return self.cursor, line - first
        return divmod(line - self._under if line >= first + count else line, self.row_height)

    # Drawing

    @property
    def vertical_scrollbar(self) -> ListBar:
        """The bar at the side, made when it is first asked for."""
        if not isinstance(self._vertical_scrollbar, ListBar):
            self._vertical_scrollbar = ListBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)  # noqa: SLF001 - as Textual 8.2.8 starts its own
        return self._vertical_scrollbar

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the screen. A list has no border, padding or opacity."""
        return as_painted(self, map(self.render_line, crop.line_range), crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        if width < 1:
            return Strip.blank(0)  # a terminal of one cell, which the scroll bar takes
        index, line = self.place_of(y + self.scroll_offset.y)
        if index >= len(self._rows):
            said = hint(self._empty) if isinstance(self._empty, str) else self._empty
            lines = said.split() if not self._rows else []
            if y >= len(lines):
                return Strip.blank(width, self.rich_style)
            return Visual.to_strips(self, lines[y], width, 1, self.visual_style, pad=True)[0]
        return self._row_strips(index, width)[line]

    def _row_strips(self, index: int, width: int) -> list[Strip]:
        row, place = self._rows[index], self._place(index, width)
        return self._drawn.lines(place, self.hangs_on(row) if self.by_row else None, lambda: self._draw(row, place))

    def _draw(self, row: Row, place: RowPlace) -> list[Strip]:
        style = self.visual_style
        if place.on_cursor:
            style += self.cursor_style
        lines = self.draw(row, place.width)[: self.row_height]
        lines += [Content("")] * (self.row_height - len(lines))
        if place.on_cursor and self.bar:
            mark = Content.styled("▌" if self.has_focus else "▏", "$primary")
            lines = [Content.assemble(mark, line[1:]) for line in lines]
        drawn = [self._strip(line, place.width, style) for line in lines]
        return drawn + self._strips_under(row, place.width) if place.on_cursor and self._under else drawn

    def _strips_under(self, row: Row, width: int) -> list[Strip]:
        """Draw what stands under the cursor's row, on its ground but not as bold."""
        style = self.visual_style + Style(background=self.cursor_style.background)
        lines = [Content("")] * self._opened + self.draw_under(row, width)
        if self.bar:
            lines = [Content.assemble(("▏", "$primary"), line[1:]) for line in lines]
        return [self._strip(line, width, style) for line in lines]

    def _strip(self, line: Content, width: int, style: Style) -> Strip:
        return joined(Visual.to_strips(self, line, width, 1, style, pad=True)[0])

    @property
    def cursor_style(self) -> Style:
        """What the row under the cursor looks like. Textual 8.2.8 makes an opaque background transparent in a part."""
        styles = self.get_component_styles("line-list--cursor")
        return Style(background=styles.background, bold=styles.text_style.bold)

    def notify_style_update(self) -> None:
        """Redraw in the new colours (theme, focus)."""
        super().notify_style_update()
        self._drawn.clear()

    def on_resize(self) -> None:
        """Redraw for the new width."""
        self.redraw()
        self._keep_in_sight()

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Follow the cursor and tell about it; where nothing stands open under it, only two rows are painted."""
        stood_open = self._under
        self._measure()
        self._keep_in_sight()
        if stood_open or self._under:
            self.refresh()
        else:
            for index in (before, now):
                self.refresh_lines(*self._lines_of(index))
        if self._rows:
            self.post_message(self.Highlighted(self))

    @property
    def _is_in_sight(self) -> bool:
        """Whether the row of the cursor is; if not, the wheel or the bar has left it, and only a key comes back."""
        return not self._rows or self.cursor_region.height > 0 or not self.scrollable_content_region.height

    def _keep_in_sight(self) -> None:
        if self._rows and self.is_attached:
            first, count = self._lines_of(self.cursor)
            height = max(1, self.scrollable_content_region.height)
            self.scroll_to_region(Region(0, first, 1, min(count, height)), animate=False, force=True)

    def action_cursor(self, step: int) -> None:
        """Move by some rows."""
        self.cursor += step

    def action_edge(self, row: int) -> None:
        """Move to the first (0) or the last (-1) row."""
        self.cursor = len(self._rows) - 1 if row < 0 else row

    def action_page(self, pages: float) -> None:
        """Move by pages."""
        rows = max(1, int(abs(pages) * self.scrollable_content_region.height / self.row_height))
        self.cursor += rows if pages > 0 else -rows

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; open on the second click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index, line = self.place_of(offset.y + self.scroll_offset.y)
        if index < len(self._rows) and line < self.row_height:
            if index == self.cursor and event.chain == 2:
                self.action_open()
            self.cursor = index
