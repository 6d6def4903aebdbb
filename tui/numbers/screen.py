"""The Numbers screen: quantities, gaps, explanations ticked on and off, and what a gap hangs on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane, Tabs

from hypotheses.debate import Debate, Quantity
from hypotheses.ranking import ranked
from hypotheses.reports.result_text import method
from tui.commands import bindings_on
from tui.host import Host, Target
from tui.numbers.gap_list import GapList, TickList, still_combined, why_not_combined
from tui.numbers.gap_views import TABS, ViewRequest, view_text
from tui.numbers.quantities import QuantityList, QuantityPanel, ValueInput
from tui.screens import WIDE, WholeScreen
from tui.terminal import guards
from tui.terminal.clean import content
from tui.terminal.painting import entitle, paint_now, put
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.passage import Passage
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


class NumbersScreen(WholeScreen):
    """Where the numbers are looked into."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("numbers"),
        Binding("escape", "app.show_debate", "Back", show=False, id="numbers_back"),
    ]
    DEFAULT_CSS = """
    NumbersScreen {
        overflow: hidden;
        & #numbers { height: 1fr; layout: vertical; }
        & QuantityPanel { height: 1fr; }
        & QuantityPanel .about { max-height: 2; }
        & #right { height: 9; layout: horizontal; }
        & GapList { width: 3fr; height: 9; }
        & TickList { width: 2fr; height: 9; }
        & #view { display: none; }
        & ContentSwitcher, & TabPane { height: 1fr; }
        & .page { scrollbar-size-vertical: 1; }
    }
    NumbersScreen.wide {
        & #numbers { layout: horizontal; }
        & QuantityPanel { width: 56%; height: 100%; }
        & QuantityPanel .about { max-height: 7; }
        & #right { width: 1fr; height: 100%; layout: vertical; }
        & GapList, & TickList { width: 100%; height: auto; max-height: 10; }
        & #view { display: block; height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._debate: Debate | None = None
        self._tried: Debate | None = None
        self._answered: ViewRequest | None = None
        """What the view on screen is of."""

    def compose(self) -> ComposeResult:
        """Quantities beside gaps, ticks and the view of one gap."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Container(id="numbers"):
            yield QuantityPanel(id="quantity-panel", classes="panel")
            with Vertical(id="right"):
                yield GapList(id="gap-list", classes="panel", empty="This debate has no gaps yet.")
                yield TickList(id="tick-list", classes="panel", empty="No explanations yet.")
                with TabbedContent(id="view", classes="panel"):
                    for tab, name in TABS.items():
                        with TabPane(name, id=tab), Passage(classes="page"):
                            yield Static(id=f"{tab}-text")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what there is, unless the screen was left before it came."""
        self._composed = True
        if not self.is_there:
            return
        for tabs in self.query(Tabs):
            tabs.can_focus = False
        if self.app.debate is not None:
            self._followed = None  # what it was told before its widgets came
            self.follow(self.app.debate, self.app.estimates)
            self._show_rest()
        headline = self.app.debate.headline if self.app.debate else None
        if headline is not None:
            self.query_one(GapList).go_to(headline.symbol)
        self.query_one(QuantityList).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the width there is."""
        if guards.overtaken(self, event):
            return
        self.set_class(event.size.width >= WIDE, "wide")
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
        request = self._asked(width=max(40, self.query_one("#view").content_region.width - 2))
        if request is not None and request != self._answered:
            self._answered = None
            self._work_out(self.app, request)

    def _asked(self, width: int) -> ViewRequest | None:
        debate = self._tried or self._debate
        gap, quantity = self.query_one(GapList).current, self.query_one(QuantityPanel).current
        if debate is None or gap is None:
            return None
        tab, ticked = self.query_one(TabbedContent).active or "plot", self.query_one(TickList).ticked
        return ViewRequest(debate, gap, ticked, tab, quantity.symbol if quantity else "", width)

    # Described in a word: Textual would write out the whole debate.
    @work(thread=True, exclusive=True, group="view", description="view")
    def _work_out(self, app: Host, request: ViewRequest) -> None:
        if app.session is None:
            return
        with app.session.trying(request.debate, request.ticked) as estimates:
            app.call_from_thread(self._worked_out, request, estimates)
            estimate = estimates.gaps.get(request.gap.symbol)
            view = view_text(request, estimates)
            how = method(estimate) if estimate else "no result"
        app.call_from_thread(self._viewed, request, view, how)

    def _still(self, request: ViewRequest) -> bool:
        return request.debate is (self._tried or self._debate) and self.is_there

    def _worked_out(self, request: ViewRequest, estimates: Estimates) -> None:
        if self._still(request):
            self._show_numbers(request.debate, estimates)

    def _viewed(self, request: ViewRequest, view: Content, how: str) -> None:
        if self._still(request):
            put(self.query_one(f"#{request.tab}-text", Static), view)
            entitle(self.query_one("#view"), content(request.gap.label or request.gap.symbol), content(how))
            self._answered = request

    @on(LineList.Highlighted, "#gap-list")
    @on(QuantityPanel.Moved)
    @on(TabbedContent.TabActivated)
    def look_again(self) -> None:
        """Another gap, quantity or view."""
        self.work_out()

    @on(QuantityPanel.Tried)
    def tried(self, event: QuantityPanel.Tried) -> None:
        """Show every gap with a value that is only typed yet."""
        self._tried = event.debate
        self.work_out()

    @on(QuantityPanel.Dropped)
    def dropped(self) -> None:
        """Show every gap as it is stored."""
        self._tried = None
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
            lines: list[Content] = []
            for tab, name in TABS.items() if request.gap.symbol in estimates.gaps else ():
                lines += [
                    content(name, "bold $you"),
                    view_text(replace(request, tab=tab), estimates),
                    Content(""),
                ]
            lines = lines or [view_text(request, estimates)]
        page = Page(request.gap.label or request.gap.symbol, Content("\n").join(lines))
        app.call_from_thread(app.push_screen, page)

    # What the keys do

    @property
    def target(self) -> Target:
        """The explanation under the cursor, where the focus is in their list."""
        ticks = self.focused
        current = ticks.current if isinstance(ticks, TickList) else None
        return Target(current.slug if current else "")

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

    def action_edit(self) -> None:
        """Open the field of the quantity under the cursor."""
        self.query_one(QuantityPanel).action_change_value()

    def action_next_view(self) -> None:
        """Go to the next view."""
        self._turn(1)

    def action_previous_view(self) -> None:
        """Go to the view before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        tabs, names = self.query_one(TabbedContent), list(TABS)
        tabs.active = names[(names.index(tabs.active or "plot") + step) % len(names)]

    def action_reading(self) -> None:
        """Choose which reading of a quantity counts."""
        from tui.numbers.actions import choose_reading  # noqa: PLC0415 - dialogs are loaded when the first is opened

        quantity, real = self._quantity, self.app.real
        if quantity is not None and real is not None:
            choose_reading(self.app, real, quantity)

    def action_model(self) -> None:
        """Choose a model's size as the value of a quantity."""
        from tui.numbers.actions import choose_model  # noqa: PLC0415

        quantity, real = self._quantity, self.app.real
        if quantity is not None and real is not None:
            choose_model(self.app, real, quantity)

    @property
    def _quantity(self) -> Quantity | None:
        """The quantity under the cursor as it is stored, unless a value is being typed."""
        current, real = self.query_one(QuantityPanel).current, self.app.real
        if current is None or real is None or self.query_one(ValueInput).has_class("open"):
            return None
        return real.quantities.get(current.symbol)
