"""The box under the matrix: the cell under the cursor in words, how it is rated, why, by whom, how much counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from hypotheses.belief import DECIBANS_PER_NAT, known_before
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.people import cell_disagreement, named, views
from hypotheses.ratios import told_weight, zero_means
from tui.matrix.cells import Sheet, described
from tui.number_text import signed
from tui.terminal.clean import content
from tui.widgets.rating import NO_VIEW, rating_parts

if TYPE_CHECKING:
    from tui.matrix.grid import MatrixGrid


class MatrixAbout(Static):
    """The cell under the cursor, told on as many lines as there is room for."""

    DEFAULT_CSS = """
    MatrixAbout { height: 3; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def show(self, grid: MatrixGrid, debate: Debate | None) -> None:
        """Tell it; where there is none, tell why. None is a debate whose rows are not there yet."""
        evidence, hypothesis = grid.evidence, grid.hypothesis
        if evidence is None or hypothesis is None:
            self.update(Content.styled(why_empty(debate), "$label"), layout=False)
            return
        self.update(Content("\n").join(about(grid.sheet, evidence, hypothesis, grid.rating)), layout=False)


def why_empty(debate: Debate | None) -> str:
    """Say why there is no cell, and what to do about it."""
    if debate is None:
        return ""
    if not debate.evidence:
        return "No evidence yet: press n to log some."
    if not debate.hypotheses:
        return "No explanations yet: press a to add one."
    return "No evidence is like that: press f for all, esc to clear the words."


def about(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> list[Content]:
    """Return the lines, the most needed first."""
    rank = sheet.columns.index(hypothesis) + 1
    rated = Content.assemble(
        *(rating_parts(cell.ratio) if cell else [(NO_VIEW, "$hint")]),
        "  ",
        (described(cell), ""),
        (f" · given as {cell.given}" if cell and cell.given else "", "$label"),
        (f" · {zero_means(cell)}" if cell and zero_means(cell) else "", "$today"),
        (f" · {counts(sheet, evidence, hypothesis, cell)}", "$label"),
    )
    heading = Content.assemble(
        content(evidence.title, "bold"), ("  ×  ", "$label"), (f"{rank} ", "$you"), content(hypothesis.title)
    )
    said = others(sheet, evidence, hypothesis, cell)
    lines = [heading, rated]
    reason = Content.assemble(("Why  ", "$label"), content(cell.why)) if cell and cell.why else None
    lines += [line for line in (said if said and not reason else None, reason) if line]
    if reason and said:
        lines.append(said)
    lines.append(source(evidence))
    return lines


def counts(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> str:
    """Say how much of an item counts for a hypothesis, what it would be alone, and what its rating pulls."""
    if evidence.retracted:
        return "retracted: it counts nothing"
    if known_before(evidence, hypothesis):
        if sheet.debate.counts == "after-prior":
            return f"older than the prior of {hypothesis.prior_on}: it counts nothing"
        return f"{_counts(sheet, evidence, hypothesis, cell)} · older than the prior"
    return _counts(sheet, evidence, hypothesis, cell)


def _counts(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> str:
    alone = evidence.weight
    if cell is None or cell.ratio in (None, 1):
        return f"counts {alone:.2f}" if not evidence.cluster else f"alone {alone:.2f}"
    weight = alone * sheet.figures.share(sheet.debate, evidence, hypothesis.slug)
    weight_text = f"counts {weight:.2f}" + (f", alone {alone:.2f}" if evidence.cluster else "")
    return f"pulls {signed(weight * math.log(cell.ratio) * DECIBANS_PER_NAT, 1)} decibans · {weight_text}"


def others(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> Content | None:
    """Say who rated it, how the others rate it, and how many comments there are."""
    remarks = sheet.remarks.get((evidence.key, hypothesis.slug), 0)
    parts: list[Content | tuple[str, str] | str] = []
    if cell is not None and (cell.others or cell.by):
        parts += [("By ", "$label"), content(named(sheet.debate, cell.by))]
        for person, view in views(cell).items():
            if person != cell.by:
                parts += [
                    (" · ", "$label"),
                    content(named(sheet.debate, person)),
                    " ",
                    *rating_parts(view.ratio),
                    content(f" {view.why}" if view.why else "", "$label"),
                ]
        apart = cell_disagreement(cell)
        if apart > 0:
            parts.append((f" · ≠ {apart:.1f} decibans apart", "$today"))
    if remarks:
        parts.append((f"{' · ' if parts else ''}# {remarks} comment{'' if remarks == 1 else 's'}", "$you"))
    return Content.assemble(*parts) if parts else None


def source(evidence: Evidence) -> Content:
    """Say where an item comes from and how far it is trusted."""
    trust = f"credibility {told_weight(evidence.credibility)}, relevance {told_weight(evidence.relevance)}"
    cluster = f"cluster {evidence.cluster}" if evidence.cluster else "in no cluster"
    parts = (evidence.key, evidence.date, trust, cluster, evidence.source)
    return content(" · ".join(part for part in parts if part), "$label")
