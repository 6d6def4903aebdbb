"""The peer: a bare Textual app with a DataTable of the same cells, which computes and stores nothing."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from benchmarks.matrix.debates import large_debate
from hypotheses.ratios import format_ratio


class Peer(App[None]):
    """One table."""

    BINDINGS: ClassVar[list[BindingType]] = [("0", "rate", "Rate")]

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable(cursor_type="cell")

    def on_mount(self) -> None:
        """Fill it."""
        debate, table = large_debate(int(sys.argv[1])), self.query_one(DataTable)
        table.add_columns("title", *(each.title for each in debate.hypotheses.values()))
        for item in debate.evidence.values():
            cells = (item.assessments.get(slug) for slug in debate.hypotheses)
            table.add_row(item.title, *(format_ratio(cell.ratio) if cell else "" for cell in cells))
        table.move_cursor(column=1)

    def action_rate(self) -> None:
        """Write 0 into the cell and go on to the next."""
        table = self.query_one(DataTable)
        table.update_cell_at(table.cursor_coordinate, "0")
        row, column = table.cursor_coordinate
        end = column == len(table.columns) - 1
        table.move_cursor(row=row + end, column=1 if end else column + 1)


Peer().run()
