"""The evidence for and against one explanation, the heaviest first."""

from __future__ import annotations

from textual.content import Content

from hypotheses.belief import Pull, format_ratio
from tui.plain import content
from tui.widgets.line_list import LineList


class EvidenceList(LineList[Pull]):
    """Rating, date, key and title of each item."""

    def key_of(self, row: Pull) -> object:
        """A row is its evidence."""
        return row.evidence.key

    def draw(self, row: Pull, width: int) -> list[Content]:
        """Draw one item on one line."""
        ratio = row.assessment.ratio
        rating = format_ratio(ratio)
        glyph, shade = ("·", "dim")
        if ratio is not None and ratio != 1:
            glyph, shade = ("▲", "$text-success") if ratio > 1 else ("▼", "$text-error")
        year = row.evidence.date[:7] if width >= 60 else row.evidence.date[:4]
        title = content(row.evidence.title)
        if row.evidence.retracted:
            title = Content.assemble(Content.styled("retracted ", "$text-warning"), title.stylize("strike"))
        return [
            Content.assemble(
                (f"{glyph} {rating:>4} ", shade),
                (f"{year:<{8 if width >= 60 else 5}}", "dim"),
                title,
                (f"  {row.evidence.key}", "dim"),
            )
        ]
