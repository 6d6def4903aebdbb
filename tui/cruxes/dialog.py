"""What would change the conclusion: the smallest changes, and each item left out; any of it can be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.cruxes import Crux, closing_cruxes, flipping_cruxes, smallest_first
from hypotheses.debate import Debate
from hypotheses.margin import LeftOut, Margin, leave_one_out, margin
from hypotheses.progress import within
from tui.command_keys import bound_to
from tui.cruxes.trials import trial_of_crux, trial_without
from tui.dialogs.dialog import Dialog
from tui.screens import Showing
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.trying import Trial
from tui.widgets.crux_text import crux_sentence, eased, left_out_sentence, margin_text
from tui.widgets.line_list import LineList
from tui.widgets.tab_head import Tab, TabHead
from tui.work_told import Ended, told_in_thread

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host

PARTS: Final = {
    "smallest": Tab("smallest", "Smallest change"),
    "left-out": Tab("left-out", "Leave one out"),
}
ABOUT: Final = {
    "smallest": "Each change alone would put another first, or close the gap. Size 1 is the way from -- to ++.",
    "left-out": "Without an item the first would be so much further ahead of the second (−: less far).",
}
"""What the figures in a list mean."""
NOTHING: Final = {"smallest": "No single change would do it.", "left-out": "No evidence counts."}
MOST_OF_KEY: Final = 24
"""Cells that the key of an item takes at most."""


class CruxList(LineList[Crux | LeftOut]):
    """Single changes, the smallest first; or each item left out, what flips first."""

    bar: ClassVar = True
    debate: Debate | None = None
    apart: Margin | None = None
    _keys = 0
    """Cells of the longest key."""

    def show(self, rows: Sequence[Crux | LeftOut]) -> None:
        """Show these."""
        self._keys = min(MOST_OF_KEY, max((content(row.evidence).cell_length for row in rows), default=0))
        super().show(rows)

    def draw(self, row: Crux | LeftOut, width: int) -> list[Content]:
        """Draw one on a line."""
        if self.debate is None:
            return [Content("")]
        return [self._change(self.debate, row) if isinstance(row, Crux) else self._without(self.debate, row)]

    def _change(self, debate: Debate, row: Crux) -> Content:
        change = content(crux_sentence(debate, eased(debate, row, self.apart)))
        item = debate.evidence.get(row.evidence)
        about = item.title if item else ""
        if row.kind == "prior":
            about = debate.hypotheses[row.hypothesis].title
        elif row.kind == "quantity":
            about = debate.quantities[row.quantity].label
        return Content.assemble((f"{row.size:>5.2f}  ", "$you"), change, "  ", content(about, "$label"))

    def _without(self, debate: Debate, row: LeftOut) -> Content:
        if self.apart is None:
            return Content("")
        key = content(row.evidence, "bold").truncate(self._keys, ellipsis=True, pad=True)
        sentence = (left_out_sentence(debate, self.apart, row), "bold" if row.flips else "")
        return Content.assemble(" ", key, "  ", sentence, "  ", content(debate.evidence[row.evidence].title, "$label"))


class Cruxes(Dialog[Trial | None], Showing):
    """Returns what the person wants to try."""

    DEFAULT_CSS = """
    Cruxes {
        & > #box { width: 130; }
        & #margin { height: auto; margin-bottom: 1; }
        & #about { height: auto; color: $label; }
        & CruxList { height: auto; min-height: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "try", "Try", show=False),
        bound_to("next_view", "turn"),
        bound_to("previous_view", "turn"),
        bound_to("copy"),
    ]
    rolling = "CruxList"
    most = 60
    keys = "enter or t tries it, nothing is saved · {next_view} the other list · esc back"
    app: Host

    def __init__(self) -> None:
        super().__init__("What would change it")
        self._debate: Debate | None = None
        self._worked_out_for: Debate | None = None
        self._part = "smallest"
        self._rows: Mapping[str, Sequence[Crux | LeftOut]] = {}

    def body(self) -> ComposeResult:
        """The margin, and one of two lists."""
        yield Static("working it out …", id="margin")
        yield TabHead()
        yield Static(id="about")
        yield CruxList(empty="working it out …")

    @property
    def copied(self) -> str:
        """The line under the cursor."""
        return self.query_one(CruxList).copied

    def on_mount(self) -> None:
        """Have the lists worked out."""
        self._show_part(self._part)
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
        told = told_in_thread(lambda part: app.call_from_thread(self._tell_progress, debate, part))
        try:
            flipping = flipping_cruxes(debate, within(told, 0.0, 0.5))
            without = leave_one_out(debate, within(told, 0.5, 1.0))
        except Ended:
            return
        # Last, as an edit waits for its numbers meanwhile.
        with app.session.trying(debate) as estimates:
            changes = smallest_first([*flipping, *closing_cruxes(debate, estimates)])
        app.call_from_thread(self._worked_out, debate, changes, without, margin(debate))

    def _tell_progress(self, debate: Debate, part: float) -> None:
        if debate is self._debate and self.is_there:
            put(self.query_one("#margin", Static), Content(f"working it out … {part:.0%}"))

    def _worked_out(
        self, debate: Debate, smallest: Sequence[Crux], without: Sequence[LeftOut], apart: Margin | None
    ) -> None:
        if debate is not self._debate or not self.is_there:
            return
        self._worked_out_for = debate
        put(self.query_one("#margin", Static), content(margin_text(debate, apart)))
        listed = self.query_one(CruxList)
        listed.debate, listed.apart = debate, apart
        self._rows = {"smallest": smallest, "left-out": without}
        self._show_part(self._part)

    def _show_part(self, part: str) -> None:
        """Show one of the lists."""
        listed = self.query_one(CruxList)
        if part != self._part:
            self._part = part
            listed.cursor = 0
        self.query_one(TabHead).show_tabs("", list(PARTS.values()), part, Content(""))
        self.query_one("#about", Static).update(ABOUT[part])
        if self._worked_out_for is not None:
            listed.say_when_empty(NOTHING[part])
            listed.show(self._rows[part])
        self.fit()

    def action_turn(self) -> None:
        """Go to the other list."""
        self._show_part("left-out" if self._part == "smallest" else "smallest")

    @on(TabHead.Pressed)
    def _pressed(self, event: TabHead.Pressed) -> None:
        self._show_part(event.name)

    @on(LineList.Opened)
    def action_try(self) -> None:
        """Leave to try what is under the cursor."""
        current = self.query_one(CruxList).current
        if self._debate is None or current is None:
            return
        self.close(
            trial_of_crux(self._debate, current) if isinstance(current, Crux) else trial_without(self._debate, current)
        )
