"""What stands under the cells of the matrix: the order that each scheme gives, and opened what it says of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hypotheses.ranking import format_plausibility
from hypotheses.schemes import SCHEMES, Scores
from tui.command_keys import key_of
from tui.matrix.cells import FOLDED, OPEN, Sheet, fitted
from tui.matrix.layout import Layout
from tui.terminal.clean import content
from tui.widgets.head import Head

FRAGILE: Final = "≶"
"""Marks a hypothesis whose place hangs on the scheme."""
NAMES: Final = {
    "bayes": "Bayes",
    "heuer": "Heuer",
    "parc": "PARC",
    "burton": "Burton",
    "open-synthesis": "Open Synthesis",
}
"""Scheme -> how it is written; a table of a debate has its own name."""
MEANS: Final = {
    "bayes": "what the evidence implies",
    "heuer": "contradictions counted",
    "parc": "weighted contradictions",
    "burton": "points of contradiction",
    "open-synthesis": "squared contradictions",
}
"""Scheme -> what its figure is, in a few words."""
_DIGITS: Final = {"heuer": 0, "parc": 1, "burton": 1, "open-synthesis": 0}
PLACES: Final = 6
"""Explanations of an order that are named on one line; of more the first."""


class SchemesHead(Head):
    """The order that each scheme gives, on one line; a click opens what they say, or folds it."""

    async def on_click(self) -> None:
        """Open the lines under the columns, or fold them."""
        await self.run_action("screen.side_by_side")


class MatrixTotals(Static):
    """A line per scheme, and one of marks; a click shows how they are made."""

    DEFAULT_CSS = """
    MatrixTotals { text-wrap: nowrap; display: none; padding-right: 1; }
    """

    async def on_click(self, event: events.Click) -> None:
        """Show the formulas."""
        event.stop()
        await self.run_action("screen.schemes")


class MatrixSchemes(Vertical):
    """What the schemes say, on one line until it is opened."""

    DEFAULT_CSS = """
    MatrixSchemes { height: auto; }
    """
    _shown: tuple[Sheet, Layout] | None = None

    def compose(self) -> ComposeResult:
        """The line, and those below it."""
        yield SchemesHead()
        yield MatrixTotals(id="totals")

    @property
    def is_open(self) -> bool:
        """Whether there is a line for each scheme."""
        return self.query_one(MatrixTotals).display

    def turn(self) -> None:
        """Open the lines, or fold them."""
        self.query_one(MatrixTotals).display = not self.is_open
        if self._shown is not None:
            self._write(*self._shown)

    def show(self, sheet: Sheet, layout: Layout) -> None:
        """Say what the schemes say, unless that is said already."""
        if self._shown != (sheet, layout):
            self._shown = (sheet, layout)
            self._write(sheet, layout)

    def _write(self, sheet: Sheet, layout: Layout) -> None:
        self.query_one(SchemesHead).show(one_line(sheet, is_open=self.is_open), keys(is_open=self.is_open))
        lines, place = totals(sheet, layout), self.query_one(MatrixTotals)
        place.styles.height = len(lines)
        place.update(Content("\n").join(lines), layout=False)


def one_line(sheet: Sheet, *, is_open: bool) -> Content:
    """Write the order that each scheme gives; those that give the same stand together."""
    parts: list[tuple[str, str] | Content] = [
        (f"{OPEN if is_open else FOLDED} ", "$you"),
        ("Schemes ", "bold $foreground"),
        firmness(sheet),
    ]
    by_order: dict[str, list[str]] = {}
    for name, scores in sheet.figures.scores.items():
        by_order.setdefault(order_text(scores, [each.slug for each in sheet.columns]), []).append(name)
    for order, names in by_order.items():
        if order and not is_open:
            written = ", ".join(content(NAMES.get(name, name)).plain for name in names)
            parts += [(f"   {written} ", "$label"), (order, "bold $foreground" if "bayes" in names else "$foreground")]
    return Content.assemble(*parts)


def order_text(scores: Scores, slugs: Sequence[str]) -> str:
    """Write an order by the ranks of the explanations, `1=2=5 4 3`."""
    text, before = "", 0
    for slug in scores.order[: min(PLACES, len(scores.places))]:
        place = scores.places[slug]
        text += f"{'' if not text else '=' if place == before else ' '}{slugs.index(slug) + 1}"
        before = place
    return f"{text} …" if len(scores.places) > PLACES else text


def totals(sheet: Sheet, layout: Layout) -> list[Content]:
    """Write a line per scheme and one of marks."""
    scores = sheet.figures.scores
    lines = [scheme_line(name, scores.get(name), sheet, layout) for name in scores or SCHEMES]
    marks = [mark(sheet, each.slug) for each in sheet.columns]
    cells = [fitted([(" ", ""), (marks[column], "$today")], layout.cell) for column in layout.columns]
    return [Content.assemble(start("", "", layout), *cells), *lines]


def firmness(sheet: Sheet) -> tuple[str, str]:
    """Say whether the order hangs on the scheme, and in which colour."""
    if not sheet.figures.scores:
        return "…", "$label"
    if not any(scores.places for scores in sheet.figures.scores.values()):
        return "nothing to score yet", "$label"
    return (f"{FRAGILE} fragile", "bold $today") if sheet.figures.fragile else ("the schemes agree", "$label")


def keys(*, is_open: bool) -> Content:
    """Name the keys that go on from here."""
    sides, how = key_of("side_by_side"), key_of("schemes")
    more = ((sides, "fold"), (how, "how they are made")) if is_open else ((sides, "side by side"),)
    return Content("   ").join(Content.assemble((key, "bold $you"), (f" {does}", "$label")) for key, does in more)


def start(name: str, about: str, layout: Layout) -> Content:
    """Write what stands left of a line of totals."""
    written = content(NAMES.get(name, name)).plain
    return fitted([("   ", ""), (written, "$you"), (f"  {about}", "$label")], layout.left)


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
