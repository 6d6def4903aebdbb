"""One piece of evidence, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from hypotheses.belief import DECIBANS_PER_NAT, beside, weighed, weights
from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.edits import thanked, thanks
from hypotheses.people import cell_disagreement, named, views
from hypotheses.ranking import ranked
from hypotheses.ratios import format_rating, told_weight
from hypotheses.reports.links import source_links
from tui.command_keys import bound_to
from tui.comments import comment_text
from tui.dialogs.dialog import Dialog
from tui.dialogs.picker import Choice, Picker
from tui.host import Host, Target
from tui.number_text import apart, decibans
from tui.screens import Showing
from tui.terminal import external
from tui.terminal.clean import content
from tui.widgets.key_text import KeyText
from tui.widgets.passage import Passage
from tui.widgets.preview import preview

if TYPE_CHECKING:
    from hypotheses.estimates import Estimates


class EvidenceView(Dialog[str | None], Showing):
    """Returns `edit` or `remove` when the person asks for that."""

    DEFAULT_CSS = """
    EvidenceView #page { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bound_to("edit", "leave('edit')"),
        bound_to("remove", "leave('remove')"),
        bound_to("comment"),
        bound_to("copy"),
        Binding("b", "browse", "Open the link", show=False),
    ]

    app: Host
    rolling = "#page"

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        super().__init__(evidence.key)
        self._debate = debate
        self.evidence = evidence
        """As it is now."""
        self.keys = self._keys()

    def _keys(self) -> str:
        again = "reinstate" if self.evidence.retracted else "retract"
        remarks = comment_text.mark(comment_text.counts(self._debate)["", self.evidence.key, 0]).plain
        links = source_links(self.evidence)
        host = external.host_of(links[0]) if len(links) == 1 else f"one of {len(links)} links" if links else ""
        return (
            f"{{edit}} edit and rate · {{remove}} {again} or remove · {{comment}} comment{remarks}"
            f"{f' · b open {host}' if host else ''} · esc back"
        )

    def body(self) -> ComposeResult:
        """All that is known."""
        with Passage(id="page"):
            yield Static(evidence_text(self._debate, self.evidence), id="all")

    def on_mount(self) -> None:
        """Let the keys scroll the evidence."""
        self.query_one("#page").focus()

    def show(self, debate: Debate, estimates: Estimates | None) -> None:
        """Follow what becomes of the evidence."""
        if self.evidence.key in debate.evidence and self.query("#all"):
            self._debate, self.evidence = debate, debate.evidence[self.evidence.key]
            self.query_one("#all", Static).update(evidence_text(debate, self.evidence))
            self.query_one(KeyText).say(self._keys())
            self.fit()

    @property
    def target(self) -> Target:
        """The evidence that is shown."""
        return Target(evidence=self.evidence.key)

    def action_leave(self, what: str) -> None:
        """Leave for the next step."""
        self.close(what)

    def action_browse(self) -> None:
        """Open its link, whose host stands in the line of keys; of several, the one that is chosen."""
        links = source_links(self.evidence)
        if len(links) < 2:
            self._browse(next(iter(links), ""))
        else:
            self.app.push_screen(
                Picker("Open which link?", [Choice(link, external.host_of(link), link) for link in links]), self._browse
            )

    def _browse(self, link: str | None) -> None:
        if link is not None and not external.browse(link):
            self.tell("There is no browser to open the link with." if link else "It has no link.")


def evidence_text(debate: Debate, evidence: Evidence) -> Content:
    """Write out a piece of evidence."""
    among = beside(debate, evidence)
    about = [", ".join(evidence.authors), evidence.date, evidence.source]
    ids = [f"doi:{evidence.doi}" if evidence.doi else "", f"arXiv:{evidence.arxiv}" if evidence.arxiv else ""]
    lines = [
        content(evidence.title, "bold"),
        content(preview(" · ".join(part for part in (*about, *ids) if part)), "$label"),
        content(evidence.url, "$label"),
        *(content(f"also in {each}", "$label") for each in evidence.also),
        Content(""),
        content(preview(evidence.finding), multiline=True),
        Content(""),
        *_counting(among, evidence),
    ]
    if names := thanks(thanked(debate, f"evidence:{evidence.key}")):
        lines.append(content(f"Thanks to {names}", "$label"))
    if evidence.note:
        lines.append(content(f"Note: {preview(evidence.note)}", multiline=True))
    lines.append(Content(""))
    comments = comment_text.counts(debate)
    for hypothesis in ranked(debate):
        cell = evidence.assessments.get(hypothesis.slug)
        rating = format_rating(cell) if cell else "–"
        shade = "$label"
        if cell and cell.ratio is not None and cell.ratio != 1:
            shade = "$pro" if cell.ratio > 1 else "$contra"
        pulls = _pull(among, evidence, hypothesis.slug) if cell else 0.0
        moved = f"{decibans(pulls):>6}" if pulls else " " * 6
        mark = comment_text.mark(comments[hypothesis.slug, evidence.key, 0])
        lines.append(Content.assemble((f"{rating:>5} {moved}  ", shade), content(hypothesis.title), mark))
        if cell and cell.others:
            said = f"{ratings_of(debate, cell)}; apart {apart(cell_disagreement(cell))}"
            lines.append(Content.assemble(" " * 14, content(said, "$you")))
        if cell and cell.why:
            lines.append(Content.assemble(" " * 14, content(preview(cell.why), "$label", multiline=True)))
    return Content("\n").join(line for index, line in enumerate(lines) if line.plain or index > 2)


def ratings_of(debate: Debate, cell: Assessment) -> str:
    """Write how everybody rates a cell."""
    return ", ".join(f"{named(debate, by)} {format_rating(one)}" for by, one in views(cell).items())


def _counting(among: Debate, evidence: Evidence) -> Iterator[Content]:
    """Say how much it counts among those of its cluster, and what it would be alone."""
    alone = evidence.weight
    product = f"credibility {told_weight(evidence.credibility)} × relevance {told_weight(evidence.relevance)}"
    if evidence.retracted:
        yield Content.styled("Retracted: it counts nothing.", "$today")
        yield content(f"Its weight would be {alone:.2f} ({product}).", "$label")
        return
    weight = weights(among)[evidence.key]
    if not evidence.cluster:
        yield content(f"Weight {weight:.2f}: {product}.", "$label")
        return
    size = sum(not each.retracted for each in among.evidence.values())
    yield content(f"Weight {weight:.2f}, alone {alone:.2f} ({product}).", "$label")
    yield content(
        f"One of {size} in the cluster {evidence.cluster}: the strongest that points its way counts most.",
        "$label",
    )


def _pull(among: Debate, evidence: Evidence, slug: str) -> float:
    """Return how far it moves an explanation, in decibans."""
    item = weighed(among, slug).get(evidence.key)
    return item.nats * item.share * DECIBANS_PER_NAT if item else 0.0
