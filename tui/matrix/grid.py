"""The matrix: evidence by hypotheses, line by line; the cell under the cursor is rated by one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.problems import Malformed
from hypotheses.ratios import rated
from tui.commands import RATING, bindings
from tui.host import Host
from tui.matrix.cells import Sheet
from tui.matrix.layout import Direction, Layout, arrange, next_place
from tui.matrix.pressed_sign import PressedSign
from tui.matrix.row import DrawnLines, MatrixRow, row_of, row_text
from tui.matrix.unsaved_ratings import Cell, UnsavedRatings
from tui.widgets.line_list import LineList


class MatrixGrid(LineList[str]):
    """Its rows are keys of evidence; what they show is looked up in the sheet when they are drawn."""

    DEFAULT_CSS = """
    MatrixGrid { scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "column(-1)", "Left", show=False),
        Binding("right,l", "column(1)", "Right", show=False),
        Binding("home", "side(0)", "First explanation", show=False),
        Binding("end", "side(-1)", "Last explanation", show=False),
        Binding("tab", "next(1)", "Next cell", show=False),
        Binding("shift+tab", "next(-1)", "Cell before", show=False),
        *bindings(RATING),
    ]

    app: Host
    column: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """Another cell is under the cursor, or its rating has changed."""

    @dataclass
    class Rated(Message):
        """A key rated a cell."""

        cell: Cell
        seen: Assessment | None
        """What stood there."""
        now: Assessment | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, empty="Working out …")
        self.sheet = Sheet(Debate("", ""))
        self.order = ""
        """What the rows are sorted by."""
        self.direction: Direction = "across"
        self.unsaved = UnsavedRatings()
        self.layout_now: Layout = arrange(80, 0, 0)
        self._sign = PressedSign()
        self._lines = DrawnLines()

    # What it shows

    def show_sheet(self, sheet: Sheet, rows: Sequence[str]) -> None:
        """Show these rows; the cursor stays on its cell if that is still there."""
        at = self.hypothesis.slug if self.hypothesis else ""
        same = rows is self._rows or rows == self._rows
        self.sheet = sheet
        slugs = [each.slug for each in sheet.columns]
        self.set_reactive(MatrixGrid.column, slugs.index(at) if at in slugs else min(self.column, len(slugs) - 1))
        self.lay_out()
        if same:
            self.refresh()
        else:
            self._lines.clear()
            self.show(rows)

    def lay_out(self) -> None:
        """Lay the columns out for the width there is, the one under the cursor in sight."""
        width, columns = self.scrollable_content_region.width, len(self.sheet.columns)
        self.layout_now = arrange(width, columns, max(0, self.column), self.layout_now.first, self.order)

    @property
    def evidence(self) -> Evidence | None:
        """The item under the cursor."""
        return self.sheet.debate.evidence.get(self.current) if self.current is not None else None

    @property
    def hypothesis(self) -> Hypothesis | None:
        """The hypothesis under the cursor."""
        return self.sheet.columns[self.column] if 0 <= self.column < len(self.sheet.columns) else None

    @property
    def at(self) -> Cell | None:
        """The cell under the cursor."""
        return (self.evidence.key, self.hypothesis.slug) if self.evidence and self.hypothesis else None

    @property
    def rating(self) -> Assessment | None:
        """What the cell under the cursor shows."""
        return self.unsaved.in_cell(self.evidence, self.hypothesis.slug) if self.evidence and self.hypothesis else None

    def settle(self, cell: Cell, now: Assessment | None) -> None:
        """Show a cell as the debate has it, unless something else was typed since."""
        if self.unsaved.saved(cell, now):
            self.refresh()
            self.post_message(self.Moved())

    # Drawing

    def redraw(self) -> None:
        """Forget what was drawn."""
        self._lines.clear()
        self.lay_out()
        super().redraw()

    def notify_style_update(self) -> None:
        """Redraw in the new colours (theme, focus)."""
        super().notify_style_update()
        self._lines.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen, if what it shows has changed since it was last drawn."""
        index = y + self.scroll_offset.y
        evidence = self.sheet.debate.evidence.get(self._rows[index]) if index < len(self._rows) else None
        if evidence is None or self.layout_now.width < 1:
            return super().render_line(y) if not self._rows else Strip.blank(self.layout_now.width)
        column = self.column if index == self.cursor else None
        row = row_of(evidence, self.sheet, self.layout_now, self.unsaved, column)
        return self._lines.line(index, row, self._draw_row)

    def _draw_row(self, row: MatrixRow) -> Strip:
        style = self.visual_style
        if row.column is not None:
            style += self.cursor_style
        text = row_text(row, self.sheet.figures, focused=self.has_focus)
        return Visual.to_strips(self, text, row.layout.width, 1, style, pad=True)[0]

    # Moving

    def show(self, rows: Sequence[str]) -> None:
        """Show these rows; whoever is told of them is told of the cell."""
        super().show(rows)
        self.post_message(self.Moved())

    def validate_column(self, column: int) -> int:
        """Keep the cursor on a column."""
        return max(0, min(column, len(self.sheet.columns) - 1))

    def watch_cursor(self, before: int = 0) -> None:
        """Follow the cursor down; only the two rows are drawn anew."""
        self._leave()
        self._keep_in_sight()
        self.refresh_lines(before)
        self.refresh_lines(self.cursor)

    def watch_column(self) -> None:
        """Follow the cursor across."""
        self._leave()
        first = self.layout_now.first
        self.lay_out()
        if first == self.layout_now.first:
            self.refresh_line(self.cursor)
        else:
            self.refresh()

    def _leave(self) -> None:
        self._sign.forget()
        self.post_message(self.Moved())

    def action_column(self, step: int) -> None:
        """Move by some columns."""
        self.column += step

    def action_side(self, column: int) -> None:
        """Move to the first (0) or the last (-1) column."""
        self.column = len(self.sheet.columns) - 1 if column < 0 else column

    def action_next(self, step: int) -> None:
        """Move to the next cell of the row, from its end on to the next row; or back."""
        self._step(step, "across")

    def action_step_on(self) -> None:
        """Move to the next cell in the direction of work."""
        self._step(1, self.direction)

    def action_direction(self) -> None:
        """Work across, or down."""
        self.direction = "down" if self.direction == "across" else "across"
        self.post_message(self.Moved())

    def _step(self, step: int, direction: Direction) -> None:
        rows, columns = len(self._rows), len(self.sheet.columns)
        if rows and columns:
            place = self.cursor, self.column
            self.cursor, self.column = next_place(place, step, direction, rows, columns)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell under the mouse; open it on the second click."""
        event.prevent_default()  # Textual would let the list take it as well, whatever is decided here
        offset = event.get_content_offset(self)
        if offset is None:
            return
        column = self.layout_now.column_at(offset.x)
        if column is not None and offset.y + self.scroll_offset.y < len(self._rows):
            if column != self.column:
                event.chain = 1
            self.column = column
        super().on_click(event)

    # Rating

    def on_paste(self, event: events.Paste) -> None:
        """Take a ratio from the clipboard."""
        event.stop()
        try:
            cell = rated(event.text)
        except Malformed as refused:
            self.app.refuse(str(refused))
        else:
            self._rate(cell)

    def action_rate_for(self) -> None:
        """Rate +, then ++."""
        self._press("+")

    def action_rate_against(self) -> None:
        """Rate -, then --."""
        self._press("-")

    def action_rate_neutral(self) -> None:
        """Rate the evidence neutral."""
        self._rate(Assessment(1.0))
        self.action_step_on()

    def action_rate_not_applicable(self) -> None:
        """Rate the evidence not applicable."""
        self._rate(Assessment(None))
        self.action_step_on()

    def action_clear_rating(self) -> None:
        """Make the cell blank."""
        at = self.at
        if at is not None and self.rating is not None:
            self._sign.forget()
            self._set(at, None)

    def _press(self, sign: str) -> None:
        """Rate with a sign; the same again while the cursor has not left makes it the double one, and steps on."""
        if self.at is None:
            return
        meant = self._sign.press(self.at, sign)
        if meant:
            self._rate(rated(meant))
        if meant == sign * 2:
            self.action_step_on()

    def _rate(self, cell: Assessment) -> None:
        """Rate with a ratio; the reason that stands beside it stays."""
        if self.at is not None:
            self._set(self.at, replace(cell, why=self.rating.why if self.rating else ""))

    def _set(self, at: Cell, now: Assessment | None) -> None:
        seen = self.rating
        if self.unsaved.add(at, seen, now):
            self.post_message(self.Rated(at, seen, now))
            self.refresh_line(self.cursor)
            self.post_message(self.Moved())


def _keys(actions: frozenset[str]) -> frozenset[str]:
    every = (*MatrixGrid.BINDINGS, *LineList.BINDINGS)
    named = [one for one in every if isinstance(one, Binding) and one.action.partition("(")[0] in actions]
    return frozenset(key for one in named for key in one.key.split(","))


MOVING_KEYS: Final = _keys(frozenset({"column", "side", "cursor", "edge", "page"}))
"""Keys that move in the cells and never beyond them."""
CELL_KEYS: Final = MOVING_KEYS | _keys(frozenset({"next", *(command.action for command in RATING)}))
"""Keys that move in the cells or rate them, for which it is enough what the cells show."""
