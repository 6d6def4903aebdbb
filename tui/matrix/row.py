"""A line of the matrix: all that it shows as a value, and how that is written."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from hypotheses.debate import Assessment, Evidence
from hypotheses.summed import Cluster, Sum
from tui.matrix.cells import Sheet, beside_title, cell_parts, cluster_start, fitted, item_start, sum_parts
from tui.matrix.layout import Layout
from tui.matrix.rows import GridRow
from tui.matrix.unsaved_ratings import UnsavedRatings
from tui.widgets.rating import ground


class MatrixRow(NamedTuple):
    """All that a line hangs on. A tuple, because two of the same objects are compared in no time."""

    of: Evidence | Cluster
    row: GridRow
    cells: tuple[Assessment | Sum | None, ...]
    """Its ratings in the columns in sight, or what those of its items add up to."""
    remarks: tuple[int, ...]
    """How many comments each of these cells has, or all the items of a cluster there."""
    column: int | None
    """Where the cursor is on this line, if it is."""
    numbers: tuple[float, float | None]
    """How well it tells the explanations apart, and how much of it counts."""
    layout: Layout


def row_of(
    row: GridRow,
    sheet: Sheet,
    layout: Layout,
    unsaved: UnsavedRatings,
    column: int | None,
) -> MatrixRow | None:
    """Return what a line shows now; None where what it stands for is gone."""
    figures = sheet.figures
    slugs = [sheet.columns[column].slug for column in layout.columns]
    evidence, cluster = sheet.debate.evidence.get(row.key), figures.clusters.get(row.cluster)
    if evidence is not None:
        cells: tuple[Assessment | Sum | None, ...] = unsaved.in_row(evidence, slugs)
        remarks = tuple(sheet.remarks.get((row.key, slug), 0) for slug in slugs)
        numbers = figures.telling(evidence), figures.weight(evidence)
        return MatrixRow(evidence, row, cells, remarks, column, numbers, layout)
    if cluster is None or row.key:
        return None
    cells = tuple(cluster.sums.get(slug) for slug in slugs)
    numbers = cluster.diagnosticity, figures.weight(cluster)
    # Comments are few: mostly there are none to look for.
    remarks = tuple(sum(sheet.remarks.get((key, slug), 0) for key in cluster.keys if sheet.remarks) for slug in slugs)
    return MatrixRow(cluster, row, cells, remarks, column, numbers, layout)


def row_text(row: MatrixRow, *, focused: bool) -> Content:
    """Write a line of the matrix."""
    layout, of = row.layout, row.of
    retracted = isinstance(of, Evidence) and of.retracted
    if isinstance(of, Evidence):
        parts = [item_start(of, layout, under=bool(row.row.cluster))]
    else:
        parts = [cluster_start(of, layout, row.row.shown, is_open=row.row.is_open)]
    parts += [beside_title(name, of, *row.numbers) for name in layout.beside]
    for column, cell, remarks in zip(layout.columns, row.cells, row.remarks, strict=True):
        behind = ground(cell.ratio) if cell is not None and not retracted else ""
        on = f"on {behind}" if behind else ""
        if column == row.column:
            on = "bold auto on $primary" if focused else "underline"
        if retracted:
            on += " $label strike"
        width = layout.cell
        written = sum_parts(cell, remarks, width) if isinstance(cell, Sum) else cell_parts(cell, remarks, width)
        parts += [fitted([(" ", ""), *written], width - 1, on.strip()), Content(" ")]
    return Content.assemble(*parts)
