"""The cells of the matrix: its rows line by line, and the cursor that moves over them in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.summed import Cluster
from tui.host import Host
from tui.matrix.cells import Sheet
from tui.matrix.layout import MARK, Direction, Layout, arrange, next_place
from tui.matrix.row import MatrixRow, row_of, row_text
from tui.matrix.rows import GridRow
from tui.matrix.unsaved_ratings import Cell, UnsavedRatings
from tui.widgets.line_list import LineList


class MatrixCells(LineList[GridRow]):
    """What its rows show is looked up in the sheet when they are drawn."""

    DEFAULT_CSS = """
    MatrixCells { scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "column(-1)", "Left", show=False),
        Binding("right,l", "column(1)", "Right", show=False),
        Binding("home", "side(0)", "First explanation", show=False),
        Binding("end", "side(-1)", "Last explanation", show=False),
        Binding("tab", "next(1)", "Next cell", show=False),
        Binding("shift+tab", "next(-1)", "Cell before", show=False),
    ]

    app: Host
    bar: ClassVar = True
    by_row: ClassVar = True
    column: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """Another cell is under the cursor, or its rating has changed."""

    @dataclass
    class Folds(Message):
        """A cluster is to be folded, or opened."""

        cluster: str
        into: bool = False
        """Whether it is opened for its first item to be gone to."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, empty="Working out …")
        self.sheet = Sheet(Debate("", ""))
        self.order = ""
        """What the rows are sorted by."""
        self.direction: Direction = "across"
        self.unsaved = UnsavedRatings()
        self.layout_now: Layout = arrange(80, 0, 0)

    # What it shows

    def key_of(self, row: GridRow) -> object:
        """A row is its item, wherever that stands; or its cluster."""
        return row.key or row[:2]

    def show_sheet(self, sheet: Sheet, rows: Sequence[GridRow]) -> None:
        """Show these rows; the cursor stays on its cell if that is still there."""
        at = self.hypothesis.slug if self.hypothesis else ""
        same = rows is self._rows or rows == self._rows
        self.sheet = sheet
        slugs = [each.slug for each in sheet.columns]
        self.set_reactive(MatrixCells.column, slugs.index(at) if at in slugs else min(self.column, len(slugs) - 1))
        self.lay_out()
        if same:
            self.redraw_changed()
        else:
            self.show(rows)

    def lay_out(self) -> None:
        """Lay the columns out for the width there is, the one under the cursor in sight."""
        width, columns = self.scrollable_content_region.width, len(self.sheet.columns)
        self.layout_now = arrange(width, columns, max(0, self.column), self.layout_now.first, self.order)

    @property
    def evidence(self) -> Evidence | None:
        """The item under the cursor."""
        return self.sheet.debate.evidence.get(self.current.key) if self.current is not None else None

    @property
    def cluster(self) -> Cluster | None:
        """The cluster whose row is under the cursor."""
        row = self.current
        return self.sheet.figures.clusters.get(row.cluster) if row is not None and not row.key else None

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
            self.redraw_changed()
            self.post_message(self.Moved())

    # Drawing

    def redraw(self) -> None:
        """Forget what was drawn."""
        self.lay_out()
        super().redraw()

    def hangs_on(self, row: GridRow) -> MatrixRow | None:
        """Say all that a row shows now; None if that is nothing."""
        column = self.column if row is self.current else None
        return row_of(row, self.sheet, self.layout_now, self.unsaved, column)

    def draw(self, row: GridRow, width: int) -> list[Content]:
        """Draw a row in the columns there are."""
        shown = self.hangs_on(row)
        return [] if shown is None else [row_text(shown, focused=self.has_focus)]

    # Moving

    def show(self, rows: Sequence[GridRow]) -> None:
        """Show these rows; whoever is told of them is told of the cell."""
        super().show(rows)
        self.post_message(self.Moved())

    def validate_column(self, column: int) -> int:
        """Keep the cursor on a column."""
        return max(0, min(column, len(self.sheet.columns) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Follow the cursor down; only the two rows are drawn anew."""
        self.post_message(self.Moved())
        self._keep_in_sight()
        self.refresh_lines(before)
        self.refresh_lines(now)

    def watch_column(self) -> None:
        """Follow the cursor across."""
        self.post_message(self.Moved())
        first = self.layout_now.first
        self.lay_out()
        if first == self.layout_now.first:
            self.refresh_line(self.cursor)
        else:
            self.refresh()

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
        """Move to the next cell in the direction of work; past the row of a cluster whose items come next."""
        self._step(1, self.direction)
        if self.current is not None and self.current.is_open:
            self.cursor += 1

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
        """Put the cursor on the cell under the mouse; open it on the second click, a cluster by its mark."""
        event.prevent_default()  # Textual would let the list take it as well, whatever is decided here
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index, column = offset.y + self.scroll_offset.y, self.layout_now.column_at(offset.x)
        if index < len(self._rows) and column is not None:
            if column != self.column:
                event.chain = 1
            self.column = column
        if index < len(self._rows) and not self._rows[index].key and offset.x < MARK:
            self.cursor, event.chain = index, 1
            self.action_open()
        super().on_click(event)

    def action_open(self) -> None:
        """Open the cell under the cursor; fold a cluster, or open it."""
        if self.cluster is not None:
            self.post_message(self.Folds(self.cluster.name))
        else:
            super().action_open()
