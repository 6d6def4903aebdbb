"""What is stated beside what the evidence says, the largest difference first; and what it says under each doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from hypotheses.debate import Debate
from hypotheses.differing import Difference, differences
from hypotheses.doubted import Doubted
from hypotheses.ranking import format_plausibility, format_span
from tui.command_keys import bound_to
from tui.debate.doubt_list import DoubtList, about_doubt, doubt_heads, doubt_rows, signs_of, summary
from tui.dialogs.board import Board, BoardLine, BoardLines
from tui.number_text import decibans, factor, odds
from tui.says import Says
from tui.screens import WIDE
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.head import Head
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates

LOUDEST: Final = 3000
"""Decibans beyond which nothing is written out."""
TITLE: Final = 26
"""Cells of a title before there is room for more figures."""
YOU, SAYS, SPAN, APART, FACTOR, ODDS = 9, 9, 8, 10, 8, 20
"""Cells of each column, with the blanks before it."""
LOW: Final = 14
"""Lines of the open explanation's place from which on there is room for this."""
LEAST: Final = 2
"""Lines of each list at least."""
COPIED: Final = 100
"""Cells of the lines that are copied."""
TALL, TOLD, LOW_TOLD = 30, 5, 3
"""Lines from which on there is room to tell a doubt in so many lines; in so many below."""
AROUND: Final = 6
"""Lines around the two lists where one stands over the other: heads, a blank, the summary."""
LAID_OUT: Final = 0.05
"""Seconds after which the screen below has taken up a new size."""


class Differences(Board):
    """Two panels, in the place of the open explanation if that is in sight; nothing changes unless it is adopted."""

    DEFAULT_CSS = """
    Differences {
        & > #box { width: 96%; max-width: 140; }
        & #about { display: none; }
        & #panels { layout: vertical; height: auto; }
        & #left, & #apart, & #doubts-panel { width: 1fr; height: auto; }
        & #doubts-panel { margin-top: 1; }
        & .heads { height: 1; text-wrap: nowrap; }
        & #lines, & #doubts { height: auto; }
        & #bold, & #doubt { display: none; }
        & #doubt-text { padding: 0 1; color: $label; }
        & #summary { height: auto; color: $label; padding: 0 1; }
        & #told { color: $label; padding: 0 1; }
        & #keys { margin: 0; padding: 0 1; }

        &.beside {
            align: left top;
            & > #above { display: none; }
            & > #box {
                width: 100%; max-width: 100%; max-height: 100%; border: none; padding: 0; background: $background;
            }
            & #panels { layout: horizontal; height: 1fr; }
            & #left { width: 46%; height: 1fr; }
            & #doubts-panel { height: 1fr; margin: 0 0 0 2; }
            & #lines { max-height: 16; }
            & #doubts { height: 1fr; }
            & #bold { display: block; height: auto; color: $label; padding: 0 1; margin-top: 1; }
            & #doubt { display: block; height: 1fr; margin-top: 1; }
            & #keys { background: $panel; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bound_to("adopt"),
        bound_to("cruxes"),
    ]
    rolling = "#panels"
    keys = "tab doubts · enter opens · {adopt} adopts · {cruxes} what would change · esc back"

    def __init__(self, title: str, debate: Debate, kept: Says, place: Widget | None) -> None:
        """Show the differences in the place of a widget of the screen below, or else in a box."""
        super().__init__(title, debate)
        self._place = place
        self._kept = kept
        self._says: Doubted = kept.of(debate)
        self._unfolded: frozenset[str] = frozenset()
        """Names of the doubts whose cases are shown one by one."""

    def body(self) -> ComposeResult:
        """Where one differs, and what is said under each doubt."""
        yield Static(id="about")
        with Horizontal(id="panels"):
            with Vertical(id="left"):
                with Vertical(id="apart"):
                    yield Head("Where you differ", Content.styled("largest first", "$label"))
                    yield Static(classes="heads", id="apart-heads")
                    yield BoardLines(id="lines", empty=" No explanations yet.")
                    yield Static("Bold: you stand outside the span; no doubt listed here accounts for it.", id="bold")
                with Vertical(id="doubt"):
                    yield Head("This doubt")
                    with VerticalScroll(can_focus=False):
                        yield Static(id="doubt-text")
            with Vertical(id="doubts-panel"):
                yield Head("What the evidence says under each doubt", id="doubts-head")
                yield Static(classes="heads", id="doubts-heads")
                yield DoubtList(id="doubts", empty=" Nothing is rated yet, so there is nothing to doubt.")
                yield Static(id="summary")

    @property
    def _doubts(self) -> DoubtList:
        return self.query_one(DoubtList)

    # What is shown

    def lines(self, debate: Debate) -> Sequence[BoardLine]:
        """A line per explanation."""
        return [BoardLine(partial(_draw, one), one.hypothesis.slug) for one in differences(debate, self._says)]

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now."""
        self._says = self._kept.of(debate)
        super().show(debate, estimates)
        if self.query(DoubtList):
            self._doubts.signs = signs_of(debate)
            self._show_doubts()

    def _show_doubts(self) -> None:
        self._doubts.show(list(doubt_rows(self._says, self._unfolded)))
        self._doubts.redraw()
        put(self.query_one("#summary", Static), content(summary(self._says, self._doubts.signs)))
        last = len(self._doubts.signs)
        legend = Content.assemble((f"1–{last}" if last > 1 else "1", "$says"), (" explanations", "$label"))
        self.query_one("#doubts-head", Head).show(legend=legend if last else Content(""))
        self._tell_doubt()
        self.fit()

    @on(LineList.Highlighted, "#doubts")
    def _tell_doubt(self) -> None:
        """Say what the doubt under the cursor is: in its own place, or under the lists."""
        if not self.query(DoubtList):
            return  # as in `_draw_heads`
        row = self._doubts.current
        told = about_doubt(row, self._says, self._doubts.signs) if row else Content("")
        put(self.query_one("#doubt-text", Static), told)
        below = self.query_one("#told", Static)
        below.display = not self.has_class("beside")
        put(below, told)

    @on(LineList.Opened, "#doubts")
    def _fold(self) -> None:
        """Fold or unfold the cases of a doubt."""
        row = self._doubts.current
        if row is not None and row.folds and row.doubt is not None:
            self._unfolded ^= {row.doubt.name}
            self._show_doubts()

    @property
    def copied(self) -> str:
        """Both tables as text."""
        lines = self.query_one("#lines", BoardLines).texts(COPIED)
        apart, doubts = [_heads(COPIED).plain, *lines], [doubt_heads(COPIED).plain, *self._doubts.texts(COPIED)]
        return "\n".join([*apart, "", *doubts])

    # Where it stands

    def on_mount(self) -> None:
        """Stand in the place of the open explanation, if that is in sight."""
        super().on_mount()
        self._stand()

    def on_resize(self, event: events.Resize) -> None:
        """Stand there anew once the screen below has taken up the size."""
        super().on_resize(event)
        self.set_timer(LAID_OUT, self._stand)

    def _stand(self) -> None:
        if not self.query(DoubtList):
            return  # as in `_draw_heads`
        if self._place is not None:
            # Below a dialog Textual 8.2.8 lays nothing out.
            self._place.screen._refresh_layout()  # noqa: SLF001
        place = self._place.region if self._place is not None else Region()
        beside = place.width >= WIDE and place.height >= LOW
        self.set_class(beside, "beside")
        box = self.query_one("#box")
        box.styles.offset = (0, place.y) if beside else (0, 0)
        box.styles.height = self.size.height - place.y if beside else "auto"
        self.query_one("#told").styles.height = "auto" if beside else TOLD if self.size.height >= TALL else LOW_TOLD
        self.call_after_refresh(self._draw_heads)
        self._show_doubts()

    def _draw_heads(self) -> None:
        if not self.query(DoubtList):
            return  # it was left meanwhile
        lines = self.query_one("#lines")
        put(self.query_one("#apart-heads", Static), _heads(lines.size.width))
        put(self.query_one("#doubts-heads", Static), doubt_heads(self._doubts.size.width))

    def _fit(self) -> None:
        """Where one list stands over the other, give the one that has the keys what it needs of the lines there are."""
        super()._fit()
        if self.has_class("beside") or not self.query(DoubtList):
            return
        lines, room = self.query_one("#lines", BoardLines), self.query_one("#panels").styles.max_height
        free = int(room.value if room else 0) - AROUND
        first, other = (self._doubts, lines) if self._doubts.has_focus else (lines, self._doubts)
        taken = max(LEAST, min(len(first.rows), free - LEAST))
        first.styles.max_height, other.styles.max_height = taken, max(LEAST, free - taken)

    def on_descendant_focus(self) -> None:
        """Give the list that has the keys now its lines."""
        self.fit()


def _heads(width: int) -> Content:
    """Name the columns of the explanations."""
    parts = [f"{'you':>{YOU - 1}} ", f"{'evidence':>{SAYS}}"]
    if _has(width, SPAN):
        parts.append(f" {'span':<{SPAN - 1}}")
    parts.append(f"{'decibans':>{APART}}")
    if _has(width, SPAN + FACTOR):
        parts.append(f"{'odds':>{FACTOR}}")
    if _has(width, SPAN + FACTOR + ODDS):
        parts.append(f"{'said':>10}{'implied':>10}")
    return Content.styled("".join(parts).rjust(width), "$label")


def _has(width: int, more: int) -> bool:
    """Say whether there is room for more figures than there have to be."""
    return width >= 4 + TITLE + YOU + SAYS + APART + more


def _draw(one: Difference, width: int) -> Content:
    stated, (low, high) = one.hypothesis.plausibility, one.span
    glyph, shade = (" ", "$label") if round(one.decibans, 1) == 0 else ("▼", "$today")
    if one.decibans > 0 and glyph != " ":
        glyph, shade = "▲", "$pro"
    implied = format_plausibility(one.implied)
    # Bold: no doubt that is listed accounts for the difference.
    weight = "" if low <= stated <= high else "bold "
    parts: list[tuple[str, str]] = [
        (f"{format_plausibility(stated):>{YOU - 1}}", "$you"),
        ("?" if one.hypothesis.placeholder else " ", "$label"),
        (f"{glyph:>{SAYS - 1 - len(implied)}} ", shade),
        (implied, "$says"),
    ]
    if _has(width, SPAN):
        parts.append((f" {format_span(one.span):<{SPAN - 1}}", "$label"))
    parts.append((f"{decibans(one.decibans):>{APART}}", f"{weight}$foreground"))
    if _has(width, SPAN + FACTOR):
        parts.append((f"{factor(10 ** (max(-LOUDEST, min(LOUDEST, one.decibans)) / 10)):>{FACTOR}}", "$label"))
    if _has(width, SPAN + FACTOR + ODDS):
        parts.append((f"{odds(stated):>10}{odds(one.implied):>10}", "$label"))
    figures = Content.assemble(*parts)
    title = content(one.hypothesis.title).truncate(max(4, width - figures.cell_length - 4), ellipsis=True, pad=True)
    return Content.assemble((f" {one.rank:>2} ", "$label"), title, figures)
