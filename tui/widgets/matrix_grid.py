"""The matrix: evidence by hypotheses, line by line; a rating is typed straight into the cell under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from hypotheses.belief import parse_ratio
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.problems import Malformed
from tui.widgets.line_list import LineList
from tui.widgets.matrix_cells import Sheet, cell_parts, fitted, row_start
from tui.widgets.matrix_layout import Layout, arrange

Cell = tuple[str, str]
"""The key of an item and the slug of a hypothesis."""
Direction = Literal["across", "down"]
RATIO_KEYS = {"full_stop": ".", "slash": "/", "colon": ":", **{str(digit): str(digit) for digit in range(10)}}
"""Keys that go on with a ratio, and what they type."""
BEGINS = set("123456789.")
"""What a ratio can begin with; 0 is a rating of its own."""
LONGEST_RATIO = 12


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
        self.typing: str | None = None
        """The ratio that is being typed, None if none is."""
        self.told = ""
        """What is wrong with it."""
        self.typed: dict[Cell, Assessment | None] = {}
        """Ratings that the debate does not have yet."""
        self.layout_now: Layout = arrange(80, 0, 0)
        self._visit: tuple[Cell, str] | None = None
        self._lines: dict[int, tuple[object, Strip]] = {}

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

    def cell(self, cell: Cell) -> Assessment | None:
        """Return a rating as it was typed last."""
        if cell in self.typed:
            return self.typed[cell]
        evidence = self.sheet.debate.evidence.get(cell[0])
        return evidence.assessments.get(cell[1]) if evidence else None

    def settle(self, cell: Cell, now: Assessment | None) -> None:
        """Show a cell as the debate has it, unless something else was typed since."""
        if cell in self.typed and self.typed[cell] is now:
            del self.typed[cell]
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
        shown = self._shown(index, evidence)
        drawn = self._lines.get(index)
        if drawn is None or drawn[0] != shown:
            drawn = self._lines[index] = (shown, self._draw(index, evidence))
            if len(self._lines) > 2000:
                self._lines = {index: drawn}
        return drawn[1]

    def _shown(self, index: int, evidence: Evidence) -> object:
        """Return all that a line hangs on."""
        key, figures, cells = evidence.key, self.sheet.figures, self._cells(evidence)
        cursor = (self.column, self.typing) if index == self.cursor else None
        numbers = figures.diagnosticity.get(key), figures.weights.get(key)
        return evidence, cells, cursor, numbers, self._remarks(key), self.layout_now

    def _cells(self, evidence: Evidence) -> tuple[Assessment | None, ...]:
        slugs = [self.sheet.columns[column].slug for column in self.layout_now.columns]
        if not self.typed:
            return tuple(map(evidence.assessments.get, slugs))
        return tuple(self.cell((evidence.key, slug)) for slug in slugs)

    def _remarks(self, key: str) -> tuple[int, ...]:
        remarks = self.sheet.remarks
        return tuple(remarks.get((key, each.slug), 0) for each in self.sheet.columns) if remarks else ()

    def _draw(self, index: int, evidence: Evidence) -> Strip:
        layout, style = self.layout_now, self.visual_style
        if index == self.cursor:
            style += self.get_visual_style("line-list--cursor", partial=True)
        parts = [row_start(evidence, self.sheet.figures, layout)]
        remarks = self._remarks(evidence.key)
        for column, cell in zip(layout.columns, self._cells(evidence), strict=True):
            under = index == self.cursor and column == self.column
            written = cell_parts(cell, remarks[column] if remarks else 0)
            if under and self.typing is not None:
                written = [(f"{self.typing}▏", "bold $text-error" if self.told else "bold")]
            on = "reverse" if under and self.has_focus else "underline" if under else ""
            if evidence.retracted:
                on += " dim strike"
            parts.append(fitted([(" ", ""), *written], layout.cell, on.strip()))
        return Visual.to_strips(self, Content.assemble(*parts), layout.width, 1, style, pad=True)[0]

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
        self._visit, self.typing, self.told = None, None, ""
        self.post_message(self.Moved())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the keys that go on with a ratio for the time when one is typed."""
        if action == "type" and self.typing is None:
            return parameters[0] in BEGINS
        return True

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
        width, height = len(self.sheet.columns), len(self._rows)
        if not width or not height:
            return
        if direction == "across":
            place = max(0, min(self.cursor * width + self.column + step, width * height - 1))
            row, column = divmod(place, width)
        else:
            place = max(0, min(self.column * height + self.cursor + step, width * height - 1))
            column, row = divmod(place, height)
        self.cursor, self.column = row, column

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell under the mouse; open it on the second click."""
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
        text = event.text.strip()[:LONGEST_RATIO]
        if self.at is not None and text and set(text) <= set(RATIO_KEYS.values()):
            self._type(text)

    # Rating

    def sign(self, sign: str) -> None:
        """Rate with `+` or `-`; the same again while the cursor has not left makes it `++` or `--`, and steps on."""
        if self.at is None or self.typing is not None:
            return
        before = self._visit[1] if self._visit and self._visit[0] == self.at else ""
        if before == sign * 2:
            return
        self._rate(parse_ratio(sign * 2 if before == sign else sign))
        self._visit = (self.at, sign * 2 if before == sign else sign)
        if before == sign:
            self.step_on()

    def rate(self, ratio: float | None) -> None:
        """Rate, and step on; None means not applicable."""
        if self.at is not None and self.typing is None:
            self._rate(ratio)
            self.step_on()

    def clear(self) -> None:
        """Make the cell blank."""
        if self.at is not None and self.typing is None:
            self._visit = None
            self._set(self.at, None)

    def _rate(self, ratio: float | None) -> None:
        if self.at is not None:
            was = self.cell(self.at)
            self._set(self.at, Assessment(ratio, was.why if was else ""))

    def _set(self, at: Cell, now: Assessment | None) -> None:
        seen = self.cell(at)
        if (seen.ratio, seen.why) == (now.ratio, now.why) if seen and now else seen is now:
            return
        self.typed[at] = now
        self.refresh_line(self.cursor)
        self.post_message(self.Rated(at, seen, now))
        self.post_message(self.Moved())

    # Typing a ratio

    def on_key(self, event: events.Key) -> None:
        """Keep letters from the program while a ratio is typed: q would end it."""
        if self.typing is not None and event.is_printable and event.character not in RATIO_KEYS.values():
            event.stop()

    def begin_ratio(self) -> None:
        """Begin a ratio with nothing."""
        if self.at is not None:
            self._type("")

    def action_type(self, char: str) -> None:
        """Begin a ratio or go on with it; nothing takes the last character away."""
        before = self.typing or ""
        if self.at is not None:
            self._type((before + char)[:LONGEST_RATIO] if char else before[:-1] or None)

    def _type(self, text: str | None) -> None:
        self.typing, self.told = text, ""
        self.refresh_line(self.cursor)
        self.post_message(self.Moved())

    def drop_typed(self) -> bool:
        """Leave the cell as it was; say whether a ratio was being typed."""
        dropped = self.typing is not None
        if dropped:
            self._type(None)
        return dropped

    def take_typed(self) -> bool:
        """Rate with the ratio that is typed, if any; False if it cannot be read: it stays to be mended."""
        if not self.typing:
            self.drop_typed()
            return True
        try:
            ratio = parse_ratio(self.typing)
        except Malformed as refused:
            self.told = str(refused)
            self.refresh_line(self.cursor)
            self.post_message(self.Moved())
            return False
        self.typing, self.told = None, ""
        self._rate(ratio)
        self.refresh_line(self.cursor)
        return True

    def action_open(self) -> None:
        """Take the ratio that is typed and step on; where none is, open the cell."""
        if self.typing is None:
            super().action_open()
        else:
            self.step_on()
