"""What the keys open that show evidence, log it, change it and rate it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.ratios import format_rating
from tui.dialogs.editor import Adding, Editor
from tui.dialogs.form import ShortForm
from tui.dialogs.form_field import Texts
from tui.dialogs.picker import Choice, Picker
from tui.evidence.editors import EvidenceEditor, RatingEditor
from tui.evidence.fields import evidence_fields, read_evidence, suggest_key
from tui.evidence.form import EvidenceForm
from tui.evidence.look_up import look_up_for
from tui.evidence.view import EvidenceView
from tui.evidence.weigh import Weigh
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host


def add_evidence(app: Host, debate: Debate) -> None:
    """Fill in a form for new evidence."""

    def make(texts: Texts) -> StoreCall:
        evidence = read_evidence(debate, texts)
        return lambda store, _: store.add_evidence(debate.slug, evidence)

    open_evidence_form(app, debate, "New evidence", Adding(evidence_fields(debate), make), "evidence")


def open_evidence_form(app: Host, debate: Debate, title: str, editor: Editor, name: str) -> None:
    """Open a form that can look its source up."""
    form = EvidenceForm(
        title,
        editor,
        draft=f"{debate.slug}.{name}",
        look_up=partial(look_up_for, app),
        suggest=partial(suggest_key, debate),
    )
    app.push_screen(form)


def view_evidence(app: Host, debate: Debate, key: str) -> None:
    """Show evidence; edit or retract it if asked to."""
    if key not in debate.evidence:
        return
    view = EvidenceView(debate, debate.evidence[key])

    def take(chosen: str | None) -> None:
        if chosen == "edit":
            edit_evidence(app, debate, view.evidence)
        elif chosen == "retract":
            retract(app, debate, view.evidence)

    app.push_screen(view, take)


def retract(app: Host, debate: Debate, evidence: Evidence) -> None:
    """Retract an item, or reinstate it."""
    app.changes.ask(
        lambda store, seen: store.retract_evidence(
            debate.slug, evidence.key, retracted=not evidence.retracted, expected=seen
        ),
        evidence,
    )


def choose_evidence(app: Host, debate: Debate, title: str, keys: Sequence[str]) -> None:
    """Choose which of several pieces of evidence to show."""
    items = [debate.evidence[key] for key in keys]

    def take(key: str | None) -> None:
        if key is not None:
            view_evidence(app, debate, key)

    app.push_screen(Picker(title, [Choice(e.key, e.title, e.key, e.date) for e in items]), take)


def edit_evidence(app: Host, debate: Debate, was: Evidence) -> None:
    """Edit evidence in a form."""
    open_evidence_form(app, debate, was.key, EvidenceEditor(debate, was), f"evidence-{was.key}")


def attach_evidence(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Choose logged evidence and rate it for an explanation."""

    def take(key: str | None) -> None:
        if key is not None:
            rate(app, debate, key, hypothesis, debate.evidence[key].assessments.get(hypothesis.slug))

    rated = {e.key: e.assessments.get(hypothesis.slug) for e in debate.evidence.values()}
    choices = [
        Choice(e.key, e.title, e.key, format_rating(cell) if (cell := rated[e.key]) else "–")
        for e in debate.evidence.values()
    ]
    app.push_screen(Picker(f"Evidence to rate for: {hypothesis.title}", choices), take)


def rate(app: Host, debate: Debate, key: str, hypothesis: Hypothesis, cell: Assessment | None) -> None:
    """Rate one piece of evidence for one explanation; `cell` is what stands there."""
    draft = f"{debate.slug}.rating-{key}-{hypothesis.slug}"
    title = debate.evidence[key].title
    app.push_screen(ShortForm(title, RatingEditor(debate, key, hypothesis, cell), draft=draft))


def weigh(app: Host, debate: Debate, evidence: Evidence) -> None:
    """Set credibility, relevance and cluster of an item."""
    app.push_screen(Weigh(debate, evidence))
