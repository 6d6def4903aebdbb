"""The matrix under its head: which rows it has, and the explanations over them."""

from __future__ import annotations

from collections import Counter

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from hypotheses.debate import Debate
from hypotheses.matrix import Figures
from hypotheses.ranking import ranked
from tui.matrix.about import why_empty
from tui.matrix.cells import Sheet
from tui.matrix.grid import MatrixGrid
from tui.matrix.heads import MatrixHead
from tui.matrix.row_search import RowSearch
from tui.matrix.rows import MatrixRows
from tui.terminal.clean import content
from tui.widgets.head import Head
from tui.widgets.rating import CONTRA, NO_VIEW, PRO


class MatrixPanel(Vertical):
    """The line of words, the heads and the cells. What it shows comes from its screen."""

    DEFAULT_CSS = "MatrixPanel { height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows = MatrixRows()

    def compose(self) -> ComposeResult:
        """One over the other."""
        yield Head()
        yield RowSearch(id="search")
        yield MatrixHead()
        yield MatrixGrid(id="matrix-grid")

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
        new = self.rows.follow(debate, figures)
        if self.grid.current is not None:
            self.rows.reveal(self.grid.current.key)  # the item under the cursor is folded away by hand only
        remarks = Counter((each.evidence, each.hypothesis) for each in debate.comments.values() if each.evidence)
        self.grid.say_when_empty(f"  {why_empty(debate)}")
        self.grid.show_sheet(Sheet(debate, ranked(debate), figures, remarks), self.rows.rows)
        return new

    def begin_anew(self, debate: Debate) -> None:
        """Show nothing of another debate while the figures of this one are worked out."""
        self.rows.begin_anew()
        self.grid.say_when_empty("  Working out …")
        self.grid.show_sheet(Sheet(debate, ranked(debate)), [])

    def go_to(self, name: str, *, is_cluster: bool = False) -> bool:
        """Put the cursor on an item or a cluster, wherever it stands; False if no row is of it."""
        self.rows.reveal(name)
        self._show_rows()
        return self.grid.go_to(("", name) if is_cluster else name)

    # Folding

    @on(MatrixGrid.Folds)
    def folds(self, event: MatrixGrid.Folds) -> None:
        """Fold a cluster, or open it and go to its first item."""
        self.rows.fold(event.cluster, to=True if event.into else None)
        self._show_rows()
        if event.into and self.grid.cluster is not None:
            self.grid.cursor += 1

    def fold(self) -> None:
        """Fold the cluster that the cursor is in, or open it."""
        row = self.grid.current
        if row is not None and row.cluster:
            self.grid.go_to(("", row.cluster))
            self.rows.fold(row.cluster)
            self._show_rows()

    def fold_all(self) -> None:
        """Fold every cluster, or open them all."""
        row = self.grid.current
        if row is not None and row.cluster:
            self.grid.go_to(("", row.cluster))
        self.rows.fold_all()
        self._show_rows()

    def _show_rows(self) -> None:
        self.grid.show_sheet(self.grid.sheet, self.rows.rows)

    # Around the cells

    def show_around(self) -> None:
        """Name the columns, and say what the rows are and what the marks mean."""
        grid = self.grid
        self.query_one(MatrixHead).show(grid.sheet, grid.layout_now, grid.column, grid.order)
        title = content(self.rows.told(grid.sheet.columns, len(grid.sheet.debate.evidence)), "bold $foreground")
        room = self.size.width - title.cell_length - 8
        legends = (legend(grid.direction, marks) for marks in (3, 2, 0))
        self.query_one(Head).show(title, next(each for each in legends if each.cell_length <= max(room, 20)))


def legend(direction: str, marks: int) -> Content:
    """Say what so many marks mean, and where a finished rating steps on to."""
    parts = ((f"{PRO} ×2", "$pro", "likelier if true"), (f"{CONTRA} ÷2", "$contra", "less likely"))
    told = [Content.assemble((mark, colour), (f" {means}   ", "$label")) for mark, colour, means in parts[:marks]]
    if marks > len(parts):
        told.append(Content.styled(f"{NO_VIEW} no view   ", "$label"))
    step = f"rating goes {direction} {'→' if direction == 'across' else '↓'}"
    return Content.assemble(*told, (step, "$label"))
