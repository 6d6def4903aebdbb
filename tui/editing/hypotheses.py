"""What the keys open that change an explanation: its plausibility, its place in the ranking, its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hypotheses.debate import Hypothesis
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from store import drafts
from store.errors import AbduceError, Refused
from tui import external
from tui.dialogs import forms
from tui.dialogs.prompt import Prompt
from tui.editing.saving import against, open_form
from tui.session import Edit

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change
    from tui.app import AbduceApp


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
