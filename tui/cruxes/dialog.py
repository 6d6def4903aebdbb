"""What would change the conclusion: the smallest changes, and each item left out; any of it can be tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane, Tabs

from hypotheses.cruxes import Crux, LeftOut, Margin, cruxes, leave_one_out, margin
from hypotheses.debate import Debate
from tui.cruxes.crux_text import crux_sentence, eased, left_out_sentence, margin_text
from tui.cruxes.trials import trial_of_crux, trial_without
from tui.dialogs.dialog import Dialog
from tui.screens import Showing
from tui.terminal.clean import content
from tui.trying import Trial
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host

TABS = {
    "smallest": "Each change alone would put another first, or close the gap. Size 1 is the way from -- to ++.",
    "left-out": "Without an item the first would be so much further ahead of the second (−: less far).",
}
"""The lists, and what the figures in them mean."""


class CruxList(LineList[Crux]):
    """The single changes, the smallest first."""

    debate: Debate | None = None

    def draw(self, row: Crux, width: int) -> list[Content]:
        """Draw one change on one line."""
        if self.debate is None:
            return [Content("")]
        change = content(crux_sentence(self.debate, eased(self.debate, row)))
        item = self.debate.evidence.get(row.evidence)
        about = item.title if item else ""
        if row.kind == "prior":
            about = self.debate.hypotheses[row.hypothesis].title
        elif row.kind == "quantity":
            about = self.debate.quantities[row.quantity].label
        return [Content.assemble((f"{row.size:>5.2f}  ", "$you"), change, "  ", content(about, "$label"))]


class LeftOutList(LineList[LeftOut]):
    """Each item left out, what flips first."""

    debate: Debate | None = None
    apart: Margin | None = None

    def draw(self, row: LeftOut, width: int) -> list[Content]:
        """Draw one item on one line."""
        if self.debate is None or self.apart is None:
            return [Content("")]
        item = self.debate.evidence[row.evidence]
        sentence = left_out_sentence(self.debate, self.apart, row)
        shade = "bold" if row.flips else ""
        parts = content(f"{row.evidence:<18} ", "bold"), (sentence, shade), "  ", content(item.title, "$label")
        return [Content.assemble(*parts)]


class Cruxes(Dialog[Trial | None], Showing):
    """Returns what the person wants to try."""

    DEFAULT_CSS = """
    Cruxes {
        & > #box { width: 130; height: 94%; }
        & #margin { height: auto; }
        & .about { height: auto; color: $label; }
        & TabbedContent, & ContentSwitcher, & TabPane { height: 1fr; }
        & TabPane { padding: 0; }
        & #keys { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "try", "Try", show=False),
        Binding("right_square_bracket,left_square_bracket", "turn", "The other list", show=False),
    ]
    keys = "enter or t tries it, nothing is saved · ] the other list · esc back"
    app: Host

    def __init__(self) -> None:
        super().__init__("What would change it")
        self._debate: Debate | None = None
        self._worked_out_for: Debate | None = None

    def body(self) -> ComposeResult:
        """The margin, and two lists."""
        yield Static("working it out …", id="margin")
        with TabbedContent():
            with TabPane("Smallest change", id="smallest"):
                yield Static(TABS["smallest"], classes="about")
                yield CruxList(id="cruxes", empty="working it out …")
            with TabPane("Leave one out", id="left-out"):
                yield Static(TABS["left-out"], classes="about")
                yield LeftOutList(id="without", empty="working it out …")

    def on_mount(self) -> None:
        """Have the lists worked out."""
        for tabs in self.query(Tabs):
            tabs.can_focus = False
        self.query_one(CruxList).focus()
        if self.app.debate is not None:
            self.show(self.app.debate, self.app.estimates)

    def awaits(self, key: str) -> bool:
        """Let keys wait for the lists, but for the one that leaves."""
        return key != "escape" and self._worked_out_for is not self._debate

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate as it is stored, also while something is tried."""
        real = self.app.real
        if real is not None and real is not self._debate:
            self._debate = real
            self._work_out(self.app, real)

    # Described in a word: Textual would write out the whole debate.
    @work(thread=True, exclusive=True, group="cruxes", description="cruxes")
    def _work_out(self, app: Host, debate: Debate) -> None:
        if app.session is None:
            return
        with app.session.trying(debate) as estimates:
            changes = cruxes(debate, estimates)
        app.call_from_thread(self._worked_out, debate, changes, leave_one_out(debate), margin(debate))

    def _worked_out(
        self, debate: Debate, smallest: Sequence[Crux], without: Sequence[LeftOut], apart: Margin | None
    ) -> None:
        if debate is not self._debate or self not in self.app.screen_stack or self.app.leaving:
            return
        self._worked_out_for = debate
        self.query_one("#margin", Static).update(content(margin_text(debate, apart)))
        changes, left_out = self.query_one(CruxList), self.query_one(LeftOutList)
        changes.debate = left_out.debate = debate
        left_out.apart = apart
        for each, empty in ((changes, "No single change would do it."), (left_out, "No evidence counts.")):
            each.say_when_empty(empty)
        changes.show(smallest)
        left_out.show(without)

    def action_turn(self) -> None:
        """Go to the other list."""
        tabs = self.query_one(TabbedContent)
        tabs.active = "smallest" if tabs.active == "left-out" else "left-out"

    @on(TabbedContent.TabActivated)
    def _turned(self) -> None:
        self._list.focus()

    @property
    def _list(self) -> CruxList | LeftOutList:
        left_out = self.query_one(TabbedContent).active == "left-out"
        return self.query_one(LeftOutList) if left_out else self.query_one(CruxList)

    @on(LineList.Opened)
    def action_try(self) -> None:
        """Leave to try what is under the cursor."""
        current = self._list.current
        if self._debate is None or current is None:
            return
        self.close(
            trial_of_crux(self._debate, current) if isinstance(current, Crux) else trial_without(self._debate, current)
        )
