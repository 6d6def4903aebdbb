"""The matrix: evidence by hypotheses, line by line; a rating is typed straight into the cell under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from hypotheses.belief import parse_ratio
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from tui.rating_keys import RATIO_CHARACTERS, RATIO_KEYS, PressedSign, TypedRatio
from tui.unsaved_ratings import Cell, UnsavedRatings
from tui.widgets.line_list import LineList
from tui.widgets.matrix_cells import Sheet
from tui.widgets.matrix_layout import Direction, Layout, arrange, next_place
from tui.widgets.matrix_row import CellCursor, DrawnLines, MatrixRow, row_of, row_text


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
        *(Binding(key, f"type('{char}')", "Type a ratio", show=False) for key, char in RATIO_KEYS.items()),
        Binding("backspace", "type('')", "Take the last one away", show=False),
    ]

    column: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """Another cell is under the cursor, or what is typed into it has changed."""

    @dataclass
    class Rated(Message):
        """A rating was typed."""

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
        self.ratio = TypedRatio()
        """What is being typed into the cell under the cursor."""
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
        here = index == self.cursor
        cursor = CellCursor(self.column, self.ratio.text, bool(self.ratio.wrong)) if here else None
        row = row_of(evidence, self.sheet, self.layout_now, self.unsaved, cursor)
        return self._lines.line(index, row, self._draw_row)

    def _draw_row(self, row: MatrixRow) -> Strip:
        style = self.visual_style
        if row.cursor is not None:
            style += self.get_visual_style("line-list--cursor", partial=True)
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
        self.ratio.drop()
        self.post_message(self.Moved())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the keys that go on with a ratio for the time when one is typed."""
        return action != "type" or self.ratio.accepts(str(parameters[0]))

    def action_cursor(self, step: int) -> None:
        """Move by some rows, once what is typed is taken."""
        if self.take_typed():
            super().action_cursor(step)

    def action_column(self, step: int) -> None:
        """Move by some columns."""
        if self.take_typed():
            self.column += step

    def action_side(self, column: int) -> None:
        """Move to the first (0) or the last (-1) column."""
        if self.take_typed():
            self.column = len(self.sheet.columns) - 1 if column < 0 else column

    def action_next(self, step: int) -> None:
        """Move to the next cell of the row, from its end on to the next row; or back."""
        if self.take_typed():
            self._step(step, "across")

    def step_on(self) -> None:
        """Move to the next cell in the direction of work."""
        if self.take_typed():
            self._step(1, self.direction)

    def _step(self, step: int, direction: Direction) -> None:
        rows, columns = len(self._rows), len(self.sheet.columns)
        if rows and columns:
            place = self.cursor, self.column
            self.cursor, self.column = next_place(place, step, direction, rows, columns)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell under the mouse; open it on the second click."""
        event.prevent_default()  # Textual would let the list take it as well, whatever is decided here
        offset = event.get_content_offset(self)
        if offset is None or not self.take_typed():
            return
        column = self.layout_now.column_at(offset.x)
        if column is not None and offset.y + self.scroll_offset.y < len(self._rows):
            if column != self.column:
                event.chain = 1
            self.column = column
        super().on_click(event)

    def on_paste(self, event: events.Paste) -> None:
        """Take a ratio from the clipboard as if it were typed."""
        event.stop()
        if self.at is not None and self.ratio.paste(event.text):
            self._cell_changed()

    # Rating

    def sign(self, sign: str) -> None:
        """Rate with `+` or `-`; the same again while the cursor has not left makes it `++` or `--`, and steps on."""
        if self.at is None or self.ratio.text is not None:
            return
        meant = self._sign.press(self.at, sign)
        if meant:
            self._rate(parse_ratio(meant))
        if meant == sign * 2:
            self.step_on()

    def rate(self, ratio: float | None) -> None:
        """Rate, and step on; None means not applicable."""
        if self.at is not None and self.ratio.text is None:
            self._rate(ratio)
            self.step_on()

    def clear(self) -> None:
        """Make the cell blank."""
        if self.at is not None and self.ratio.text is None:
            self._sign.forget()
            self._set(self.at, None)

    def _rate(self, ratio: float | None) -> None:
        if self.at is not None:
            self._set(self.at, Assessment(ratio, self.rating.why if self.rating else ""))

    def _set(self, at: Cell, now: Assessment | None) -> None:
        seen = self.rating
        if self.unsaved.add(at, seen, now):
            self.post_message(self.Rated(at, seen, now))
            self._cell_changed()

    # Typing a ratio

    def on_key(self, event: events.Key) -> None:
        """Keep letters from the program while a ratio is typed: q would end it."""
        if self.ratio.text is not None and event.is_printable and event.character not in RATIO_CHARACTERS:
            event.stop()

    def begin_ratio(self) -> None:
        """Begin a ratio with nothing."""
        if self.at is not None:
            self.ratio.begin()
            self._cell_changed()

    def action_type(self, char: str) -> None:
        """Begin a ratio or go on with it; nothing takes the last character away."""
        if self.at is not None:
            self.ratio.type(char)
            self._cell_changed()

    def drop_typed(self) -> bool:
        """Leave the cell as it was; say whether a ratio was being typed."""
        dropped = self.ratio.drop()
        if dropped:
            self._cell_changed()
        return dropped

    def take_typed(self) -> bool:
        """Rate with the ratio that is typed, if any; False if it cannot be read: it stays to be mended."""
        if not self.ratio.text:
            self.drop_typed()
            return True
        ratio = self.ratio.take()
        if ratio is None:
            self._cell_changed()
            return False
        self._rate(ratio)
        self.refresh_line(self.cursor)
        return True

    def _cell_changed(self) -> None:
        """Draw the cell anew, and tell of it."""
        self.refresh_line(self.cursor)
        self.post_message(self.Moved())

    def action_open(self) -> None:
        """Take the ratio that is typed and step on; where none is, open the cell."""
        if self.ratio.text is None:
            super().action_open()
        else:
            self.step_on()
