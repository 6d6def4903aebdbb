"""The evidence for and against one explanation, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.content import Content

from hypotheses.belief import Pull, known_before
from hypotheses.debate import Evidence, Hypothesis
from tui.comments import comment_text
from tui.terminal.clean import content
from tui.widgets.line_list import LineList
from tui.widgets.rating import rating_parts

RATING: Final = 8
"""Cells of a rating."""
WEIGHT: Final = 5
"""Cells of the bar that says how much an item counts."""
YEAR: Final = 5
"""Cells of the year and its mark."""
WIDE: Final = 100
"""Cells from which on there is room for the key and the cluster."""
OLDER: Final = "°"
"""Marks the date of evidence that is older than the prior it moves."""
FULL, HALF = "━", "╸"


class EvidenceList(LineList[Pull]):
    """Rating, weight, title and year of each item."""

    bar: ClassVar = True
    by_row: ClassVar = True
    members: Mapping[str, int] = {}
    """Cluster -> how many items stand in it."""
    comments: Mapping[comment_text.About, int] = {}
    hypothesis: Hypothesis | None = None
    """The open explanation: what is older than its prior is marked."""
    heaviest = 0.0
    """Decibans of the item that moves most: its bar is full."""

    def key_of(self, row: Pull) -> object:
        """A row is its evidence."""
        return row.evidence.key

    def hangs_on(self, row: Pull) -> object:
        """An item that no edit has touched is the same object."""
        evidence = row.evidence
        beside = self.comments.get(("", evidence.key, 0), 0), self.members.get(evidence.cluster, 0)
        return evidence, row.assessment, row.decibans, self.heaviest, self._is_older(evidence), beside

    def _is_older(self, evidence: Evidence) -> bool:
        return self.hypothesis is not None and known_before(evidence, self.hypothesis)

    def draw(self, row: Pull, width: int) -> list[Content]:
        """Draw one item on one line."""
        evidence, ratio = row.evidence, row.assessment.ratio
        title = content(evidence.title)
        if evidence.retracted:
            title = Content.assemble(Content.styled("retracted ", "$today"), title.stylize("strike"))
        comments = comment_text.mark(self.comments.get(("", evidence.key, 0), 0))
        older = OLDER if self._is_older(evidence) else " "
        rating = rating_text(ratio)
        lead = Content.assemble(" ", rating, " " * max(1, RATING - rating.cell_length), self._weight(row), " ")
        about = f"  {evidence.key}" + (
            f" · {evidence.cluster} {self.members.get(evidence.cluster, 0)}" * bool(evidence.cluster)
        )
        told = content(about, "$label").truncate(width // 3, ellipsis=True) if width >= WIDE else Content("")
        end = Content.assemble(comments, told, (f" {evidence.date[:4]:>{YEAR - 1}}{older}", "$label"))
        room = max(8, width - lead.cell_length - end.cell_length)
        return [Content.assemble(lead, title.truncate(room, ellipsis=True, pad=True), end)]

    def _weight(self, row: Pull) -> Content:
        """Draw how much an item counts after weight and cluster: the largest is full, what counts at all has a mark."""
        shade = "$pro" if row.decibans > 0 else "$contra"
        return Content.styled(weight_bar(abs(row.decibans), self.heaviest, WEIGHT), shade)


def rating_text(ratio: float | None) -> Content:
    """Write a rating."""
    return Content.assemble(*rating_parts(ratio))


def weight_bar(weight: float, heaviest: float, cells: int) -> str:
    """Draw a weight as a bar of half cells."""
    halves = round(2 * cells * weight / heaviest) if heaviest > 0 else 0
    halves = max(halves, 1) if weight > 0 else 0
    return f"{FULL * (halves // 2)}{HALF * (halves % 2)}".ljust(cells)
