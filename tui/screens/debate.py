"""The Debate screen: the ranked list and the open explanation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Markdown

from hypotheses.debate import Debate, Hypothesis, Idea
from tui import editing
from tui.commands import DEBATE, bindings
from tui.dialogs.message import Page
from tui.dialogs.values import Values
from tui.widgets.detail import Detail, IdeaList
from tui.widgets.evidence_list import EvidenceList
from tui.widgets.gap_strip import GapStrip
from tui.widgets.intervals import PuzzleChart
from tui.widgets.line_list import LineList
from tui.widgets.ranking import Ranking, RankingRows
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates
    from store.entries import Entry
    from tui.app import AbduceApp

WIDE = 110
"""From this many columns on, the explanation stands beside the ranking; below, under it."""
TALL = 42
"""From this many rows on, an empty line stands between two explanations."""


class DebateScreen(Screen[None]):
    """Where a debate is read and changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(DEBATE),
        Binding("escape", "back", "Back", show=False, id="back"),
    ]
    app: AbduceApp

    def __init__(self) -> None:
        super().__init__()
        self.open_slug = ""

    def compose(self) -> ComposeResult:
        """Title, gaps, ranking beside the open explanation, keys."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Container(id="page"):
            with Vertical(id="left"):
                yield Ranking(id="ranking")
                yield PuzzleChart(id="puzzle")
            yield Detail(id="detail")
        yield Footer(show_command_palette=False)

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Show the debate as it is now."""
        self.query_one(TitleBar).show(debate)
        self.query_one(GapStrip).show(debate, estimates)
        ranking = self.query_one(Ranking)
        ranking.show(debate, estimates)
        self.query_one(PuzzleChart).show(debate, estimates)
        if self.open_slug not in debate.hypotheses:
            current = ranking.list.current
            self.open_slug = current.hypothesis.slug if current else ""
        self.query_one(Detail).show(debate, estimates, self.open_slug)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for the width there is."""
        wide = event.size.width >= WIDE
        self.set_class(wide, "wide")
        self.query_one(Ranking).set_lines(1 if not wide else 2 if event.size.height < TALL else 3)

    @on(LineList.Highlighted, "#ranking-rows")
    def highlighted(self) -> None:
        """Open the explanation under the cursor."""
        current = self.query_one(RankingRows).current
        if current is None or current.hypothesis.slug == self.open_slug or self.app.debate is None:
            return
        self.open_slug = current.hypothesis.slug
        self.query_one(Detail).show(self.app.debate, self.app.estimates, self.open_slug)
        self.app.read_history(self.open_slug)

    @on(LineList.Opened, "#ranking-rows")
    def opened(self) -> None:
        """Go into the open explanation."""
        self.query_one(Detail).focus_page()

    def action_back(self) -> None:
        """Go back to the ranking."""
        self.query_one(RankingRows).focus()

    def show_history(self, slug: str, entries: tuple[Entry, ...]) -> None:
        """Show the journal of one explanation, if it is still the open one."""
        if slug == self.open_slug:
            self.query_one(Detail).show_history(entries)

    def action_next_tab(self) -> None:
        """Go to the next tab."""
        self.query_one(Detail).turn(1)

    def action_previous_tab(self) -> None:
        """Go to the tab before."""
        self.query_one(Detail).turn(-1)

    def action_search(self) -> None:
        """Search the evidence."""
        self.query_one(Detail).search()

    @property
    def open_hypothesis(self) -> Hypothesis | None:
        """The explanation that the keys act on."""
        return self.app.debate.hypotheses.get(self.open_slug) if self.app.debate else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what cannot be done now."""
        needs_debate = {command.id for command in DEBATE}
        needs_hypothesis = {
            "plausibility",
            "move_up",
            "move_down",
            "edit_hypothesis",
            "edit_statement",
            "attach_evidence",
        }
        if action in needs_hypothesis:
            return self.open_hypothesis is not None
        return self.app.debate is not None if action in needs_debate else True

    # What the keys do

    def action_plausibility(self) -> None:
        """Type a plausibility."""
        self._with_open(editing.set_plausibility)

    def action_move_up(self) -> None:
        """Exchange places with the one above."""
        self._with_open(lambda app, hypothesis: editing.move(app, hypothesis, -1))

    def action_move_down(self) -> None:
        """Exchange places with the one below."""
        self._with_open(lambda app, hypothesis: editing.move(app, hypothesis, 1))

    def action_add_hypothesis(self) -> None:
        """Add an explanation."""
        editing.add_hypothesis(self.app)

    def action_edit_hypothesis(self) -> None:
        """Edit the open explanation."""
        self._with_open(editing.edit_hypothesis)

    def action_edit_statement(self) -> None:
        """Edit its statement in $EDITOR."""
        self._with_open(editing.edit_statement)

    def action_add_evidence(self) -> None:
        """Log evidence."""
        editing.add_evidence(self.app)

    def action_attach_evidence(self) -> None:
        """Rate evidence that is logged already."""
        self._with_open(editing.attach_evidence)

    def action_submit_idea(self) -> None:
        """Submit an idea about the open explanation."""
        editing.submit_idea(self.app, self.open_slug)

    def action_values(self) -> None:
        """Open the quantities."""
        if self.app.debate is not None:
            self.app.push_screen(Values(self.app.debate, self.app.estimates))

    def action_export(self) -> None:
        """Write the debate to a file."""
        editing.export(self.app)

    def _with_open(self, act: Callable[[AbduceApp, Hypothesis], None]) -> None:
        if self.open_hypothesis is not None:
            act(self.app, self.open_hypothesis)

    @on(LineList.Opened, "#evidence-list")
    def evidence_opened(self) -> None:
        """Show the evidence under the cursor."""
        current = self.query_one(EvidenceList).current
        if current is not None:
            editing.view_evidence(self.app, current.evidence.key)

    @on(LineList.Opened, "#idea-list")
    def idea_opened(self) -> None:
        """Show the idea under the cursor."""
        idea = self.query_one(IdeaList).current
        if idea is not None:
            self.app.push_screen(idea_page(idea))

    @on(Markdown.LinkClicked)
    def link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Ask before a link is followed, naming the host."""
        event.stop()
        self.app.ask_to_browse(event.href)


def idea_page(idea: Idea) -> Page:
    """Show a reader's idea, as text."""
    about = (f"{idea.kind}, {idea.status}", f"from {idea.sender}" if idea.sender else "", idea.received[:10])
    related = f"\n\nRelated: {', '.join(idea.related)}" if idea.related else ""
    example = "\n\nAn example that came with the debate; nobody sent it." if idea.example else ""
    told = " · ".join(part for part in about if part)
    return Page(f"Idea {idea.number}", f"{idea.title}\n{told}\n\n{idea.text}{related}{example}")
