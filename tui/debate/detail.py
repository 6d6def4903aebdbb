"""The open explanation: statement, evidence, gap, ideas, history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Markdown, Static, TabbedContent, TabPane, Tabs

from hypotheses.belief import Pull, evidence_for, weighed
from hypotheses.debate import Debate, Evidence, Hypothesis, Idea
from hypotheses.people import named
from hypotheses.ranking import format_plausibility, word
from tui.comments import comment_text
from tui.dialogs.link import browse
from tui.evidence.evidence_list import EvidenceList, members
from tui.number_text import outcome
from tui.terminal.clean import clean_text, content
from tui.terminal.painting import entitle, put
from tui.terminal.typed import LineInput
from tui.widgets.gap_text import gap_text
from tui.widgets.line_list import LineList
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate
    from store.entries import Entry
    from tui.host import Host

TABS = ("statement", "evidence", "gap", "ideas", "history")


class IdeaList(LineList[Idea]):
    """Readers' ideas, those attached to the open explanation first."""

    attached_to = ""
    comments: Mapping[comment_text.About, int] = {}

    def key_of(self, row: Idea) -> object:
        """An idea is its number."""
        return row.number

    def draw(self, row: Idea, width: int) -> list[Content]:
        """Draw one idea on one line."""
        mark = "●" if row.hypothesis and row.hypothesis == self.attached_to else "○"
        example = (" example", "dim") if row.example else ""
        return [
            Content.assemble(
                (f"{mark} {row.number:>3} ", "dim"),
                (f"{row.status:<9}", "$text-accent" if row.status == "new" else "dim"),
                content(row.title),
                comment_text.mark(self.comments.get(("", "", row.number), 0)),
                example,
            )
        ]


class EntryList(LineList["Entry"]):
    """Entries of the journal, newest first."""

    def key_of(self, row: Entry) -> object:
        """An entry is its id."""
        return row.id

    def draw(self, row: Entry, width: int) -> list[Content]:
        """Draw one entry on one line."""
        at = row.at.astimezone().strftime("%Y-%m-%d %H:%M")
        return [Content.assemble((f"{at}  ", "dim"), content(row.label), (f"  {clean_text(row.actor)}", "dim"))]


class SearchInput(LineInput):
    """The words to look for; esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def action_close(self) -> None:
        """Close the line of words, and show all evidence again."""
        self.value = ""
        self.display = False
        self.screen.query_one(EvidenceList).focus()


class Detail(Vertical):
    """Everything about the explanation under the cursor."""

    DEFAULT_CSS = """
    Detail {
        & TabbedContent { height: 1fr; }
        & ContentSwitcher { height: 1fr; }
        & TabPane { height: 1fr; padding: 0 1; }
        & Markdown { padding: 0; margin: 0; background: transparent; }
        & #facts { margin-top: 1; }
        & SearchInput { display: none; height: 1; border: none; }
    }
    """

    app: Host

    class Ready(Message):
        """Its tabs have come and can be turned."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.ready = False
        """Whether its tabs have come."""
        self._debate: Debate | None = None
        self._estimates: Estimates | None = None
        self._slug = ""
        self._statement = ""
        self._comments: Counter[comment_text.About] = Counter()
        self._by_convention: Mapping[str, GapEstimate | None] = {}
        self._compared: Debate | None = None
        """Of which debate the headline gap under each convention is worked out, or under way."""

    def compose(self) -> ComposeResult:
        """A tab for each thing to know of an explanation."""
        with TabbedContent(id="tabs"):
            with TabPane("Statement", id="statement"), VerticalScroll(id="statement-page"):
                yield Markdown(open_links=False, id="statement-text")
                yield Static(id="facts")
            with TabPane("Evidence", id="evidence"):
                yield SearchInput(placeholder="words in the evidence", id="search", compact=True)
                yield EvidenceList(id="evidence-list", empty="No evidence is rated for it yet: press n to log some.")
            with TabPane("Gap", id="gap"), VerticalScroll(id="gap-page"):
                yield Static(id="gap-text")
            with TabPane("Ideas", id="ideas"):
                yield IdeaList(id="idea-list", empty="No ideas yet: press i to submit one.")
            with TabPane("History", id="history"):
                yield EntryList(id="entry-list", empty="Nothing has changed since it was entered.")

    def on_mount(self) -> None:
        """Leave the row of tabs out of the way of the tab key: [ and ] turn them."""
        for tabs in self.query(Tabs):
            tabs.can_focus = False

    @on(TabbedContent.TabActivated)
    def _tab_turned(self) -> None:
        if not self.ready:
            self.ready = True
            self.post_message(self.Ready())
        self._compare_conventions()

    @property
    def hypothesis(self) -> Hypothesis | None:
        """The open explanation."""
        return self._debate.hypotheses.get(self._slug) if self._debate else None

    def show(self, debate: Debate, estimates: Estimates | None, slug: str) -> None:
        """Show one explanation of this debate."""
        self._debate, self._estimates, self._slug = debate, estimates, slug
        hypothesis = self.hypothesis
        entitle(self, content(hypothesis.title if hypothesis else ""))
        if hypothesis is None:
            return
        statement = (
            clean_text(preview(hypothesis.statement), multiline=True) or "*No statement yet: press `e` to write one.*"
        )
        if statement != self._statement:
            self._statement = statement
            self.query_one(Markdown).update(statement)
        self._comments = comment_text.counts(debate)
        self._label("statement", f"Statement{comment_text.mark(self._comments[slug, '', 0]).plain}")
        put(self.query_one("#facts", Static), facts(hypothesis, debate, self.app.viewer))
        self._show_evidence()
        self._show_gap()
        ideas = self.query_one(IdeaList)
        ideas.attached_to, ideas.comments = slug, self._comments
        ideas.show(sorted(debate.ideas.values(), key=lambda idea: (idea.hypothesis != slug, idea.number)))
        attached = sum(idea.hypothesis == slug for idea in debate.ideas.values())
        self._label("ideas", f"Ideas {attached}" if attached else "Ideas")

    @on(Markdown.LinkClicked)
    def _link_clicked(self, event: Markdown.LinkClicked) -> None:

        event.stop()
        browse(self.app, event.href)

    @property
    def evidence(self) -> Evidence | None:
        """The evidence under the cursor."""
        pull = self.query_one(EvidenceList).current
        return pull.evidence if pull else None

    @property
    def idea(self) -> Idea | None:
        """The idea under the cursor."""
        return self.query_one(IdeaList).current

    @property
    def chosen(self) -> Evidence | Idea | None:
        """What is under the cursor, where the focus is in the evidence or the ideas."""
        if self.query_one(EvidenceList).has_focus:
            return self.evidence
        return self.idea if self.query_one(IdeaList).has_focus else None

    def show_history(self, entries: Sequence[Entry]) -> None:
        """Show the journal of this explanation."""
        self.query_one(EntryList).show(entries)

    def turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) tab."""
        tabs = self.query_one(TabbedContent)
        tabs.active = TABS[(TABS.index(tabs.active) + step) % len(TABS)]

    def focus_page(self) -> None:
        """Put the focus into the open tab."""
        page = {"statement": "#statement-page", "evidence": "#evidence-list", "gap": "#gap-page"}
        page |= {"ideas": "#idea-list", "history": "#entry-list"}
        self.query_one(page[self.query_one(TabbedContent).active]).focus()

    def search(self) -> None:
        """Open the search line of the evidence."""
        self.query_one(TabbedContent).active = "evidence"
        search = self.query_one(SearchInput)
        search.display = True
        search.focus()

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self._show_evidence()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.query_one(EvidenceList).focus()

    def _show_evidence(self) -> None:
        if self._debate is None or self.hypothesis is None:
            return
        rows = evidence_for(self._debate, self._slug)
        words = self.query_one(SearchInput).value.casefold().split()
        with_words = [row for row in rows if all(each in _searchable(row) for each in words)]
        listed = self.query_one(EvidenceList)
        listed.weights = weighed(self._debate, self._slug)
        listed.members = members(self._debate)
        listed.hypothesis = self.hypothesis
        listed.comments = self._comments
        listed.show(with_words)
        self._label("evidence", f"Evidence {len(rows)}")

    def _show_gap(self) -> None:
        if self._debate is None or self.hypothesis is None:
            return
        page = self.query_one("#gap-page")
        width = page.scrollable_content_region.width or max(30, self.size.width - 4)
        text = gap_text(self._debate, self._estimates, self.hypothesis, width, self._by_convention)
        put(self.query_one("#gap-text", Static), text)
        self._compare_conventions()

    def _compare_conventions(self) -> None:
        """Work out what the headline gap is under each convention, where that is to be seen and not known yet."""
        debate = self._debate
        if debate is None or debate is self._compared or self.query_one(TabbedContent).active != "gap":
            return
        if self._estimates is None:
            return  # those come first
        if self._compared is None or self._compared.slug != debate.slug:
            self._by_convention = {}
        self._compared = debate
        if debate.headline is not None and len(debate.conventions) > 1:
            self._work_out_conventions(self.app, debate, debate.headline.symbol)
        else:
            self._by_convention = {}

    @work(thread=True, exclusive=True, group="conventions", description="conventions")
    def _work_out_conventions(self, app: Host, debate: Debate, gap: str) -> None:
        from hypotheses.whatif import gap_by_convention  # noqa: PLC0415 -- the engine is not loaded for the first paint

        by_convention = gap_by_convention(debate, gap)
        for estimate in by_convention.values():
            if estimate is not None:
                _ = estimate.under, estimate.explained
        app.call_from_thread(self._take_conventions, debate, by_convention)

    def _take_conventions(self, debate: Debate, by_convention: Mapping[str, GapEstimate | None]) -> None:
        if debate is self._compared and self.is_attached:
            self._by_convention = by_convention
            self._show_gap()

    def _label(self, tab: str, text: str) -> None:
        label = self.query_one(TabbedContent).get_tab(tab)
        if label.label_text != text:
            label.label = Content(text)

    def on_resize(self) -> None:
        """Draw the pictures for the new width."""
        self.call_after_refresh(self._show_gap)


def _searchable(row: Pull) -> str:
    evidence = row.evidence
    return " ".join((evidence.key, evidence.title, evidence.finding, evidence.cluster, *evidence.authors)).casefold()


def facts(hypothesis: Hypothesis, debate: Debate, viewer: str) -> Content:
    """Write the facts under a statement, for whom they are shown to."""
    theirs = hypothesis.by != viewer
    hint = " (a placeholder: press p to set your own)" if hypothesis.placeholder else ""
    lines = [
        Content.assemble(
            ("Stated     " if theirs else "You say    ", "dim"),
            f"{format_plausibility(hypothesis.plausibility)}, {word(hypothesis.plausibility)}",
            content(f" by {named(debate, hypothesis.by)} (press p to state your own)") if theirs else "",
            (hint if not theirs else "", "$text-warning"),
        ),
        Content.assemble(
            ("Prior      ", "dim"),
            format_plausibility(hypothesis.prior),
            (f" held {hypothesis.prior_on}" if hypothesis.prior_on else "", "dim"),
        ),
    ]
    if hypothesis.settled:
        lines.append(Content.assemble(("Settled    ", "dim"), f"{outcome(hypothesis)}  {hypothesis.settled_on}"))
    if hypothesis.source:
        lines.append(Content.assemble(("Stated in  ", "dim"), content(preview(hypothesis.source), multiline=True)))
    if hypothesis.note:
        lines.append(Content.assemble(("Note       ", "dim"), content(preview(hypothesis.note), multiline=True)))
    return Content("\n").join(lines)
