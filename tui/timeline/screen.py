"""The Timeline screen: plausibilities over time, how things stood at a date, the journal with undo to any point."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.geometry import Size
from textual.widget import Widget

from hypotheses.debate import Debate
from hypotheses.problems import AbduceError
from tui.command_keys import bindings_on, key_of
from tui.host import Host, Target
from tui.screens import WholeScreen
from tui.terminal.clean import content
from tui.timeline.chart import Chart
from tui.timeline.journal import FIRST_LIMIT, NEAR_THE_END, JournalList, own_changes_after, told_of
from tui.timeline.past import Past, read_past
from tui.timeline.past_panel import PastPanel
from tui.widgets.gap_strip import GapStrip
from tui.widgets.head import Head
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.title_bar import TitleBar
from tui.work_told import Ended, told_in_thread

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

LOW, NARROW = 16, 60
"""Under so many rows or columns only one part is shown at a time; tab goes to the next."""
PARTS = ("#chart", "#as-of", "#journal")
"""What has the keys in each part; above it stands its head."""


class TimelineScreen(WholeScreen):
    """Where it is seen how a debate came to stand as it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("timeline"),
        Binding("tab", "part(1)", "Next part", show=False),
        Binding("shift+tab", "part(-1)", "Part before", show=False),
        Binding("escape", "app.show_debate", "Back", show=False, id="timeline_back"),
    ]
    DEFAULT_CSS = """
    TimelineScreen {
        overflow: hidden;
        &.roomy #gaps { margin-bottom: 1; }
        & #page { height: 1fr; }
        & #entries { height: auto; min-height: 4; }
        & #journal { height: auto; min-height: 3; max-height: 33vh; }
    }
    TimelineScreen.small {
        & #past, & #moment, & #entries { display: none; }
        & #top, & #past, & #moment, & #entries { width: 100%; height: 100%; margin: 0; }
        & #top { display: none; }
        & #top.shown, & #past.shown, & #moment.shown, & #entries.shown { display: block; }
        & #journal { height: 1fr; max-height: 100%; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._debate: Debate | None = None
        self._known: tuple[Debate, Past] | None = None
        self._limit = FIRST_LIMIT
        self._part = PARTS[0]

    def compose(self) -> ComposeResult:
        """The chart beside how things stood at its cursor, over the journal."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Container(id="page"):
            yield PastPanel(id="top")
            with Vertical(id="entries"):
                yield Head("Journal", id="journal-head")
                yield JournalList(id="journal", empty=" Reading …")
        yield KeyLine()

    @property
    def past(self) -> PastPanel:
        """The chart, and how things stood at its cursor."""
        return self.query_one(PastPanel)

    def begin(self) -> None:
        """Begin in the chart."""
        self._show_part("#chart")

    def resized(self, size: Size) -> None:
        """Arrange for what else there is room for."""
        self.set_class(size.height < LOW or size.width < NARROW, "small")
        self.call_after_refresh(self._tell_moment)

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate."""
        if self._debate is not None and self._debate.slug != debate.slug:
            self._limit = FIRST_LIMIT
        self._debate = debate
        if not self.is_there:
            return
        self.query_one(TitleBar).show(debate)
        self.query_one(GapStrip).show(debate, estimates)
        self._read(self.app, debate, self._limit)

    # Described in a word: Textual would write out the whole debate.
    @work(thread=True, exclusive=True, group="timeline", description="timeline")
    def _read(self, app: Host, debate: Debate, limit: int) -> None:
        if app.session is None:
            return
        try:
            past = read_past(app.session.store, debate, limit, self._known, told_in_thread())
        except Ended:
            return
        except AbduceError as problem:
            app.call_from_thread(app.changes.cannot_read, problem)
        else:
            app.call_from_thread(self._took, debate, past)

    def awaits(self, key: str) -> bool:
        """Let keys wait for the chart and the journal."""
        return self._known is None or self._known[0] is not self.app.debate

    def _took(self, debate: Debate, past: Past) -> None:
        if debate is not self._debate or not self.is_there:
            return
        self._known = debate, past
        self.past.show(debate, past)
        journal = self.query_one(JournalList)
        journal.show(past.entries)
        how = content(f"{past.actor}: {key_of('undo_to')} undoes to the entry under the cursor", "$label")
        self.query_one("#journal-head", Head).show(legend=how)

    def _tell_moment(self) -> None:
        if self.is_there:
            self.past.tell_moment()

    @on(LineList.Highlighted, "#journal")
    def _look_further(self) -> None:
        """Read more of the journal when its end comes near."""
        journal = self.query_one(JournalList)
        near = journal.cursor >= len(journal.rows) - NEAR_THE_END
        if near and len(journal.rows) == self._limit and self._debate is not None:
            self._limit *= 4
            self._read(self.app, self._debate, self._limit)

    @property
    def copied(self) -> str:
        """The entry under the cursor of the journal, or else how things stood at the cursor of the chart."""
        if not self.is_there:
            return ""
        journal = self.query_one(JournalList)
        return journal.copied if journal.has_focus else self.past.copied

    # Parts

    def action_part(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) part."""
        self._show_part(PARTS[(PARTS.index(self._part) + step) % len(PARTS)])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Go on from the part that was clicked on."""
        name = f"#{event.widget.id}"
        self._part = name if name in PARTS else self._part

    def _show_part(self, wanted: str) -> None:
        self._part = wanted
        for part in PARTS:
            place = self.query_one(part).parent
            if isinstance(place, Widget):
                place.set_class(part == wanted, "shown")
        self.query_one("#top").set_class(wanted != "#journal", "shown")
        place = self.query_one(wanted, Widget)
        # At once where it is in sight, for the key that was pressed in the same instant.
        if place.focusable:
            self.set_focus(place)
        else:
            place.focus()
        self.call_after_refresh(self._tell_moment)

    # What the keys do

    def action_date_before(self) -> None:
        """Go to the date before."""
        self.past.step(-1)

    def action_date_after(self) -> None:
        """Go to the next date."""
        self.past.step(1)

    def action_next_view(self) -> None:
        """Draw the other view; there are two, so that both keys do the same."""
        self.past.turn()

    action_previous_view = action_next_view

    def action_scale(self) -> None:
        """Draw percentages or decibans."""
        self.past.scale()

    def action_across(self) -> None:
        """Draw equal steps or true time."""
        self.past.across()

    @on(Chart.Opened)
    def _chart_opened(self) -> None:
        """Show the evidence of the date under the cursor."""
        moment, real = self.past.moment, self.app.real
        if moment is None or not moment.pulls or not self.is_current or real is None:
            return
        keys = [key for key in moment.pulls if key in real.evidence]
        if len(keys) == 1:
            self.app.act("view_evidence", Target(evidence=keys[0]))
        elif keys:
            from tui.evidence.actions import choose_evidence  # noqa: PLC0415 - forms are loaded when the first is opened

            choose_evidence(self.app, real, f"Evidence of {moment.when}", keys)

    @on(LineList.Opened, "#journal")
    def _entry_opened(self) -> None:
        """Show one entry in full."""
        entry = self.query_one(JournalList).current
        if entry is not None and self.is_current:
            from tui.dialogs.message import Page  # noqa: PLC0415

            self.app.push_screen(Page("Entry", told_of(entry)))

    def action_undo_to(self) -> None:
        """Ask, then take back all of one's own changes after the entry under the cursor."""
        entry = self.query_one(JournalList).current
        if entry is None or self._known is None:
            return
        debate, past = self._known
        own = own_changes_after(past.entries, entry.id, past.actor)
        if not own:
            self.app.refuse("There is no change of yours after this entry to take back")
            return
        from tui.dialogs.message import Confirm  # noqa: PLC0415

        slug, number = debate.slug, past.entries[0].id

        def take(agreed: bool | None) -> None:
            if agreed:
                self.app.changes.ask(lambda store, seen: store.undo_to(slug, entry.id, expected=seen), number)

        latest = f"One change of yours after it will be taken back: {own[0].label}."
        if len(own) > 1:
            latest = f"{len(own)} changes of yours after it will be taken back, the latest being: {own[0].label}."
        text = f"{entry.label}\n\n{latest}\nChanges of others stay. {key_of('redo')} makes yours again, one by one."
        self.app.push_screen(Confirm("Undo to this entry?", text), take)
