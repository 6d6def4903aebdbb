"""The Numbers screen: quantities, gaps, explanations ticked on and off, and what a gap hangs on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.worker import get_current_worker

from hypotheses.debate import Debate
from hypotheses.ranking import ranked
from hypotheses.reports.result_text import method
from tui.command_keys import bindings_on
from tui.host import Host
from tui.numbers.figure_keys import FigureKeys
from tui.numbers.gap_list import GapList, TickList, still_combined, why_not_combined
from tui.numbers.gap_views import ViewRequest, every_view, under_plot, view_text
from tui.numbers.quantities import QuantityList, QuantityPanel
from tui.numbers.view_panel import ViewPanel
from tui.terminal.painting import paint_now
from tui.widgets.gap_strip import GapStrip
from tui.widgets.head import Head
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, Result
    from tui.numbers.value_prompt import ValuePrompt


class NumbersScreen(FigureKeys):
    """Where the numbers are looked into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("numbers"),
        Binding("escape", "app.show_debate", "Back", show=False, id="numbers_back"),
    ]
    DEFAULT_CSS = """
    NumbersScreen {
        overflow: hidden;
        &.roomy #gaps { margin-bottom: 1; }
        & #numbers { height: 1fr; layout: vertical; }
        & QuantityPanel { height: 1fr; }
        & #right { height: 9; layout: horizontal; }
        & #gaps-panel { width: 3fr; height: 9; }
        & #ticks-panel { width: 2fr; height: 9; margin-left: 1; }
        & ViewPanel { display: none; }
    }
    NumbersScreen.wide {
        & #numbers { layout: horizontal; }
        & QuantityPanel { width: 61%; height: 100%; margin-right: 2; }
        & #quantity-heads { display: block; }
        & #about-quantity { height: 15%; }
        & #right { width: 1fr; height: 100%; layout: vertical; }
        & #gaps-panel, & #ticks-panel { width: 100%; height: auto; margin: 0 0 1 0; }
        & GapList, & TickList { height: auto; max-height: 9; }
        & ViewPanel { display: block; height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._debate: Debate | None = None
        self._tried: Debate | None = None
        self._working_out = threading.Lock()
        self._prompt: ValuePrompt | None = None
        """Where a value is typed."""

    def compose(self) -> ComposeResult:
        """Quantities beside gaps, ticks and the view of one gap."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Container(id="numbers"):
            yield QuantityPanel(id="quantity-panel")
            with Vertical(id="right"):
                with Vertical(id="gaps-panel"):
                    yield Head("Gaps")
                    yield GapList(id="gap-list", empty=" No gaps yet; `{add}` here adds one.")
                with Vertical(id="ticks-panel"):
                    yield Head("If these are true")
                    yield TickList(id="tick-list", empty=" No explanations yet:\n `{add}` here adds one.")
                yield ViewPanel(id="view")
        yield KeyLine()

    def begin(self) -> None:
        """Begin in the quantities, with the headline gap chosen."""
        headline = self.app.debate.headline if self.app.debate else None
        if headline is not None:
            self.query_one(GapList).go_to(headline.symbol)
        self.query_one(QuantityList).focus()
        self._show_rest()

    def resized(self, size: Size) -> None:
        """Arrange for what else there is room for."""
        self.work_out()

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate."""
        self._debate, self._tried = debate, None
        if not self.is_there:
            return
        ticks = self.query_one(TickList)
        ticks.ticked = still_combined(debate, ticks.ticked)
        self._show_numbers(debate, estimates)
        self.app.soon(self._show_rest)

    def _show_rest(self) -> None:
        if self._debate is None or not self.is_there:
            return
        self.query_one(QuantityPanel).show(self._debate)
        self.query_one(TitleBar).show(self._debate)
        self.go_to_wanted()
        self.work_out()

    def _show_numbers(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show every gap, before anything else."""
        strip, gaps, ticks = self.query_one(GapStrip), self.query_one(GapList), self.query_one(TickList)
        strip.show(debate, estimates)
        gaps.estimates, gaps.combined = estimates, bool(ticks.ticked)
        gaps.show(tuple(debate.gaps.values()))
        headline = debate.headline
        ticks.headline = estimates.gaps.get(headline.symbol) if estimates and headline else None
        ticks.show(ranked(debate))
        paint_now(strip, gaps)

    def work_out(self) -> None:
        """Have the numbers and the open view computed, unless they are those on screen."""
        if not self.is_there:
            return
        view = self.query_one(ViewPanel)
        view.name_gap(self.query_one(GapList).current)
        request = self._asked(*view.room)
        if request is not None and view.lacks(request):
            self._work_out(self.app, request)

    def _asked(self, width: int, height: int = 0) -> ViewRequest | None:
        debate = self._tried or self._debate
        gap, quantity = self.query_one(GapList).current, self.query_one(QuantityPanel).current
        if debate is None or gap is None:
            return None
        ticked = self.query_one(TickList).ticked
        of = quantity.symbol if quantity else ""
        return ViewRequest(debate, gap, ticked, self.query_one(ViewPanel).tab, of, width, height)

    # Described in a word: Textual would write out the whole debate.
    @work(thread=True, exclusive=True, group="view", description="view")
    def _work_out(self, app: Host, request: ViewRequest) -> None:
        if app.session is None:
            return
        with self._working_out:  # what a key before it asked for ends first; of those that wait only the last goes on
            if not _is_wanted():
                return
            with app.session.trying(request.debate, request.ticked) as estimates:
                prompt = self._prompt
                value = prompt.value_in(request.debate) if prompt is not None and prompt.is_attached else None
                app.call_from_thread(self._worked_out, request, estimates, value)
                if not _is_wanted():
                    return
                estimate = estimates.gaps.get(request.gap.symbol)
                view = view_text(request, estimates, app.session.conventions)
                how = method(estimate) if estimate else "no result"
            app.call_from_thread(self._viewed, request, view, how)
            # Not while a value is typed: the processor is wanted for what follows of it.
            if _is_wanted() and not self._is_typing:
                under = under_plot(request, view, app.session.conventions)
                app.call_from_thread(self._viewed, request, view, how, under)

    @property
    def _is_typing(self) -> bool:
        return self._prompt is not None and self.app.screen is self._prompt

    def _still(self, request: ViewRequest) -> bool:
        return request.debate is (self._tried or self._debate) and self.is_there

    def _worked_out(self, request: ViewRequest, estimates: Estimates, value: Result | None) -> None:
        if self._still(request):
            self._show_numbers(request.debate, estimates)
            if self._prompt is not None and self._prompt.is_attached:
                self._prompt.worked_out(request.debate, estimates, value)

    def _viewed(self, request: ViewRequest, view: Content, how: str, under: Content | None = None) -> None:
        if self._still(request):
            self.query_one(ViewPanel).show(request, view, how, under)

    @on(LineList.Highlighted, "#gap-list")
    @on(QuantityPanel.Moved)
    @on(ViewPanel.Turned)
    def look_again(self) -> None:
        """Another gap, quantity or view; which keys work hangs on the quantity."""
        self.work_out()
        self.refresh_bindings()

    def _try(self, tried: Debate | None) -> None:
        """Show every gap with a value that is only typed yet; None: as it is stored."""
        self._tried = tried
        if (shown := tried or self._debate) is not None:
            self.query_one(QuantityPanel).work_out_formulas(shown)
        self.work_out()

    @on(LineList.Opened, "#gap-list")
    def gap_opened(self) -> None:
        """Show every view of a gap on one page; the only way to them where the screen is small."""
        request = self._asked(width=max(40, min(110, self.size.width) - 8))
        if request is not None:
            self._open_page(self.app, request)

    @work(thread=True, exclusive=True, group="page", description="page")
    def _open_page(self, app: Host, request: ViewRequest) -> None:
        from tui.dialogs.message import Page  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if app.session is None:
            return
        with app.session.trying(request.debate, request.ticked) as estimates:
            page = Page(
                request.gap.label or request.gap.symbol, every_view(request, estimates, app.session.conventions)
            )
        app.call_from_thread(app.push_screen, page)

    # What the keys do

    @on(LineList.Opened, "#tick-list")
    def action_tick(self) -> None:
        """Tick the explanation under the cursor on or off."""
        ticks = self.query_one(TickList)
        if ticks.current is not None and self._debate is not None:
            ticked = ticks.ticked ^ {ticks.current.slug}
            refusal = why_not_combined(self._debate, ticked)
            if refusal:
                self.app.refuse(refusal)
                return
            ticks.ticked = ticked
            ticks.redraw()
            self.work_out()

    @on(LineList.Opened, "#quantities")
    def quantity_opened(self) -> None:
        """Type another value; a head folds."""
        quantities = self.query_one(QuantityList)
        if quantities.quantity is None:
            quantities.fold()
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Type another value of the quantity under the cursor, in its row where that has room; or edit the gap."""
        from tui.numbers.actions import type_value  # noqa: PLC0415 - dialogs are loaded when the first is opened

        if isinstance(self.focused, GapList | TickList):
            self.do("edit")
            return
        quantity, real = self.quantity, self.app.real
        if quantity is not None and real is not None:
            gap = self.query_one(GapList).current
            self._prompt = type_value(
                self.app, real, quantity, rows=self.query_one(QuantityList), gap=gap, tried=self._try
            )

    def action_next_view(self) -> None:
        """Go to the next view."""
        self.query_one(ViewPanel).turn(1)

    def action_previous_view(self) -> None:
        """Go to the view before."""
        self.query_one(ViewPanel).turn(-1)


def _is_wanted() -> bool:
    """Say whether what this thread works out is still asked for."""
    return not get_current_worker().is_cancelled
