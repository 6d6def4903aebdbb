"""What a row of the ranking shows, brought together from the debate, its numbers and the doubts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from hypotheses.debate import Debate, Hypothesis
from hypotheses.differing import parting
from hypotheses.doubted import Doubted
from hypotheses.people import disagreement, plausibilities, pooled
from hypotheses.ranking import format_plausibility, format_span, ranked
from hypotheses.reports.result_text import chance
from tui.comments import comment_text
from tui.number_text import amount, apart
from tui.widgets.hint import hint

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, Result


@dataclass(frozen=True, slots=True)
class RankedRow:
    """What one row of the ranking shows."""

    rank: int
    hypothesis: Hypothesis
    implied: float
    span: tuple[float, float]
    """The lowest and the highest that the evidence says over the doubts."""
    evidence_for: int | None
    """None, as what is against it, while the evidence is being read."""
    evidence_against: int | None
    under: Result | None = None
    """The headline gap under this explanation alone; None while it is not known."""
    left: str = ""
    """Its median as it is written."""
    closed: str = ""
    """How likely the gap is then closed."""
    tested: bool = True
    """Whether any evidence is rated for it."""
    weighed: bool = True
    """Whether it is known what the evidence says."""
    together: str = ""
    """What several people hold together, and how far they are apart; empty if just one has stated it."""
    comments: int = 0


def ranked_rows(
    debate: Debate,
    estimates: Estimates | None,
    says: Doubted | None,
    tallies: Mapping[str, tuple[int, int]] | None,
    idle: Collection[str],
) -> list[RankedRow]:
    """Bring together what the ranking shows.

    `says` is None while the evidence is being weighed, and `tallies` while it is being read; `idle` are the hypotheses
    of which it is known that no standing evidence rates them.
    """
    headline = debate.headline
    estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
    together = pooled(debate) if any(each.others for each in debate.hypotheses.values()) else {}
    comments = comment_text.counts(debate)
    rows = []
    for rank, hypothesis in enumerate(ranked(debate), 1):
        slug = hypothesis.slug
        supporting, opposing = tallies[slug] if tallies is not None else (None, None)
        under = estimate.under.get(slug) if estimate else None
        likely = estimate.chances(under) if estimate and under else None
        rows.append(
            RankedRow(
                rank,
                hypothesis,
                says.rated.implied[slug] if says else hypothesis.prior,
                says.span(slug) if says else (hypothesis.prior, hypothesis.prior),
                supporting,
                opposing,
                under,
                amount(headline, under.median) if headline and under else "",
                chance(likely.closed) if likely else "",
                slug not in idle,
                says is not None,
                together_text(hypothesis, together[slug]) if together else "",
                comments[slug, "", 0],
            )
        )
    return rows


def together_text(hypothesis: Hypothesis, together: float) -> str:
    """Write what several people hold together, and how far they are apart; nothing where just one has stated it."""
    if len(plausibilities(hypothesis)) < 2:
        return ""
    return f"together {format_plausibility(together)} ±{apart(disagreement(hypothesis))}"


UNTESTED: Final = (
    "No evidence tests them yet: `{add_evidence}` logs some   `{plausibility}` says how likely one is   "
    "`{add}` adds another"
)


def firmness_line(rows: Sequence[RankedRow], says: Doubted | None) -> Content:
    """Say which order the evidence has, and how firmly."""
    if says is None:
        return Content.styled("Weighing the evidence …", "$label")
    parted = parting([row.implied for row in rows])
    if not rows or not says.first:
        return hint(UNTESTED) if rows else Content("")
    if parted is not None:
        before, after = (rows[rank - 1].hypothesis.slug for rank in parted)
        puts, firmness = f"{parted[0]} before {parted[1]}", says.firmness(before, after)
    else:
        rank = next(row.rank for row in rows if row.hypothesis.slug == says.first)
        puts, firmness = f"{rank} first", says.firmness(says.first)
    told = Content("")
    if firmness.of:
        told = Content.assemble(" under ", (firmness.under, "bold $foreground"), f": {firmness.how}")
    return Content.assemble("The evidence puts ", (puts, "bold $foreground"), told).stylize_before("$label")


def reading_line(items: int) -> Content:
    """Say how much evidence is being read; without any, there are ideas and comments."""
    return Content.styled(f"Reading {items:,} items of evidence …" if items else "Reading …", "$label")


def says_in_words(row: RankedRow) -> str:
    """Write what the evidence says, and its span, in a sentence."""
    if not row.weighed:
        return "…"
    return f"{chance(row.implied)} {format_span(row.span)}".strip() if row.tested else "nothing yet"
