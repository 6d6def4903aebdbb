"""What the keys open that show evidence, log it, change it and rate it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from hypotheses.belief import format_ratio
from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from tui.dialogs import forms
from tui.dialogs.evidence_form import EvidenceForm
from tui.dialogs.evidence_view import EvidenceView
from tui.dialogs.form import Adding, Editor, Field, Form, Texts, each_field
from tui.dialogs.picker import Choice, Picker
from tui.editing.look_up import look_up_for
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.app import AbduceApp

NAMES = tuple(each.name for each in fields(Evidence) if each.name not in ("key", "retracted", "assessments"))
"""What a form of evidence sets, the ratings aside."""


def add_evidence(app: AbduceApp, debate: Debate) -> None:
    """Fill in a form for new evidence."""

    def make(texts: Texts) -> StoreCall:
        evidence = forms.read_evidence(debate, texts)
        return lambda store, _: store.add_evidence(debate.slug, evidence)

    open_evidence_form(app, debate, "New evidence", Adding(forms.evidence_fields(debate), make), "evidence")


def open_evidence_form(app: AbduceApp, debate: Debate, title: str, editor: Editor, name: str) -> None:
    """Open a form that can look its source up."""
    form = EvidenceForm(
        title,
        editor,
        draft=f"{debate.slug}.{name}",
        look_up=partial(look_up_for, app),
        suggest=partial(forms.suggest_key, debate),
    )
    app.push_screen(form)


def view_evidence(app: AbduceApp, debate: Debate, key: str) -> None:
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


def retract(app: AbduceApp, debate: Debate, evidence: Evidence) -> None:
    """Retract an item, or reinstate it."""
    app.changes.ask(
        lambda store, seen: store.retract_evidence(
            debate.slug, evidence.key, retracted=not evidence.retracted, expected=seen
        ),
        evidence,
    )


def choose_evidence(app: AbduceApp, debate: Debate, title: str, keys: Sequence[str]) -> None:
    """Choose which of several pieces of evidence to show."""
    items = [debate.evidence[key] for key in keys]

    def take(key: str | None) -> None:
        if key is not None:
            view_evidence(app, debate, key)

    app.push_screen(Picker(title, [Choice(e.key, e.title, e.key, e.date) for e in items]), take)


class EvidenceEditor:
    """Edits evidence, its ratings among the rest, in a form."""

    def __init__(self, debate: Debate, evidence: Evidence) -> None:
        self._debate = debate
        self._now = evidence

    def fields(self) -> list[Field]:
        """Return all that is known of it, and a rating per explanation."""
        return forms.evidence_fields(self._debate, self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen; what is not touched keeps its exact value."""
        slug, key = self._debate.slug, self._now.key
        # What the form makes of what stands there itself: an author's name with a comma in it reads as two.
        stands, before, after = (
            forms.read_evidence(self._debate, each, self._now) for each in (self._texts(), seen, texts)
        )
        was = replace(
            self._now,
            **_different(before, stands),
            assessments=_cells(self._now.assessments, stands.assessments, before.assessments),
        )
        changed = _different(after, before)
        if after.assessments != before.assessments:
            changed["assessments"] = _cells(was.assessments, before.assessments, after.assessments)
        return lambda store, expected: store.edit_evidence(slug, key, expected=expected, **changed), was

    def moved_to(self, theirs: Evidence) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return self._texts()

    def _texts(self) -> dict[str, str]:
        return {one.name: one.value for one in each_field(self.fields())}


def _different(one: Evidence, other: Evidence) -> dict[str, Any]:
    return {name: getattr(one, name) for name in NAMES if getattr(one, name) != getattr(other, name)}


def _cells(
    stand: Mapping[str, Assessment], before: Mapping[str, Assessment], after: Mapping[str, Assessment]
) -> dict[str, Assessment]:
    """Change of the cells that stand there only those that differ between two readings of the form."""
    cells = {slug: cell for slug, cell in stand.items() if slug in after or slug not in before}
    return cells | {slug: cell for slug, cell in after.items() if cell != before.get(slug)}


def edit_evidence(app: AbduceApp, debate: Debate, was: Evidence) -> None:
    """Edit evidence in a form."""
    open_evidence_form(app, debate, was.key, EvidenceEditor(debate, was), f"evidence-{was.key}")


def attach_evidence(app: AbduceApp, debate: Debate, hypothesis: Hypothesis) -> None:
    """Choose logged evidence and rate it for an explanation."""

    def take(key: str | None) -> None:
        if key is not None:
            rate(app, debate, key, hypothesis, debate.evidence[key].assessments.get(hypothesis.slug))

    rated = {e.key: e.assessments.get(hypothesis.slug) for e in debate.evidence.values()}
    choices = [
        Choice(e.key, e.title, e.key, format_ratio(cell.ratio) if (cell := rated[e.key]) else "–")
        for e in debate.evidence.values()
    ]
    app.push_screen(Picker(f"Evidence to rate for: {hypothesis.title}", choices), take)


class RatingEditor:
    """Edits one cell of the matrix, the rating with its reason, in a form."""

    def __init__(self, debate: Debate, key: str, hypothesis: Hypothesis, cell: Assessment | None) -> None:
        self._debate = debate
        self._key = key
        self._hypothesis = hypothesis
        self._now = cell

    def fields(self) -> list[Field]:
        """Return the rating, and the reason beside it."""
        field = forms.rating_field(self._hypothesis, self._now)
        return [replace(field, label="Rating", roomy=False, head=forms.RATING_HEAD)]

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set the cell; an empty rating makes it blank."""
        slug, key, name = self._debate.slug, self._key, self._hypothesis.slug
        stands = {one.name: one.value for one in each_field(self.fields())}
        was = self._now if seen == stands else self._read(seen)
        cell = self._read(texts)
        return lambda store, expected: store.assess(slug, key, name, cell, expected=expected), was

    def _read(self, texts: Texts) -> Assessment | None:
        return forms.read_assessments([self._hypothesis], texts).get(self._hypothesis.slug)

    def moved_to(self, theirs: Assessment | None) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in each_field(self.fields())}


def rate(app: AbduceApp, debate: Debate, key: str, hypothesis: Hypothesis, cell: Assessment | None) -> None:
    """Rate one piece of evidence for one explanation; `cell` is what stands there."""
    draft = f"{debate.slug}.rating-{key}-{hypothesis.slug}"
    title = debate.evidence[key].title
    app.push_screen(Form(title, RatingEditor(debate, key, hypothesis, cell), draft=draft))
