"""What the editing keys open: each a dialog whose saving is one call of one store method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hypotheses.belief import format_ratio
from hypotheses.debate import Assessment, Evidence, Hypothesis, Quantity
from hypotheses.estimates import format_amount, gap_by_value
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from store import drafts
from store.bundled import bundled_models
from store.errors import AbduceError, Conflict, Refused
from tui import external
from tui.dialogs import forms
from tui.dialogs.evidence_form import EvidenceForm
from tui.dialogs.evidence_view import EvidenceView
from tui.dialogs.form import Field, Form, each_field
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.prompt import Prompt
from tui.editing import commenting, comparing, exporting
from tui.editing.looking import look_up_for
from tui.numbers import with_unit
from tui.session import Edit

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change
    from tui.app import AbduceApp

Seen = TypeVar("Seen")


def open_form(
    app: AbduceApp, title: str, rows: list[Field], save: Callable[[Mapping[str, str]], object], *, draft: str
) -> None:
    """Open a form whose unsaved text is kept under a name of this debate."""
    slug = app.trying.real.slug if app.trying.real else ""
    app.push_screen(Form(title, rows, save, draft=f"{slug}.{draft}"))


def against(seen: Seen, edit: Callable[[Mapping[str, str], Seen], Edit], app: AbduceApp) -> Callable[[Any], None]:
    """Return a saver that expects what was `seen`, and offers a conflict back: saving again is then on purpose."""
    expected = seen

    def save(texts: Mapping[str, str]) -> None:
        nonlocal expected
        try:
            app.commit(edit(texts, expected))
        except Conflict as conflict:
            expected = conflict.theirs  # type: ignore[assignment]  # of the same kind as what was seen
            theirs = "; ".join(f"{name}: {in_words(theirs_of(conflict, name))}" for name in conflict.fields)
            raise Refused(f"{conflict}. Theirs is now {theirs[:400]}. Save again to replace it.") from conflict

    return save


def theirs_of(conflict: Conflict, name: str) -> object:
    """Return what a field has become; a cell of the matrix is all there is of it."""
    return getattr(conflict.theirs, name) if hasattr(conflict.theirs, name) else conflict.theirs


def in_words(value: object) -> str:
    """Write the value of a field for a sentence."""
    if isinstance(value, Assessment):
        return f"{format_ratio(value.ratio)} {value.why}".rstrip()
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "blank" if value is None or value == "" else str(value)


# Ranking


def set_plausibility(app: AbduceApp, hypothesis: Hypothesis) -> None:
    """Type a plausibility."""

    def read(text: str) -> str:
        plausibility = parse_plausibility(text)
        return f"{format_plausibility(plausibility)}: {word(plausibility)}"

    def save(text: str) -> None:
        app.commit(lambda store, slug: store.set_plausibility(slug, hypothesis.slug, parse_plausibility(text)))

    about = f"{hypothesis.title}\n60%, 0.6, 3:2 or 1 in 5"
    app.push_screen(Prompt("Plausibility", about, format_plausibility(hypothesis.plausibility), read=read, save=save))


def move(app: AbduceApp, hypothesis: Hypothesis, step: int) -> None:
    """Move up (-1) or down (1) from where it stands when the change is made."""

    def edit(store: DebateStore, slug: str) -> Change | None:
        order = [h.slug for h in ranked(store.load(slug))]
        rank = order.index(hypothesis.slug) + 1 + step if hypothesis.slug in order else 0
        return store.move(slug, hypothesis.slug, rank) if 1 <= rank <= len(order) else None

    app.change(edit)


# Explanations


def add_hypothesis(app: AbduceApp) -> None:
    """Fill in a form for a new explanation."""

    def save(texts: Mapping[str, str]) -> None:
        plausibility = parse_plausibility(texts["plausibility"])
        prior = parse_plausibility(texts["prior"]) if texts["prior"].strip() else None
        title, statement = texts["title"].strip(), texts["statement"].strip()
        app.commit(
            lambda store, slug: store.add_hypothesis(
                slug, title=title, statement=statement, plausibility=plausibility, prior=prior
            )
        )

    open_form(app, "A new explanation", forms.hypothesis_fields(), save, draft="hypothesis")


def edit_hypothesis(app: AbduceApp, was: Hypothesis) -> None:
    """Edit an explanation in a form."""

    def edit(texts: Mapping[str, str], seen: Hypothesis) -> Edit:
        changed = forms.read_hypothesis(texts, was)
        return lambda store, slug: store.edit_hypothesis(slug, was.slug, expected=seen, **changed)

    open_form(app, was.title, forms.hypothesis_fields(was), against(was, edit, app), draft=draft_of(was))


def draft_of(hypothesis: Hypothesis) -> str:
    """Name the draft of an explanation's form."""
    return f"hypothesis-{hypothesis.slug}"


def edit_statement(app: AbduceApp, was: Hypothesis) -> None:
    """Edit a statement in $EDITOR: one change, or none. What is refused comes back in the form."""
    text, told = external.edit(app, was.statement)
    if told:
        app.refuse(told)
    if text == was.statement:
        return

    def edit(store: DebateStore, slug: str) -> Change:
        try:
            return store.edit_hypothesis(slug, was.slug, expected=was, statement=text)
        except AbduceError as refused:
            drafts.write(f"{slug}.{draft_of(was)}", {"statement": text})
            raise Refused(f"{refused}. Your text is kept: press e to see it.") from refused

    app.change(edit)


# Evidence


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


# Ideas, numbers and files


def submit_idea(app: AbduceApp, about: Hypothesis | None) -> None:
    """Fill in a form for a reader's idea, about the open explanation unless that is changed."""

    def save(texts: Mapping[str, str]) -> None:
        app.commit(lambda store, slug: store.submit_idea(slug, **forms.read_idea(texts)))

    open_form(app, "An idea", forms.idea_fields(about.slug if about else ""), save, draft="idea")


def choose_reading(app: AbduceApp, quantity: Quantity) -> None:
    """Choose which reading of a quantity counts, whatever the convention."""

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.change(lambda store, slug: store.choose_reading(slug, quantity.symbol, chosen))

    choices = [Choice(name, name, f"{known.value}  {known.source}") for name, known in quantity.readings.items()]
    if choices and app.trying.real is not None:
        choices.append(Choice("", "as the convention says", app.trying.real.convention))
        app.push_screen(Picker(f"Readings of {quantity.label or quantity.symbol}", choices, quantity.chosen), take)


def choose_model(app: AbduceApp, quantity: Quantity) -> None:
    """Choose a model from the table that comes with the program; its size becomes the value."""
    debate = app.trying.real
    if debate is None:
        return
    models = [model for model in bundled_models() if model.parameters is not None]
    sizes = {model.name: format_amount(model.parameters or 0) for model in models}
    gap = debate.headline
    gaps = gap_by_value(debate, quantity.symbol, gap.symbol, set(sizes.values())) if gap else {}

    def told(size: str) -> str:
        outcome = gaps.get(size)
        return f"{size:>6} → {with_unit(gap, outcome.median)}" if gap and outcome else f"{size:>6}"

    def take(chosen: str | None) -> None:
        if chosen is not None:
            app.change(lambda store, slug: store.set_value(slug, quantity.symbol, sizes[chosen]))

    choices = [
        Choice(model.name, model.name, f"{model.modality}, {model.year}, {model.source}", told(sizes[model.name]))
        for model in models
    ]
    app.push_screen(Picker(f"{quantity.label or quantity.symbol}: the size of which model?", choices), take)


def export(app: AbduceApp) -> None:
    """Write the debate to a file; the ending of its name says the format."""
    debate = app.trying.real
    if debate is None:
        return

    def save(text: str) -> None:
        told = exporting.export(debate, text)
        app.call_from_thread(app.notify, told, markup=False)

    about = "A file ending in .md, .json or .yaml; an existing one is replaced only with a ! after its name"
    app.push_screen(Prompt("Export", about, f"{debate.slug}.md", read=exporting.read_target, save=save))


def on_open(edit: Callable[[AbduceApp, Hypothesis], None]) -> Callable[[AbduceApp, Hypothesis | None], None]:
    """Return an edit that does nothing where no explanation is open."""

    def guarded(app: AbduceApp, hypothesis: Hypothesis | None) -> None:
        if hypothesis is not None:
            edit(app, hypothesis)

    return guarded


EDITS: Final[Mapping[str, Callable[[AbduceApp, Hypothesis | None], None]]] = {
    "plausibility": on_open(set_plausibility),
    "move_up": on_open(lambda app, hypothesis: move(app, hypothesis, -1)),
    "move_down": on_open(lambda app, hypothesis: move(app, hypothesis, 1)),
    "add_hypothesis": lambda app, _: add_hypothesis(app),
    "edit_hypothesis": on_open(edit_hypothesis),
    "edit_statement": on_open(edit_statement),
    "add_evidence": lambda app, _: add_evidence(app),
    "attach_evidence": on_open(attach_evidence),
    "submit_idea": submit_idea,
    "adopt": on_open(comparing.adopt),
    "differences": lambda app, _: comparing.show_differences(app),
    "comment": commenting.comment,
    "comment_rating": commenting.comment_rating,
    "people": lambda app, _: comparing.show_people(app),
    "settle": on_open(comparing.settle),
    "reckoning": lambda app, _: comparing.show_reckoning(app),
    "export": lambda app, _: export(app),
}
"""Command id -> what it opens, given the open explanation."""
