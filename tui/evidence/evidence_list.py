"""The evidence for and against one explanation, the heaviest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from textual.content import Content

from hypotheses.belief import Item, Pull, known_before
from hypotheses.debate import Debate, Hypothesis
from hypotheses.ratios import short_ratio
from tui.comments import comment_text
from tui.terminal.clean import content
from tui.widgets.line_list import LineList

NARROW = 44
"""Cells from which on there is room for the weight."""
WIDE = 60
"""Cells from which on there is room for the month, and for the weight it would have alone."""
WIDEST = 96
"""Cells from which on there is room for the cluster."""

OLDER = "°"
"""Marks the date of evidence that is older than the prior it moves."""


class EvidenceList(LineList[Pull]):
    """Rating, date, weight, title, key and cluster of each item."""

    weights: Mapping[str, Item] = {}
    """Key -> how much it counts for the open explanation."""
    members: Mapping[str, int] = {}
    """Cluster -> how many items stand in it."""
    comments: Mapping[comment_text.About, int] = {}
    hypothesis: Hypothesis | None = None
    """The open explanation: what is older than its prior is marked."""

    def key_of(self, row: Pull) -> object:
        """A row is its evidence."""
        return row.evidence.key

    def draw(self, row: Pull, width: int) -> list[Content]:
        """Draw one item on one line."""
        evidence, ratio = row.evidence, row.assessment.ratio
        glyph, shade = ("·", "dim")
        if ratio is not None and ratio != 1:
            glyph, shade = ("▲", "$text-success") if ratio > 1 else ("▼", "$text-error")
        title = content(evidence.title)
        if evidence.retracted:
            title = Content.assemble(Content.styled("retracted ", "$text-warning"), title.stylize("strike"))
        comments = comment_text.mark(self.comments.get(("", evidence.key, 0), 0))
        rating = (f"{glyph} {short_ratio(ratio):>4} ", shade)
        older = OLDER if self.hypothesis is not None and known_before(evidence, self.hypothesis) else " "
        if width < WIDE:
            weight = f"{self._weight(evidence.key).partition('/')[0]:<6}" if width >= NARROW else ""
            lead = Content.assemble(rating, (f"{evidence.date[:4]:<4}{older}{weight}", "dim"))
            rest = Content.assemble(title, (f"  {evidence.key}", "dim"))
            room = max(8, width - lead.cell_length - comments.cell_length)
            return [Content.assemble(lead, rest.truncate(room, ellipsis=True), comments)]
        cluster = f" · {evidence.cluster} {self.members.get(evidence.cluster, 0)}" if evidence.cluster else ""
        cluster = cluster if width >= WIDEST else ""
        about = content(f"  {evidence.key}{cluster}", "dim").truncate(width // 3, ellipsis=True)
        lead = Content.assemble(rating, (f"{evidence.date[:7]:<7}{older}{self._weight(evidence.key):<11}", "dim"))
        room = width - lead.cell_length - about.cell_length - comments.cell_length
        return [Content.assemble(lead, title.truncate(max(8, room), ellipsis=True, pad=True), about, comments)]

    def _weight(self, key: str) -> str:
        """Write how much an item counts, and how much it would alone if that is more."""
        item = self.weights.get(key)
        if item is None:
            return "×0"
        return f"×{item.weight:.2f}" + (f"/{item.alone:.2f}" if item.share < 1 else "")


def members(debate: Debate) -> Counter[str]:
    """Count the standing items of every cluster."""
    return Counter(e.cluster for e in debate.evidence.values() if e.cluster and not e.retracted)
