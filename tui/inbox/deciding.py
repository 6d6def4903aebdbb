"""What the keys of the Inbox do: take an idea up, make it part of something, decline it, put it off or part it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import (
    BETWEEN,
    MARKS,
    NewReading,
    comment_of,
    evidence_added,
    explanation_of,
    hypothesis_added,
    idea_accepted,
    parts_of,
    reading_of,
    reasons_given,
    slug_for,
    source_of,
)
from hypotheses.fields import field_of
from hypotheses.idea import Idea, IdeaStatus
from hypotheses.problems import AbduceError, Malformed
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked
from hypotheses.reading import Reading
from tui.dialogs.editor import Adding
from tui.dialogs.form import Form
from tui.dialogs.form_field import FormField, Texts, form_field
from tui.dialogs.number_form import NumberForm
from tui.dialogs.picker import Choice, Picker
from tui.inbox.idea_picker import IdeaPicker

if TYPE_CHECKING:
    from tui.host import Host
    from tui.session import StoreCall

MEANING: Final[dict[str, str]] = {
    "later": "to come back to",
    "unclear": "what it says cannot be told",
    "duplicate": "it says what is there already",
    "off-topic": "it is about something else",
    "split": "it makes several claims: part it",
    "new": "as if nobody had looked at it",
}
"""What an idea can be marked as, and what that means."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ideas that something is to become of."""

    app: Host
    debate: Debate
    """As it is stored."""
    ideas: Sequence[Idea]
    """One at least, as they are stored."""
    ticked: bool
    """Whether they are ticked, and not only under the cursor."""
    way: str
    """What the panel says one is to be taken up as."""
    done: Callable[[], object]
    """Called once it is done."""

    @property
    def numbers(self) -> list[int]:
        """Their numbers."""
        return [idea.number for idea in self.ideas]


def accept(at: Chosen) -> None:
    """Take an idea up, as one of the ways that the panel offers; several that are ticked as what each says it is."""
    app, debate, idea = at.app, at.debate, at.ideas[0]
    if at.ticked:
        slug, numbers = debate.slug, at.numbers
        app.changes.ask(lambda store, seen: store.accept_ideas(slug, numbers, expected=seen), debate, made=at.done)
    elif not idea.is_open:
        app.refuse(f"Idea {idea.number} is {idea.status} already")
    elif at.way == "explanation":
        _as_explanation(app, debate, idea)
    elif at.way == "evidence":
        _as_evidence(app, debate, idea)
    elif at.way == "reading":
        _as_reading(app, debate, idea)
    else:
        _as_comment(app, debate, idea)


def _as_explanation(app: Host, debate: Debate, idea: Idea) -> None:
    """Ask how plausible it is, in a form with what was sent in it."""

    def made(texts: Texts) -> Hypothesis:
        title = str(field_of(Hypothesis, "title").read(texts["title"].strip()))
        plausibility = parse_plausibility(texts["plausibility"])
        begun = explanation_of(debate, replace(idea, title=title, text=texts["statement"].strip()))
        return replace(begun, plausibility=plausibility, prior=plausibility, placeholder=False)

    def make(texts: Texts) -> StoreCall:
        new = made(texts)
        return lambda store, _: store.accept_idea(debate.slug, idea.number, new, expected=idea)

    given = {"title": idea.title, "statement": idea.text}
    fields = [form_field(Hypothesis, name, given.get(name)) for name in ("title", "statement", "plausibility")]
    fields = [replace(one, required=one.name != "statement") for one in fields]
    editor = Adding(fields, make, lambda debate, texts: hypothesis_added(debate, made(texts)))
    app.push_screen(Form("Accept as an explanation", editor, draft=f"{debate.slug}.accept-{idea.number}-explanation"))


def _as_evidence(app: Host, debate: Debate, idea: Idea) -> None:
    """Open the form of evidence with what was sent in it; a source is looked up if that is asked for."""
    from tui.evidence.actions import open_evidence_form  # noqa: PLC0415 - forms are loaded when the first is opened
    from tui.evidence.fields import evidence_fields, read_evidence  # noqa: PLC0415

    def make(texts: Texts) -> StoreCall:
        new = read_evidence(debate, texts)
        return lambda store, _: store.accept_idea(debate.slug, idea.number, new, expected=idea)

    def added(debate: Debate, texts: Texts) -> Debate:
        return evidence_added(debate, read_evidence(debate, texts))

    given = {"look_up": idea.url, "title": idea.title, "finding": idea.text, "url": idea.url}
    fields = [replace(one, value=given.get(one.name, one.value)) for one in evidence_fields(debate)]
    editor = Adding(fields, make, added)
    open_evidence_form(app, debate, editor, title="Accept as evidence", draft=f"accept-{idea.number}-evidence")


def _as_reading(app: Host, debate: Debate, idea: Idea) -> None:
    """Choose the quantity, then type the value."""
    quantities = [one for one in debate.quantities.values() if not one.formula]
    if not quantities:
        app.refuse("There is no quantity yet that a reading could be of")
        return

    def take(symbol: str | None) -> None:
        if symbol is not None:
            _reading_form(app, debate, idea, symbol)

    choices = [Choice(one.symbol, one.label or one.symbol, one.unit) for one in quantities]
    app.push_screen(Picker("Accept as a reading of", choices), take)


def _reading_form(app: Host, debate: Debate, idea: Idea, symbol: str) -> None:
    def made(texts: Texts) -> NewReading:
        value = field_of(Reading, "value").read(texts["value"].strip())
        name = slug_for(texts["name"], debate.quantities[symbol].readings, "reader")
        begun = reading_of(debate, idea, symbol, str(value), name=name, counts=texts["counts"] == "yes")
        return replace(begun, reading=replace(begun.reading, source=texts["source"].strip()))

    def make(texts: Texts) -> StoreCall:
        new = made(texts)
        return lambda store, _: store.accept_idea(debate.slug, idea.number, new, expected=idea)

    counts = FormField("counts", "Counts", "no", words={"no": "no", "yes": "yes"}, closed=True)
    fields = [
        form_field(Reading, "value"),
        FormField(
            "name", "Name", idea.named_sender or f"idea-{idea.number}", "what the reading is called", required=True
        ),
        form_field(Reading, "source", source_of(idea)),
        counts,
    ]
    title = f"Accept as a reading of {debate.quantities[symbol].label or symbol}"
    editor = Adding(fields, make, lambda debate, texts: idea_accepted(debate, idea.number, made(texts)))
    app.push_screen(NumberForm(title, editor, draft=f"{debate.slug}.accept-{idea.number}-{symbol}"))


def _as_comment(app: Host, debate: Debate, idea: Idea) -> None:
    """Put it into the thread of what it is about; ask what that is where nobody has said."""

    def take(slug: str | None) -> None:
        if slug is None or app.session is None:
            return
        made = comment_of(replace(idea, hypothesis=slug), app.session.store.actor, app.session.store.now())
        app.changes.ask(lambda store, seen: store.accept_idea(debate.slug, idea.number, made, expected=seen), idea)

    if idea.hypothesis in debate.hypotheses:
        take(idea.hypothesis)
    else:
        app.push_screen(Picker("Accept as a comment on", _explanations(debate)), take)


def _explanations(debate: Debate) -> list[Choice]:
    return [Choice(each.slug, each.title, format_plausibility(each.plausibility)) for each in ranked(debate)]


def merge(at: Chosen) -> None:
    """Choose what an idea becomes part of: what it looks like stands first."""
    app, slug, idea = at.app, at.debate.slug, at.ideas[0]
    if len(at.ideas) > 1:
        app.refuse(f"{len(at.ideas)} ideas are ticked; one at a time becomes part of something")
        return

    def take(ref: str) -> None:
        app.changes.ask(lambda store, seen: store.merge_idea(slug, idea.number, ref, expected=seen), idea, made=at.done)

    choose_other(app, at.debate, idea, f"Make idea {idea.number} part of", take)


def choose_other(app: Host, debate: Debate, idea: Idea, title: str, done: Callable[[str], None]) -> None:
    """Choose an explanation, evidence or another idea; what this one looks like stands first."""
    try:
        alike = app.session.looks_like(debate, idea) if app.session is not None else []
    except AbduceError as problem:
        app.refuse(f"What it looks like is not known: {problem}")
        alike = []
    first = [Choice(one.ref, one.title, "looks like it", "=" if one.same_source else "≈") for one in alike]
    rest = [
        *(Choice(f"hypothesis:{each.slug}", each.title, "explanation") for each in ranked(debate)),
        *(Choice(f"evidence:{key}", each.title, key) for key, each in debate.evidence.items()),
    ]
    known = {one.key for one in first}

    def take(ref: str | None) -> None:
        if ref is not None:
            done(ref)

    choices = [*first, *(one for one in rest if one.key not in known)]
    app.push_screen(IdeaPicker(title, choices, debate.ideas, idea.number), take)


def decline(at: Chosen) -> None:
    """Ask for the reason, which their senders read; those that were given before are offered."""
    app, debate, ideas, numbers = at.app, at.debate, at.ideas, at.numbers

    def make(texts: Texts) -> StoreCall:
        reason = texts["reason"].strip()
        if not reason:
            raise Malformed("Reason: found nothing; expected one that the sender can read")
        return lambda store, _: store.decline_ideas(debate.slug, numbers, reason, expected=debate)

    before = tuple(reasons_given(debate))
    reason = FormField("reason", "Reason", "", "its sender reads it", required=True, suggestions=before)
    what = f"idea {numbers[0]}: {ideas[0].title}" if len(ideas) == 1 else f"{len(ideas)} ideas"
    form = Form(f"Decline {what}", Adding([reason], make), draft=f"{debate.slug}.decline")

    def left(saved: bool | None) -> None:
        if saved:
            at.done()

    app.push_screen(form, left)


def mark(at: Chosen) -> None:
    """Choose as what ideas are marked."""
    app, debate, ideas, numbers = at.app, at.debate, at.ideas, at.numbers

    def ask(status: IdeaStatus, of: str = "") -> None:
        app.changes.ask(
            lambda store, seen: store.mark_ideas(debate.slug, numbers, status, of=of, expected=seen),
            debate,
            made=at.done,
        )

    def take(chosen: str | None) -> None:
        if chosen == "split":
            split(app, debate, ideas[0])
        elif chosen == "duplicate" and len(ideas) == 1:
            choose_other(app, debate, ideas[0], "A duplicate of", lambda ref: ask("duplicate", ref))
        elif chosen is not None:
            ask(next(each for each in MARKS if each == chosen))

    offered = {name: about for name, about in MEANING.items() if name != "split" or len(ideas) == 1}
    app.push_screen(Picker("Mark as", [Choice(name, name, about) for name, about in offered.items()]), take)


def split(app: Host, debate: Debate, idea: Idea) -> None:
    """Part an idea: its text, with a line of dashes between the parts."""

    def make(texts: Texts) -> StoreCall:
        parts = parts_of(texts["parts"])
        if len(parts) < 2:
            raise Malformed(f"Parts: found {len(parts)}; expected two or more, with a line {BETWEEN} between")
        return lambda store, _: store.split_idea(debate.slug, idea.number, parts, expected=idea)

    text = f"{idea.title}\n{idea.text}\n{BETWEEN}\nanother title"
    hint = f"the first line of each is its title; a line {BETWEEN} between"
    fields = [FormField("parts", "Parts", text, hint, long=True)]
    title = f"Part idea {idea.number}: title, text, a line {BETWEEN}, title, text"
    app.push_screen(Form(title, Adding(fields, make), draft=f"{debate.slug}.split-{idea.number}"))


IDEA_ACTIONS: Final[Mapping[str, Callable[[Chosen], None]]] = {
    "add": accept,
    "merge": merge,
    "remove": decline,
    "mark": mark,
}
"""Command -> what it does in the Inbox."""
