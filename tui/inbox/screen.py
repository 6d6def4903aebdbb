"""The Inbox screen: readers' ideas, and what is decided of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError
from hypotheses.ranking import ranked
from tui.command_keys import bindings_on
from tui.host import Host
from tui.inbox.alike_counts import LOOKED_AT, AlikeCounts
from tui.inbox.idea_order import PARTS, FoundIdeas, IdeaOrder, Part, part_of
from tui.inbox.idea_panel import IdeaPanel
from tui.inbox.inbox_list import InboxList
from tui.screens import ROOMY, WIDE
from tui.terminal.clean import content
from tui.terminal.painting import paint_now
from tui.terminal.typed import LineInput
from tui.widgets.gap_strip import GapStrip
from tui.widgets.hint import hint
from tui.widgets.key_line import KeyLine
from tui.widgets.line_list import LineList
from tui.widgets.tab_head import Tab, TabHead
from tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


class InboxScreen(AlikeCounts):
    """Where readers' ideas are decided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_on("inbox"),
        Binding("left", "way(-1)", "As the one before", show=False),
        Binding("right", "way(1)", "As the next", show=False),
        Binding("escape", "back", "Back", show=False, id="inbox_back"),
    ]
    DEFAULT_CSS = """
    InboxScreen {
        overflow: hidden;
        &.roomy #gaps { margin-bottom: 1; }
        & #inbox { height: 1fr; layout: vertical; }
        & #ideas { height: 40%; }
        & #one { height: 1fr; }
        & #idea-search { display: none; height: 1; border: none; background: $boost; }
    }
    InboxScreen.wide {
        & #inbox { layout: horizontal; }
        & #ideas { width: 48%; height: 100%; margin-right: 2; }
        & #one { width: 1fr; height: 100%; }
    }
    """

    _order: ClassVar = IdeaOrder({})
    """All ideas; kept from one visit to the next, so that opening puts in order only what changed."""

    def __init__(self) -> None:
        super().__init__()
        self._found: FoundIdeas | None = None
        """Those that have what is typed, if anything is."""
        self._looked_for = ""
        """What is being looked for; empty if nothing is."""
        self._part: Part = "new"
        self._wanted = 0
        """The idea that the cursor is to go to once it is shown."""

    def compose(self) -> ComposeResult:
        """The ideas beside the one under the cursor."""
        yield TitleBar()
        yield GapStrip(id="gaps")
        with Container(id="inbox"):
            with Vertical(id="ideas"):
                yield TabHead(press="filter", id="parts")
                yield LineInput(placeholder="words in the ideas", id="idea-search", compact=True)
                yield InboxList(id="inbox-list")
            yield IdeaPanel(id="one")
        yield KeyLine()

    def begin(self) -> None:
        """Begin in the ideas."""
        self.ideas.focus()

    def resized(self, size: Size) -> None:
        """Arrange for what else there is room for."""
        self.ideas.roomy = size.width >= WIDE and size.height >= ROOMY
        self.ideas.redraw()

    # Showing

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow the debate."""
        is_another = self._debate is not None and self._debate.slug != debate.slug
        self._debate = debate
        if not self.is_there:
            return
        if is_another:
            self._part, self.ideas.ticked = "new", frozenset()
            self._clear_search()
        self.query_one(TitleBar).show(debate)
        self.query_one(GapStrip).show(debate, estimates)
        listed = self.ideas
        listed.ticked = frozenset(n for n in listed.ticked if n in debate.ideas and debate.ideas[n].is_open)
        listed.ranks = {each.slug: rank for rank, each in enumerate(ranked(debate), 1)}
        came = self._found is not None and debate.ideas is not self.ideas.ideas
        self._show_ideas()
        if came:
            self._search_again()  # others may have the words now

    def _show_ideas(self) -> None:
        debate = self._debate
        if debate is None or not self.is_there:
            return
        self._order.follow(debate.ideas)
        if self._found is not None:
            self._found.order.follow(debate.ideas)
        if self._wanted in debate.ideas:
            self._make_way(debate.ideas[self._wanted])
        self.ideas.ideas = debate.ideas
        shown = self._shown.of(self._part)
        self.ideas.say_when_empty(self._why_empty(debate))
        self.ideas.show(shown)
        if self._wanted:
            self.ideas.go_to(self._wanted)
            self._wanted = 0
        self.show_ticked()
        paint_now(self.ideas)
        self._show_idea()
        self.count_soon()

    @property
    def _shown(self) -> IdeaOrder:
        """The ideas that are shown a part of."""
        return self._order if self._found is None else self._found.order

    def _make_way(self, idea: Idea) -> None:
        """Show other ideas if this one is not among them."""
        if part_of(idea) != self._part:
            self._part = "all"
        if self._found is not None and idea.number not in self._found.numbers:
            self._clear_search()

    def show_ticked(self) -> None:
        """Say how many ideas are ticked, and how many there are of each part."""
        if self._debate is None:
            return
        tabs = [Tab(part, f"{part} {count}") for part, count in self._shown.counts.items()]
        ticked = len(self.ideas.ticked)
        self.query_one(TabHead).show_tabs(f"✓ {ticked} ticked" if ticked else "Ideas", tabs, self._part, Content(""))

    def _why_empty(self, debate: Debate) -> str | Content:
        if self._found is not None:
            wanted = " and ".join(self._found.typed.split())
            if elsewhere := self._found.order.counts["all"]:
                said = content(f" {elsewhere} with {wanted}, but none here: ", "$label")
                return Content.assemble(said, hint("`{filter}` goes on."))
            return content(f" No idea here has {wanted}: esc shows all again.", "$label")
        if not debate.ideas:
            return " Nobody has sent an idea yet: `{submit_idea}` puts one in."
        return " None of these: `{filter}` goes on to the others."

    def _show_idea(self) -> None:
        if self._debate is not None and self.is_there:
            self.query_one(IdeaPanel).show(self._debate, self.ideas.current)

    @on(LineList.Highlighted, "#inbox-list")
    def moved(self) -> None:
        """Show the idea that the cursor came to, once the cursor is painted."""
        if not self.is_there:
            return
        paint_now(self.ideas)
        self.app.soon(self._show_idea)
        if len(self.ideas.rows) > LOOKED_AT:
            self.count_soon()

    @on(TabHead.Pressed)
    def part_pressed(self, event: TabHead.Pressed) -> None:
        """Show other ideas."""
        self._open(event.name)

    def _open(self, part: str) -> None:
        self._part = next(each for each in PARTS if each == part)
        self._show_ideas()

    # What the keys do

    def go_to(self, kind: str, name: str) -> None:
        """Put the cursor on an idea, whatever is shown."""
        self._wanted = int(name) if name.isdecimal() else 0
        self._show_ideas()

    def action_way(self, step: int) -> None:
        """Go to the next way (1) to take the idea up, or to the one before (-1)."""
        self.query_one(IdeaPanel).step(step)

    def action_filter(self) -> None:
        """Go on to the next part of the ideas."""
        self._open(PARTS[(PARTS.index(self._part) + 1) % len(PARTS)])

    def action_next_view(self) -> None:
        """Go on to the next part of the ideas."""
        self.action_filter()

    def action_previous_view(self) -> None:
        """Go back to the part before."""
        self._open(PARTS[PARTS.index(self._part) - 1])

    def action_search(self) -> None:
        """Open the line of words."""
        search = self.query_one("#idea-search", Input)
        search.display = True
        search.focus()

    @on(Input.Changed, "#idea-search")
    def searched(self) -> None:
        """Show what has the words."""
        self._search_again()

    def _search_again(self) -> None:
        """Look for what is typed; what is looked for now is waited for first, so that answers come in their order."""
        typed = self.query_one("#idea-search", Input).value
        if not typed.strip():
            self._found = None
            self._show_ideas()
        elif not self._looked_for and self._debate is not None:
            self._looked_for = typed
            self._look_for(self.app, self._debate, typed)

    @work(thread=True, group="idea search", description="idea search")
    def _look_for(self, app: Host, debate: Debate, typed: str) -> None:
        try:
            numbers = app.session.store.search_ideas(debate.slug, typed) if app.session else frozenset[int]()
        except AbduceError as problem:
            app.call_from_thread(app.refuse, str(problem))
            numbers = frozenset()
        app.call_from_thread(self._take_found, debate, FoundIdeas(typed, numbers, debate.ideas))

    def _take_found(self, debate: Debate, found: FoundIdeas) -> None:
        self._looked_for = ""
        if not self.is_there or self._debate is None:
            return
        typed = self.query_one("#idea-search", Input).value
        if self._debate is debate or self._debate.slug == debate.slug:
            self._found = found if typed.strip() else None
            self._show_ideas()
        if typed.strip() and (typed != found.typed or self._debate.ideas is not debate.ideas):
            self._search_again()

    def awaits(self, key: str) -> bool:
        """Have what acts on what is found wait for it; what is typed on into the words need not."""
        if not self._looked_for or (self._found is not None and self._found.typed == self._looked_for):
            return False
        return not isinstance(self.focused, Input) or key in ("enter", "tab", "shift+tab", "up", "down")

    def _clear_search(self) -> None:
        search = self.query_one("#idea-search", Input)
        search.value, search.display, self._found = "", False, None

    @on(Input.Submitted, "#idea-search")
    def leave_search(self) -> None:
        """Go back to the ideas; the words stay."""
        self.ideas.focus()

    def action_back(self) -> None:
        """Clear the words, then the ticks; else leave."""
        search = self.query_one("#idea-search", Input)
        if search.display:
            self._clear_search()
            self._show_ideas()
            self.ideas.focus()
        elif self.ideas.ticked:
            self.untick()
        else:
            self.app.go_back()

    @on(LineList.Opened, "#inbox-list")
    def opened(self) -> None:
        """Show the idea whole, on a page."""
        if self.is_current:
            self.app.act("view_idea", self.target)
