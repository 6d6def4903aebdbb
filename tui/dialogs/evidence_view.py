"""One piece of evidence, whole."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hypotheses.belief import format_ratio, format_weight
from hypotheses.debate import Debate, Evidence
from hypotheses.ranking import ranked
from tui import external
from tui.dialogs.base import Dialog
from tui.plain import content
from tui.widgets.preview import preview


class EvidenceView(Dialog[str | None]):
    """Returns `edit` or `retract` when the person asks for that."""

    DEFAULT_CSS = """
    EvidenceView #page { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "leave('edit')", "Edit", show=False),
        Binding("r", "leave('retract')", "Retract", show=False),
        Binding("b", "browse", "Open the link", show=False),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    rolling = "#page"

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        super().__init__(evidence.key)
        self._debate = debate
        self._evidence = evidence
        again = "take the retraction back" if evidence.retracted else "retract"
        host = external.host_of(evidence.url)
        self.keys = f"e edit and rate · r {again}{f' · b open {host}' if host else ''} · esc back"

    def body(self) -> ComposeResult:
        """All that is known."""
        with VerticalScroll(id="page"):
            yield Static(evidence_text(self._debate, self._evidence))

    def on_mount(self) -> None:
        """Let the keys scroll it."""
        self.query_one("#page").focus()

    def action_leave(self, what: str) -> None:
        """Leave for the next step."""
        self.close(what)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_browse(self) -> None:
        """Open its link; the host stands in the line of keys."""
        if not external.browse(self._evidence.url):
            self.tell("There is no browser to open the link with.")


def evidence_text(debate: Debate, evidence: Evidence) -> Content:
    """Write out a piece of evidence."""
    about = [", ".join(evidence.authors), evidence.date, evidence.source]
    ids = [f"doi:{evidence.doi}" if evidence.doi else "", f"arXiv:{evidence.arxiv}" if evidence.arxiv else ""]
    counts = f"credibility {format_weight(evidence.credibility)}, relevance {format_weight(evidence.relevance)}"
    if evidence.cluster:
        members = sum(e.cluster == evidence.cluster and not e.retracted for e in debate.evidence.values())
        counts += f", one of {members} in the cluster {evidence.cluster}"
    lines = [
        content(evidence.title, "bold"),
        content(preview(" · ".join(part for part in (*about, *ids) if part)), "dim"),
        content(evidence.url, "dim"),
        Content(""),
        content(preview(evidence.finding), multiline=True),
        Content(""),
        content(counts, "dim"),
    ]
    if evidence.retracted:
        lines.append(Content.styled("Retracted: it counts nothing.", "$text-warning"))
    if evidence.note:
        lines.append(content(f"Note: {preview(evidence.note)}", multiline=True))
    lines.append(Content(""))
    for hypothesis in ranked(debate):
        cell = evidence.assessments.get(hypothesis.slug)
        rating = format_ratio(cell.ratio) if cell else "–"
        shade = "dim"
        if cell and cell.ratio is not None and cell.ratio != 1:
            shade = "$text-success" if cell.ratio > 1 else "$text-error"
        lines.append(Content.assemble((f"{rating:>5}  ", shade), content(hypothesis.title)))
        if cell and cell.why:
            lines.append(Content.assemble("       ", content(preview(cell.why), "dim", multiline=True)))
    return Content("\n").join(line for index, line in enumerate(lines) if line.plain or index > 2)
