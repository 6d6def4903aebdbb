"""The Debate screen: the ranked list and the open explanation."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import NotFound
from hypotheses.ranking import format_plausibility
from store.errors import DatabaseProblem
from tui.command_keys import bindings_on
from tui.debate.question import Question
from tui.debate.ranking import Ranking, RankingRows
from tui.host import Host, Target
from tui.screens import ROOMY, WIDE, Showing
from tui.terminal import guards
from tui.terminal.painting import PaintedDirectly, paint_now
from tui.widgets.gap_strip import GapStrip
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from store.at_once import Early
    from store.entries import Entry
    from tui.debate.aside import Aside
    from tui.debate.detail import Detail

FOCUS_KEYS = frozenset({"tab", "shift+tab"})
"""Keys that go from the ranking to the open explanation."""
NUMBERS_FIRST = 0.6
"""Seconds that the open explanation waits for the first numbers, so as not to compete with them for the processor."""
LOW = 16
"""Below so many rows the explanations have nearly all of them."""
MOST, MOST_WHERE_LOW = 0.4, 0.6
"""Share of the screen that the explanations take at most."""
WIDEST = 180
"""From this many columns on, there is a third one."""
SPACIOUS = 50
"""From this many rows on, what would be left is drawn under the statement."""
TALL = 36
"""From this many rows on, there is room for what the evidence under the cursor says."""


class DebateScreen(PaintedDirectly, Showing):
    """Where a debate is read and changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("debate"),
        Binding("escape", "back", "Back", show=False, id="back"),
    ]
    AUTO_FOCUS = "#ranking-rows"
    app: Host

    def __init__(self) -> None:
        super().__init__()
        self._shown_slug = ""
        """Of the explanation that is shown beside the ranking."""
        self._detail: Detail | None = None
        self._aside: Aside | None = None
        self._asked: list[Callable[[Detail], None]] = []
        self._mounting = Lock()
        """Held while a part is made: a timer's turn and a change's may come while the other waits for the same part."""

    def compose(self) -> ComposeResult:
        """Title, question, headline, ranking, the open explanation, keys."""
        yield TitleBar()
        yield Question(id="question")
        yield GapStrip(id="gaps")
        yield Ranking(id="ranking")
        yield Horizontal(id="detail-place")
        yield KeyLine()

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now."""
        self._show_strip(debate, estimates)
        ranking = self.query_one(Ranking)
        ranking.show(debate, estimates)
        paint_now(self.query_one(GapStrip), ranking.list)
        self._shown_slug = self.open_slug
        if estimates is None:
            self._show_around(debate)
            if self.app.session is not None:  # else the store is still to come, and the processor is wanted for that
                self.set_timer(NUMBERS_FIRST, self._show_detail)
        else:
            self.app.soon(self._show_rest)

    def show_early(self, early: Early) -> None:
        """Show what there is of a debate while its evidence is being read."""
        self._show_top(early.debate)
        self._show_strip(early.debate, None)
        self.query_one(Ranking).show_early(early)

    def _show_strip(self, debate: Debate, estimates: Estimates | None) -> None:
        strip = self.query_one(GapStrip)
        strip.show(debate, estimates)
        self.set_class(not strip.display, "bare")

    @on(Ranking.Weighed)
    def show_weighed(self) -> None:
        """Show what the evidence says, which has come behind the rest."""
        if self.app.debate is not None:
            self.show(self.app.debate, self.app.estimates)

    async def _show_rest(self) -> None:
        if self.app.debate is not None and not self.app.leaving:
            self._show_around(self.app.debate)
            await self._show_detail()

    def _show_top(self, debate: Debate) -> None:
        self.query_one(TitleBar).show(debate)
        self.query_one(Question).show(debate)

    def _show_around(self, debate: Debate) -> None:
        self._show_top(debate)
        self.query_one("#detail-place").display = bool(debate.hypotheses)

    async def _show_detail(self) -> None:
        """Show the open explanation; its widgets, with Markdown and tabs, come only after the ranking is painted."""
        place = self.query_one("#detail-place")
        async with self._mounting:
            if self._detail is None:
                from tui.debate.detail import Detail  # noqa: PLC0415 - Markdown and tabs come behind the ranking

                await place.mount(detail := Detail(id="detail"))
                self._detail = detail
            if self._aside is None and self.has_class("widest"):
                from tui.debate.aside import Aside  # noqa: PLC0415 - few screens are so wide

                await place.mount(aside := Aside(id="aside"))
                self._aside = aside
        if self.app.debate is None or self.app.leaving:
            return
        self._lay_out()
        self._read_history(self.app, self.open_slug)
        self._detail.show(self.app.debate, self.app.estimates, self.open_slug)
        says = self.query_one(Ranking).says
        if self._aside is not None and says is not None and self.has_class("widest"):
            self._aside.show(self.app.debate, says)

    def _lay_out(self) -> None:
        if self._detail is not None:
            wide, tall, spacious = map(self.has_class, ("wide", "tall", "spacious"))
            self._detail.lay_out(beside=wide, tall=tall, spacious=wide and spacious)

    def awaits(self, key: str) -> bool:
        """Let keys wait for one that waits for the open explanation; those that go there, until it has come."""
        return bool(self._asked) or (key in FOCUS_KEYS and not (self._detail is not None and self._detail.ready))

    def _in_detail(self, do: Callable[[Detail], None]) -> None:
        """Do something in the open explanation; what a key asks for before that has come is done when it comes."""
        if self._detail is not None and self._detail.ready:
            do(self._detail)
        else:
            self._asked.append(do)

    def on_detail_ready(self) -> None:
        """Do what was asked for meanwhile. Found by its name: the class is loaded late."""
        asked, self._asked = self._asked, []
        for do in asked:
            self._in_detail(do)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the width there is."""
        if guards.overtaken(self, event):
            return
        self.set_class(event.size.width >= WIDE, "wide")
        low = event.size.height < LOW
        self.set_class(low, "low")
        most = max(1, int(event.size.height * (MOST_WHERE_LOW if low else MOST)))
        self.query_one(RankingRows).styles.max_height = most
        self.set_class(event.size.height >= ROOMY, "roomy")
        self.set_class(event.size.height >= TALL, "tall")
        self.set_class(event.size.height >= SPACIOUS, "spacious")
        self.set_class(event.size.width >= WIDEST, "widest")
        self._lay_out()
        if self._detail is not None and self.has_class("widest"):
            self.app.soon(self._show_rest)

    @on(LineList.Highlighted, "#ranking-rows")
    def highlighted(self) -> None:
        """Open the explanation under the cursor."""
        if self.open_slug in ("", self._shown_slug) or self.app.debate is None:
            return
        self._shown_slug = self.open_slug
        paint_now(self.query_one(RankingRows))
        if self._detail is not None:
            self._detail.show(self.app.debate, self.app.estimates, self.open_slug)
        self._read_history(self.app, self.open_slug)

    @work(thread=True, group="history", exclusive=True)
    def _read_history(self, app: Host, slug: str) -> None:
        """Have the journal of one explanation read and shown."""
        if app.session is None or app.debate is None or not slug:
            return
        try:
            entries = app.session.history(app.debate.slug, slug)
        except NotFound:
            return  # another process has removed it, and that is on its way to the screen
        except DatabaseProblem as problem:
            app.call_from_thread(app.changes.cannot_read, problem)
        else:
            app.call_later(self._show_history, slug, entries)

    def _show_history(self, slug: str, entries: tuple[Entry, ...]) -> None:
        if slug == self.open_slug and self._detail is not None:
            self._detail.show_history(entries)

    @on(LineList.Opened, "#ranking-rows")
    def opened(self) -> None:
        """Go into the open explanation."""
        self._in_detail(lambda detail: detail.focus_page())

    @on(RankingRows.Pointed)
    def pointed(self, event: RankingRows.Pointed) -> None:
        """Ask whether the plausibility that the mouse pointed to is meant."""
        from tui.debate.actions import set_plausibility  # noqa: PLC0415 - dialogs are loaded when the first is opened

        real = self.app.real
        hypothesis = real.hypotheses.get(event.hypothesis.slug) if real else None
        if real is not None and hypothesis is not None:
            set_plausibility(self.app, real, hypothesis, format_plausibility(event.plausibility))

    @on(RankingRows.LeftUpwards)
    def left_upwards(self) -> None:
        """Go to the question."""
        question = self.query_one(Question)
        if question.display:
            question.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go back to the ranking from elsewhere only: there, esc may be for something else."""
        return action != "back" or not isinstance(self.focused, RankingRows)

    def action_back(self) -> None:
        """Go back to the ranking."""
        self.query_one(RankingRows).focus()

    def action_next_view(self) -> None:
        """Go to the next tab."""
        self._in_detail(lambda detail: detail.turn(1))

    def action_previous_view(self) -> None:
        """Go to the tab before."""
        self._in_detail(lambda detail: detail.turn(-1))

    def action_search(self) -> None:
        """Search the evidence."""
        self._in_detail(lambda detail: detail.search())

    @property
    def open_slug(self) -> str:
        """The slug of the explanation under the cursor of the ranking, or nothing."""
        current = self.query_one(RankingRows).current
        return current.hypothesis.slug if current else ""

    @property
    def target(self) -> Target:
        """The evidence or the idea under the cursor, where the focus is in their list; with the open explanation."""
        chosen = self._detail.chosen if self._detail else None
        if isinstance(chosen, Idea):
            return Target(self.open_slug, idea=chosen.number)
        return Target(self.open_slug, chosen.key if chosen else "")

    @property
    def copied(self) -> str:
        """The entry under the cursor, where the focus is in the history."""
        focused = self.focused
        return focused.copied if isinstance(focused, LineList) and focused.id == "entry-list" else ""

    @on(LineList.Opened, "#evidence-list")
    def evidence_opened(self) -> None:
        """Show the evidence under the cursor; once, if enter is held down."""
        evidence = self._detail.evidence if self._detail else None
        if evidence is not None and self.is_current:
            self.app.act("view_evidence", Target(evidence=evidence.key))

    @on(LineList.Opened, "#idea-list")
    def idea_opened(self) -> None:
        """Show the idea under the cursor."""
        idea = self._detail.idea if self._detail else None
        if idea is not None and self.is_current:
            self.app.act("view_idea", Target(idea=idea.number))

    def go_to(self, slug: str) -> None:
        """Open another explanation."""
        self.query_one(RankingRows).go_to(slug)
