"""The Matrix screen: evidence by explanations, rated cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widgets import Input

from hypotheses.debate import Debate
from hypotheses.matrix import ORDERS
from tui.command_keys import bindings_on
from tui.commands import COMMANDS
from tui.host import Target
from tui.matrix.about import MatrixAbout
from tui.matrix.figures import MatrixFigures
from tui.matrix.grid import MOVING_KEYS, MatrixGrid, acts_in_cells
from tui.matrix.heads import MatrixHead
from tui.matrix.panel import MatrixPanel
from tui.matrix.ratings_asked import RatingsAsked
from tui.matrix.row_search import RowSearch
from tui.matrix.totals import MatrixSchemes
from tui.screens import WholeScreen
from tui.terminal.painting import paint_now
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

ROWS = {"#gaps": 22, "#schemes": 16, "#about": 14}
"""From so many rows of the terminal on, a part is shown."""
CHOOSING = ("sort", "filter", "search")
"""Commands that choose the rows or put them in order."""
TALL = 38
"""From this many rows on, titles stand over the columns in full and the cell under the cursor is told on six lines."""


class MatrixScreen(WholeScreen):
    """Where evidence is rated."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("matrix"),
        Binding("escape", "back", "Back", show=False, id="matrix_back"),
    ]
    DEFAULT_CSS = """
    MatrixScreen { overflow: hidden; }
    MatrixScreen.tall #gaps { margin-bottom: 1; }
    MatrixScreen.tall MatrixAbout { height: 7; }
    MatrixScreen.tall MatrixAbout Static { text-wrap: wrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._figures = MatrixFigures(self, self._figures_came)
        self._logging = False
        self._wanted = ("", "")
        """What the cursor is to go to once it is shown: evidence or a cluster, by name."""
        self._ratings = RatingsAsked(self._settle)

    def compose(self) -> ComposeResult:
        """Heads and cells; under them what the schemes say, and the cell under the cursor in words."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        yield MatrixPanel(id="matrix")
        yield MatrixSchemes(id="schemes")
        yield MatrixAbout(id="about")
        yield KeyLine()

    def begin(self) -> None:
        """Begin in the cells."""
        self.grid.focus()

    @property
    def panel(self) -> MatrixPanel:
        """The cells of the matrix with all that stands around them."""
        return self.query_one(MatrixPanel)

    @property
    def grid(self) -> MatrixGrid:
        """The cells of the matrix."""
        return self.query_one(MatrixGrid)

    def resized(self, size: Size) -> None:
        """Arrange for what else there is room for."""
        self.set_class(size.height >= TALL, "tall")
        self._make_room(size.height)
        self.call_after_refresh(self.moved)

    def _make_room(self, height: int) -> None:
        """Show the parts for which there is room, and the strip of gaps only where there are any."""
        debate = self.app.debate
        for part, rows in ROWS.items():
            idle = part == "#gaps" and debate is not None and not debate.gaps
            self.query_one(part).display = height >= rows and not idle

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
        self._make_room(self.app.size.height)
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
            self.panel.go_to(new[-1])
        self._go_to_wanted()
        self.moved()

    def go_to(self, kind: str, name: str) -> None:
        """Put the cursor on a piece of evidence or a cluster, also if the rows were narrowed to others."""
        self._wanted = (kind, name)
        if self.is_there and self._figures.latest is not None:
            self._show_rows()

    def _go_to_wanted(self) -> None:
        (kind, name), self._wanted = self._wanted, ("", "")
        evidence = self.grid.sheet.debate.evidence
        if kind == "cluster":
            # The only finding of a cluster stands in a row of its own.
            keys = [key for key, one in evidence.items() if name and name == one.cluster]
        else:
            keys = [name] if name in evidence else []
        if not keys or self._reach(kind, name, keys):
            return
        self.query_one(RowSearch).close()
        self.panel.rows.part = "all"
        self.sort_anew()
        self._reach(kind, name, keys)

    def _reach(self, kind: str, name: str, keys: Sequence[str]) -> bool:
        return (kind == "cluster" and self.panel.go_to(name, is_cluster=True)) or any(map(self.panel.go_to, keys))

    @on(MatrixGrid.Moved)
    def moved(self) -> None:
        """Say what there is to say of the cell under the cursor, and name its column."""
        if not self.is_there:
            return
        grid, about = self.grid, self.query_one(MatrixAbout)
        self.panel.show_around()
        self.query_one(MatrixSchemes).show(grid.sheet, grid.layout_now)
        about.show(grid, None if self._figures.latest is None else self.app.debate)
        paint_now(grid, *about.children)

    # Rating

    @on(MatrixGrid.Rated)
    def rated(self, event: MatrixGrid.Rated) -> None:
        """Keep a rating; the cell shows it already."""
        self._ratings.ask(self.app, event)

    def _settle(self, event: MatrixGrid.Rated) -> None:
        if self.is_there:
            self.grid.settle(event.cell, event.now)

    def goes_ahead(self, key: str) -> bool:
        """Let keys that move and rate go on while only ratings are under way: those the cells show already."""
        return acts_in_cells(key) and not self.awaits(key) and self.app.changes.under_way == self._ratings.under_way

    def only_moves(self, key: str) -> bool:
        """Let keys that only move be held."""
        return self.grid.has_focus and key in MOVING_KEYS and not self.awaits(key)

    def awaits(self, key: str) -> bool:
        """Let keys wait for the rows, and those that choose rows for the figures by which they are sorted."""
        chooses = any(key in COMMANDS[command].own_keys for command in CHOOSING)
        return self._figures.latest is None or (chooses and not self._figures.current)

    # Opening

    @property
    def target(self) -> Target:
        """The cell under the cursor; in the row of a cluster that, and the explanation of its column."""
        hypothesis = self.grid.hypothesis if self.is_there else None
        if hypothesis is None or not self.grid.rows:
            return Target()
        at, cluster = self.grid.at, self.grid.cluster
        if at is None:
            return Target(hypothesis.slug, cluster=cluster.name if cluster else "")
        return Target(at[1], at[0], is_rating=True)

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

    def action_side_by_side(self) -> None:
        """Open what each scheme says, or fold it."""
        self.query_one(MatrixSchemes).turn()
        self.call_after_refresh(self.moved)

    # Rows

    def action_fold(self) -> None:
        """Fold the cluster that the cursor is in, or open it."""
        self.panel.fold()

    def action_fold_all(self) -> None:
        """Fold every cluster, or open them all."""
        self.panel.fold_all()

    def action_sort(self) -> None:
        """Choose an order of the rows."""
        from tui.matrix.actions import sort  # noqa: PLC0415

        def take(chosen: str | None) -> None:
            if chosen is not None:
                self.panel.rows.order = next(order for order in ORDERS if order == chosen)
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
