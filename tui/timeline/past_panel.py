"""The chart of the past, beside how things stood at its cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from hypotheses.debate import Debate
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.timeline.as_of import as_of_text
from tui.timeline.chart import Chart
from tui.timeline.past import VIEWS, Moment, Past, View
from tui.widgets.head import Head
from tui.widgets.line_list import COPIED
from tui.widgets.passage import Passage


class PastPanel(Horizontal):
    """Shows what its screen has read."""

    DEFAULT_CSS = """
    PastPanel {
        height: 1fr;
        & #past { width: 5fr; height: 100%; margin-right: 2; }
        & #moment { width: 3fr; height: 100%; }
        & #as-of-text { text-wrap: nowrap; text-overflow: ellipsis; padding: 0 1; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Debate, Past] | None = None
        self._view: View = "evidence"

    def compose(self) -> ComposeResult:
        """Each under its head."""
        with Vertical(id="past"):
            yield Head(id="chart-head")
            yield Chart(id="chart")
        with Vertical(id="moment"):
            yield Head(id="as-of-head")
            with Passage(id="as-of", can_focus=True):
                yield Static(id="as-of-text")

    @property
    def chart(self) -> Chart:
        """Plausibilities over time."""
        return self.query_one(Chart)

    def show(self, debate: Debate, past: Past) -> None:
        """Show a debate's past. A cursor on the last point follows what is new; one put elsewhere stays where it is."""
        before, self._shown = self._shown, (debate, past)
        count = len(before[1].moments[self._view]) if before and before[0].slug == debate.slug else 0
        self._draw(self.chart.cursor if self.chart.cursor < count - 1 else None)

    def _draw(self, cursor: int | None) -> None:
        if self._shown is not None:
            self.chart.show(self._shown[1].drawings[self._view], cursor)
            self._tell_axes()
            self.tell_moment()

    def _tell_axes(self) -> None:
        if self._shown is None:
            return
        debate, past = self._shown
        axis = "in equal steps" if self.chart.across == "steps" else "true to time"
        drawn, there = len(past.drawings[self._view].tracks), len(debate.hypotheses)
        legend = Content.styled(f"the {drawn} most plausible of {there}" if drawn < there else "", "$label")
        head = _titled(f"{VIEWS[self._view]}, {axis}", content(past.stories[self._view]))
        self.query_one("#chart-head", Head).show(head, legend)

    @on(Chart.Moved)
    def tell_moment(self) -> None:
        """Tell how things stood at the cursor, in the room there is."""
        if self._shown is None:
            return
        box = self.query_one("#as-of")
        text = self._as_of(max(20, box.scrollable_content_region.width))
        put(self.query_one("#as-of-text", Static), text)
        head = _titled("As of", Content(""))
        if (moment := self.moment) is not None:
            opens = " · enter opens" if moment.pulls else ""
            place = f"{self.chart.cursor + 1} of {len(self._moments)}{opens}"
            head = _titled(f"As of {moment.when or 'the start'}", Content(place))
        self.query_one("#as-of-head", Head).show(head)

    def _as_of(self, width: int) -> Content:
        return as_of_text(self._shown[0], self._moments, self.chart.cursor, width) if self._shown else Content("")

    @property
    def _moments(self) -> Sequence[Moment]:
        return self._shown[1].moments[self._view] if self._shown else ()

    @property
    def moment(self) -> Moment | None:
        """What the cursor is on."""
        moments, place = self._moments, self.chart.cursor
        return moments[place] if place < len(moments) else None

    @property
    def copied(self) -> str:
        """How things stood at the cursor."""
        moment = self.moment
        return f"As of {moment.when or 'the start'}\n{self._as_of(COPIED).plain}" if moment is not None else ""

    # What the keys do

    def step(self, dates: int) -> None:
        """Go on so many dates, or back."""
        self.chart.cursor += dates

    def turn(self) -> None:
        """Draw the other view."""
        views = list(VIEWS)
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self._draw(None)

    def scale(self) -> None:
        """Draw percentages or decibans."""
        self.chart.scale = "decibans" if self.chart.scale == "plausibility" else "plausibility"

    def across(self) -> None:
        """Draw equal steps or true time."""
        self.chart.across = "time" if self.chart.across == "steps" else "steps"
        self._tell_axes()


def _titled(title: str, about: Content) -> Content:
    return Content.assemble(content(title, "bold $foreground"), "  " if about.plain else "", about.stylize("$label"))
