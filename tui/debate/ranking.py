"""The ranked list: what you say of each explanation, what the evidence says, and what it leaves unexplained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from hypotheses import belief
from hypotheses.debate import Debate, Gap, Hypothesis
from hypotheses.differing import parting
from hypotheses.doubts import Doubted, doubted, how_firmly
from hypotheses.people import disagreement, people, plausibilities, pooled
from hypotheses.ranking import format_plausibility, format_span, none_of_these, ranked, word
from hypotheses.reports.result_text import chance
from hypotheses.schemes import untested
from tui.comments import comment_text
from tui.debate.columns import FOUND, SAYS, WORDS, YOU, Columns, arrange
from tui.number_text import amount, apart, outcome
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.head import Head
from tui.widgets.line_list import LineList
from tui.widgets.track import (
    BEFORE_MARK,
    BOTH_MARK,
    LEFT_MARK,
    SAYS_MARK,
    TICK_MARK,
    TODAY_MARK,
    YOU_MARK,
    ZERO_MARK,
    Axis,
    TrackLine,
)

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate, Result

CLOSE = 5
"""Cells from one figure of the axis of what is left to the next, about."""
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


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
    under: Result | None = None
    """The headline gap under this explanation alone; None while it is not known."""
    left: str = ""
    """Its median as it is written."""
    closed: str = ""
    """How likely the gap is then closed."""
    tested: bool = True
    """Whether any evidence is rated for it."""
    together: str = ""
    """What several people hold together, and how far they are apart; empty if just one has stated it."""
    comments: int = 0


def ranked_rows(debate: Debate, estimates: Estimates | None, says: Doubted) -> list[RankedRow]:
    """Bring together what the ranking shows."""
    headline = debate.headline
    estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
    together = pooled(debate) if len(people(debate)) > 1 else {}
    comments = comment_text.counts(debate)
    idle = untested(debate)
    rows = []
    for rank, hypothesis in enumerate(ranked(debate), 1):
        slug = hypothesis.slug
        supporting, opposing = belief.tally(debate, slug)
        under = estimate.under.get(slug) if estimate else None
        likely = estimate.chances(under) if estimate and under else None
        rows.append(
            RankedRow(
                rank,
                hypothesis,
                says.rated.implied[slug],
                says.span(slug),
                supporting,
                opposing,
                under,
                amount(headline, under.median) if headline and under else "",
                chance(likely.closed) if likely else "",
                slug not in idle,
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


def firmness_line(rows: Sequence[RankedRow], says: Doubted) -> Content:
    """Say which order the evidence has, and how firmly."""
    parted = parting([row.implied for row in rows])
    if not rows or not says.first:
        return Content.styled("No evidence tests them yet", "$label") if rows else Content("")
    if parted is not None:
        before, after = (rows[rank - 1].hypothesis.slug for rank in parted)
        puts, firmly = f"{parted[0]} before {parted[1]}", how_firmly(says, before, after)
    else:
        rank = next(row.rank for row in rows if row.hypothesis.slug == says.first)
        puts, firmly = f"{rank} first", how_firmly(says, says.first)
    under, _, how = firmly.removeprefix(" under ").partition(":")
    told = Content.assemble(" under ", (under, "bold $foreground"), f":{how}") if firmly else Content("")
    return Content.assemble("The evidence puts ", (puts, "bold $foreground"), told).stylize_before("$label")


@dataclass(frozen=True, slots=True)
class RowDrawing:
    """What all rows are drawn along."""

    columns: Columns
    gap: Gap | None = None
    today: float | None = None
    """The headline gap as it is."""
    tolerance: float | None = None
    axis: Axis | None = None
    """Of what is left."""


def drawing(debate: Debate, estimate: GapEstimate | None, rows: Sequence[RankedRow], width: int) -> RowDrawing:
    """Lay the ranking out: its columns for this width, and one axis for all that would be left."""
    longest = max((needed(row) for row in rows), default=0)
    left = max((len(row.left) for row in rows), default=0)
    can_close = estimate is not None and estimate.tolerance is not None
    columns = arrange(width, len(rows), longest, left if debate.headline else 0, can_close=can_close)
    if estimate is None or not columns.track:
        return RowDrawing(columns, debate.headline)
    ends = [end for row in rows if row.under for end in (row.under.p5, row.under.p95)]
    today = estimate.now.median
    axis = Axis.rounded([0.0, today, *ends], columns.track)
    return RowDrawing(columns, debate.headline, today, estimate.tolerance, axis)


def says_in_words(row: RankedRow) -> str:
    """Write what the evidence says, and its span, in a sentence."""
    return f"{chance(row.implied)} {format_span(row.span)}".strip() if row.tested else "nothing yet"


def needed(row: RankedRow) -> int:
    """Return the cells of a title with all that stands beside it."""
    beside = comment_text.mark(row.comments).cell_length + (len(row.together) + 2 if row.together else 0)
    status = len(row.hypothesis.status) + 3 if row.hypothesis.status != "open" else 0
    settled = SETTLED if row.hypothesis.settled else 0
    return content(row.hypothesis.title).cell_length + beside + status + settled


SETTLED = 8
"""Cells that how it turned out takes before a title."""
DATED = 50
"""Cells of a title from which on there is room for the day on which it was settled."""


class RankingRows(LineList[RankedRow]):
    """The rows of the ranking."""

    bar: ClassVar = True
    _open = 0
    """Empty lines under the row of the cursor."""
    drawn_along: RowDrawing = RowDrawing(arrange(80, 0, 0, 0, can_close=False))

    def key_of(self, row: RankedRow) -> object:
        """A row is its hypothesis."""
        return row.hypothesis.slug

    def draw(self, row: RankedRow, width: int) -> list[Content]:
        """Draw the title, what you say and what the evidence says, and what would be left."""
        along = self.drawn_along
        columns = along.columns
        start, end = row_start(row, columns), row_end(row, along)
        figure = (f"{stated_text(row.hypothesis.plausibility):>{YOU - 1}}", "bold $you")
        return [Content.assemble(start, figure, ("?" if row.hypothesis.placeholder else " ", "$label"), " ", end)]

    @dataclass
    class Pointed(Message):
        """The mouse pressed the track of belief of the row that is under the cursor now."""

        plausibility: float

    def on_click(self, event: events.Click) -> None:
        """Go to the row; on its track of belief, point to a plausibility."""
        super().on_click(event)
        event.prevent_default()  # Textual would let the list take it as well
        offset, columns = event.get_content_offset(self), self.drawn_along.columns
        if offset is None or offset.y + self.scroll_offset.y != self.cursor:
            return
        cell = offset.x - columns.belief_at
        if 0 <= cell < columns.belief:
            self.post_message(self.Pointed(round(cell / (columns.belief - 1), 2)))

    def open_under(self, lines: int) -> None:
        """Open so many empty lines under the row of the cursor, for what takes the row; 0 closes them."""
        if lines != self._open:
            self._open = lines
            self.redraw()
            self.refresh(layout=True)
            # Now: below a dialog that is pushed next, Textual 8.2.8 lays nothing out.
            self.screen._refresh_layout()  # noqa: SLF001

    def redraw(self) -> None:
        """Forget what was drawn; the open lines are lines too."""
        super().redraw()
        if self._open:
            self.virtual_size = Size(0, max(1, len(self.rows)) + self._open)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen; those below open lines stand lower."""
        under = y + self.scroll_offset.y - self.cursor
        if 0 < under <= self._open:
            return Strip.blank(self.scrollable_content_region.width, self.rich_style)
        return super().render_line(y - self._open if under > self._open else y)


def row_start(row: RankedRow, columns: Columns) -> Content:
    """Draw a row up to its figure: a cell for the cursor, the rank, the title, a blank even before a long figure."""
    close = 1 if len(stated_text(row.hypothesis.plausibility)) == YOU - 1 else 0
    title = titled(row, columns.title - close)
    return Content.assemble(" ", (f"{row.rank:>{columns.rank}} ", "$label"), title, " " * close)


def row_end(row: RankedRow, along: RowDrawing, was: float | None = None) -> Content:
    """Draw a row from its track on; with a mark where what you say stood before, if that is given."""
    columns = along.columns
    parts: list[Content | tuple[str, str] | str] = [belief_track(row, columns.belief, was), " ", says_text(row)]
    if columns.words:
        parts += [" ", (f"{word(row.hypothesis.plausibility).removesuffix(' chance'):<{WORDS}}", "$label")]
    if columns.found:
        parts += [" ", found_text(row)]
    if columns.track:
        parts += [" ", left_track(row, along), "  "]
    if columns.left:
        parts.append((f"{row.left:>{columns.left}}", "bold"))
    if columns.closed:
        parts.append((f"{row.closed:>{columns.closed}}", "$label"))
    return Content.assemble(*parts)


def stated_text(plausibility: float) -> str:
    """Write what is stated, in four cells: `60%`, `0.5%`; of more digits `<1%` or `>99%`."""
    text = format_plausibility(plausibility)
    return text if len(text) < YOU else chance(plausibility)


def titled(row: RankedRow, room: int) -> Content:
    """Draw the title in so many cells, with how it turned out before it and its comments behind it."""
    hypothesis = row.hypothesis
    title = content(hypothesis.title)
    if hypothesis.status != "open":
        title = Content.assemble(title, Content.styled(f" ({hypothesis.status})", "$label"))
    shade = "$pro" if hypothesis.settled == "true" else "$contra"
    mark = comment_text.mark(row.comments)
    if row.together:
        mark = Content.assemble((f"  {row.together}", "$you"), mark)
    if hypothesis.settled:
        on = f" {hypothesis.settled_on}" if room >= DATED else ""
        title = Content.assemble((outcome(hypothesis), shade), (f"{on}  ", "$label"), title)
    title = title.truncate(max(4, room - mark.cell_length), ellipsis=True)
    return Content.assemble(title, mark).truncate(room, pad=True)


def says_text(row: RankedRow) -> Content:
    """Write what the evidence says, and its span; or that nothing tests it."""
    if not row.tested:
        return Content.styled(f"{'untested':<{SAYS}}", "$label")
    figure, span = chance(row.implied).removesuffix("%"), format_span(row.span)
    return Content.assemble((f"{figure:>3}", "bold $says"), (f" {span:<{SAYS - 4}}", "$label"))


def found_text(row: RankedRow) -> Content:
    """Write how many findings there are for and against."""
    half = FOUND // 2
    return Content.assemble(
        (f"{f'+{row.evidence_for}':>{half}}", "$pro"), (f"{f'−{row.evidence_against}':>{half}}", "$contra")
    )


def belief_track(row: RankedRow, width: int, was: float | None = None) -> Content:
    """Draw what you say and what the evidence says, with its span over the doubts, along 0 to 100%.

    `was` is what you said before, if that is to be seen.
    """
    line, you = TrackLine(Axis(0.0, 1.0, width)), row.hypothesis.plausibility
    for quarter in QUARTERS:
        line.mark(quarter, TICK_MARK, "$hint")
    if row.tested:
        low, high = row.span
        line.leader(you, min(max(you, low), high), "$you")
        line.span(low, high, "$says")
        line.mark(row.implied, SAYS_MARK, "$says")
    if was is not None:
        line.mark(was, BEFORE_MARK, "$you")
    line.mark(you, BOTH_MARK if line.holds(you, SAYS_MARK) else YOU_MARK, "$you")
    return line.draw()


def left_track(row: RankedRow, along: RowDrawing) -> Content:
    """Draw what would be left of the headline gap: its middle 90%, its median, the distance to the gap today."""
    if along.axis is None or along.today is None:
        return Content(" " * along.columns.track)
    line = TrackLine(along.axis)
    if along.tolerance is not None:
        line.band(-along.tolerance, along.tolerance, "$closed")
    line.mark(0.0, ZERO_MARK, "$hint")
    if row.under is not None:
        edge = min(max(along.today, row.under.p5), row.under.p95)
        line.leader(edge, along.today, "$hint")
        line.span(row.under.p5, row.under.p95, "$foreground")
    line.mark(along.today, TODAY_MARK, "$today")
    if row.under is not None:
        line.mark(row.under.median, LEFT_MARK, "bold $foreground")
    return line.draw()


def heading(along: RowDrawing) -> Content:
    """Name the columns."""
    columns = along.columns
    scale = Axis(0.0, 1.0, columns.belief).labelled([(0.0, "0"), (1.0, "100"), (0.5, "50")])
    parts: list[tuple[str, str]] = [
        (f"{'you':>{columns.title_at + columns.title + YOU - 1}}  ", "$label"),
        (scale, "$hint"),
        (f" {'evidence':<{SAYS}}", "$label"),
    ]
    if columns.words:
        parts.append((f" {'in words':<{WORDS}}", "$label"))
    if columns.found:
        parts.append((f" {'found':>{FOUND}}", "$label"))
    if columns.track:
        figures = along.axis.figures(along.gap, CLOSE) if along.axis and along.gap else " " * columns.track
        parts.append((f" {figures}  ", "$hint"))
    if columns.left:
        parts.append((f"{'left':>{columns.left}}"[-columns.left :], "$label"))
    if columns.closed:
        parts.append((f"{'closed':>{columns.closed}}", "$label"))
    return Content.assemble(*parts)


def legend(says: Doubted, along: RowDrawing, *, wide: bool) -> Content:
    """Say what the marks are."""
    doubts = len(says.counted)
    parts: list[tuple[str, str]] = [(YOU_MARK, "$you"), (" you", "$label")]
    if doubts:
        over = f" evidence, over {doubts} doubt{'' if doubts == 1 else 's'}"
        parts += [("   ├", "$says"), (SAYS_MARK, "$says"), ("┤", "$says"), (over, "$label")]
    if along.axis is not None and along.gap is not None and along.today is not None and wide:
        today = f" {amount(along.gap, along.today)} today"
        parts += [("   ├", "$foreground"), (LEFT_MARK, "bold $foreground"), ("┤", "$foreground")]
        parts += [(" would be left of ", "$label"), (TODAY_MARK, "$today"), (today, "$label")]
    return Content.assemble(*parts)


class Ranking(Vertical):
    """The ranking under its head, and the line that says how firm the order is."""

    DEFAULT_CSS = """
    Ranking {
        height: auto;
        & > #ranking-heads { height: 1; text-wrap: nowrap; }
        & > #firmness { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.list = RankingRows(id="ranking-rows", empty=" No explanations yet: press a to add the first.")
        self._known: tuple[object, object, Doubted] | None = None
        """The evidence, what else it hangs on, and what it says."""
        self._shown: tuple[Debate, GapEstimate | None, Doubted] | None = None

    def compose(self) -> ComposeResult:
        """The head, the heads of the columns, the rows, how firm their order is."""
        yield Head("Explanations")
        yield Static(id="ranking-heads")
        yield self.list
        yield Static(id="firmness")

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the ranking of this debate."""
        says = self._says(debate)
        headline = debate.headline
        estimate = estimates.gaps.get(headline.symbol) if estimates and headline else None
        self._shown = (debate, estimate, says)
        rows = ranked_rows(debate, estimates, says)
        self.list.drawn_along = drawing(debate, estimate, rows, self._width)
        self.list.show(rows)
        self._draw_around()

    @property
    def _width(self) -> int:
        return self.list.scrollable_content_region.width or self.size.width or self.app.size.width

    def _draw_around(self) -> None:
        if self._shown is None:
            return
        debate, _, says = self._shown
        along, width = self.list.drawn_along, self._width
        put(self.query_one("#ranking-heads", Static), heading(along))
        self.query_one(Head).show(legend=legend(says, along, wide=width >= 100))
        firm = firmness_line(self.list.rows, says)
        notes = f"none of these {format_plausibility(none_of_these(debate))}" if debate.mode == "exclusive" else ""
        lead = " " * along.columns.title_at
        ends = (hints(notes, width), Content.styled(notes, "$label"))
        put(self.query_one("#firmness", Static), beside(Content.assemble(lead, firm), ends, width))

    def _says(self, debate: Debate) -> Doubted:
        """Return what the evidence says, worked out anew only if that can have changed."""
        told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
        hangs_on = (debate.mode, debate.correlation, debate.counts, told)
        if self._known is None or self._known[0] is not debate.evidence or self._known[1] != hangs_on:
            self._known = (debate.evidence, hangs_on, doubted(debate))
        return self._known[2]

    def on_resize(self) -> None:
        """Lay the rows out for the width there is."""
        if self._shown is not None:
            debate, estimate, _ = self._shown
            self.list.drawn_along = drawing(debate, estimate, self.list.rows, self._width)
            self.list.redraw()
            self._draw_around()


def hints(notes: str, width: int) -> Content:
    """Name the keys that go on from here, as many as there is room for."""
    keys = (("=", "compare"), ("A", "adopt"), ("X", "what would change it"))[: 3 if width >= 110 else 1]
    parts: list[tuple[str, str]] = [(f"{notes}   ", "$label")] if notes else []
    for key, name in keys:
        parts += [(key, "bold $you"), (f" {name}   ", "$label")]
    return Content.assemble(*parts).rstrip()


def beside(left: Content, ends: Sequence[Content], width: int) -> Content:
    """Put a text at the left end of a line, and the first at its right end for which there is room."""
    for end in ends:
        room = width - left.cell_length - end.cell_length - 1
        if room >= 2:
            return Content.assemble(left, " " * room, end)
    return left
