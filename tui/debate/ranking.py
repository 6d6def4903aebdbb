"""The ranked list: what you say of each explanation, what the evidence says, and what it leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from hypotheses.debate import Debate
from hypotheses.doubts import Doubted, doubted
from hypotheses.ranking import format_plausibility, none_of_these
from tui.debate.columns import YOU, arrange
from tui.debate.ranked_row import RankedRow, firmness_line, ranked_rows, stated_text
from tui.debate.row_drawing import RowDrawing, beside, drawing, heading, hints, legend, row_end, row_start
from tui.terminal.painting import put
from tui.widgets.head import Head
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate


class RankingRows(LineList[RankedRow]):
    """The rows of the ranking."""

    bar: ClassVar = True
    _open = 0
    """Empty lines under the row of the cursor."""
    drawn_along: RowDrawing = RowDrawing(arrange(80, 0, 0, 0, can_close=False))

    def key_of(self, row: RankedRow) -> object:
        """A row is its hypothesis."""
        return row.hypothesis.slug

    def draw(self, row: RankedRow, width: int) -> list[Content]:
        """Draw the title, what you say and what the evidence says, and what would be left."""
        along = self.drawn_along
        columns = along.columns
        start, end = row_start(row, columns), row_end(row, along)
        figure = (f"{stated_text(row.hypothesis.plausibility):>{YOU - 1}}", "bold $you")
        return [Content.assemble(start, figure, ("?" if row.hypothesis.placeholder else " ", "$label"), " ", end)]

    @dataclass
    class Pointed(Message):
        """The mouse pressed the track of belief of the row that is under the cursor now."""

        plausibility: float

    def on_click(self, event: events.Click) -> None:
        """Go to the row; on its track of belief, point to a plausibility."""
        super().on_click(event)
        event.prevent_default()  # Textual would let the list take it as well
        offset, columns = event.get_content_offset(self), self.drawn_along.columns
        if offset is None or offset.y + self.scroll_offset.y != self.cursor:
            return
        cell = offset.x - columns.belief_at
        if 0 <= cell < columns.belief:
            self.post_message(self.Pointed(round(cell / (columns.belief - 1), 2)))

    def open_under(self, lines: int) -> None:
        """Open so many empty lines under the row of the cursor, for what takes the row; 0 closes them."""
        if lines != self._open:
            self._open = lines
            self.redraw()
            self.refresh(layout=True)
            # Now: below a dialog that is pushed next, Textual 8.2.8 lays nothing out.
            self.screen._refresh_layout()  # noqa: SLF001

    def redraw(self) -> None:
        """Forget what was drawn; the open lines are lines too."""
        super().redraw()
        if self._open:
            self.virtual_size = Size(0, max(1, len(self.rows)) + self._open)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen; those below open lines stand lower."""
        under = y + self.scroll_offset.y - self.cursor
        if 0 < under <= self._open:
            return Strip.blank(self.scrollable_content_region.width, self.rich_style)
        return super().render_line(y - self._open if under > self._open else y)


class Ranking(Vertical):
    """The ranking under its head, and the line that says how firm the order is."""

    DEFAULT_CSS = """
    Ranking {
        height: auto;
        & > #ranking-heads { height: 1; text-wrap: nowrap; }
        & > #firmness { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.list = RankingRows(id="ranking-rows", empty=" No explanations yet: press a to add the first.")
        self._known: tuple[object, object, Doubted] | None = None
        """The evidence, what else it hangs on, and what it says."""
        self._shown: tuple[Debate, GapEstimate | None, Doubted] | None = None

    def compose(self) -> ComposeResult:
        """The head, the heads of the columns, the rows, how firm their order is."""
        yield Head("Explanations")
        yield Static(id="ranking-heads")
        yield self.list
        yield Static(id="firmness")

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the ranking of this debate."""
        says = self._says(debate)
        headline = debate.headline
        estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
        self._shown = (debate, estimate, says)
        rows = ranked_rows(debate, estimates, says)
        self.list.drawn_along = drawing(debate, estimate, rows, self._width)
        self.list.show(rows)
        self._draw_around()

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
        firm = firmness_line(self.list.rows, says)
        notes = f"none of these {format_plausibility(none_of_these(debate))}" if debate.mode == "exclusive" else ""
        lead = " " * along.columns.title_at
        ends = (hints(notes, width), Content.styled(notes, "$label"))
        put(self.query_one("#firmness", Static), beside(Content.assemble(lead, firm), ends, width))

    def _says(self, debate: Debate) -> Doubted:
        """Return what the evidence says, worked out anew only if that can have changed."""
        told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
        hangs_on = (debate.mode, debate.correlation, debate.counts, told)
        if self._known is None or self._known[0] is not debate.evidence or self._known[1] != hangs_on:
            self._known = (debate.evidence, hangs_on, doubted(debate))
        return self._known[2]

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        if self._shown is not None:
            debate, estimate, _ = self._shown
            self.list.drawn_along = drawing(debate, estimate, self.list.rows, self._width)
            self.list.redraw()
            self._draw_around()
