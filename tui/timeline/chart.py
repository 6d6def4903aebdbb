"""Plausibilities over time: one step line a hypothesis, each with its mark on it and at its end, and a cursor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from hypotheses.belief import DECIBANS_PER_NAT, logit
from tui.number_text import signed
from tui.timeline import ticks
from tui.widgets.raster import NOBODY, Cell, dot, plot, spread

Scale = Literal["plausibility", "decibans"]
Across = Literal["steps", "time"]

SHADES: Final = ("$says", "$today", "$pro", "$contra", "$foreground", "$text-secondary")
"""Colours of the lines, by turns; the mark is what tells them apart."""
LEFT: Final = 6
"""Cells that the figures of the upright axis take."""
RIGHT: Final = 3
"""Cells that the marks at the ends of the lines take."""
MOST_DECIBANS: Final = 60.0
"""What is nearer to certain than this, a million to one, is drawn at the edge."""


@dataclass(frozen=True, slots=True)
class Track:
    """One hypothesis over time."""

    mark: str
    shade: str
    plausibilities: Sequence[float | None]
    """At each time; None while it was not there."""


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """What a chart shows."""

    times: Sequence[datetime] = ()
    tracks: Sequence[Track] = ()
    empty: str = ""
    """What to say where there is nothing to draw."""
    dated: bool = True
    """Whether the times are known, so that they are written under the chart."""


def shade_of(rank: int) -> str:
    """Return the colour of the line of the hypothesis at a rank."""
    return SHADES[(rank - 1) % len(SHADES)]


def decibans(plausibility: float) -> float:
    """Return log-odds in decibans, within what is drawn."""
    nats = logit(plausibility)
    limit = MOST_DECIBANS / DECIBANS_PER_NAT
    return max(-limit, min(limit, nats)) * DECIBANS_PER_NAT


@dataclass(slots=True)
class _Drawn:
    """A chart worked out for one size."""

    rows: list[list[Cell]]
    columns: list[int]
    """The cell of each point."""
    figures: dict[int, str]
    """Row -> what stands beside it on the left."""
    ends: dict[int, int]
    """Row -> the line whose mark stands beside it on the right."""
    labels: list[ticks.Tick] = field(default_factory=list)


class Chart(Widget, can_focus=True):
    """Step lines over time with a cursor on one of the times."""

    DEFAULT_CSS = "Chart { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(-1)", "Last", show=False),
        Binding("ctrl+d,pagedown", "tenth(1)", "A tenth on", show=False),
        Binding("ctrl+u,pageup", "tenth(-1)", "A tenth back", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    cursor: reactive[int] = reactive(0)
    scale: reactive[Scale] = reactive("plausibility")
    across: reactive[Across] = reactive("steps")

    @dataclass
    class Moved(Message):
        """The cursor stands on another time."""

    @dataclass
    class Opened(Message):
        """What happened at the time under the cursor is asked for."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawing = ChartDrawing()
        self._drawn: _Drawn | None = None

    def show(self, drawing: ChartDrawing, cursor: int | None = None) -> None:
        """Show another drawing, with the cursor on one of its times (None: on the last)."""
        self._drawing, self._drawn = drawing, None
        last = len(drawing.times) - 1
        self.set_reactive(Chart.cursor, max(0, last if cursor is None else min(cursor, last)))
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.content_region.width
        if width < 1:
            return Strip.blank(0)
        return Visual.to_strips(self, self._line(y, width), width, 1, self.visual_style, pad=True)[0]

    def _line(self, y: int, width: int) -> Content:
        height = self.content_region.height
        if not self._drawing.times or not self._drawing.tracks:
            lines = self._drawing.empty.split("\n")
            return Content.styled(lines[y] if y < len(lines) else "", "$label")
        if self._drawn is None:
            self._drawn = self._work_out(max(1, width - LEFT - RIGHT), max(1, height - 2))
        plotted = len(self._drawn.rows)
        if y < plotted:
            return self._plot_line(self._drawn, y)
        return self._axis_line(self._drawn) if y == plotted else self._label_line(self._drawn)

    def _work_out(self, width: int, height: int) -> _Drawn:
        times, tracks = self._drawing.times, self._drawing.tracks
        low, high = self._range()
        lines = [(track.mark, [self._level(p, low, high) for p in track.plausibilities]) for track in tracks]
        by_time = self.across == "time"
        places = ticks.places_by_time(times) if by_time else ticks.places_by_step(len(times))
        sizes = (0.1, 0.25, 0.5) if self.scale == "plausibility" else (5, 10, 20, 40)
        figures = {
            dot(1 - (level - low) / (high - low), height): self._figure(level)
            for level in ticks.levels_for(low, high, height, sizes)
        }
        # By their levels: two may end in one line.
        last = {number: level for number, (_, levels) in enumerate(lines) if (level := levels[-1]) is not None}
        ends = sorted(last, key=lambda number: -last[number])[:height]
        rows = spread([dot(1 - last[number], height) for number in ends], height)
        labels = (ticks.time_ticks if by_time else ticks.step_ticks)(times, width) if self._drawing.dated else []
        # As the plot puts its dots, two to a cell.
        columns = [dot(place, width * 2) // 2 for place in places]
        beside = dict(zip(rows, ends, strict=True))
        return _Drawn(plot(lines, places, width, height), columns, figures, beside, labels)

    def _range(self) -> tuple[float, float]:
        if self.scale == "plausibility":
            return 0.0, 1.0
        levels = [decibans(p) for track in self._drawing.tracks for p in track.plausibilities if p is not None]
        return math.floor(min(levels, default=0) / 5) * 5, math.floor(max(levels, default=0) / 5) * 5 + 5

    def _level(self, plausibility: float | None, low: float, high: float) -> float | None:
        if plausibility is None:
            return None
        figure = plausibility if self.scale == "plausibility" else decibans(plausibility)
        return (figure - low) / (high - low)

    def _figure(self, level: float) -> str:
        return f"{level:.0%}" if self.scale == "plausibility" else f"{'+' if level > 0 else ''}{signed(level, 0)}"

    def _plot_line(self, drawn: _Drawn, y: int) -> Content:
        figure = drawn.figures.get(y)
        column = drawn.columns[self.cursor]
        parts: list[tuple[str, str] | Content] = [(f"{figure or '':>{LEFT - 1}}{'┤' if figure else '│'}", "$label")]
        for x, cell in enumerate(drawn.rows[y]):
            if x == column:
                parts.append(self._on_cursor(cell))
            else:
                parts.append((cell.char, self._shade(cell.line)))
        if (end := drawn.ends.get(y)) is not None:
            parts.append((f" {self._drawing.tracks[end].mark}", f"bold {self._shade(end)}"))
        return Content.assemble(*parts)

    def _on_cursor(self, cell: Cell) -> tuple[str, str]:
        if cell.line == NOBODY:
            return "┊", "bold $you on $row"
        return cell.char, f"bold {self._shade(cell.line)} on $row"

    def _shade(self, line: int) -> str:
        return "" if line == NOBODY else self._drawing.tracks[line].shade

    def _axis_line(self, drawn: _Drawn) -> Content:
        width = len(drawn.rows[0])
        line = ["─"] * width
        for cell, _ in drawn.labels:
            line[cell] = "┴"
        column = drawn.columns[self.cursor]
        before, after = "".join(line[:column]), "".join(line[column + 1 :])
        lead = " " * (LEFT - 1) + "└"
        return Content.assemble((lead + before, "$label"), ("▲", "bold $you"), (after, "$label"))

    def _label_line(self, drawn: _Drawn) -> Content:
        width = len(drawn.rows[0]) + RIGHT
        line = [" "] * width
        for cell, label in drawn.labels:
            line[cell : cell + len(label)] = label
        return Content.styled(f"{'dB' if self.scale == 'decibans' else '':>{LEFT}}{''.join(line)}", "$label")

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._drawn = None

    def notify_style_update(self) -> None:
        """Draw in the new colours."""
        super().notify_style_update()
        self._drawn = None

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a time."""
        return max(0, min(cursor, len(self._drawing.times) - 1))

    def watch_cursor(self) -> None:
        """Tell that the cursor has moved."""
        self.post_message(self.Moved())

    def watch_scale(self) -> None:
        """Draw on the other scale."""
        self._drawn = None

    def watch_across(self) -> None:
        """Draw along the other axis."""
        self._drawn = None

    def action_edge(self, place: int) -> None:
        """Move to the first (0) or the last (-1) time."""
        self.cursor = place if place == 0 else len(self._drawing.times) - 1

    def action_tenth(self, step: int) -> None:
        """Move by a tenth of the times."""
        self.cursor += step * max(1, len(self._drawing.times) // 10)

    def action_open(self) -> None:
        """Ask for what happened at this time."""
        if self._drawing.times:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the time nearest to where the mouse points; open it on the second click."""
        offset = event.get_content_offset(self)
        if offset is None or self._drawn is None or not self._drawing.times:
            return
        columns, x = self._drawn.columns, offset.x - LEFT
        if event.chain == 2:
            self.action_open()
        else:
            self.cursor = min(range(len(columns)), key=lambda index: (abs(columns[index] - x), -index))
