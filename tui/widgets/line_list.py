"""The one list of this app: rows drawn line by line, so ten thousand of them cost no more than ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

Row = TypeVar("Row")


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

    cursor: reactive[int] = reactive(0)
    bar: ClassVar = False
    """Whether rows leave their first cell to a bar that marks the cursor's."""
    by_row: ClassVar = False
    """Whether `hangs_on` tells all that a drawn row hangs on: then only rows of which that changed are drawn anew."""

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        list: LineList[object]

        @property
        def control(self) -> LineList[object]:
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Opened(Message):
        """A row was opened, by key or by a click on the row under the cursor."""

        list: LineList[object]

        @property
        def control(self) -> LineList[object]:
            """The list, for `@on` selectors."""
            return self.list

    def __init__(self, *, id: str | None = None, classes: str | None = None, empty: str = "Nothing here yet.") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._empty = empty
        self._hung_on: list[object] = []
        self._drawn: LRUCache[tuple[int, int, bool], list[Strip]] = LRUCache(512)

    # What a subclass says

    def key_of(self, row: Row) -> object:
        """Name a row, so that the cursor stays on it when the rows change."""
        return row

    def hangs_on(self, row: Row) -> object:
        """Return what the row looks like hangs on, if `by_row`; to be compared with what it was."""
        return row

    def draw(self, row: Row, width: int) -> list[Content]:
        """Draw a row as `row_height` lines; longer ones are cut with an ellipsis."""
        return [Content(str(row))]

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
        """Show these rows; the cursor stays on the row it was on, if that is still there."""
        before = None if self.current is None else self.key_of(self.current)
        self._rows = rows
        keys = [self.key_of(row) for row in rows]
        place = keys.index(before) if before in keys else min(self.cursor, max(0, len(rows) - 1))
        moved = place != self.cursor
        self.set_reactive(LineList.cursor, place)
        self._redraw_changed(moved=moved)
        self._keep_in_sight()
        if moved or (before is not None and before not in keys):
            self.post_message(self.Highlighted(self))  # type: ignore[arg-type]  # a list of anything

    def go_to(self, key: object) -> bool:
        """Put the cursor on the row of this name; False if there is none."""
        for index, row in enumerate(self._rows):
            if self.key_of(row) == key:
                self.cursor = index
                return True
        return False

    def _redraw_changed(self, *, moved: bool) -> None:
        before, now = self._hung_on, [self.hangs_on(row) for row in self._rows] if self.by_row else []
        if moved or not now or len(before) != len(now):
            self.redraw()
        else:
            changed = {index for index, (old, new) in enumerate(zip(before, now, strict=True)) if old != new}
            for place in [place for place in self._drawn.keys() if place[0] in changed]:  # noqa: SIM118 - no dict
                self._drawn.discard(place)
            for index in changed:
                self.refresh_lines(index * self.row_height, self.row_height)
        self._hung_on = now

    def say_when_empty(self, sentence: str) -> None:
        """Say this where there are no rows."""
        self._empty = sentence
        self.refresh()

    def redraw(self) -> None:
        """Forget what was drawn: the rows or the way to draw them changed."""
        self._drawn.clear()
        self._hung_on = []
        self.virtual_size = Size(0, max(1, len(self._rows)) * self.row_height)
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        if width < 1:
            return Strip.blank(0)  # a terminal of one cell, which the scroll bar takes
        index, line = divmod(y + self.scroll_offset.y, self.row_height)
        if index >= len(self._rows):
            text = Content.styled(self._empty, "$label") if index == line == 0 else Content("")
            return Visual.to_strips(self, text, width, 1, self.visual_style, pad=True)[0]
        return self._row_strips(index, width)[line]

    def _row_strips(self, index: int, width: int) -> list[Strip]:
        on_cursor = index == self.cursor
        place = (index, width, on_cursor)
        if (drawn := self._drawn.get(place)) is None:
            style = self.visual_style
            if on_cursor:
                style += self.cursor_style
            lines = self.draw(self._rows[index], width)[: self.row_height]
            lines += [Content("")] * (self.row_height - len(lines))
            if on_cursor and self.bar:
                mark = Content.styled("▌" if self.has_focus else "▏", "$primary")
                lines = [Content.assemble(mark, line[1:]) for line in lines]
            drawn = [Visual.to_strips(self, line, width, 1, style, pad=True)[0] for line in lines]
            self._drawn[place] = drawn
        return drawn

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

    def watch_cursor(self) -> None:
        """Follow the cursor and tell about it."""
        self._keep_in_sight()
        self.refresh()
        if self._rows:
            self.post_message(self.Highlighted(self))  # type: ignore[arg-type]  # a list of anything

    def _keep_in_sight(self) -> None:
        if self._rows and self.is_attached:
            top = self.cursor * self.row_height
            self.scroll_to_region(Region(0, top, 1, self.row_height), animate=False, force=True)

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
            self.post_message(self.Opened(self))  # type: ignore[arg-type]  # a list of anything

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; open on the second click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.scroll_offset.y) // self.row_height
        if index < len(self._rows):
            if index == self.cursor and event.chain == 2:
                self.action_open()
            self.cursor = index
