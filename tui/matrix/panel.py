"""The matrix in its box: which rows it has, the explanations over them and the totals under them."""

from __future__ import annotations

from collections import Counter

from textual.app import ComposeResult
from textual.containers import Vertical

from hypotheses.debate import Debate
from hypotheses.matrix import Figures
from hypotheses.ranking import ranked
from tui.matrix.about import why_empty
from tui.matrix.cells import Sheet
from tui.matrix.grid import MatrixGrid
from tui.matrix.row_search import RowSearch
from tui.matrix.rows import MatrixRows
from tui.matrix.totals import MatrixHead, MatrixTotals
from tui.terminal.clean import content
from tui.terminal.painting import entitle


class MatrixPanel(Vertical):
    """The line of words, the heads, the cells and the totals. What it shows comes from its screen."""

    DEFAULT_CSS = """
    MatrixPanel {
        height: 1fr;
        & MatrixHead { height: 2; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes="panel")
        self.rows = MatrixRows()

    def compose(self) -> ComposeResult:
        """One over the other."""
        yield RowSearch(id="search")
        yield MatrixHead()
        yield MatrixGrid(id="matrix-grid")
        yield MatrixTotals(id="totals")

    @property
    def grid(self) -> MatrixGrid:
        """The cells of the matrix."""
        return self.query_one(MatrixGrid)

    def sort_anew(self, debate: Debate, figures: Figures) -> None:
        """Choose the rows and put them in order."""
        grid = self.grid
        self.rows.words = self.query_one(RowSearch).value.strip()
        self.rows.choose(debate, figures, grid.hypothesis.slug if grid.hypothesis else "")
        grid.order = self.rows.order

    def show(self, debate: Debate, figures: Figures) -> list[str]:
        """Show the rows as the debate has them; what is new comes last, until they are sorted, and is returned."""
        new = self.rows.follow(debate)
        remarks = Counter((each.evidence, each.hypothesis) for each in debate.comments.values() if each.evidence)
        self.grid.say_when_empty(f"  {why_empty(debate)}")
        self.grid.show_sheet(Sheet(debate, ranked(debate), figures, remarks), self.rows.keys)
        return new

    def begin_anew(self, debate: Debate) -> None:
        """Show nothing of another debate while the figures of this one are worked out."""
        self.grid.say_when_empty("  Working out …")
        self.grid.show_sheet(Sheet(debate, ranked(debate)), [])

    def show_around(self) -> None:
        """Name the columns and write their totals, and say on the border what the rows are and which keys rate."""
        grid = self.grid
        self.query_one(MatrixHead).show(grid.sheet, grid.layout_now, grid.column)
        self.query_one(MatrixTotals).show(grid.sheet, grid.layout_now)
        title = self.rows.told(grid.sheet.columns, len(grid.sheet.debate.evidence))
        entitle(self, content(title), content(what_to_type(grid)))


def what_to_type(grid: MatrixGrid) -> str:
    """Say which keys rate the cell under the cursor, and where they lead."""
    return f"+ - 0 * rate · enter for a ratio · then {grid.direction} {'→' if grid.direction == 'across' else '↓'}"
