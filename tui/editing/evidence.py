"""What the keys open that show evidence, log it, change it and rate it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from hypotheses.belief import format_ratio
from hypotheses.debate import Assessment, Evidence, Hypothesis
from tui.dialogs import forms
from tui.dialogs.evidence_form import EvidenceForm
from tui.dialogs.evidence_view import EvidenceView
from tui.dialogs.form import Field, each_field
from tui.dialogs.picker import Choice, Picker
from tui.editing.looking import look_up_for
from tui.editing.saving import against, open_form
from tui.session import Edit

if TYPE_CHECKING:
    from tui.app import AbduceApp


def add_evidence(app: AbduceApp) -> None:
    """Fill in a form for new evidence."""
    debate = app.trying.real
    if debate is None:
        return

    def save(texts: Mapping[str, str]) -> None:
        evidence = forms.read_evidence(debate, texts)
        app.commit(lambda store, slug: store.add_evidence(slug, evidence))

    open_evidence_form(app, "New evidence", forms.evidence_fields(debate), save, "evidence")


def open_evidence_form(
    app: AbduceApp, title: str, rows: list[Field], save: Callable[[Mapping[str, str]], object], name: str
) -> None:
    """Open a form that can look its source up."""
    debate = app.debate
    if debate is None:
        return
    form = EvidenceForm(
        title,
        rows,
        save,
        draft=f"{debate.slug}.{name}",
        look_up=partial(look_up_for, app),
        suggest=partial(forms.suggest_key, debate),
    )
    app.push_screen(form)


def view_evidence(app: AbduceApp, key: str) -> None:
    """Show evidence; edit or retract it if asked to."""
    debate = app.trying.real
    if debate is None or key not in debate.evidence:
        return
    view = EvidenceView(debate, debate.evidence[key])

    def take(chosen: str | None) -> None:
        if chosen == "edit":
            edit_evidence(app, view.evidence)
        elif chosen == "retract":
            app.change(lambda store, slug: store.retract_evidence(slug, key, retracted=not view.evidence.retracted))

    app.push_screen(view, take)


def choose_evidence(app: AbduceApp, title: str, keys: Sequence[str]) -> None:
    """Choose which of several pieces of evidence to show."""
    if app.trying.real is None:
        return
    items = [app.trying.real.evidence[key] for key in keys]

    def take(key: str | None) -> None:
        if key is not None:
            view_evidence(app, key)

    app.push_screen(Picker(title, [Choice(e.key, e.title, e.key, e.date) for e in items]), take)


def edit_evidence(app: AbduceApp, was: Evidence) -> None:
    """Edit evidence, its ratings among the rest, in a form."""
    debate = app.trying.real
    if debate is None:
        return
    names = [each.name for each in fields(Evidence) if each.name not in ("key", "retracted")]
    rows = forms.evidence_fields(debate, was)
    # What the form makes of `was` itself: an author's name with a comma in it reads as two.
    untouched = forms.read_evidence(debate, {one.name: one.value for one in each_field(rows)}, was)

    def edit(texts: Mapping[str, str], seen: Evidence) -> Edit:
        now = forms.read_evidence(debate, texts, was)
        changed = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(untouched, name)}
        if "assessments" in changed:
            changed["assessments"] = _cells(seen.assessments, untouched.assessments, now.assessments)
        return lambda store, slug: store.edit_evidence(slug, was.key, expected=seen, **changed)

    open_evidence_form(app, was.key, rows, against(was, edit, app), f"evidence-{was.key}")


def _cells(
    seen: Mapping[str, Assessment], before: Mapping[str, Assessment], after: Mapping[str, Assessment]
) -> dict[str, Assessment]:
    """Change of the cells that are there only those that the form changed."""
    cells = {slug: cell for slug, cell in seen.items() if slug in after or slug not in before}
    return cells | {slug: cell for slug, cell in after.items() if cell != before.get(slug)}


def attach_evidence(app: AbduceApp, hypothesis: Hypothesis) -> None:
    """Choose logged evidence and rate it for an explanation."""
    debate = app.trying.real
    if debate is None:
        return

    def take(key: str | None) -> None:
        if key is not None:
            rate(app, debate.evidence[key], hypothesis)

    rated = {e.key: e.assessments.get(hypothesis.slug) for e in debate.evidence.values()}
    choices = [
        Choice(e.key, e.title, e.key, format_ratio(cell.ratio) if (cell := rated[e.key]) else "–")
        for e in debate.evidence.values()
    ]
    app.push_screen(Picker(f"Evidence to rate for: {hypothesis.title}", choices), take)


def rate(app: AbduceApp, evidence: Evidence, hypothesis: Hypothesis) -> None:
    """Rate one piece of evidence for one explanation."""
    was = evidence.assessments.get(hypothesis.slug)

    def edit(texts: Mapping[str, str], seen: Assessment | None) -> Edit:
        cell = forms.read_assessments([hypothesis], texts).get(hypothesis.slug)
        return lambda store, slug: store.assess(slug, evidence.key, hypothesis.slug, cell, expected=seen)

    field = replace(forms.rating_field(hypothesis, was), label="Rating", roomy=False, head=forms.RATING_HEAD)
    draft = f"rating-{evidence.key}-{hypothesis.slug}"
    open_form(app, evidence.title, [field], against(was, edit, app), draft=draft)
