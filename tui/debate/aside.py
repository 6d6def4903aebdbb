"""What a wide screen has beside the open explanation: how firm the order is, what would change it, and the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from hypotheses.cruxes import Crux, closing_cruxes, flipping_cruxes, smallest_first
from hypotheses.debate import Debate
from hypotheses.doubt_cases import Case
from hypotheses.doubted import Doubted
from hypotheses.margin import Margin, margin
from hypotheses.problems import AbduceError
from hypotheses.steps import Step, steps
from tui.command_keys import key_of
from tui.commands import COMMANDS
from tui.debate.doubt_list import signs_of, summary
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.widgets.crux_text import crux_sentence, eased
from tui.widgets.head import Head
from tui.widgets.raster import plot
from tui.work_told import Ended, told_in_thread

if TYPE_CHECKING:
    from store.entries import Entry
    from tui.host import Host

CALM: Final = 0.4
"""Seconds without a change after which what takes longer is worked out."""
COLUMN: Final = 4
"""Cells of the figures of one explanation."""
DOUBT: Final = 32
"""Cells of a doubt's name."""
CHANGES: Final = 6
"""How many changes are listed."""
ENTRIES: Final = 6
"""How many entries of the journal are listed."""
TRACK_LINES: Final = 2
"""Lines of one explanation's past."""
MOST_TRACKS: Final = 8
"""Of so many explanations the past is shown."""
FIGURE: Final = 7
"""Cells of where it stands now."""


class AsidePart(Vertical):
    """A part of the column; a click on it goes where its key goes."""

    DEFAULT_CSS = """
    AsidePart { height: auto; margin-bottom: 1; }
    AsidePart > Static { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    ALLOW_SELECT = False

    def __init__(self, title: str, about: str, command: str, does: str, *, name: str) -> None:
        super().__init__(id=f"aside-{name}")
        self._head = Content.assemble((title, "bold $foreground"), (f" {about}", "$label"))
        self._legend = Content.assemble((key_of(command), "bold $you"), (f" {does}", "$label"))
        self._command = command
        self._text = Static()
        """What there is to show may come before it is there, or when it goes."""

    def compose(self) -> ComposeResult:
        """The head, and the text."""
        yield Head(self._head, self._legend)
        yield self._text

    def show(self, text: Content) -> None:
        """Show a text."""
        put(self._text, text)

    def on_click(self) -> None:
        """Do what the key in the head does."""
        self.app.simulate_key(COMMANDS[self._command].press)


@dataclass(frozen=True, slots=True)
class Beyond:
    """What takes longer to work out than the ranking."""

    debate: Debate
    changes: Sequence[Crux]
    apart: Margin | None
    past: Sequence[Step]
    entries: Sequence[Entry]


class Aside(VerticalScroll, can_focus=False):
    """Four parts; the doubts follow at once, the others once nothing has changed for a moment."""

    DEFAULT_CSS = "Aside { scrollbar-size-vertical: 1; }"
    app: Host

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debate: Debate | None = None
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Doubts, changes, what the evidence said, the journal."""
        yield AsidePart("Doubts", "about what the evidence says", "differences", "compare", name="doubts")
        yield AsidePart("What would change it", "smallest first", "cruxes", "try", name="changes")
        yield AsidePart("What the evidence said", "by its own dates", "show_timeline", "timeline", name="past")
        yield AsidePart("Lately", "", "show_timeline", "journal", name="lately")

    def show(self, debate: Debate, says: Doubted) -> None:
        """Show what is known of a debate now, and have the rest worked out."""
        self.query_one("#aside-doubts", AsidePart).show(doubts_table(says, signs_of(debate), self._width))
        if debate is self._debate:
            return
        if self._debate is None or self._debate.slug != debate.slug:
            for name in ("changes", "past", "lately"):
                self.query_one(f"#aside-{name}", AsidePart).show(Content.styled("working it out …", "$label"))
        self._debate = debate
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(CALM, self._start)

    @property
    def _width(self) -> int:
        return max(30, (self.scrollable_content_region.width or 58) - 2)

    def _start(self) -> None:
        if self._debate is not None and self.app.debate is self._debate:
            self._work_out(self.app, self._debate)

    @work(thread=True, exclusive=True, group="aside", description="aside")
    def _work_out(self, app: Host, debate: Debate) -> None:
        if app.session is None:
            return
        told = told_in_thread()
        try:
            entries = app.session.history(debate.slug, limit=ENTRIES)
            flipping, past = flipping_cruxes(debate, told), steps(debate, told)
            # Last, as an edit waits for its numbers meanwhile.
            with app.session.trying(debate) as estimates:
                changes = smallest_first([*flipping, *closing_cruxes(debate, estimates)])
        except AbduceError:
            return  # the app tells that the database cannot be read, and the next change asks again
        except Ended:
            return
        beyond = Beyond(debate, changes[:CHANGES], margin(debate), past, entries)
        app.call_from_thread(self._worked_out, beyond)

    def _worked_out(self, beyond: Beyond) -> None:
        if beyond.debate is not self._debate or not self.app.shows(self):
            return
        width = self._width
        self.query_one("#aside-changes", AsidePart).show(changes_text(beyond, width))
        self.query_one("#aside-past", AsidePart).show(past_text(beyond, width))
        self.query_one("#aside-lately", AsidePart).show(lately_text(beyond.entries, width, datetime.now().astimezone()))


def doubts_table(says: Doubted, signs: Mapping[str, str], width: int) -> Content:
    """Write a line per doubt, with what the evidence says of each explanation under it; the first is underlined."""
    if not says.counted:
        return Content.styled("Nothing is rated yet, so there is nothing to doubt.", "$label")
    shown = list(signs)[: max(1, (width - DOUBT) // COLUMN)]
    room = width - COLUMN * len(shown)

    def line(label: str, case: Case, style: str = "") -> Content:
        first = next(iter(case.order), "")
        parts: list[Content | tuple[str, str]] = [content(label, style).truncate(room, ellipsis=True, pad=True)]
        for slug in shown:
            figure = f"{100 * case.implied[slug]:.0f}"
            parts += [(" " * (COLUMN - len(figure)), ""), (figure, "bold underline" if slug == first else "$label")]
        return Content.assemble(*parts)

    heads = Content.styled(" " * room + "".join(f"{signs[slug]:>{COLUMN}}" for slug in shown), "$label")
    lines = [heads, line("As rated", says.rated, "bold")]
    for under in says.counted:
        name, worst = under.worst(says.first)
        lines.append(line(f"{under.doubt.label}, worst of {len(under.cases)}" if name else under.doubt.label, worst))
    if more := len(signs) - len(shown):
        lines.append(Content.styled(f"and {more} more explanations", "$label"))
    return Content("\n").join([*lines, content(summary(says, signs), "$label")])


def changes_text(beyond: Beyond, width: int) -> Content:
    """Write the smallest changes that would turn a conclusion round, and which."""
    if not beyond.changes:
        return Content.styled("No single change would do it.", "$label")
    signs, apart = signs_of(beyond.debate), beyond.apart
    turned = f"{signs.get(apart.second, '•')} before {signs.get(apart.first, '•')}" if apart else ""
    lines = []
    for crux in beyond.changes:
        end = Content.styled("closes it" if crux.flips == "gap" else turned, "$label")
        room = max(1, width - end.cell_length - 2)
        change = content(crux_sentence(beyond.debate, eased(beyond.debate, crux, apart)))
        lines.append(Content.assemble(change.truncate(room, ellipsis=True, pad=True), "  ", end))
    return Content("\n").join(lines)


def past_text(beyond: Beyond, width: int) -> Content:
    """Draw what the evidence said of each explanation, date after date: 0 at the bottom, 100% at the top."""
    dated = [step for step in beyond.past if step.date]
    if not dated:
        return Content.styled("No evidence bears a date yet.", "$label")
    places = [place / max(1, len(dated) - 1) for place in range(len(dated))]
    lines: list[Content] = []
    track = width - FIGURE - 3
    for slug, sign in list(signs_of(beyond.debate).items())[:MOST_TRACKS]:
        levels = [step.implied.get(slug) for step in dated]
        rows = ["".join(cell.char for cell in row) for row in plot([("", levels)], places, track, TRACK_LINES)]
        now = f"{100 * (levels[-1] or 0.0):.0f}"
        for place, row in enumerate(rows):
            last = place == len(rows) - 1
            end = Content.assemble((f"{now:>{FIGURE - 2}}", "bold $says"), (" ◆", "$says")) if last else Content("")
            lines.append(Content.assemble((f"{sign if last else '':<3}", "$label"), (row, "$says"), end))
    first, latest = dated[0].date[:4], dated[-1].date[:4]
    lines.append(Content.styled(f"   {first}{latest:>{track - len(first)}}", "$hint"))
    return Content("\n").join(lines)


def lately_text(entries: Sequence[Entry], width: int, now: datetime) -> Content:
    """Write the latest entries of the journal: when, who, what."""
    if not entries:
        return Content.styled("Nothing has changed since it was entered.", "$label")
    lines = []
    for entry in entries:
        at = entry.at.astimezone(now.tzinfo)
        when = f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d}"
        line = Content.assemble((f"{when:<12}", "$label"), content(f"{entry.actor} ", "$label"), content(entry.told))
        lines.append(line.truncate(width, ellipsis=True))
    return Content("\n").join(lines)
