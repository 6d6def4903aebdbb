"""The evidence for and against the open explanation, with what the item under the cursor says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.belief import Pull
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.pulls import FollowedPulls
from hypotheses.ranking import ranked
from hypotheses.reports.links import source_links
from tui.command_keys import key_of
from tui.comments import comment_text
from tui.evidence.evidence_list import EvidenceList, rating_text
from tui.number_text import mark_of
from tui.terminal.clean import content
from tui.terminal.painting import put
from tui.terminal.typed import LineInput
from tui.widgets.head import Head
from tui.widgets.line_list import LineList
from tui.widgets.passage import Passage
from tui.widgets.preview import preview
from tui.widgets.rating import NO_VIEW

if TYPE_CHECKING:
    from tui.host import Host

TALL: Final = 34
"""Lines of the panel from which on all is told of the item under the cursor."""


class SearchInput(LineInput):
    """The words to look for; esc clears and closes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def action_close(self) -> None:
        """Close the line of words, and show all evidence again."""
        self.value = ""
        self.display = False
        self.screen.query_one(EvidenceList).focus()


class EvidencePanel(Vertical):
    """The list, the line of words to look for, and the item."""

    DEFAULT_CSS = """
    EvidencePanel {
        & SearchInput { display: none; height: 1; border: none; padding: 0 1; }
        & #item { display: none; height: auto; max-height: 45%; padding: 0 1; border-top: dashed $rule; }
        & #item:focus { border-top: heavy $primary; }
    }
    """

    app: Host

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._debate: Debate | None = None
        self._pulls = FollowedPulls()
        self._rows: Sequence[Pull] = ()
        """What bears on the explanation, whatever is looked for."""

    def compose(self) -> ComposeResult:
        """Head, words, list, item."""
        legend = Content.assemble((key_of("search"), "bold $you"), (" find", "$label"))
        yield Head("Evidence", legend, press="search", id="evidence-head")
        yield SearchInput(placeholder="words in the evidence", id="search", compact=True)
        yield EvidenceList(id="evidence-list")
        with Passage(id="item"):
            yield Static(id="item-text")

    @property
    def list(self) -> EvidenceList:
        """The list."""
        return self.query_one(EvidenceList)

    @property
    def current(self) -> Evidence | None:
        """The evidence under the cursor."""
        pull = self.list.current
        return pull.evidence if pull else None

    def show(self, debate: Debate, hypothesis: Hypothesis, comments: Mapping[comment_text.About, int]) -> None:
        """Show what bears on an explanation, as far as it has the words that are looked for."""
        listed = self.list
        self._rows = rows = self._pulls.of(debate, hypothesis.slug)
        self._debate, listed.members = debate, self.app.says.members(debate)
        listed.heaviest = abs(rows[0].decibans) if rows else 0.0
        listed.hypothesis, listed.comments = hypothesis, comments
        heavy = " strongest first" if rows else ""
        title = Content.assemble((f"Evidence {len(rows)}", "bold $foreground"), (heavy, "$label"))
        self.query_one("#evidence-head", Head).show(title)
        self._filter()

    @property
    def count(self) -> int:
        """How many items are rated for the explanation."""
        return len(self._rows)

    def _filter(self) -> None:
        words = self.query_one(SearchInput).value.casefold().split()
        logged = self._debate is not None and bool(self._debate.evidence)
        self.list.say_when_empty(_when_empty(words, rated=bool(self._rows), logged=logged))
        found = [row for row in self._rows if all(each in _searchable(row) for each in words)] if words else self._rows
        self.list.show(found)
        self._show_item()

    def search(self) -> None:
        """Open the line of words."""
        search = self.query_one(SearchInput)
        search.display = True
        search.focus()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.list.focus()

    @on(Input.Changed, "#search")
    def _search_changed(self) -> None:
        self._filter()

    @on(LineList.Highlighted, "#evidence-list")
    def _show_item(self) -> None:
        pull, debate = self.list.current, self._debate
        text = item_text(pull) if pull else Content("")
        if pull is not None and debate is not None and self.size.height >= TALL:
            text = Content("\n").join([text, *more_of_item(debate, pull.evidence)])
        put(self.query_one("#item-text", Static), text)

    def on_resize(self) -> None:
        """Tell as much of the item as there is room for."""
        self._show_item()


NOTHING_FOUND_OUT: Final = (
    " Nothing found out yet: press `{add_evidence}` to log the first finding.\n"
    " A DOI, an address or BibTeX, pasted, starts one, filled in."
)


def _when_empty(words: list[str], *, rated: bool, logged: bool) -> str | Content:
    if words and rated:
        told = f" Nothing here has {' and '.join(words)}: esc in the line of words shows all again."
        return content(told, "$label")
    if logged:
        return (
            " No evidence is rated for it yet: press `{add_evidence}` to log some,\n"
            " `{attach_evidence}` to rate what is logged."
        )
    return NOTHING_FOUND_OUT


def _searchable(row: Pull) -> str:
    evidence = row.evidence
    return " ".join((evidence.key, evidence.title, evidence.finding, evidence.cluster, *evidence.authors)).casefold()


def item_text(pull: Pull) -> Content:
    """Write what an item says, and why it is rated so."""
    evidence = pull.evidence
    about = "  ".join(filter(None, (", ".join(evidence.authors), evidence.date, evidence.cluster)))
    lines = [
        Content.assemble(
            content(evidence.key, "bold"), (f"  counts {pull.weight:.2f}  ", "$label"), content(about, "$label")
        )
    ]
    if evidence.finding:
        lines.append(content(preview(evidence.finding), multiline=True))
    rating = rating_text(pull.assessment.ratio)
    if pull.assessment.why:
        rating = Content.assemble(rating, " ", content(preview(pull.assessment.why), "$label"))
    return Content("\n").join([*lines, rating])


def more_of_item(debate: Debate, evidence: Evidence) -> Iterator[Content]:
    """Yield what else there is to say of an item where there is room: its note, its links, what else it bears on."""
    yield Content("")
    for name, told in (("Note", preview(evidence.note)), *(("Read", link) for link in source_links(evidence))):
        if told:
            yield Content.assemble((f"{name}  ", "$label"), content(told, multiline=True))
    yield Content.assemble("\n", ("Bears on", "$label"))
    for rank, each in enumerate(ranked(debate), 1):
        cell = evidence.assessments.get(each.slug)
        rating = Content.styled(f"{NO_VIEW} no view yet", "$label") if cell is None else rating_text(cell.ratio)
        yield Content.assemble((f"{mark_of(rank)} ", "$label"), content(each.title), "  ", rating)
