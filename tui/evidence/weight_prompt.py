"""What an item counts, typed in its row: read back at every key, with what it would move."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Any, Final

from textual import work
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from hypotheses.debate import Debate, Evidence
from hypotheses.problems import AbduceError, Malformed
from hypotheses.rules import cell_width
from tui.dialogs.completing import CompletingInput
from tui.dialogs.form import TYPING
from tui.dialogs.if_saved import moves
from tui.dialogs.row_prompt import RowPrompt
from tui.evidence.fields import clusters
from tui.evidence.weigh import cluster_begun, counted, weight_text, what_it_counts, with_weight
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from tui.session import StoreCall
    from tui.terminal.typed import LineInput

FIELD: Final = 36
"""Cells of the field."""
BARE: Final = "enter keep · tab why · esc back"
KEYS: Final = (
    f"{BARE} · credibility relevance cluster: low 60% lab, ? for none",
    f"{BARE} · credibility relevance cluster",
    "credibility relevance cluster · tab why · esc back",
)


class WeightPrompt(RowPrompt):
    """Takes the row of an item of evidence, and leaves the beginning of its title in sight."""

    DEFAULT_CSS = """
    WeightPrompt #typed { width: 36; }
    WeightPrompt #rest { width: 1; }
    """

    def __init__(
        self, rows: LineList[Any], debate: Debate, evidence: Evidence, edit: Callable[[str, str], StoreCall]
    ) -> None:
        """Ask what the item under the cursor counts.

        Args:
            rows: The list.
            debate: As it is stored.
            evidence: The item, as it is there.
            edit: Makes the change of a text, for a reason.
        """
        now = weight_text(evidence)
        super().__init__("What it counts", rows, now, read=self._told, edit=edit, seen=evidence)
        self._debate, self._evidence = debate, evidence
        self._moves: tuple[str, Sequence[Content]] = (now, ())
        """A text, and what it would move in ever fewer words."""
        self._working_out = threading.Lock()
        room = rows.region.width - 4
        self.keys = next((keys for keys in KEYS if cell_width(keys) <= room), KEYS[-1])

    def line(self) -> LineInput:
        """Complete the name of the cluster."""
        return CompletingInput(self._value, partial(cluster_begun, clusters=clusters(self._debate)), id="typed")

    def draw_row(self) -> None:
        """Draw the title; the field takes the end of the row."""
        width = max(1, self._rows.region.width - FIELD - 1)
        lead = Content.assemble(("▌", "$primary"), " ", content(self._evidence.title, "bold"), " ")
        put(self.query_one("#lead", Static), lead.truncate(width, ellipsis=True, pad=True))
        put(self.query_one("#rest", Static), Content(" "))

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Say anew what the text would do beside what another person has changed of the rest."""
        super().show(debate, estimates)
        stands = self._stands.evidence.get(self._evidence.key)
        # What has become of the item itself is told where it is saved.
        if stands == self._evidence and self.field is not None and self._reading_back:
            self._moves = ("", ())
            with suppress(Malformed):
                self.tell(self._told(self.field.value), wrong=False)

    def _told(self, text: str) -> str:
        """Say how a text is understood, and have what it would move worked out."""
        sentence = self._sentence(text)
        if self._moves[0] != text:
            self._would(self._stands, text)
        return sentence

    @property
    def _stands(self) -> Debate:
        """The debate as it is now, unless the item has gone from it: then saving says so."""
        real = self.app.real
        return real if real is not None and self._evidence.key in real.evidence else self._debate

    def _sentence(self, text: str) -> str:
        """Say it in one line: what the item counts, and what moves, as fully as there is room for."""
        debate, key = self._stands, self._evidence.key
        would = with_weight(debate, self._evidence, text)
        before, after = (f"{counted(each, each.evidence[key]):.2f}" for each in (debate, would))
        was = "" if before == after else f", was {before}"
        reads = [f"{read}{was}" for read in what_it_counts(would, would.evidence[key])]
        moved = [line.plain for line in self._moves[1]] if self._moves[0] == text else []
        tried = [f"{read}   {move}" for move in moved for read in reads]
        room = self._rows.region.width - 4
        return next((line for line in [*tried, *reads] if cell_width(line) <= room), reads[-1])

    @work(thread=True, exclusive=True, group="would", description="would", exit_on_error=False)
    def _would(self, debate: Debate, text: str) -> None:
        """Work out what a text would move, unless something else is typed by then."""
        worker = get_current_worker()
        sleep(TYPING)
        with self._working_out:
            if worker.is_cancelled:
                return
            try:
                after = with_weight(debate, self._evidence, text)
            except AbduceError:
                return  # it is told where it is saved
            lines = list(moves(debate, after, self.app.says).lines())
        if not worker.is_cancelled:
            self.app.call_from_thread(self._tell_moves, text, lines)

    def _tell_moves(self, text: str, lines: Sequence[Content]) -> None:
        if not self.is_there or self.field is None or self.field.value != text:
            return
        self._moves = text, lines
        if self._reading_back:
            self.tell(self._sentence(text), wrong=False)
