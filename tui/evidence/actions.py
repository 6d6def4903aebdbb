"""What the keys open that show evidence, log it, change it and rate it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Assessment, Debate, Evidence, Hypothesis
from hypotheses.edits import evidence_added
from hypotheses.problems import Malformed
from hypotheses.ratios import format_rating
from store.lookup.spotting import spot
from tui.command_keys import with_keys
from tui.dialogs.editor import Adding, Editor
from tui.dialogs.form_field import Texts
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.prompt import Prompt
from tui.dialogs.row_prompt import UNDER, has_room
from tui.dialogs.taking import BIBTEX
from tui.evidence.editors import EvidenceEditor, RatingEditor
from tui.evidence.fields import evidence_fields, read_evidence, suggest_key
from tui.evidence.form import EvidenceForm
from tui.evidence.look_up import look_up_for
from tui.evidence.rating_form import RatingForm
from tui.evidence.removing import RemovingEvidence
from tui.evidence.view import EvidenceView
from tui.evidence.weigh import NOTATION, read_weight, weight_call, weight_text, what_it_counts, with_weight
from tui.evidence.weight_prompt import WeightPrompt
from tui.session import StoreCall
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.host import Host


def add_evidence(app: Host, debate: Debate, pasted: str = "") -> None:
    """Fill in a form for new evidence; what was pasted is looked up."""

    def make(texts: Texts) -> StoreCall:
        evidence = read_evidence(debate, texts)
        return lambda store, _: store.add_evidence(debate.slug, evidence)

    def added(debate: Debate, texts: Texts) -> Debate:
        return evidence_added(debate, read_evidence(debate, texts))

    def again() -> None:
        if app.real is not None:
            add_evidence(app, app.real)

    editor = Adding(evidence_fields(debate), make, added)
    # What was pasted has a draft of its own: it is another paper than the one that was left unsaved.
    draft = f"evidence {' '.join(pasted.split())}".strip()
    open_evidence_form(app, debate, editor, title="New evidence", draft=draft, again=again, pasted=pasted)


def log_pasted(app: Host, debate: Debate, text: str) -> None:
    """Log what was pasted where no field is: it is looked up in a new form, if it can be."""
    if text.lstrip().startswith(BIBTEX):
        add_evidence(app, debate, text)
        return
    try:
        spot(text)
    except Malformed as refused:
        app.refuse(f"No field is here to paste into; to log evidence: {refused}")
    else:
        add_evidence(app, debate, text)


def open_evidence_form(
    app: Host,
    debate: Debate,
    editor: Editor,
    *,
    title: str,
    draft: str,
    again: Callable[[], None] | None = None,
    pasted: str = "",
) -> None:
    """Open a form that can look its source up; `again` opens the next one."""
    form = EvidenceForm(
        title,
        editor,
        draft=f"{debate.slug}.{draft}",
        look_up=partial(look_up_for, app),
        suggest=partial(suggest_key, debate),
        again=again,
        pasted=pasted,
    )
    app.push_screen(form)


def view_evidence(app: Host, debate: Debate, key: str) -> None:
    """Show evidence; edit it, retract it or remove it if asked to."""
    if key not in debate.evidence:
        return
    view = EvidenceView(debate, debate.evidence[key])

    def take(chosen: str | None) -> None:
        if chosen == "edit":
            edit_evidence(app, debate, view.evidence)
        elif chosen == "remove":
            remove(app, debate, view.evidence)

    app.push_screen(view, take)


def remove(app: Host, debate: Debate, evidence: Evidence) -> None:
    """Retract or reinstate an item, or remove it for good."""
    app.push_screen(RemovingEvidence(debate, evidence))


def choose_evidence(app: Host, debate: Debate, title: str, keys: Sequence[str]) -> None:
    """Choose which of several pieces of evidence to show."""
    items = [debate.evidence[key] for key in keys]

    def take(key: str | None) -> None:
        if key is not None:
            view_evidence(app, debate, key)

    app.push_screen(Picker(title, [Choice(e.key, e.title, e.key, e.date) for e in items]), take)


def edit_evidence(app: Host, debate: Debate, was: Evidence) -> None:
    """Edit evidence in a form."""
    open_evidence_form(app, debate, EvidenceEditor(debate, was), title=was.key, draft=f"evidence-{was.key}")


def attach_evidence(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Choose logged evidence and rate it for an explanation."""

    def take(key: str | None) -> None:
        if key is not None:
            rate(app, debate, key, hypothesis, debate.evidence[key].assessments.get(hypothesis.slug))

    if not debate.evidence:
        app.refuse(with_keys("No evidence is logged yet that could be rated: {add_evidence} logs the first"))
        return
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
    editor = RatingEditor(debate, key, hypothesis, cell)
    app.push_screen(RatingForm(title, editor, draft=draft, explanation=hypothesis.title))


def weigh(app: Host, debate: Debate, evidence: Evidence) -> None:
    """Type credibility, relevance and cluster of an item, in its row where that is in sight."""

    def edit(text: str, why: str = "") -> StoreCall:
        return weight_call(debate.slug, evidence.key, read_weight(text), why)

    def read(text: str) -> str:
        would = with_weight(debate, evidence, text)
        return next(what_it_counts(would, would.evidence[evidence.key]))

    lists = app.screen.query("#evidence-list, #matrix-grid").results(LineList)
    rows = next((one for one in lists if one.current is not None and one.key_of(one.current) == evidence.key), None)
    if rows is not None and rows.size.height > UNDER and has_room(app.size):
        rows.open_room(UNDER)
        app.push_screen(WeightPrompt(rows, debate, evidence, edit))
        return
    about, now = f"{evidence.title}\n{NOTATION}", weight_text(evidence)
    app.push_screen(Prompt("What it counts", about, now, read=read, edit=edit, seen=evidence))
