"""The Matrix screen: evidence by explanations, rated cell by cell."""

from __future__ import annotations

from collections import Counter
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from hypotheses.debate import Debate, Evidence
from hypotheses.matrix import Figures, Workings
from hypotheses.ranking import ranked
from tui import terminal
from tui.commands import MATRIX, bindings
from tui.matrix_rows import MatrixRows
from tui.painting import entitle, paint_now
from tui.plain import content
from tui.showing import Showing
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.matrix_about import about
from tui.widgets.matrix_cells import Sheet
from tui.widgets.matrix_grid import MatrixGrid
from tui.widgets.matrix_layout import Layout
from tui.widgets.matrix_totals import MatrixHead, MatrixTotals
from tui.widgets.title_bar import TitleBar
from tui.widgets.typed import Line

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.app import AbduceApp

LONGEST_WAIT = 0.5
"""Seconds of rest after which the figures are worked out anew, at most; as long as they took, if that is less."""
ROWS = {"#gaps": 30, "#totals": 20, "#about": 14}
"""From so many rows of the terminal on, a part is shown."""
OURS = {command.action for command in MATRIX if command.done_by == "screen"}
"""Actions of this screen that wait while a ratio is typed."""
TALL = 38
"""From this many rows on, the cell under the cursor is told on six lines."""


class RowSearch(Line):
    """The words to look for; esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def action_close(self) -> None:
        """Show everything again."""
        self.value = ""
        self.display = False
        self.screen.query_one(MatrixGrid).focus()


class MatrixScreen(Screen[None], Showing):
    """Where evidence is rated."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MATRIX),
        Binding("escape", "back", "Back", show=False, id="matrix_back"),
    ]
    DEFAULT_CSS = """
    MatrixScreen {
        overflow: hidden;
        & #matrix {
            height: 1fr; border: round $surface-lighten-2;
            border-title-color: $text-accent; border-subtitle-color: $text-muted;
        }
        & #matrix:focus-within { border: round $primary; }
        & RowSearch { display: none; height: 1; border: none; background: $boost; }
        & MatrixHead { height: 2; }
        & #about { height: 3; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    MatrixScreen.tall {
        & #about { height: 6; text-wrap: wrap; }
    }
    """
    shows_changes = True
    app: AbduceApp

    def __init__(self) -> None:
        super().__init__()
        self._composed = False
        self._workings = Workings()
        self._figures: Figures | None = None
        self._took = 0.0
        self._rest: Timer | None = None
        self._rows = MatrixRows()
        self._logging = False
        self._over: tuple[Sheet, Layout, int] | None = None
        self._under: tuple[Sheet, Layout] | None = None
        self._told = ("", "")

    def compose(self) -> ComposeResult:
        """Heads, cells and totals in one box; under it the cell under the cursor in words."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Vertical(id="matrix"):
            yield RowSearch(placeholder="words in the evidence", id="search", compact=True)
            yield MatrixHead()
            yield MatrixGrid(id="matrix-grid")
            yield MatrixTotals(id="totals")
        yield Static(id="about")
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
    def is_there(self) -> bool:
        """Whether its widgets can be asked: they have come, and are not going because the screen was left."""
        return self._composed and self in self.app.screen_stack and not self.app.leaving

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
            self._figures = None  # another debate: its rows are chosen once its figures are there
            self.grid.unsaved.clear()
        if self._figures is not None:
            self._show_rows(debate)
        self._rest_then_work_out()

    def _rest_then_work_out(self) -> None:
        """Work the figures out once no key has come for a while: that needs the processor as much as the keys do."""
        if self._rest is not None:
            self._rest.stop()
        if self._took < 0.05:
            self.work_out()
        else:
            self._rest = self.set_timer(min(self._took, LONGEST_WAIT), self.work_out)

    @work(thread=True, exclusive=True, group="figures")
    def work_out(self) -> None:
        """Have the figures of all cells worked out."""
        debate = self.app.debate
        if debate is not None:
            begun = perf_counter()
            figures = self._workings.figures(debate)
            self.app.call_from_thread(self._worked_out, debate, figures, perf_counter() - begun)

    def _worked_out(self, debate: Debate, figures: Figures, took: float) -> None:
        self._took = took
        if debate is not self.app.debate or not self.is_there:
            return  # those of the debate as it is now are under way
        first, self._figures = self._figures is None, figures
        if first:
            self.sort_anew()
        else:
            self._show_rows(debate)

    def sort_anew(self) -> None:
        """Choose the rows and put them in order."""
        debate, figures = self.app.debate, self._figures
        if debate is None or figures is None or not self.is_there:
            return
        self._rows.words = self.query_one(RowSearch).value.strip()
        self._rows.choose(debate, figures, self.grid.hypothesis.slug if self.grid.hypothesis else "")
        self.grid.order = self._rows.order
        self._show_rows(debate)

    def _show_rows(self, debate: Debate) -> None:
        """Show the rows as the debate has them; what is new comes last, until they are sorted."""
        new = self._rows.follow(debate)
        remarks = Counter((each.evidence, each.hypothesis) for each in debate.comments.values() if each.evidence)
        self.grid.show_sheet(Sheet(debate, ranked(debate), self._figures or Figures(), remarks), self._rows.keys)
        if new and self._logging:
            self._logging = False
            self.grid.go_to(new[-1])
        self.moved()

    @on(MatrixGrid.Moved)
    def moved(self) -> None:
        """Say what there is to say of the cell under the cursor, and name its column."""
        if not self.is_there:
            return
        grid = self.grid
        under, over = (grid.sheet, grid.layout_now), (grid.sheet, grid.layout_now, grid.column)
        if over != self._over:
            self.query_one(MatrixHead).show(*over)
        if under != self._under:
            self.query_one(MatrixTotals).show(*under)
        self._over, self._under = over, under
        self.query_one("#about", Static).update(self._about(), layout=False)
        told = (self._rows.told(len(grid.sheet.debate.evidence)), self._subtitle())
        if told != self._told:
            self._told = told
            entitle(self.query_one("#matrix"), *map(content, told))
        paint_now(grid, self.query_one("#about"))

    def _about(self) -> Content:
        grid = self.grid
        if grid.evidence is None or grid.hypothesis is None or grid.at is None:
            return Content.styled(self._nothing(), "dim")
        lines = about(grid.sheet, grid.evidence, grid.hypothesis, grid.rating)
        if grid.ratio.wrong:
            lines[1] = Content.styled(content(grid.ratio.wrong).plain, "$text-error")
        return Content("\n").join(lines)

    def _nothing(self) -> str:
        debate = self.app.debate
        if debate is None or self._figures is None:
            return ""
        if not debate.evidence:
            return "No evidence yet: press N to log some."
        if not debate.hypotheses:
            return "No explanations yet: add some on the Debate screen."
        return "No evidence is like that: press f for all, esc to clear the words."

    def _subtitle(self) -> str:
        grid = self.grid
        if grid.ratio.text is not None:
            return "enter takes it · esc leaves it"
        return f"type + - 0 n or a ratio · then {grid.direction} {'→' if grid.direction == 'across' else '↓'}"

    # Rating

    @on(MatrixGrid.Rated)
    def rated(self, event: MatrixGrid.Rated) -> None:
        """Keep a rating; the cell shows it already, and shows what is kept if it is refused."""
        (key, slug), seen, now = event.cell, event.seen, event.now
        real = self.app.trying.real
        if self.app.trying.trial is not None and real is not None and key in real.evidence:
            seen = real.evidence[key].assessments.get(slug)  # the cell shows what is only tried
        self.app.change(
            lambda store, debate: store.assess(debate, key, slug, now, expected=seen),
            lambda: self._kept(event),
        )

    def _kept(self, event: MatrixGrid.Rated) -> None:
        if self.is_there:
            self.grid.settle(event.cell, event.now)

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
        grid, item = self.grid, self._item
        if item and grid.hypothesis and self.is_current:
            stands = grid.unsaved.in_cell(item, grid.hypothesis.slug)
            self._editing().reason(self.app, item, grid.hypothesis, stands)

    def action_talk(self) -> None:
        """Open the comments on the cell."""
        from tui.editing.commenting import open_thread  # noqa: PLC0415

        if self.grid.evidence and self.grid.hypothesis:
            open_thread(self.app, hypothesis=self.grid.hypothesis.slug, evidence=self.grid.evidence.key)

    def action_new_evidence(self) -> None:
        """Log evidence; the cursor goes to it."""
        from tui.editing import evidence as editing  # noqa: PLC0415 - forms are loaded when the first is opened

        self._logging = True
        editing.add_evidence(self.app)

    def action_edit_evidence(self) -> None:
        """Edit the item under the cursor."""
        from tui.editing import evidence as editing  # noqa: PLC0415

        if self._item:
            editing.edit_evidence(self.app, self._item)

    def action_view_evidence(self) -> None:
        """Show the item under the cursor whole."""
        from tui.editing import evidence as editing  # noqa: PLC0415

        if self._item:
            editing.view_evidence(self.app, self._item.key)

    def action_weigh(self) -> None:
        """Set what the item under the cursor counts."""
        if self._item:
            self._editing().weigh(self.app, self._item)

    def action_retract(self) -> None:
        """Retract the item under the cursor, or reinstate it."""
        if self._item:
            self._editing().retract(self.app, self._item)

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
                self._rows.order = chosen  # type: ignore[assignment]  # one of the orders that were offered
                self.sort_anew()

        self._editing().sort(self.app, self._rows.order, take)

    def action_part(self) -> None:
        """Go on to the next part of the rows."""
        self._rows.next_part()
        self.sort_anew()

    def action_search(self) -> None:
        """Open the line of words."""
        search = self.query_one(RowSearch)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def search_changed(self) -> None:
        """Show what has the words."""
        self.sort_anew()

    @on(Input.Submitted, "#search")
    def search_done(self) -> None:
        """Go back to the cells; the words stay."""
        self.grid.focus()

    def action_back(self) -> None:
        """Drop what is typed; else clear the words; else leave."""
        search = self.query_one(RowSearch)
        if self.grid.drop_typed():
            return
        if search.display:
            search.action_close()
        else:
            self.app.action_show_debate()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a ratio is typed, no other key acts."""
        if action in OURS and self._composed and self.is_there:
            return self.grid.ratio.text is None and self.app.debate is not None
        return True
