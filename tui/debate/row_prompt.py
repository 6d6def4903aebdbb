"""A plausibility typed in its row of the ranking: read back at every key, with what it would move."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import plausibility_set
from hypotheses.problems import AbduceError, Malformed
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from hypotheses.reports.result_text import chance
from hypotheses.rules import cell_width
from tui.debate.ranked_row import RankedRow, says_in_words
from tui.debate.ranking import RankingRows
from tui.debate.row_drawing import row_end, row_start
from tui.dialogs.row_prompt import RowPrompt
from tui.terminal.painting import put

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.host import Host
    from tui.session import StoreCall

FIELD: Final = 14
"""Cells of the field: it covers the end of the title and the figure."""
ROOMY: Final = 110
"""Cells from which on there is room to say more."""


class PlausibilityPrompt(RowPrompt):
    """Takes the row of an explanation in the ranking."""

    DEFAULT_CSS = """
    PlausibilityPrompt #typed { width: 14; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(1)", "A point more", show=False, priority=True),
        Binding("down", "step(-1)", "A point less", show=False, priority=True),
    ]
    keys = "enter keep · tab why · ↑ ↓ a point · = the evidence's · esc back"

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
        super().__init__("Plausibility", rows, text or now, read=self._told, edit=edit, seen=row.hypothesis)
        self._ranking, self._row, self._debate = rows, row, debate
        self._chances: dict[float, str] = {}
        """Plausibility -> how likely the headline gap is closed with it."""
        self._working_out = threading.Lock()

    def on_mount(self) -> None:
        """Work out how likely the headline gap is closed as things stand."""
        self._estimate(self.app, self._debate, self._row.hypothesis.plausibility)

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Take up what another person has made of the ranking, or numbers that have come."""
        if self.app.real is not None and self.app.real is not self._debate:
            self._debate, self._chances = self.app.real, {}
        self.call_later(self._take_row)
        super().show(debate, estimates)

    def _take_row(self) -> None:
        if self._gone:
            return
        slug = self._row.hypothesis.slug
        self._row = next((row for row in self._ranking.rows if row.hypothesis.slug == slug), self._row)
        self._estimate(self.app, self._debate, self._row.hypothesis.plausibility)
        typed = self._typed_plausibility
        if typed is not None and self._reading_back:
            self.tell(self._told(f"{typed!r}"), wrong=False)

    @property
    def _typed_plausibility(self) -> float | None:
        """What the field says, if that is a plausibility."""
        try:
            return parse_plausibility(self.field.value) if self.field is not None else None
        except Malformed:
            return None

    def draw_row(self) -> None:
        """Draw the row as it would be with what is typed; as it is while that means nothing."""
        typed = self._typed_plausibility
        self._draw(self._row.hypothesis.plausibility if typed is None else typed)

    def _draw(self, plausibility: float) -> None:
        """Draw the row as it would be."""
        columns = self._ranking.drawn_along.columns
        room = columns.belief_at - FIELD - 1
        start = Content.assemble(("▌", "$primary"), row_start(self._row, columns)[1:])
        put(self.query_one("#lead", Static), start.truncate(room, ellipsis=True, pad=True).stylize("bold"))
        would = replace(self._row, hypothesis=replace(self._row.hypothesis, plausibility=plausibility))
        end = row_end(would, self._ranking.drawn_along, was=self._row.hypothesis.plausibility)
        put(self.query_one("#rest", Static), Content.assemble(" ", end))

    def _told(self, text: str) -> str:
        """Say how a text is understood, what stood there, and what it would move."""
        plausibility = parse_plausibility(text)
        self._draw(plausibility)
        self._estimate(self.app, self._debate, plausibility)
        return self._sentence(plausibility)

    def _sentence(self, plausibility: float) -> str:
        """Say it in one line, without the words where that is short."""
        row, narrow = self._row, self.size.width < ROOMY
        was, says = row.hypothesis.plausibility, says_in_words(row)
        evidence = f"evidence {says}" if narrow else f"the evidence says {says}"
        parts = [
            f"{format_plausibility(plausibility)}, {word(plausibility)}",
            f"was {format_plausibility(was)}{'' if narrow else f', {word(was)}'}",
            evidence,
        ]
        if (rank := _rank(self._debate, row.hypothesis, plausibility)) != row.rank:
            parts.append(f"rank {row.rank} → {rank}")
        now, then = self._chances.get(was), self._chances.get(plausibility)
        if now and then and now != then:
            parts.append(f"closed {now} → {then}")
        line = ("  " if narrow else "   ").join(parts)
        if cell_width(line) > self.size.width - 4:
            parts.remove(evidence)  # it stands in the row
            line = "  ".join(parts)
        return line

    @work(thread=True, group="would", description="would")
    def _estimate(self, app: Host, debate: Debate, plausibility: float) -> None:
        """Work out how likely the headline gap would be closed, unless something else is typed by then."""
        headline, slug = debate.headline, self._row.hypothesis.slug
        if app.session is None or headline is None:
            return
        with self._working_out:
            if plausibility in self._chances or not self._is_wanted(debate, plausibility):
                return
            try:
                changed = plausibility_set(debate, slug, plausibility)
                with app.session.trying(changed) as estimates:
                    closed = _closed(estimates, headline.symbol)
            except AbduceError:
                return  # it is told where it is saved
        app.call_from_thread(self._estimated, debate, plausibility, closed)

    def _is_wanted(self, debate: Debate, plausibility: float) -> bool:
        return debate is self._debate and plausibility in (self._row.hypothesis.plausibility, self._typed_plausibility)

    def _estimated(self, debate: Debate, plausibility: float, closed: str) -> None:
        if not self.is_there or debate is not self._debate:
            return
        self._chances[plausibility] = closed
        typed = self._typed_plausibility
        if typed is not None and self._reading_back:
            self.tell(self._sentence(typed), wrong=False)

    def action_step(self, points: int) -> None:
        """Go up or down by a point."""
        typed = self._typed_plausibility
        if typed is not None:
            self.put(f"{max(0, min(100, round(100 * typed) + points))}%")

    @on(Input.Changed, "#typed")
    def _typed_on(self, event: Input.Changed) -> None:
        """While the text means nothing, the row stays as it was; `=`, which no plausibility has, is the evidence's."""
        if "=" in event.value:
            self.put(format_plausibility(self._row.implied))
        else:
            self.draw_row()


def _rank(debate: Debate, hypothesis: Hypothesis, plausibility: float) -> int:
    changed = plausibility_set(debate, hypothesis.slug, plausibility)
    return [each.slug for each in ranked(changed)].index(hypothesis.slug) + 1


def _closed(estimates: Estimates, headline: str) -> str:
    estimate = estimates.gaps.get(headline)
    likely = estimate.chances(estimate.weighed) if estimate and estimate.weighed else None
    return chance(likely.closed) if likely else ""
