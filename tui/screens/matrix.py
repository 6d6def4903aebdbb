"""The Matrix screen: evidence by explanations, rated cell by cell."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from hypotheses.debate import Debate, Evidence
from tui import terminal
from tui.commands import MATRIX, bindings
from tui.matrix_figures import MatrixFigures
from tui.painting import paint_now
from tui.screens.whole import WholeScreen
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.matrix_about import MatrixAbout
from tui.widgets.matrix_grid import MatrixGrid
from tui.widgets.matrix_panel import MatrixPanel
from tui.widgets.row_search import RowSearch
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from hypotheses.problems import AbduceError
    from tui.changes import Asked

ROWS = {"#gaps": 30, "#totals": 20, "#about": 14}
"""From so many rows of the terminal on, a part is shown."""
OURS = {command.action for command in MATRIX if command.done_by == "screen"}
"""Actions of this screen that wait while a ratio is typed."""
CHOOSING = frozenset({"s", "f", "slash"})
"""Keys that choose the rows or put them in order."""
GOING_AHEAD = frozenset(
    key
    for one in (*MatrixGrid.BINDINGS, *LineList.BINDINGS, *bindings(tuple(c for c in MATRIX if c.group == "Rating")))
    if isinstance(one, Binding) and one.action not in ("open", "reason", "talk")
    for key in one.key.split(",")
    if key not in CHOOSING
)
"""Keys that move in the cells or rate them, for which it is enough what the cells show."""
MOVING = frozenset(
    key
    for one in (*MatrixGrid.BINDINGS, *LineList.BINDINGS)
    if isinstance(one, Binding) and one.action.partition("(")[0] not in ("open", "type", "next")
    for key in one.key.split(",")
)
"""Keys that move in the cells and never beyond them."""
TALL = 38
"""From this many rows on, the cell under the cursor is told on six lines."""


class MatrixScreen(WholeScreen):
    """Where evidence is rated."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MATRIX),
        Binding("escape", "back", "Back", show=False, id="matrix_back"),
    ]
    DEFAULT_CSS = """
    MatrixScreen { overflow: hidden; }
    MatrixScreen.tall MatrixAbout { height: 6; text-wrap: wrap; }
    """
    shows_changes = True

    def __init__(self) -> None:
        super().__init__()
        self._figures = MatrixFigures(self, self._figures_came)
        self._logging = False

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
        """The cells with all that stands around them."""
        return self.query_one(MatrixPanel)

    @property
    def grid(self) -> MatrixGrid:
        """The cells."""
        return self.query_one(MatrixGrid)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the room there is."""
        if terminal.overtaken(self, event):
            return
        self.set_class(event.size.height >= TALL, "tall")
        for part, rows in ROWS.items():
            self.query_one(part).display = event.size.height >= rows
        self.call_after_refresh(self.moved)

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate; the rows stay where they are."""
        if not self.is_there:
            return
        self.query_one(TitleBar).show(debate)
        self.query_one(GapStrip).show(debate, estimates)
        if self.grid.sheet.debate.slug != debate.slug:
            self._figures.forget()  # another debate: its rows are chosen once its figures are there
            self.grid.unsaved.clear()
        self._show_rows()
        self._figures.follow()

    def _figures_came(self, first: bool) -> None:
        if first:
            self.sort_anew()
        else:
            self._show_rows()

    def sort_anew(self) -> None:
        """Choose the rows and put them in order."""
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
        real = self.app.trying.real
        if real is None:
            return
        if self.app.trying.trial is not None and key in real.evidence:
            seen = real.evidence[key].assessments.get(slug)  # the cell shows what is only tried
        self.app.changes.ask(
            lambda store, expected: store.assess(real.slug, key, slug, now, expected=expected),
            seen,
            made=lambda: self._kept(event),
            refused=partial(self._not_kept, event),
        )

    def _kept(self, event: MatrixGrid.Rated) -> None:
        if self.is_there:
            self.grid.settle(event.cell, event.now)

    def _not_kept(self, event: MatrixGrid.Rated, asked: Asked, problem: AbduceError) -> None:
        self._kept(event)
        self.app.changes.tell(replace(asked, made=None, refused=None), problem)

    def goes_ahead(self, key: str) -> bool:
        """Let keys that move and rate go on: the cells show already what is still under way."""
        return key in GOING_AHEAD and not self.awaits(key)

    def only_moves(self, key: str) -> bool:
        """Let keys that only move be held, but for a ratio that is being typed: they take it in."""
        grid = self.grid
        return grid.has_focus and key in MOVING and grid.ratio.text is None and not self.awaits(key)

    def awaits(self, key: str) -> bool:
        """Let keys wait for the rows, and those that choose rows for the figures by which they are sorted."""
        current = self._figures.current
        return self._figures.latest is None or (key in CHOOSING and not current)

    def action_rate_for(self) -> None:
        """Rate +, then ++."""
        self.grid.sign("+")

    def action_rate_against(self) -> None:
        """Rate -, then --."""
        self.grid.sign("-")

    def action_rate_neutral(self) -> None:
        """Rate 0."""
        self.grid.rate(1.0)

    def action_rate_not_applicable(self) -> None:
        """Rate n/a."""
        self.grid.rate(None)

    def action_clear_rating(self) -> None:
        """Make the cell blank."""
        self.grid.clear()

    def action_rate_number(self) -> None:
        """Begin to type a ratio."""
        self.grid.begin_ratio()

    def action_step_on(self) -> None:
        """Go to the next cell in the direction of work."""
        self.grid.step_on()

    def action_direction(self) -> None:
        """Work across, or down."""
        self.grid.direction = "down" if self.grid.direction == "across" else "across"
        self.moved()

    # Opening

    @property
    def _item(self) -> Evidence | None:
        """The item under the cursor as it is stored, whatever is tried."""
        real = self.app.trying.real
        return real.evidence.get(self.grid.current) if real and self.grid.current else None

    @on(LineList.Opened, "#matrix-grid")
    def action_reason(self) -> None:
        """Open the cell under the cursor: its rating and its reason."""
        grid, item, real = self.grid, self._item, self.app.trying.real
        if real and item and grid.hypothesis and self.is_current:
            stands = grid.unsaved.in_cell(item, grid.hypothesis.slug)
            self._editing().rate(self.app, real, item.key, grid.hypothesis, stands)

    def action_talk(self) -> None:
        """Open the comments on the cell."""
        from tui.editing.commenting import open_thread  # noqa: PLC0415

        if self.grid.evidence and self.grid.hypothesis:
            open_thread(self.app, hypothesis=self.grid.hypothesis.slug, evidence=self.grid.evidence.key)

    def action_new_evidence(self) -> None:
        """Log evidence; the cursor goes to it."""
        from tui.editing import evidence as editing  # noqa: PLC0415 - forms are loaded when the first is opened

        if real := self.app.trying.real:
            self._logging = True
            editing.add_evidence(self.app, real)

    def action_edit_evidence(self) -> None:
        """Edit the item under the cursor."""
        from tui.editing import evidence as editing  # noqa: PLC0415

        if (item := self._item) and (real := self.app.trying.real):
            editing.edit_evidence(self.app, real, item)

    def action_view_evidence(self) -> None:
        """Show the item under the cursor whole."""
        from tui.editing import evidence as editing  # noqa: PLC0415

        if (item := self._item) and (real := self.app.trying.real):
            editing.view_evidence(self.app, real, item.key)

    def action_weigh(self) -> None:
        """Set what the item under the cursor counts."""
        if (item := self._item) and (real := self.app.trying.real):
            self._editing().weigh(self.app, real, item)

    def action_retract(self) -> None:
        """Retract the item under the cursor, or reinstate it."""
        if (item := self._item) and (real := self.app.trying.real):
            self._editing().retract(self.app, real, item)

    def action_schemes(self) -> None:
        """Show how the scores are made."""
        self._editing().schemes(self.app, self.grid.sheet)

    def _editing(self) -> ModuleType:
        from tui.editing import matrix as matrix_editing  # noqa: PLC0415 - dialogs are loaded when the first is opened

        return matrix_editing

    # Rows

    def action_sort(self) -> None:
        """Choose an order."""

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.panel.rows.order = chosen  # type: ignore[assignment]  # one of the orders that were offered
                self.sort_anew()

        self._editing().sort(self.app, self.panel.rows.order, take)

    def action_part(self) -> None:
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
        """Drop what is typed; else clear the words; else leave."""
        if not self.grid.drop_typed() and not self.query_one(RowSearch).close():
            self.app.action_show_debate()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a ratio is typed, let no other key act."""
        free = super().check_action(action, parameters)
        if free and action in OURS:
            return self.grid.ratio.text is None and self.app.debate is not None
        return free
