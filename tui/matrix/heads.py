"""What stands over the cells of the matrix: the explanations, what you say of each and what the evidence says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hypotheses.debate import Hypothesis
from hypotheses.matrix import Order
from hypotheses.reports.result_text import chance
from tui.matrix.cells import OPEN, Sheet, fitted
from tui.matrix.layout import BESIDE, MARK, READ_FOR, Layout
from tui.terminal.clean import content
from tui.widgets.track import SAYS_MARK, YOU_MARK

READABLE: Final = 11
"""Cells of a line from which on a title can be read that is wrapped; in fewer stands a short name."""
ROOM: Final = 24
"""Cells of titles from which on it is said what there are more of."""
LINES: Final = 3
"""Lines of a title at most, on a tall screen; else one less."""


class MatrixHead(Static):
    """The explanations over their columns: their titles as far as there is room, and a line of figures."""

    DEFAULT_CSS = """
    MatrixHead { height: 2; text-wrap: nowrap; }
    """
    _shown: tuple[Sheet, Layout, int, str, int] | None = None

    @dataclass
    class Pressed(Message):
        """A head was clicked on: the rows are to be in this order, of the ratings in this column."""

        order: Order
        column: int | None

    def show(self, sheet: Sheet, layout: Layout, at: int, by: str) -> None:
        """Write the heads, unless they say so already; `by` is the order of the rows."""
        lines = (LINES if self.screen.has_class("tall") else LINES - 1) if layout.cell > READABLE else 1
        if self._shown != (sheet, layout, at, by, lines):
            self._shown = (sheet, layout, at, by, lines)
            self.styles.height = lines + 1
            self.update(Content("\n").join(head(sheet, layout, at, by, lines)), layout=False)

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


def head(sheet: Sheet, layout: Layout, at: int, by: str, lines: int) -> list[Content]:
    """Write the names of the columns on so many lines, and a line of figures."""
    hidden = len(sheet.columns) - layout.shown
    columns = f" column{'' if hidden == 1 else 's'}" if layout.title > ROOM else ""
    more = f"{hidden} more{columns} with h l" if hidden > 0 else ""
    parts = [fitted([(" " * MARK, ""), (more, "$today")], MARK + layout.title)]
    for name in layout.beside:
        sorted_by = OPEN if READ_FOR.get(name) == by else ""
        parts.append(fitted([(name, "$label"), (sorted_by, "$you")], BESIDE[name]))
    named = [names(sheet.columns[column], layout.cell, lines, on=column == at) for column in layout.columns]
    blank = Content(" " * layout.left)
    above = [Content.assemble(blank, *(each[line] for each in named)) for line in range(lines)]
    return [*above, Content.assemble(*parts, *(figures(sheet, each, layout.cell, at) for each in layout.columns))]


def names(hypothesis: Hypothesis, width: int, lines: int, *, on: bool) -> list[Content]:
    """Write a title over so many lines of a column, which end above its figures; on one line a short name."""
    title = content(hypothesis.title) if lines > 1 else content(hypothesis.short_name)
    wrapped = [line.rstrip() for line in title.wrap(width - 1)] if lines > 1 else [title]
    if len(wrapped) > lines:
        wrapped[lines - 1 :] = [Content.assemble(wrapped[lines - 1].truncate(width - 2).rstrip(), "…")]
    shown = [Content("")] * (lines - len(wrapped)) + wrapped
    styled = [line.truncate(width - 1, ellipsis=True).stylize("bold underline" if on else "") for line in shown]
    return [line.truncate(width, pad=True) for line in styled]


def figures(sheet: Sheet, column: int, width: int, at: int) -> Content:
    """Write the rank of a column, what the evidence says and what you say, in percent, as far as there is room."""
    hypothesis, bayes = sheet.columns[column], sheet.figures.scores.get("bayes")
    says = bayes.scores.get(hypothesis.slug) if bayes else None
    rank = (f"{column + 1} ", "bold $foreground" if column == at else "$label")
    evidence = [(f"{SAYS_MARK}{chance(says).removesuffix('%')} ", "bold $says")] if says is not None else []
    if hypothesis.slug in sheet.figures.untested:
        evidence = [("untested ", "$label")]
    you = [(f"{YOU_MARK}{chance(hypothesis.plausibility).removesuffix('%')}", "$you")]
    written = (Content.assemble(rank, *parts).rstrip() for parts in ([*evidence, *you], evidence, you))
    return next((each for each in written if each.cell_length < width), Content("")).truncate(width, pad=True)
