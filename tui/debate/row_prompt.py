"""A plausibility typed in its row of the ranking: read back at every key, with what it would move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import plausibility_set
from hypotheses.problems import AbduceError, Malformed
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from hypotheses.reports.result_text import chance
from store.errors import Conflict
from tui.debate.ranked_row import RankedRow, says_in_words
from tui.debate.ranking import RankingRows
from tui.debate.row_drawing import row_end, row_start
from tui.dialogs.prompt import Prompt
from tui.terminal.painting import put
from tui.terminal.typed import LineInput

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host
    from tui.session import StoreCall

FIELD: Final = 14
"""Cells of the field: it covers the end of the title and the figure."""
LEAST: Final = (60, 16)
"""Cells and lines of a terminal from which on a row has room for an answer."""
UNDER: Final = 2
"""Lines that open under the row."""
LAID_OUT: Final = 0.05
"""Seconds after which the screen below has taken up a new size."""
ROOMY: Final = 110
"""Cells from which on there is room to say more."""


class PlausibilityPrompt(Prompt):
    """Takes the row under the cursor; what stands below moves down for it."""

    DEFAULT_CSS = """
    PlausibilityPrompt {
        align: left top;
        & > #box { width: 100%; max-width: 100%; max-height: 100%; border: none; padding: 0; background: $row; }
        & #row { height: 1; }
        & #lead, & #rest { width: auto; height: 1; text-wrap: nowrap; }
        & #typed {
            width: 14; height: 1; border: none; padding: 0 1; background: $field; text-style: bold;
            &:focus { border: none; }
        }
        & #why { display: none; height: 1; border: none; margin: 0 1 0 3; padding: 0 1; background: $field; }
        & #told, & #keys { padding: 0 1 0 3; margin: 0; color: $label; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "why", "And why", show=False, priority=True),
        Binding("up", "step(1)", "A point more", show=False, priority=True),
        Binding("down", "step(-1)", "A point less", show=False, priority=True),
    ]

    def __init__(
        self, rows: RankingRows, row: RankedRow, debate: Debate, edit: Callable[[str, str], StoreCall], text: str = ""
    ) -> None:
        """Ask for the plausibility of the explanation in a row.

        Args:
            rows: The ranking.
            row: The row, as it is shown.
            debate: What it is of.
            edit: Makes the change of a text, for a reason.
            text: What stands in the field at first, if that is not what is stated.
        """
        now = format_plausibility(row.hypothesis.plausibility)
        super().__init__(
            "Plausibility", "", text or now, read=self._told, edit=self._edit_for_a_reason, seen=row.hypothesis
        )
        self._edit_for = edit
        self._rows, self._row, self._debate = rows, row, debate
        self._before: str | None = None
        """How likely the headline gap is closed as things stand."""
        self._reading_back = True
        """Whether the line under the row says how the text is understood, and not what was in the way."""
        self._after: tuple[float, str] | None = None
        """The same with a plausibility that was typed."""
        self.keys = "enter keep · tab why · ↑ ↓ a point · = the evidence's · esc back"

    def body(self) -> ComposeResult:
        """The row with a field in it."""
        with Horizontal(id="row"):
            yield Static(id="lead")
            yield LineInput(self._value, id="typed", select_on_focus=True, compact=True)
            yield Static(id="rest")
        yield LineInput(placeholder="why: the journal keeps it", id="why", compact=True)

    def _edit_for_a_reason(self, text: str) -> StoreCall:
        return self._edit_for(text, self.query_one("#why", Input).value)

    def action_why(self) -> None:
        """Open the line for the reason, or go from it to the figure."""
        why = self.query_one("#why", Input)
        if why.has_focus:
            self.query_one("#typed").focus()
            return
        why.display = True
        self._rows.open_under(UNDER + 1)
        why.focus()

    @on(Input.Submitted, "#why")
    def why_given(self) -> None:
        """Save the figure with its reason."""
        typed = self.query_one("#typed", Input)
        typed.post_message(Input.Submitted(typed, typed.value))

    def on_mount(self) -> None:
        """Stand over the row, under which lines have been opened."""
        self._stand()
        self._estimate(self.app, self._row.hypothesis.plausibility)

    def on_unmount(self) -> None:
        """Close the lines again."""
        self._rows.open_under(0)

    def on_resize(self, event: events.Resize) -> None:
        """Stand over the row, wherever that is now."""
        super().on_resize(event)
        self.set_timer(LAID_OUT, self._stand_anew)

    def met(self, conflict: Conflict) -> None:
        """Show what another person has set meanwhile; enter replaces it."""
        self._reading_back = False
        super().met(conflict)

    def _stand_anew(self) -> None:
        # Below a dialog Textual 8.2.8 lays nothing out.
        self._rows.screen._refresh_layout()  # noqa: SLF001
        self._stand()

    def _stand(self) -> None:
        box, region = self.query_one("#box"), self._rows.region
        line = self._rows.cursor - self._rows.scroll_offset.y
        lowest = max(0, self.size.height - 1 - UNDER - 1)
        box.styles.offset = (0, min(lowest, region.y + max(0, line)))
        self._draw(self._row.hypothesis.plausibility)

    def _draw(self, plausibility: float) -> None:
        """Draw the row as it would be."""
        columns = self._rows.drawn_along.columns
        room = columns.belief_at - FIELD - 1
        start = Content.assemble(("▌", "$primary"), row_start(self._row, columns)[1:])
        put(self.query_one("#lead", Static), start.truncate(room, ellipsis=True, pad=True).stylize("bold"))
        would = replace(self._row, hypothesis=replace(self._row.hypothesis, plausibility=plausibility))
        end = row_end(would, self._rows.drawn_along, was=self._row.hypothesis.plausibility)
        put(self.query_one("#rest", Static), Content.assemble(" ", end))

    def _told(self, text: str) -> str:
        """Say how a text is understood, what stood there, and what it would move."""
        plausibility = parse_plausibility(text)
        self._draw(plausibility)
        self._estimate(self.app, plausibility)
        return self._sentence(plausibility)

    def _sentence(self, plausibility: float) -> str:
        """Say it in one line, without the words where that is short."""
        row, narrow = self._row, self.size.width < ROOMY
        was, says = row.hypothesis.plausibility, says_in_words(row)
        parts = [
            f"{format_plausibility(plausibility)}, {word(plausibility)}",
            f"was {format_plausibility(was)}{'' if narrow else f', {word(was)}'}",
            f"evidence {says}" if narrow else f"the evidence says {says}",
        ]
        if (rank := _rank(self._debate, row.hypothesis, plausibility)) != row.rank:
            parts.append(f"rank {row.rank} → {rank}")
        if self._before and self._after and self._after[0] == plausibility and self._after[1] != self._before:
            parts.append(f"closed {self._before} → {self._after[1]}")
        line = ("  " if narrow else "   ").join(parts)
        return line if len(line) <= self.size.width - 4 else "  ".join(part for part in parts if "evidence" not in part)

    @work(thread=True, exclusive=True, group="would", description="would")
    def _estimate(self, app: Host, plausibility: float) -> None:
        """Work out how likely the headline gap would be closed."""
        headline, slug = self._debate.headline, self._row.hypothesis.slug
        if app.session is None or headline is None:
            return
        try:
            changed = plausibility_set(self._debate, slug, plausibility)
            with app.session.trying(changed) as estimates:
                closed = _closed(estimates, headline.symbol)
        except AbduceError:
            return  # it is told where it is saved
        app.call_from_thread(self._estimated, plausibility, closed)

    def _estimated(self, plausibility: float, closed: str) -> None:
        if not self.is_attached:
            return
        if self._before is None:
            self._before = closed
            return
        self._after = (plausibility, closed)
        try:
            typed = parse_plausibility(self.query_one("#typed", Input).value)
        except Malformed:
            return
        if typed == plausibility and self._reading_back:
            self.tell(self._sentence(typed), wrong=False)

    def action_step(self, points: int) -> None:
        """Go up or down by a point."""
        field = self.query_one("#typed", Input)
        try:
            now = parse_plausibility(field.value)
        except Malformed as refused:
            self.tell(str(refused))
            return
        field.value = f"{max(0, min(100, round(100 * now) + points))}%"

    @on(Input.Changed, "#typed")
    def _typed_on(self, event: Input.Changed) -> None:
        """While the text means nothing, the row stays as it was; `=`, which no plausibility has, is the evidence's."""
        self._reading_back = True
        if "=" in event.value:
            event.input.value = format_plausibility(self._row.implied)
            return
        try:
            parse_plausibility(event.value)
        except Malformed:
            self._draw(self._row.hypothesis.plausibility)


def _rank(debate: Debate, hypothesis: Hypothesis, plausibility: float) -> int:
    changed = plausibility_set(debate, hypothesis.slug, plausibility)
    return [each.slug for each in ranked(changed)].index(hypothesis.slug) + 1


def _closed(estimates: Estimates, headline: str) -> str:
    estimate = estimates.gaps.get(headline)
    likely = estimate.chances(estimate.weighed) if estimate and estimate.weighed else None
    return chance(likely.closed) if likely else ""
