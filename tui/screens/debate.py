"""The Debate screen: the ranked list and the open explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import Footer, Markdown

from hypotheses.belief import format_ratio
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from tui import exporting, external
from tui.commands import DEBATE, bindings
from tui.dialogs import forms
from tui.dialogs.evidence_view import EvidenceView
from tui.dialogs.form import Form
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.prompt import Prompt
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
    from store.debate_store import DebateStore
    from store.entries import Change, Entry
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
        self.app.fetch_history(self.open_slug)

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

    # Ranking

    def action_plausibility(self) -> None:
        """Type a plausibility."""
        hypothesis = self.open_hypothesis
        if hypothesis is None:
            return

        def read(text: str) -> str:
            plausibility = parse_plausibility(text)
            return f"{format_plausibility(plausibility)}: {word(plausibility)}"

        def save(text: str) -> None:
            self.app.commit(lambda store, slug: store.set_plausibility(slug, hypothesis.slug, parse_plausibility(text)))

        stands = format_plausibility(hypothesis.plausibility)
        self.app.push_screen(
            Prompt("Plausibility", f"{hypothesis.title}\n60%, 0.6, 3:2 or 1 in 5", stands, read=read, save=save)
        )

    def action_move_up(self) -> None:
        """Exchange places with the one above."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Exchange places with the one below."""
        self._move(1)

    def _move(self, step: int) -> None:
        moving = self.open_slug

        def move(store: DebateStore, slug: str) -> Change | None:
            order = [h.slug for h in ranked(store.load(slug))]
            rank = order.index(moving) + 1 + step if moving in order else 0
            return store.move(slug, moving, rank) if 1 <= rank <= len(order) else None

        self.app.change(move)

    # Explanations

    def action_add_hypothesis(self) -> None:
        """Fill in a form for a new explanation."""

        def save(texts: Mapping[str, str]) -> None:
            plausibility = parse_plausibility(texts["plausibility"])
            prior = parse_plausibility(texts["prior"]) if texts["prior"].strip() else None
            self.app.commit(
                lambda store, slug: store.add_hypothesis(
                    slug, title=texts["title"], statement=texts["statement"], plausibility=plausibility, prior=prior
                )
            )

        self.app.push_screen(
            Form("A new explanation", forms.hypothesis_fields(), save, draft=self._draft("hypothesis"))
        )

    def action_edit_hypothesis(self) -> None:
        """Edit the open explanation in a form."""
        was = self.open_hypothesis
        if was is None:
            return

        def save(texts: Mapping[str, str]) -> None:
            changed = forms.read_hypothesis(texts, was)
            self.app.commit(lambda store, slug: store.edit_hypothesis(slug, was.slug, expected=was, **changed))

        draft = self._draft(f"hypothesis-{was.slug}")
        self.app.push_screen(Form(was.title, forms.hypothesis_fields(was), save, draft=draft))

    def action_edit_statement(self) -> None:
        """Edit the statement in $EDITOR; one change, or none."""
        was = self.open_hypothesis
        if was is None:
            return
        text, told = external.edit(self.app, was.statement)
        if told:
            self.app.refuse(told)
        elif text != was.statement:
            self.app.change(lambda store, slug: store.edit_hypothesis(slug, was.slug, expected=was, statement=text))

    # Evidence

    def action_add_evidence(self) -> None:
        """Fill in a form for new evidence."""
        debate = self.app.debate
        if debate is None:
            return

        def save(texts: Mapping[str, str]) -> None:
            evidence = forms.read_evidence(debate, texts)
            self.app.commit(lambda store, slug: store.add_evidence(slug, evidence))

        self.app.push_screen(Form("New evidence", forms.evidence_fields(debate), save, draft=self._draft("evidence")))

    @on(LineList.Opened, "#evidence-list")
    def evidence_opened(self) -> None:
        """Show the evidence under the cursor."""
        current = self.query_one(EvidenceList).current
        if current is not None:
            self.view_evidence(current.evidence.key)

    def view_evidence(self, key: str) -> None:
        """Show evidence; edit or retract it if asked to."""
        debate = self.app.debate
        if debate is None:
            return
        evidence = debate.evidence[key]

        def take(chosen: str | None) -> None:
            if chosen == "edit":
                self._edit_evidence(debate, evidence)
            elif chosen == "retract":
                self.app.change(lambda store, slug: store.retract_evidence(slug, key, retracted=not evidence.retracted))

        self.app.push_screen(EvidenceView(debate, evidence), take)

    def _edit_evidence(self, debate: Debate, was: Evidence) -> None:
        def save(texts: Mapping[str, str]) -> None:
            now = forms.read_evidence(debate, texts, was)
            names = [each.name for each in fields(Evidence) if each.name not in ("key", "retracted")]
            changed = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(was, name)}
            self.app.commit(lambda store, slug: store.edit_evidence(slug, was.key, expected=was, **changed))

        self.app.push_screen(
            Form(was.key, forms.evidence_fields(debate, was), save, draft=self._draft(f"evidence-{was.key}"))
        )

    def action_attach_evidence(self) -> None:
        """Choose logged evidence and rate it for the open explanation."""
        debate, hypothesis = self.app.debate, self.open_hypothesis
        if debate is None or hypothesis is None:
            return

        def take(key: str | None) -> None:
            if key is not None:
                self._rate(debate.evidence[key], hypothesis)

        rated = {e.key: e.assessments.get(hypothesis.slug) for e in debate.evidence.values()}
        choices = [
            Choice(e.key, e.title, e.key, format_ratio(cell.ratio) if (cell := rated[e.key]) else "–")
            for e in debate.evidence.values()
        ]
        self.app.push_screen(Picker(f"Evidence to rate for: {hypothesis.title}", choices), take)

    def _rate(self, evidence: Evidence, hypothesis: Hypothesis) -> None:
        was = evidence.assessments.get(hypothesis.slug)

        def save(texts: Mapping[str, str]) -> None:
            cells = forms.read_assessments([hypothesis], texts)
            cell = cells.get(hypothesis.slug)
            self.app.commit(lambda store, slug: store.assess(slug, evidence.key, hypothesis.slug, cell, expected=was))

        field = replace(forms.rating_field(hypothesis, was), label="Rating", roomy=False, head=forms.RATING_HEAD)
        self.app.push_screen(Form(evidence.title, [field], save, draft=self._draft(f"rating-{evidence.key}")))

    # Ideas

    def action_submit_idea(self) -> None:
        """Fill in a form for a reader's idea."""

        def save(texts: Mapping[str, str]) -> None:
            self.app.commit(lambda store, slug: store.submit_idea(slug, **forms.read_idea(texts)))

        self.app.push_screen(Form("An idea", forms.idea_fields(self.open_slug), save, draft=self._draft("idea")))

    @on(LineList.Opened, "#idea-list")
    def idea_opened(self) -> None:
        """Show the idea under the cursor."""
        idea = self.query_one(IdeaList).current
        if idea is not None:
            self.app.show_idea(idea)

    # Numbers

    def action_values(self) -> None:
        """Open the quantities."""
        if self.app.debate is not None:
            self.app.push_screen(Values(self.app.debate, self.app.estimates))

    # Files

    def action_export(self) -> None:
        """Write the debate to a file; the ending says which format."""
        debate = self.app.debate
        if debate is None:
            return
        self.app.push_screen(
            Prompt(
                "Export",
                "A file ending in .md, .json or .yaml; an existing one is replaced only with a ! after its name",
                f"{debate.slug}.md",
                read=exporting.read_target,
                save=lambda text: self.app.call_from_thread(
                    self.app.notify, exporting.export(debate, text), markup=False
                ),
            )
        )

    def _draft(self, form: str) -> str:
        return f"{self.app.debate.slug if self.app.debate else ''}.{form}"

    @on(Markdown.LinkClicked)
    def link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Ask before a link is followed, naming the host."""
        event.stop()
        self.app.ask_to_browse(event.href)
