"""The ranked list: each explanation with what is believed, what the evidence says and what it leaves unexplained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hypotheses import belief
from hypotheses.debate import Debate, Hypothesis
from hypotheses.differing import parting
from hypotheses.doubts import Doubted, doubted, how_firmly
from hypotheses.people import disagreement, people, plausibilities, pooled
from hypotheses.ranking import format_plausibility, format_span, none_of_these, ranked, word
from tui.comments import comment_text
from tui.number_text import amount, apart, bar, outcome
from tui.terminal.clean import content
from tui.terminal.painting import entitle, put
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


@dataclass(frozen=True, slots=True)
class RankedRow:
    """What one row of the ranking shows."""

    rank: int
    hypothesis: Hypothesis
    implied: float
    span: tuple[float, float]
    """The lowest and the highest that the evidence says over the doubts."""
    evidence_for: int
    evidence_against: int
    left: str
    """The headline gap under this explanation alone; empty while it is not known."""
    together: str = ""
    """What several people hold together, and how far they are apart; empty if just one has stated it."""
    comments: int = 0

    @property
    def difference(self) -> str:
        """▲ where the evidence says more than the owner does, ▼ where less."""
        apart = self.implied - self.hypothesis.plausibility
        return " " if abs(apart) < 0.005 else "▲" if apart > 0 else "▼"


def ranked_rows(debate: Debate, estimates: Estimates | None, says: Doubted) -> list[RankedRow]:
    """Bring together what the ranking shows."""
    headline = debate.headline
    estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
    together = pooled(debate) if len(people(debate)) > 1 else {}
    comments = comment_text.counts(debate)
    rows = []
    for rank, hypothesis in enumerate(ranked(debate), 1):
        slug = hypothesis.slug
        under = estimate.under.get(slug) if estimate else None
        left = amount(headline, under.median) if headline and under else ""
        both = together_text(hypothesis, together[slug]) if together else ""
        tally = belief.tally(debate, slug)
        implied, span = says.rated.implied[slug], says.span(slug)
        rows.append(RankedRow(rank, hypothesis, implied, span, *tally, left, both, comments[slug, "", 0]))
    return rows


def together_text(hypothesis: Hypothesis, together: float) -> str:
    """Write what several people hold together, and how far they are apart; nothing where just one has stated it."""
    if len(plausibilities(hypothesis)) < 2:
        return ""
    return f"together {format_plausibility(together)} ±{apart(disagreement(hypothesis))}"


def nudge(rows: Sequence[RankedRow], says: Doubted) -> str:
    """Say where the evidence has another order than the ranking, and how firmly; nothing if it has not."""
    parted = parting([row.implied for row in rows])
    if parted is None:
        return ""
    before, after = (rows[rank - 1].hypothesis.slug for rank in parted)
    return f"Evidence puts {parted[0]} before {parted[1]}{how_firmly(says, before, after)}"


DATED = 50
"""Cells of a title from which on there is room for the day on which it was settled."""


class RankingRows(LineList[RankedRow]):
    """The rows of the ranking."""

    lines = 2
    """How many a row takes: one, two, or three with an empty one between."""

    def key_of(self, row: RankedRow) -> object:
        """A row is its hypothesis."""
        return row.hypothesis.slug

    @property
    def row_height(self) -> int:
        """One, two or three, by the room there is."""
        return self.lines

    def draw(self, row: RankedRow, width: int) -> list[Content]:
        """Draw the title and the figures, on one line or on two."""
        rank = Content.styled(f"{row.rank:>2} ", "dim")
        if self.lines > 1:
            both = Content.styled(f"  {row.together}" if row.together else "", "$text-accent")
            named = titled(row, max(8, width - 4 - both.cell_length))
            return [Content.assemble(rank, named, both), Content.assemble("   ", figures(row, width - 3))]
        numbers = figures(row)
        room = max(8, width - numbers.cell_length - 4)
        return [Content.assemble(rank, titled(row, room), " ", numbers)]


def titled(row: RankedRow, room: int) -> Content:
    """Draw the title in so many cells, with how it turned out before it and its comments behind it."""
    hypothesis = row.hypothesis
    title = content(hypothesis.title)
    if hypothesis.status != "open":
        title = Content.assemble(title, Content.styled(f" ({hypothesis.status})", "dim"))
    shade = "$text-success" if hypothesis.settled == "true" else "$text-error"
    mark = comment_text.mark(row.comments)
    if hypothesis.settled:
        on = f" {hypothesis.settled_on}" if room >= DATED else ""
        title = Content.assemble((outcome(hypothesis), shade), (f"{on}  ", "dim"), title)
    title = title.truncate(max(4, room - mark.cell_length), ellipsis=True)
    return Content.assemble(title, mark).truncate(room, pad=True)


FIGURES = 38
"""Cells that the figures of a row take beside the bar and the word."""
WORD = 16
"""Cells that the word takes."""


def bar_width(width: int) -> int:
    """Return the cells of the bar where the figures may take `width`; below 10 there is no room for the word."""
    with_word = width - FIGURES - WORD
    return min(24, with_word) if with_word >= 10 else max(6, min(9, width - FIGURES))


def figures(row: RankedRow, width: int = 0) -> Content:
    """Draw the figures of a row in fixed columns; 0 means as narrow as can be."""
    hypothesis = row.hypothesis
    cells = bar_width(width)
    full, empty = bar(hypothesis.plausibility, cells)
    said = format_plausibility(hypothesis.plausibility)
    shade = {"▲": "$text-success", "▼": "$text-warning"}.get(row.difference, "dim")
    parts: list[Content | tuple[str, str] | str] = [
        (full, "$primary"),
        (empty, "$surface-lighten-2"),
        f" {said:>4}",
        ("?" if hypothesis.placeholder else " ", "dim"),
    ]
    if cells >= 10:
        parts.append((f" {word(hypothesis.plausibility).removesuffix(' chance'):<{WORD - 1}}", "dim"))
    parts += [
        (f"{format_plausibility(row.implied):>5} {row.difference}", shade),
        (f" {format_span(row.span):<7}", "dim"),
        (f"  {f'+{row.evidence_for}':>4}", "$text-success"),
        (f" {f'−{row.evidence_against}':<4}", "$text-error"),
        (f"{row.left:>6}", "bold"),
    ]
    return Content.assemble(*parts)


def heading(lines: int, width: int) -> Content:
    """Name the columns that `figures` draws."""
    cells = bar_width(width - 3 if lines > 1 else 0)
    believed = f"{'you say':<{cells + 6 + (WORD if cells >= 10 else 0)}}"
    heads = f"{believed}{'evidence, span':>15} {'for/agst':>9} {'left':>6}"
    lead = "   " if lines > 1 else " " * max(0, width - len(heads) - 1)
    return Content.styled(lead + heads, "dim")


class Ranking(Vertical):
    """The ranking with its column heads."""

    DEFAULT_CSS = """
    Ranking {
        height: auto; padding-right: 1;
        & > #ranking-heads { height: 1; }
        & > #nudge { height: 1; display: none; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        &.roomy.parted > #nudge { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.list = RankingRows(id="ranking-rows", empty="No explanations yet: press a to add the first.")
        self.border_title = "Explanations"
        self._known: tuple[object, object, Doubted] | None = None
        """The evidence, what else it hangs on, and what it says."""

    def compose(self) -> ComposeResult:
        """The heads of the columns above the rows."""
        yield Static(id="ranking-heads")
        yield self.list
        yield Static(id="nudge")

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the ranking of this debate."""
        says = self._says(debate)
        rows = ranked_rows(debate, estimates, says)
        self.list.show(rows)
        hint = nudge(rows, says)
        put(self.query_one("#nudge", Static), Content.assemble((" = ", "$text-accent"), hint))
        self.set_class(bool(hint), "parted")
        placeholders = any(h.placeholder for h in debate.hypotheses.values())
        notes = ["? = a starting figure nobody has set"] if placeholders else []
        if debate.mode == "exclusive":
            notes.append(f"none of these {format_plausibility(none_of_these(debate))}")
        entitle(self, subtitle=Content(" · ".join(notes)))

    def _says(self, debate: Debate) -> Doubted:
        """Return what the evidence says, worked out anew only if that can have changed."""
        told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
        hangs_on = (debate.mode, debate.correlation, debate.counts, told)
        if self._known is None or self._known[0] is not debate.evidence or self._known[1] != hangs_on:
            self._known = (debate.evidence, hangs_on, doubted(debate))
        return self._known[2]

    def set_lines(self, lines: int) -> None:
        """Draw each row on so many lines."""
        self.list.lines = lines
        self.list.redraw()
        self.on_resize()

    def on_resize(self) -> None:
        """Put the heads over the columns."""
        width = self.list.scrollable_content_region.width or self.size.width
        put(self.query_one("#ranking-heads", Static), heading(self.list.lines, width))
