"""A row of the ranking drawn: its columns, its two tracks, the heads over them and what their marks are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from hypotheses.debate import Debate, Gap
from hypotheses.doubted import Doubted
from hypotheses.ranking import format_span, word
from hypotheses.reports.result_text import chance
from tui.command_keys import key_of
from tui.comments import comment_text
from tui.debate.columns import WORDS, YOU, Columns, Longest, arrange
from tui.debate.ranked_row import RankedRow
from tui.number_text import amount, outcome, percentage
from tui.terminal.clean import content
from tui.widgets.track import (
    BEFORE_MARK,
    BOTH_MARK,
    LEFT_MARK,
    QUARTERS,
    SAYS_MARK,
    TICK_MARK,
    TODAY_MARK,
    YOU_MARK,
    ZERO_MARK,
    Axis,
    TrackLine,
)

if TYPE_CHECKING:
    from hypotheses.estimates import GapEstimate

CLOSE = 5
"""Cells from one figure of the axis of what is left to the next, about."""
SETTLED = 8
"""Cells that how it turned out takes before a title."""
DATED = 50
"""Cells of a title from which on there is room for the day on which it was settled."""


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
    longest = Longest(
        title=max((needed(row) for row in rows), default=0),
        says=max((says_text(row).cell_length for row in rows), default=0),
        found=max((max(len(found) for found in found_texts(row)) for row in rows), default=0),
        left=max((len(row.left) for row in rows), default=0) if debate.headline else 0,
    )
    can_close = estimate is not None and estimate.tolerance is not None
    columns = arrange(width, len(rows), longest, can_close=can_close)
    if estimate is None or not columns.track:
        return RowDrawing(columns, debate.headline)
    ends = [end for row in rows if row.under for end in (row.under.p5, row.under.p95)]
    today = estimate.now.median
    axis = Axis.rounded([0.0, today, *ends], columns.track)
    return RowDrawing(columns, debate.headline, today, estimate.tolerance, axis)


def needed(row: RankedRow) -> int:
    """Return the cells of a title with all that stands beside it."""
    beside = comment_text.mark(row.comments).cell_length + (len(row.together) + 2 if row.together else 0)
    status = len(row.hypothesis.status) + 3 if row.hypothesis.status != "open" else 0
    settled = SETTLED if row.hypothesis.settled else 0
    return content(row.hypothesis.title).cell_length + beside + status + settled


def row_start(row: RankedRow, columns: Columns) -> Content:
    """Draw a row up to its figure: a cell for the cursor, the rank, the title, a blank even before a long figure."""
    close = 1 if len(percentage(row.hypothesis.plausibility)) == YOU - 1 else 0
    title = titled(row, columns.title - close)
    return Content.assemble(" ", (f"{row.rank:>{columns.rank}} ", "$label"), title, " " * close)


def row_end(row: RankedRow, along: RowDrawing, was: float | None = None) -> Content:
    """Draw a row from its track on; with a mark where what you say stood before, if that is given."""
    columns = along.columns
    parts: list[Content | tuple[str, str] | str] = [
        belief_track(row, columns.belief, was),
        " ",
        says_text(row).truncate(columns.says, pad=True),
    ]
    if columns.words:
        parts += [" ", (f"{word(row.hypothesis.plausibility).removesuffix(' chance'):<{WORDS}}", "$label")]
    if columns.found:
        parts += [found_text(row, columns.found), " "]
    if columns.track:
        parts += [" ", left_track(row, along), "  "]
    if columns.left:
        parts.append((f"{row.left:>{columns.left}}", "bold"))
    if columns.closed:
        parts.append((f"{row.closed:>{columns.closed}}", "$label"))
    return Content.assemble(*parts)


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
        return Content.styled("untested", "$label")
    if not row.weighed:
        return Content.styled("  …", "$label")
    figure, span = chance(row.implied).removesuffix("%"), format_span(row.span)
    return Content.assemble((f"{figure:>3}", "bold $says"), (f" {span}", "$label"))


def found_text(row: RankedRow, width: int) -> Content:
    """Write how many findings there are for and against."""
    half = width // 2
    supporting, opposing = found_texts(row)
    return Content.assemble((f"{supporting:>{half}}", "$pro"), (f"{opposing:>{half}}", "$contra"))


def found_texts(row: RankedRow) -> tuple[str, str]:
    """Return `+10` and `−7`; nothing while that is not known."""
    if row.evidence_for is None:
        return "", ""
    return f"+{row.evidence_for}", f"−{row.evidence_against}"


def belief_track(row: RankedRow, width: int, was: float | None = None) -> Content:
    """Draw what you say and what the evidence says, with its span over the doubts, along 0 to 100%.

    `was` is what you said before, if that is to be seen.
    """
    line, you = TrackLine(Axis(0.0, 1.0, width)), row.hypothesis.plausibility
    for quarter in QUARTERS:
        line.mark(quarter, TICK_MARK, "$hint")
    if row.tested and row.weighed:
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
        (f" {'evidence':<{columns.says}}", "$label"),
    ]
    if columns.words:
        parts.append((f" {'in words':<{WORDS}}", "$label"))
    if columns.found:
        parts.append((f"{'found':>{columns.found}} ", "$label"))
    if columns.track:
        figures = along.axis.figures(along.gap, CLOSE) if along.axis and along.gap else " " * columns.track
        parts.append((f" {figures}  ", "$hint"))
    if columns.left:
        parts.append((f"{'left':>{columns.left}}"[-columns.left :], "$label"))
    if columns.closed:
        parts.append((f"{'closed':>{columns.closed}}", "$label"))
    return Content.assemble(*parts)


def legend(says: Doubted | None, along: RowDrawing, *, wide: bool) -> Content:
    """Say what the marks are."""
    doubts = len(says.counted) if says else 0
    parts: list[tuple[str, str]] = [(YOU_MARK, "$you"), (" you", "$label")]
    if doubts:
        over = f" evidence, over {doubts} doubt{'' if doubts == 1 else 's'}"
        parts += [("   ├", "$says"), (SAYS_MARK, "$says"), ("┤", "$says"), (over, "$label")]
    if along.axis is not None and along.gap is not None and along.today is not None and wide:
        today = f" {amount(along.gap, along.today)} today"
        parts += [("   ├", "$foreground"), (LEFT_MARK, "bold $foreground"), ("┤", "$foreground")]
        parts += [(" would be left of ", "$label"), (TODAY_MARK, "$today"), (today, "$label")]
    return Content.assemble(*parts)


HINTS: Final = {"differences": "compare", "adopt": "adopt", "cruxes": "what would change it"}
"""Commands that go on from the ranking, and what they do in a word."""


def hints(notes: str, keys: int) -> Content:
    """Name so many of the keys that go on from here."""
    parts: list[tuple[str, str]] = [(f"{notes}   ", "$label")] if notes else []
    for command, name in [*HINTS.items()][:keys]:
        parts += [(key_of(command), "bold $you"), (f" {name}   ", "$label")]
    return Content.assemble(*parts).rstrip()


def beside(left: Content, ends: Sequence[Content], width: int) -> Content:
    """Put a text at the left end of a line, and the first at its right end for which there is room."""
    for end in ends:
        room = width - left.cell_length - end.cell_length - 1
        if room >= 2:
            return Content.assemble(left, " " * room, end)
    return left
