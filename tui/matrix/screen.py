"""The Matrix screen: evidence by explanations, rated cell by cell."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from hypotheses.debate import Debate
from tui.commands import bindings_on
from tui.host import Target
from tui.matrix.about import MatrixAbout
from tui.matrix.figures import MatrixFigures
from tui.matrix.grid import CELL_KEYS, MOVING_KEYS, MatrixGrid
from tui.matrix.panel import MatrixPanel
from tui.matrix.row_search import RowSearch
from tui.matrix.totals import MatrixHead
from tui.screens import WholeScreen
from tui.terminal import guards
from tui.terminal.clean import clean_text
from tui.terminal.painting import paint_now
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from hypotheses.problems import AbduceError
    from tui.changes import Asked

ROWS = {"#gaps": 30, "#totals": 20, "#about": 14}
"""From so many rows of the terminal on, a part is shown."""
CHOOSING = frozenset({"s", "f", "slash"})
"""Keys that choose the rows or put them in order."""
TALL = 38
"""From this many rows on, the cell under the cursor is told on six lines."""


class MatrixScreen(WholeScreen):
    """Where evidence is rated."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("matrix"),
        Binding("escape", "back", "Back", show=False, id="matrix_back"),
    ]
    DEFAULT_CSS = """
    MatrixScreen { overflow: hidden; }
    MatrixScreen.tall MatrixAbout { height: 6; text-wrap: wrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figures = MatrixFigures(self, self._figures_came)
        self._logging = False
        self._ratings = 0
        """Ratings that are under way."""

    def compose(self) -> ComposeResult:
        """Heads, cells and totals in one box; under it the cell under the cursor in words."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        yield MatrixPanel(id="matrix")
        yield MatrixAbout(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what there is, unless the screen was left before it came."""
        self._composed = True
        if not self.is_there:
            return
        self.grid.focus()
        if self.app.debate is not None:
            self.show(self.app.debate, self.app.estimates)

    @property
    def panel(self) -> MatrixPanel:
        """The cells of the matrix with all that stands around them."""
        return self.query_one(MatrixPanel)

    @property
    def grid(self) -> MatrixGrid:
        """The cells of the matrix."""
        return self.query_one(MatrixGrid)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the room there is."""
        if guards.overtaken(self, event):
            return
        self.set_class(event.size.height >= TALL, "tall")
        for part, rows in ROWS.items():
            self.query_one(part).display = event.size.height >= rows
        self.call_after_refresh(self.moved)

    # Showing

    def makes_plain(self, before: Debate, after: Debate) -> bool:
        """Evidence, its ratings and the marks of comments are in sight; what was changed of an explanation is not."""
        return replace(before, evidence=after.evidence, comments=after.comments) == after

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate; the rows stay where they are."""
        if not self.is_there:
            return
        self.query_one(TitleBar).show(debate)
        self.query_one(GapStrip).show(debate, estimates)
        if self.grid.sheet.debate.slug != debate.slug:
            self._figures.forget()  # another debate: its rows are chosen once its figures are there
            self.grid.unsaved.clear()
            self.panel.begin_anew(debate)
        self._show_rows()
        self._figures.follow()

    def _figures_came(self, first: bool) -> None:
        if first:
            self.sort_anew()
        else:
            self._show_rows()

    def sort_anew(self) -> None:
        """Choose the rows of the matrix and put them in order."""
        debate, figures = self.app.debate, self._figures.latest
        if debate is not None and figures is not None and self.is_there:
            self.panel.sort_anew(debate, figures)
            self._show_rows()

    def _show_rows(self) -> None:
        debate, figures = self.app.debate, self._figures.latest
        if debate is None or figures is None:
            return
        new = self.panel.show(debate, figures)
        if new and self._logging:
            self._logging = False
            self.grid.go_to(new[-1])
        self.moved()

    @on(MatrixGrid.Moved)
    def moved(self) -> None:
        """Say what there is to say of the cell under the cursor, and name its column."""
        if not self.is_there:
            return
        grid, about = self.grid, self.query_one(MatrixAbout)
        self.panel.show_around()
        about.show(grid, None if self._figures.latest is None else self.app.debate)
        paint_now(grid, about)

    # Rating

    @on(MatrixGrid.Rated)
    def rated(self, event: MatrixGrid.Rated) -> None:
        """Keep a rating; the cell shows it already, and shows what is kept if it is refused."""
        (key, slug), seen, now = event.cell, event.seen, event.now
        real = self.app.real
        if real is None:
            return
        if self.app.trial is not None and key in real.evidence:
            seen = real.evidence[key].assessments.get(slug)  # the cell shows what is only tried
        self._ratings += 1
        self.app.changes.ask(
            lambda store, expected: store.assess(real.slug, key, slug, now, expected=expected),
            seen,
            made=lambda: self._made(event),
            refused=partial(self._not_kept, event),
        )

    def _made(self, event: MatrixGrid.Rated) -> None:
        self._kept(event)
        if event.now is None:
            key, slug = event.cell
            cell = f"{key}, for {self.app.debate.hypotheses[slug].title}" if self.app.debate else key
            self.app.notify(f"Cleared: {clean_text(cell)}. u brings it back.", markup=False)

    def _kept(self, event: MatrixGrid.Rated) -> None:
        self._ratings -= 1
        if self.is_there:
            self.grid.settle(event.cell, event.now)

    def _not_kept(self, event: MatrixGrid.Rated, asked: Asked, problem: AbduceError) -> None:
        self._kept(event)
        self.app.changes.tell(replace(asked, made=None, refused=None), problem)

    def goes_ahead(self, key: str) -> bool:
        """Let keys that move and rate go on while only ratings are under way: those the cells show already."""
        return key in CELL_KEYS and not self.awaits(key) and self.app.changes.under_way == self._ratings

    def only_moves(self, key: str) -> bool:
        """Let keys that only move be held."""
        return self.grid.has_focus and key in MOVING_KEYS and not self.awaits(key)

    def awaits(self, key: str) -> bool:
        """Let keys wait for the rows, and those that choose rows for the figures by which they are sorted."""
        current = self._figures.current
        return self._figures.latest is None or (key in CHOOSING and not current)

    # Opening

    @property
    def target(self) -> Target:
        """The cell under the cursor."""
        at = self.grid.at if self.is_there else None
        return Target(at[1], at[0], is_rating=True) if at else Target()

    @on(LineList.Opened, "#matrix-grid")
    def opened(self) -> None:
        """Open the cell under the cursor: its rating and its reason."""
        real, target, hypothesis = self.app.real, self.target, self.grid.hypothesis
        if real and hypothesis and self.is_current and target.evidence in real.evidence:
            from tui.evidence.actions import rate  # noqa: PLC0415 - forms are loaded when the first is opened

            stands = self.grid.unsaved.in_cell(real.evidence[target.evidence], hypothesis.slug)
            rate(self.app, real, target.evidence, hypothesis, stands)

    def action_add_evidence(self) -> None:
        """Log evidence; the cursor goes to it."""
        self._logging = True
        self.app.act("add_evidence", self.target)

    def action_schemes(self) -> None:
        """Show how the scores are made."""
        from tui.matrix.actions import schemes  # noqa: PLC0415 - dialogs are loaded when the first is opened

        schemes(self.app, self.grid.sheet)

    # Rows

    def action_sort(self) -> None:
        """Choose an order of the rows."""
        from tui.matrix.actions import sort  # noqa: PLC0415

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.panel.rows.order = chosen  # type: ignore[assignment]  # one of the orders that were offered
                self.sort_anew()

        sort(self.app, self.panel.rows.order, take)

    @on(MatrixHead.Pressed)
    def head_pressed(self, event: MatrixHead.Pressed) -> None:
        """Sort by what a head stands over."""
        if event.column is not None:
            self.grid.column = event.column
        self.panel.rows.order = event.order
        self.sort_anew()

    def action_filter(self) -> None:
        """Go on to the next part of the rows."""
        self.panel.rows.next_part()
        self.sort_anew()

    def action_search(self) -> None:
        """Open the line of words."""
        self.query_one(RowSearch).open()

    @on(Input.Changed, "#search")
    def search_changed(self) -> None:
        """Show what has the words."""
        self.sort_anew()

    def action_back(self) -> None:
        """Clear the words; else leave."""
        if not self.query_one(RowSearch).close():
            self.app.go_back()
