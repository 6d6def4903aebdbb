"""The ranked list: what you say of each explanation, what the evidence says, and what it leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hypotheses.debate import Debate, Hypothesis
from hypotheses.doubted import Doubted
from hypotheses.ranking import format_plausibility, none_of_these
from tui.command_keys import key_of
from tui.debate.columns import YOU, Longest, arrange
from tui.debate.ranked_row import RankedRow, firmness_line, ranked_rows, reading_line
from tui.debate.row_drawing import HINTS, RowDrawing, beside, drawing, heading, hints, legend, row_end, row_start
from tui.number_text import percentage
from tui.terminal.painting import put
from tui.widgets.head import Head
from tui.widgets.line_list import LineList
from tui.work_told import Ended

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate
    from store.at_once import Early
    from tui.host import Host


class RankingRows(LineList[RankedRow]):
    """The rows of the ranking."""

    bar: ClassVar = True
    by_row: ClassVar = True
    drawn_along: RowDrawing = RowDrawing(arrange(80, 0, Longest(), can_close=False))

    def key_of(self, row: RankedRow) -> object:
        """A row is its hypothesis."""
        return row.hypothesis.slug

    def hangs_on(self, row: RankedRow) -> object:
        """The tracks of all rows are drawn along the same axes."""
        return row, self.drawn_along

    def draw(self, row: RankedRow, width: int) -> list[Content]:
        """Draw the title, what you say and what the evidence says, and what would be left."""
        along = self.drawn_along
        columns = along.columns
        start, end = row_start(row, columns), row_end(row, along)
        figure = (f"{percentage(row.hypothesis.plausibility):>{YOU - 1}}", "bold $you")
        return [Content.assemble(start, figure, ("?" if row.hypothesis.placeholder else " ", "$label"), " ", end)]

    @dataclass
    class Pointed(Message):
        """The mouse pressed the track of belief of the row that is under the cursor now."""

        hypothesis: Hypothesis
        plausibility: float

    class LeftUpwards(Message):
        """The cursor was to go up from the first row."""

    def on_click(self, event: events.Click) -> None:
        """Go to the row; on its track of belief, point to a plausibility."""
        super().on_click(event)
        event.prevent_default()  # Textual would let the list take it as well
        offset, columns = event.get_content_offset(self), self.drawn_along.columns
        if offset is None or offset.y + self.scroll_offset.y != self.cursor:
            return
        cell = offset.x - columns.belief_at
        row = self.current
        if row is not None and columns.belief > 1 and 0 <= cell < columns.belief:
            self.post_message(self.Pointed(row.hypothesis, round(cell / (columns.belief - 1), 2)))

    def action_cursor(self, step: int) -> None:
        """Move by some rows; from the first one up to the question."""
        if step < 0 and self.cursor == 0:
            self.post_message(self.LeftUpwards())
        super().action_cursor(step)


class Ranking(Vertical):
    """The ranking under its head, and the line that says how firm the order is."""

    app: Host
    DEFAULT_CSS = """
    Ranking {
        height: auto;
        & > #ranking-heads { height: 1; text-wrap: nowrap; }
        & > #firmness { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Weighed(Message):
        """What the evidence says has come."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.list = RankingRows(id="ranking-rows", empty=" No explanations yet: press `{add}` to add the first.")
        self._shown: tuple[Debate, GapEstimate | None, Doubted | None] | None = None
        self._waiting: int | None = None
        """How many items of evidence are still being read; None if it is all there."""
        self._hints: dict[range, str] = {}
        """Cells of the last line -> the command of the key that stands there."""

    def compose(self) -> ComposeResult:
        """The head, the heads of the columns, the rows, how firm their order is."""
        yield Head("Explanations")
        yield Static(id="ranking-heads")
        yield self.list
        yield Static(id="firmness")

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the ranking of this debate."""
        says = self.app.says.at_hand(debate)
        if says is None:
            self._weigh(self.app, debate)
        headline = debate.headline
        estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
        self._shown, self._waiting = (debate, estimate, says), None
        counted = self.app.says
        rows = ranked_rows(debate, estimates, says, counted.tallies(debate), counted.untested(debate))
        self.list.drawn_along = drawing(debate, estimate, rows, self._width)
        self.list.show(rows)
        self._draw_around()

    def show_early(self, early: Early) -> None:
        """Show the ranking of a debate whose evidence is still being read."""
        self._shown, self._waiting = (early.debate, None, None), early.waiting
        rows = ranked_rows(early.debate, None, None, None, ())
        self.list.drawn_along = drawing(early.debate, None, rows, self._width)
        self.list.show(rows)
        self._draw_around()

    @work(thread=True, exclusive=True, group="says", description="says")
    def _weigh(self, app: Host, debate: Debate) -> None:
        """Find out what very much evidence says, behind the rows."""

        def told(_: float) -> None:
            # Not where an edit comes: what was weighed by then need not be weighed again.
            if app.leaving:
                raise Ended

        try:
            app.says.of(debate, told)
        except Ended:
            return
        app.call_from_thread(self._weighed, debate)

    def _weighed(self, debate: Debate) -> None:
        if self.is_attached and debate is self.app.debate:
            self.post_message(self.Weighed())

    @property
    def says(self) -> Doubted | None:
        """What the evidence says in the debate that is shown; None while it is being weighed."""
        return self._shown[2] if self._shown else None

    @property
    def _width(self) -> int:
        return self.list.scrollable_content_region.width or self.size.width or self.app.size.width

    def _draw_around(self) -> None:
        if self._shown is None:
            return
        debate, _, says = self._shown
        along, width = self.list.drawn_along, self._width
        put(self.query_one("#ranking-heads", Static), heading(along))
        self.query_one(Head).show(legend=legend(says, along, wide=width >= 100))
        firm = firmness_line(self.list.rows, says) if self._waiting is None else reading_line(self._waiting)
        notes = f"none of these {format_plausibility(none_of_these(debate))}" if debate.mode == "exclusive" else ""
        lead = " " * along.columns.title_at
        ends = [hints(notes, keys) for keys in ((3, 1, 0) if says and says.first else (0,))]
        line = beside(Content.assemble(lead, firm), ends, width)
        put(self.query_one("#firmness", Static), line)
        self._hints = {}
        for command, name in HINTS.items():
            key = key_of(command)
            if (at := line.plain.rfind(f"{key} {name}")) >= 0:
                begins = line[:at].cell_length
                self._hints[range(begins, begins + len(key) + 1 + len(name))] = command

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does, on the last line."""
        offset = event.get_content_offset(self.query_one("#firmness"))
        for cells, command in self._hints.items():
            if offset is not None and offset.x in cells:
                await self.run_action(f"app.act('{command}')")

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        if self._shown is not None:
            debate, estimate, _ = self._shown
            self.list.drawn_along = drawing(debate, estimate, self.list.rows, self._width)
            self.list.redraw()
            self._draw_around()
