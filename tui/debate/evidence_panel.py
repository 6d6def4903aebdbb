"""The evidence for and against the open explanation, with what the item under the cursor says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from hypotheses.belief import Pull, evidence_for, weighed
from hypotheses.debate import Debate, Evidence, Hypothesis
from tui.comments import comment_text
from tui.evidence.evidence_list import EvidenceList, members, rating_text
from tui.terminal.clean import clean_text, content
from tui.terminal.painting import put
from tui.terminal.typed import LineInput
from tui.widgets.head import Head
from tui.widgets.line_list import LineList
from tui.widgets.passage import Passage
from tui.widgets.preview import preview


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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._debate: Debate | None = None
        self._hypothesis: Hypothesis | None = None
        self.count = 0
        """How many items are rated for the explanation."""

    def compose(self) -> ComposeResult:
        """Head, words, list, item."""
        yield Head("Evidence", Content.assemble(("/", "bold $you"), (" find", "$label")), id="evidence-head")
        yield SearchInput(placeholder="words in the evidence", id="search", compact=True)
        yield EvidenceList(id="evidence-list", empty=" No evidence is rated for it yet: press n to log some.")
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
        self._debate, self._hypothesis = debate, hypothesis
        rows = evidence_for(debate, hypothesis.slug)
        words = self.query_one(SearchInput).value.casefold().split()
        found = [row for row in rows if all(each in _searchable(row) for each in words)]
        listed = self.list
        listed.weights, listed.members = weighed(debate, hypothesis.slug), members(debate)
        listed.heaviest = max((abs(row.decibans) for row in rows), default=0.0)
        listed.hypothesis, listed.comments = hypothesis, comments
        listed.say_when_empty(_when_empty(words, rated=bool(rows)))
        listed.show(found)
        self.count = len(rows)
        heavy = " strongest first" if rows else ""
        title = Content.assemble((f"Evidence {len(rows)}", "bold $foreground"), (heavy, "$label"))
        self.query_one("#evidence-head", Head).show(title)
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
        if self._debate is not None and self._hypothesis is not None:
            self.show(self._debate, self._hypothesis, self.list.comments)

    @on(LineList.Highlighted, "#evidence-list")
    def _show_item(self) -> None:
        pull = self.list.current
        item = self.list.weights.get(pull.evidence.key) if pull else None
        text = item_text(pull, item.weight if item else 0.0) if pull else Content("")
        put(self.query_one("#item-text", Static), text)


def _when_empty(words: list[str], *, rated: bool) -> str:
    if words and rated:
        return f" Nothing here has {' and '.join(map(clean_text, words))}: esc in the line of words shows all again."
    return " No evidence is rated for it yet: press n to log some."


def _searchable(row: Pull) -> str:
    evidence = row.evidence
    return " ".join((evidence.key, evidence.title, evidence.finding, evidence.cluster, *evidence.authors)).casefold()


def item_text(pull: Pull, counts: float) -> Content:
    """Write what an item says, and why it is rated so."""
    evidence = pull.evidence
    about = "  ".join(filter(None, (", ".join(evidence.authors), evidence.date, evidence.cluster)))
    lines = [
        Content.assemble(
            content(evidence.key, "bold"), (f"  counts {counts:.2f}  ", "$label"), content(about, "$label")
        )
    ]
    if evidence.finding:
        lines.append(content(preview(evidence.finding), multiline=True))
    rating = rating_text(pull.assessment.ratio)
    if pull.assessment.why:
        rating = Content.assemble(rating, " ", content(preview(pull.assessment.why), "$label"))
    return Content("\n").join([*lines, rating])
