"""The open explanation: statement, gap, ideas, history; and its evidence, beside them or among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import ContentSwitcher, Markdown, Static

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea
from hypotheses.ranking import ranked
from tui.command_keys import with_keys
from tui.comments import comment_text
from tui.debate.evidence_panel import EvidencePanel
from tui.debate.facts_text import facts
from tui.debate.lists import EntryList, IdeaList
from tui.dialogs.link import browse
from tui.terminal.clean import clean_text, content
from tui.terminal.painting import put
from tui.widgets.gap_text import density_picture, gap_text
from tui.widgets.head import Head
from tui.widgets.passage import Passage
from tui.widgets.preview import preview
from tui.widgets.tab_head import Tab, TabHead

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates, GapEstimate
    from store.entries import Entry
    from tui.host import Host

PARTS: Final = ("statement", "evidence", "gap", "ideas", "history")
PAGES: Final[Mapping[str, str]] = {
    "statement": "statement-page",
    "gap": "gap-page",
    "ideas": "idea-list",
    "history": "entry-list",
}
"""Part -> its widget, of those that take each other's place."""


class Parts(Vertical):
    """What takes each other's place, in a width of its own: the evidence may come to stand beside it."""

    class Resized(Message):
        """It has another size, for which its figures are to be drawn."""

    def on_resize(self) -> None:
        """Tell it."""
        self.post_message(self.Resized())


class Detail(Container):
    """Everything about the explanation under the cursor."""

    DEFAULT_CSS = """
    Detail {
        layout: vertical;
        & #parts { height: 1fr; }
        & #evidence { height: 1fr; display: none; }
        & ContentSwitcher { height: 1fr; }
        & #statement-page, & #gap-page { padding: 0 1; }
        & Markdown { padding: 0; margin: 0; background: transparent; }
        & #facts { margin-top: 1; }
        &.on-evidence { & #parts { height: 1; } & ContentSwitcher { display: none; } & #evidence { display: block; } }
        & #evidence-head { display: none; }
        &.beside {
            layout: horizontal;
            & #parts { width: 46%; height: 1fr; }
            & ContentSwitcher { display: block; }
            & #evidence { width: 1fr; margin-left: 2; display: block; }
            & #evidence-head { display: block; }
        }
        &.tall #item { display: block; }
        & #left { display: none; height: auto; margin-top: 1; }
        & #left-text { padding: 0; }
        &.spacious {
            & #left { display: block; }
            & #evidence-list { height: auto; max-height: 55%; }
            & #item { height: 1fr; max-height: 100%; }
        }
    }
    """

    app: Host

    class Ready(Message):
        """Its parts have come and can be turned."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ready = False
        """Whether its parts have come."""
        self.active = "statement"
        """The open part."""
        self._debate: Debate | None = None
        self._estimates: Estimates | None = None
        self._slug = ""
        self._statement = ""
        self._comments: Counter[comment_text.About] = Counter()
        self._by_convention: Mapping[str, GapEstimate | None] = {}
        self._compared: Debate | None = None
        """Of which debate the headline gap under each convention is worked out, or under way."""

    def compose(self) -> ComposeResult:
        """The parts, of which one is open, and the evidence."""
        with Parts(id="parts"):
            yield TabHead(press="next_view", id="tabs")
            with ContentSwitcher(initial=PAGES["statement"]):
                with Passage(id="statement-page"):
                    yield Markdown(open_links=False, id="statement-text")
                    yield Static(id="facts")
                    with Vertical(id="left"):
                        yield Head(id="left-head")
                        yield Static(id="left-text")
                with Passage(id="gap-page"):
                    yield Static(id="gap-text")
                yield IdeaList(id="idea-list", empty=" No ideas yet: press `{submit_idea}` to submit one.")
                yield EntryList(id="entry-list", empty=" Nothing has changed since it was entered.")
        yield EvidencePanel(id="evidence")

    def on_mount(self) -> None:
        """Tell that the parts have come, once they are laid out."""
        self.call_after_refresh(self._come)

    def _come(self) -> None:
        self.ready = True
        self.post_message(self.Ready())

    @property
    def hypothesis(self) -> Hypothesis | None:
        """The open explanation."""
        return self._debate.hypotheses.get(self._slug) if self._debate else None

    @property
    def panel(self) -> EvidencePanel:
        """Its evidence."""
        return self.query_one(EvidencePanel)

    def lay_out(self, *, beside: bool, tall: bool, spacious: bool) -> None:
        """Put the evidence beside the other parts, or among them; with the text of an item if there is room.

        Where there is much, what would be left is drawn under the statement, and the item stands right under the list.
        """
        self.set_class(beside, "beside")
        self.set_class(tall, "tall")
        self.set_class(spacious, "spacious")
        if beside and self.active == "evidence":
            self.open("statement")
        self._show_tabs()

    def show(self, debate: Debate, estimates: Estimates | None, slug: str) -> None:
        """Show one explanation of this debate."""
        self._debate, self._estimates, self._slug = debate, estimates, slug
        hypothesis = self.hypothesis
        if hypothesis is None:
            return
        statement = clean_text(preview(hypothesis.statement), multiline=True) or with_keys(
            "*Nothing written yet: press `{edit}`, or `{edit_statement}` for `$EDITOR`.*"
        )
        if statement != self._statement:
            self._statement = statement
            self.query_one(Markdown).update(statement)
        self._comments = comment_text.counts(debate)
        self.panel.show(debate, hypothesis, self._comments)
        self._show_figures()
        ideas = self.query_one(IdeaList)
        ideas.attached_to, ideas.comments = slug, self._comments
        ideas.show(sorted(debate.ideas.values(), key=lambda idea: (idea.hypothesis != slug, idea.number)))
        self._show_tabs()

    def _show_tabs(self) -> None:
        debate, hypothesis = self._debate, self.hypothesis
        if debate is None or hypothesis is None:
            return
        attached = sum(idea.hypothesis == self._slug for idea in debate.ideas.values())
        labels = {
            "statement": f"Statement{comment_text.mark(self._comments[self._slug, '', 0]).plain}",
            "evidence": f"Evidence {self.panel.count}",
            "gap": "Gap",
            "ideas": f"Ideas {attached}" if attached else "Ideas",
            "history": "History",
        }
        legend = Content.assemble(("[ ]", "bold $you"), (" next part", "$label"))
        tabs = [Tab(part, labels[part]) for part in self._parts]
        rank = str(ranked(debate).index(hypothesis) + 1)
        self.query_one(TabHead).show_tabs(rank, tabs, self.active, legend)

    @property
    def _parts(self) -> tuple[str, ...]:
        """The parts that are turned: the evidence is one of them where it does not stand beside."""
        return tuple(part for part in PARTS if part != "evidence" or not self.has_class("beside"))

    @on(Markdown.LinkClicked)
    def _link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        browse(self.app, event.href)

    @property
    def evidence(self) -> Evidence | None:
        """The evidence under the cursor."""
        return self.panel.current

    @property
    def idea(self) -> Idea | None:
        """The idea under the cursor."""
        return self.query_one(IdeaList).current

    @property
    def chosen(self) -> Evidence | Idea | None:
        """What is under the cursor, where the focus is in the evidence or the ideas."""
        if self.panel.has_focus_within:
            return self.evidence
        return self.idea if self.query_one(IdeaList).has_focus else None

    def show_history(self, entries: Sequence[Entry]) -> None:
        """Show the journal of this explanation."""
        listed = self.query_one(EntryList)
        listed.slug = self._slug
        listed.show(entries)

    def turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) part."""
        parts = self._parts
        self.open(parts[(parts.index(self.active) + step) % len(parts)])

    @on(TabHead.Pressed)
    def _tab_pressed(self, event: TabHead.Pressed) -> None:
        self.open(event.name)

    def open(self, part: str) -> None:
        """Open a part; the keys follow, if they went to another one."""
        had_keys = self.has_focus_within
        self.active = part
        self.set_class(part == "evidence", "on-evidence")
        if part != "evidence":
            self.query_one(ContentSwitcher).current = PAGES[part]
        self._show_tabs()
        self._show_figures()
        if had_keys:
            self.focus_page()

    def focus_page(self) -> None:
        """Put the focus into the open part."""
        (self.panel.list if self.active == "evidence" else self.query_one(f"#{PAGES[self.active]}")).focus()

    def search(self) -> None:
        """Open the line of words of the evidence."""
        if not self.has_class("beside"):
            self.open("evidence")
        self.panel.search()

    def _show_figures(self) -> None:
        """Write the facts, and what would be left: of every gap in its part, of the headline where there is room."""
        debate, hypothesis = self._debate, self.hypothesis
        if debate is None or hypothesis is None or not self.app.shows(self):
            return
        width = max(30, self.query_one("#parts").size.width - 3)
        gap = debate.headline
        headline = self._estimates.gaps.get(gap.symbol) if self._estimates and gap else None
        put(self.query_one("#facts", Static), facts(hypothesis, debate, self.app.viewer, headline, width))
        if self.active == "gap":
            text = gap_text(debate, self._estimates, hypothesis, width, self._by_convention)
            put(self.query_one("#gap-text", Static), text)
        self._show_left(headline, width)
        self._compare_conventions()

    def _show_left(self, headline: GapEstimate | None, width: int) -> None:
        """Draw what would be left of the headline gap under the statement."""
        drawn = headline is not None and self.has_class("spacious") and self._slug in headline.under
        self.query_one("#left").display = drawn
        if headline is None or not drawn:
            return
        gap = headline.gap
        whose = content(f" of {gap.label or gap.symbol}, if it is true", "$label")
        title = Content.assemble(("What would be left", "bold $foreground"), whose)
        self.query_one("#left-head", Head).show(title)
        picture = Content("\n").join(density_picture(gap, headline, self._slug, width))
        put(self.query_one("#left-text", Static), picture)

    def _compare_conventions(self) -> None:
        """Work out what the headline gap is under each convention, where that is to be seen and not known yet."""
        debate = self._debate
        if debate is None or debate is self._compared or self.active != "gap":
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
        if app.session is None:
            return
        by_convention = app.session.conventions.of(debate, gap)
        for estimate in by_convention.values():
            if estimate is not None:
                _ = [*estimate.under, *estimate.explained]
        app.call_from_thread(self._take_conventions, debate, by_convention)

    def _take_conventions(self, debate: Debate, by_convention: Mapping[str, GapEstimate | None]) -> None:
        if debate is self._compared and self.app.shows(self):
            self._by_convention = by_convention
            self._show_figures()

    @on(Parts.Resized)
    def _resized(self) -> None:
        self.call_after_refresh(self._show_figures)
