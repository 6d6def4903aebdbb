"""The view of the gap under the cursor: one of several, under a head that names them."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hypotheses.debate import Gap
from tui.numbers.gap_views import TABS, ViewRequest
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.gap_strip import headline_name
from tui.widgets.passage import Passage
from tui.widgets.tab_head import Tab, TabHead


class ViewPanel(Vertical):
    """Shows what its owner has worked out."""

    DEFAULT_CSS = "ViewPanel #view-text { padding: 0 1; }"

    @dataclass
    class Turned(Message):
        """Another view is open."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.tab = "plot"
        """Which view is open."""
        self._gap: Gap | None = None
        self._how = ""
        """How its figures were worked out."""
        self._under: tuple[object, Content] = (None, Content(""))
        """What stands under it, and of what; the last until the next is worked out."""
        self._shown: ViewRequest | None = None
        """What it is of; None while that is being worked out."""

    def compose(self) -> ComposeResult:
        """The head, and the page."""
        yield TabHead(press="next_view", id="view-head")
        with Passage(id="view-page"):
            yield Static(id="view-text")

    @property
    def room(self) -> tuple[int, int]:
        """Cells and lines that there are for a view."""
        page = self.query_one("#view-page").size
        return max(40, page.width - 3), page.height

    def name_gap(self, gap: Gap | None) -> None:
        """Name a gap, its views, and how the figures were worked out."""
        self._gap = gap
        tabs = [Tab(view, label) for view, label in TABS.items()]
        named = headline_name(gap).plain if gap is not None else ""
        self.query_one(TabHead).show_tabs(named, tabs, self.tab, content(self._how, "$label"))

    def lacks(self, request: ViewRequest) -> bool:
        """Say whether something else is shown than what is asked for; then that is on its way from now on."""
        if request == self._shown:
            return False
        self._shown = None
        return True

    def show(self, request: ViewRequest, view: Content, how: str, under: Content | None = None) -> None:
        """Show a view, and what stands under it; None while that is still to come: then it still lacks something."""
        about = request.tab, request.gap.symbol, request.height
        if under is not None or self._under[0] != about:
            self._under = about, under or Content("")
        put(self.query_one("#view-text", Static), Content.assemble(view, self._under[1]))
        self._shown, self._how = request if under is not None else None, how
        self.name_gap(self._gap)

    def turn(self, step: int) -> None:
        """Open the next view (1) or the one before (-1)."""
        names = list(TABS)
        self._open(names[(names.index(self.tab) + step) % len(names)])

    @on(TabHead.Pressed)
    def _pressed(self, event: TabHead.Pressed) -> None:
        self._open(event.name)

    def _open(self, tab: str) -> None:
        self.tab = tab
        self.query_one("#view-page").scroll_home(animate=False)
        self.post_message(self.Turned())
