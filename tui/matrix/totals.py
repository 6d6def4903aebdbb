"""What stands over and under the cells of the matrix: the explanations, and what each scheme says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hypotheses.debate import Hypothesis
from hypotheses.matrix import Order
from hypotheses.ranking import format_plausibility
from hypotheses.schemes import SCHEMES, Scores
from tui.matrix.cells import Sheet, fitted
from tui.matrix.layout import BESIDE, MARK, Layout
from tui.terminal.clean import content

FRAGILE: Final = "≶"
"""Marks a hypothesis whose place hangs on the scheme."""
MEANS: Final = {
    "bayes": "what the evidence implies",
    "heuer": "contradictions counted",
    "parc": "weighted contradictions",
    "burton": "points of contradiction",
    "open-synthesis": "squared contradictions",
}
"""Scheme -> what its figure is, in a few words."""
_DIGITS: Final = {"heuer": 0, "parc": 1, "burton": 1, "open-synthesis": 0}


class MatrixHead(Static):
    """The explanations by rank, over their columns."""

    DEFAULT_CSS = """
    MatrixHead { height: 1; text-wrap: nowrap; }
    """
    _shown: tuple[Sheet, Layout, int] | None = None

    @dataclass
    class Pressed(Message):
        """A head was clicked on: the rows are to be in this order, of the ratings in this column."""

        order: Order
        column: int | None

    def show(self, sheet: Sheet, layout: Layout, at: int) -> None:
        """Write as many lines as there are, unless they say so already."""
        if self._shown != (sheet, layout, at):
            self._shown = (sheet, layout, at)
            lines = self.styles.height.value if self.styles.height else 1
            self.update(Content("\n").join(head(sheet, layout, at, int(lines))), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Ask for the order that a head stands for."""
        offset = event.get_content_offset(self)
        if offset is None or self._shown is None:
            return
        layout = self._shown[1]
        column = layout.column_at(offset.x)
        order: Order | None = "rating" if column is not None else layout.order_at(offset.x)
        if order is not None:
            self.post_message(self.Pressed(order, column))


class MatrixTotals(Static):
    """A line per scheme, and one of marks."""

    DEFAULT_CSS = """
    MatrixTotals { height: 6; text-wrap: nowrap; }
    """
    _shown: tuple[Sheet, Layout] | None = None

    def show(self, sheet: Sheet, layout: Layout) -> None:
        """Write them, unless they say so already."""
        if self._shown != (sheet, layout):
            self._shown = (sheet, layout)
            self.update(Content("\n").join(totals(sheet, layout)), layout=False)


def head(sheet: Sheet, layout: Layout, at: int, lines: int) -> list[Content]:
    """Write the names of the columns, each on so many lines."""
    hidden = len(sheet.columns) - layout.shown
    more = f"{hidden} more {'column' if hidden == 1 else 'columns'} with h l" if hidden > 0 else ""
    parts = [fitted([("  ", ""), (more, "$today")], MARK + layout.title)]
    parts += [fitted([(name, "$label")], BESIDE[name]) for name in layout.beside]
    blank = [Content(" " * layout.left)] * (lines - 1)
    columns = [named(sheet.columns[column], column + 1, layout.cell, lines) for column in layout.columns]
    shades = ["bold $you" if column == at else "" for column in layout.columns]
    starts = [*blank, Content.assemble(*parts)]
    return [
        Content.assemble(start, *(column[line].stylize(on) for column, on in zip(columns, shades, strict=True)))
        for line, start in enumerate(starts)
    ]


def named(hypothesis: Hypothesis, rank: int, width: int, lines: int) -> list[Content]:
    """Write rank and title over so many lines of a column, the last one cut off where it does not fit."""
    shown = [f" {rank}"]
    for word in content(hypothesis.title).plain.split():
        if len(shown) < lines and len(shown[-1]) + 1 + len(word) > width:
            shown.append("")
        shown[-1] = f"{shown[-1]} {word}"
    shown += [""] * (lines - len(shown))
    return [Content(text).truncate(width, ellipsis=True, pad=True) for text in shown]


def totals(sheet: Sheet, layout: Layout) -> list[Content]:
    """Write a line per scheme and one of marks."""
    scores = sheet.figures.scores
    lines = [scheme_line(name, scores.get(name), sheet, layout) for name in scores or SCHEMES]
    marks = [mark(sheet, each.slug) for each in sheet.columns]
    cells = [fitted([(" ", ""), (marks[column], "$today")], layout.cell) for column in layout.columns]
    return [Content.assemble(start(*firmness(sheet), layout), *cells), *lines]


def firmness(sheet: Sheet) -> tuple[str, str]:
    """Say whether the order hangs on the scheme."""
    if not sheet.debate.evidence:
        return "", "nothing to score yet"
    if not sheet.figures.scores:
        return "", "working out …"
    return (f"{FRAGILE} fragile", "the schemes differ") if sheet.figures.fragile else ("", "the schemes agree")


def start(name: str, about: str, layout: Layout) -> Content:
    """Write what stands left of a line of totals."""
    return fitted([("  ", ""), (name, "$you"), (f"  {about}", "$label")], layout.left)


def scheme_line(name: str, scores: Scores | None, sheet: Sheet, layout: Layout) -> Content:
    """Write what one scheme says: its figure and the place it gives, for each column in sight."""
    parts = [start(name, MEANS.get(name, ""), layout)]
    for column in layout.columns:
        score = place(name, scores, sheet.columns[column].slug) if scores else ("…", "")
        first = scores is not None and scores.places.get(sheet.columns[column].slug) == 1
        written = [
            (" ", ""),
            (score[0], "bold" if first else ""),
            (f" {score[1]}", "$pro" if first else "$label"),
        ]
        parts.append(fitted(written, layout.cell))
    return Content.assemble(*parts)


def place(name: str, scores: Scores, slug: str) -> tuple[str, str]:
    """Return a figure and the place it gives, `=` before a shared one; dashes for what is untested."""
    figure = scores.scores.get(slug)
    if figure is None:
        return "–", ""
    written = format_plausibility(figure) if name == "bayes" else f"{figure:.{_DIGITS.get(name, 1)}f}"
    number = scores.places[slug]
    shared = sum(other == number for other in scores.places.values()) > 1
    return written, f"{'=' if shared else ''}{number}."


def mark(sheet: Sheet, slug: str) -> str:
    """Mark what nothing rates, and what another scheme puts elsewhere."""
    if slug in sheet.figures.untested:
        return "untested"
    return f"{FRAGILE}fragile" if slug in sheet.figures.fragile else ""
