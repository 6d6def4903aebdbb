"""What the keys open that change an explanation: its plausibility, its place in the ranking, its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Hypothesis
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from store.drafts import Draft
from store.errors import Conflict
from tui import external
from tui.dialogs import forms
from tui.dialogs.form import Adding, Field, Form, Texts
from tui.dialogs.prompt import Prompt
from tui.session import StoreCall

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.app import AbduceApp
    from tui.changes import Asked


# Ranking


def set_plausibility(app: AbduceApp, debate: Debate, hypothesis: Hypothesis) -> None:
    """Type a plausibility."""

    def read(text: str) -> str:
        plausibility = parse_plausibility(text)
        return f"{format_plausibility(plausibility)}: {word(plausibility)}"

    def edit(text: str) -> StoreCall:
        plausibility = parse_plausibility(text)
        return lambda store, seen: store.set_plausibility(debate.slug, hypothesis.slug, plausibility, expected=seen)

    about = f"{hypothesis.title}\n60%, 0.6, 3:2 or 1 in 5"
    now = format_plausibility(hypothesis.plausibility)
    app.push_screen(Prompt("Plausibility", about, now, read=read, edit=edit, seen=hypothesis))


def move(app: AbduceApp, debate: Debate, hypothesis: Hypothesis, step: int) -> None:
    """Move up (-1) or down (1), past the neighbour that is seen there."""
    order = [each.slug for each in ranked(debate)]
    rank = order.index(hypothesis.slug) + 1 + step
    if 1 <= rank <= len(order):
        app.changes.ask(lambda store, seen: store.move(debate.slug, hypothesis.slug, rank, expected=seen), debate)


# Explanations


def add_hypothesis(app: AbduceApp, debate: Debate) -> None:
    """Fill in a form for a new explanation."""

    def make(texts: Texts) -> StoreCall:
        plausibility = parse_plausibility(texts["plausibility"])
        prior = parse_plausibility(texts["prior"]) if texts["prior"].strip() else None
        title, statement = texts["title"].strip(), texts["statement"].strip()
        return lambda store, _: store.add_hypothesis(
            debate.slug, title=title, statement=statement, plausibility=plausibility, prior=prior
        )

    editor = Adding(forms.hypothesis_fields(), make)
    app.push_screen(Form("A new explanation", editor, draft=f"{debate.slug}.hypothesis"))


class HypothesisEditor:
    """Edits an explanation in a form."""

    def __init__(self, debate: Debate, hypothesis: Hypothesis) -> None:
        self._debate = debate
        self._now = hypothesis

    def fields(self) -> list[Field]:
        """Return its words, its prior and its status."""
        return forms.hypothesis_fields(self._now)

    def change(self, texts: Texts, seen: Texts) -> tuple[StoreCall, object]:
        """Set what says something else than was seen."""
        slug, name = self._debate.slug, self._now.slug
        before = replace(self._now, **forms.read_hypothesis(seen, self._now))
        changed = forms.read_hypothesis(texts, before)
        return lambda store, was: store.edit_hypothesis(slug, name, expected=was, **changed), before

    def moved_to(self, theirs: Hypothesis) -> Texts:
        """Go on with theirs."""
        self._now = theirs
        return {one.name: one.value for one in self.fields()}


def edit_hypothesis(app: AbduceApp, debate: Debate, was: Hypothesis) -> None:
    """Edit an explanation in a form."""
    app.push_screen(Form(was.title, HypothesisEditor(debate, was), draft=draft_of(debate, was)))


def draft_of(debate: Debate, hypothesis: Hypothesis) -> str:
    """Name the draft of an explanation's form."""
    return f"{debate.slug}.hypothesis-{hypothesis.slug}"


def edit_statement(app: AbduceApp, debate: Debate, was: Hypothesis) -> None:
    """Edit a statement in $EDITOR: one change, or none. What is refused comes back in the form."""
    text, told = external.edit(app, was.statement)
    if told:
        app.refuse(told)
    if text == was.statement:
        return

    def refused(_asked: Asked, problem: AbduceError) -> None:
        app.drafts.keep(draft_of(debate, was), Draft({"statement": text}, {"statement": was.statement}))
        beside = " beside theirs" if isinstance(problem, Conflict) else ""
        app.refuse(f"{problem}. Your text is kept: press e to see it{beside}.")

    app.changes.ask(
        lambda store, seen: store.edit_hypothesis(debate.slug, was.slug, expected=seen, statement=text),
        was,
        refused=refused,
    )
