"""Under the matrix the cell under the cursor in words: how it is rated, why, by whom, how much of it counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hypotheses.belief import DECIBANS_PER_NAT, Pull, evidence_for, known_before
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.people import cell_disagreement, named, views
from hypotheses.ratios import told_weight, zero_means
from hypotheses.summed import Cluster, Sum
from tui.matrix.cells import Sheet, described
from tui.number_text import signed
from tui.terminal.clean import content
from tui.widgets.head import Head
from tui.widgets.hint import hint
from tui.widgets.rating import NO_VIEW, rating_parts

if TYPE_CHECKING:
    from tui.matrix.grid import MatrixGrid

HOW_TO_RATE: Final = "enter opens or folds it; a key that rates goes to its first finding"


class MatrixAbout(Vertical):
    """The cell under the cursor, told on as many lines as there is room for."""

    DEFAULT_CSS = """
    MatrixAbout {
        height: 4;
        & Static { height: 1fr; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def compose(self) -> ComposeResult:
        """Which cell it is, and what there is to say of it."""
        yield Head()
        yield Static()

    def show(self, grid: MatrixGrid, debate: Debate | None) -> None:
        """Tell it; where there is none, tell why. None is a debate whose rows are not there yet."""
        sheet, hypothesis = grid.sheet, grid.hypothesis
        # Where there are no rows, the grid says why.
        name, lines = "", [hint(why_empty(debate) if grid.rows else "")]
        if hypothesis is not None and grid.evidence is not None:
            name, lines = grid.evidence.key, about(sheet, grid.evidence, hypothesis, grid.rating)
        elif hypothesis is not None and grid.cluster is not None:
            name, lines = grid.cluster.name, about_cluster(sheet, grid.cluster, hypothesis)
        self.query_one(Head).show(heading(sheet, name, hypothesis) if name and hypothesis else Content(""))
        self.query_one(Static).update(Content("\n").join(lines), layout=False)


def heading(sheet: Sheet, name: str, hypothesis: Hypothesis) -> Content:
    """Say which cell it is."""
    rank = sheet.columns.index(hypothesis) + 1
    title = Content.assemble((f"{rank} ", "bold $you"), content(hypothesis.title, "bold $foreground"))
    return Content.assemble(content(name, "bold $foreground"), (" for ", "$label"), title)


def why_empty(debate: Debate | None) -> str:
    """Say why there is no cell, and what to do about it: keys stand between backticks."""
    if debate is None:
        return ""
    if not debate.evidence:
        return "No evidence yet: press `{add_evidence}` to log some."
    if not debate.hypotheses:
        return "No explanations yet: press `{add}` to add one."
    return "No evidence is like that: press `{filter}` for all, `esc` to clear the words."


def about(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> list[Content]:
    """Return the lines on the rating of an item, the most needed first."""
    rated = Content.assemble(
        *(rating_parts(cell.ratio) if cell else [(NO_VIEW, "$hint")]),
        "  ",
        (described(cell), ""),
        (f" · given as {cell.given}" if cell and cell.given else "", "$label"),
        (f" · {zero_means(cell)}" if cell and zero_means(cell) else "", "$today"),
        (f" · {counts(sheet, evidence, hypothesis, cell)}", "$label"),
    )
    why = Content.assemble(("Why  ", "$label"), content(cell.why)) if cell and cell.why else None
    finding = content(" ".join(evidence.finding.split()), "$label") if evidence.finding else None
    lines = (content(evidence.title, "bold"), rated, why, others(sheet, evidence, hypothesis, cell), finding)
    return [*(line for line in lines if line is not None), source(evidence)]


def about_cluster(sheet: Sheet, cluster: Cluster, hypothesis: Hypothesis) -> list[Content]:
    """Return the lines on what a cluster adds up to, and which of its items most."""
    items = {key: sheet.debate.evidence[key] for key in cluster.keys if key in sheet.debate.evidence}
    pulls = evidence_for(replace(sheet.debate, evidence=items), hypothesis.slug)
    lines = [
        Content.assemble(
            *rating_parts(pull.assessment.ratio),
            (f"  pulls {signed(pull.decibans, 1)}  ", "$label"),
            content(pull.evidence.title),
        )
        for pull in pulls
        if pull.decibans
    ]
    return [added_up(cluster, cluster.sums.get(hypothesis.slug), pulls), *lines, Content.styled(HOW_TO_RATE, "$label")]


def added_up(cluster: Cluster, cell: Sum | None, pulls: Sequence[Pull]) -> Content:
    """Say what the items of a cluster add up to for a hypothesis."""
    size = len(cluster.keys)
    if cell is None:
        return Content.assemble((NO_VIEW, "$hint"), f"  none of its {size} findings counts for or against it")
    many = f"{cell.findings} of its {size} findings" if cell.findings < size else f"its {size} findings"
    ways = [sum(pull.decibans > 0 for pull in pulls), sum(pull.decibans < 0 for pull in pulls)]
    mixed = f", {ways[0]} for and {ways[1]} against" if all(ways) else ""
    if cell.nats is None:
        return Content.assemble(*rating_parts(None), f"  {many} {described(Assessment(None))}")
    return Content.assemble(
        *rating_parts(cell.ratio),
        f"  {many}{mixed} together: {described(Assessment(cell.ratio))}",
        (f" · {signed(cell.nats * DECIBANS_PER_NAT, 1)} decibans", "$label"),
    )


def counts(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> str:
    """Say how much of an item counts for a hypothesis, beside what, and what its rating pulls."""
    if evidence.retracted:
        return "retracted: it counts nothing"
    older = known_before(evidence, hypothesis)
    if older and sheet.debate.counts == "after-prior":
        return f"older than the prior of {hypothesis.prior_on}: it counts nothing"
    return _counts(sheet, evidence, hypothesis, cell) + (" · older than the prior" if older else "")


def _counts(sheet: Sheet, evidence: Evidence, hypothesis: Hypothesis, cell: Assessment | None) -> str:
    alone, cluster = evidence.weight, sheet.figures.clusters.get(evidence.cluster)
    others = len(cluster.keys) - 1 if cluster else 0
    beside = f" beside {others} other{'' if others == 1 else 's'} of {evidence.cluster}" if others else ""
    if cell is None or cell.ratio in (None, 1):
        return f"weight {alone:.2f}{beside}"
    weight = alone * sheet.figures.share(sheet.debate, evidence, hypothesis.slug)
    of = f" of {alone:.2f}" if cluster else ""
    pull = signed(weight * math.log(cell.ratio) * DECIBANS_PER_NAT, 1)
    return f"pulls {pull} decibans · counts {weight:.2f}{of}{beside}"


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
    parts = (
        evidence.date,
        trust,
        f"cluster {evidence.cluster}" if evidence.cluster else "in no cluster",
        evidence.source,
    )
    return content(" · ".join(part for part in parts if part), "$label")
