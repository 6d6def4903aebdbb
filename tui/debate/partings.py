"""Explanations that go, or become one with another: what goes or moves with them is told first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from hypotheses.debate import Debate, Hypothesis
from hypotheses.edits import hypothesis_merged, hypothesis_removed
from hypotheses.problems import AbduceError
from hypotheses.ranking import format_plausibility, ranked
from tui.command_keys import with_keys
from tui.dialogs.message import Confirm
from tui.dialogs.picker import Choice, Picker
from tui.dialogs.removing import Removing
from tui.number_text import mark_of
from tui.session import StoreCall

if TYPE_CHECKING:
    from tui.host import Host


def remove_hypothesis(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Remove an explanation, once it is seen what goes with it."""

    def remove(along: bool) -> StoreCall:
        return lambda store, seen: store.remove_hypothesis(debate.slug, hypothesis.slug, expected=seen, along=along)

    share = f"\nIts {format_plausibility(hypothesis.plausibility)} goes to none of these."
    about = hypothesis.title + (share if debate.mode == "exclusive" else "")
    try_it = partial(hypothesis_removed, debate, hypothesis.slug)
    app.push_screen(Removing("Remove the explanation?", about, try_it, remove, seen=hypothesis))


def merge_hypothesis(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Make an explanation part of another one, chosen among the rest, once it is seen what moves."""
    others = [(rank, each) for rank, each in enumerate(ranked(debate), 1) if each.slug != hypothesis.slug]
    if not others:
        app.refuse(with_keys("There is no other explanation to merge it into; {add} adds one"))
        return

    def chosen(into: str | None) -> None:
        if into is None:
            return
        try:
            after = hypothesis_merged(debate, hypothesis.slug, into)
        except AbduceError as refused:
            app.refuse(str(refused))
            return
        told = "\n".join([hypothesis.title, f"into {after.hypotheses[into].title}", "", *_moves(debate, after, into)])
        app.push_screen(Confirm("Merge the two?", f"{told}\n\nUndo parts them again."), partial(agreed, into))

    def agreed(into: str, yes: bool | None) -> None:
        if yes:
            app.changes.ask(
                lambda store, seen: store.merge_hypothesis(debate.slug, hypothesis.slug, into, expected=seen),
                hypothesis,
            )

    choices = [
        Choice(each.slug, each.title, format_plausibility(each.plausibility), mark_of(rank)) for rank, each in others
    ]
    app.push_screen(Picker(f"Merge into which: {hypothesis.title}", choices), chosen)


def _moves(before: Debate, after: Debate, into: str) -> Iterator[str]:
    """Say, a line each, what an explanation takes over from one that becomes part of it."""
    gone = next(each for slug, each in before.hypotheses.items() if slug not in after.hypotheses)
    was, now = before.hypotheses[into], after.hypotheses[into]
    rated = [key for key, item in before.evidence.items() if gone.slug in item.assessments]
    new = [
        key for key in rated if before.evidence[key].assessments.get(into) != after.evidence[key].assessments.get(into)
    ]
    if rated:
        own = len(rated) - len(new)
        yield f"Ratings that it takes over: {len(new)}" + (f"; {own} stay as it has them itself" if own else "")
    if effects := [on for on in now.effects if on not in was.effects]:
        yield f"Effects that it takes over: on {', '.join(effects)}"
    if lost := [on for on in gone.effects if on in was.effects]:
        yield f"Effects that it has itself and keeps: on {', '.join(lost)}"
    for name, count in (
        ("Comments", sum(comment.hypothesis == gone.slug for comment in before.comments.values())),
        ("Ideas", sum(idea.hypothesis == gone.slug for idea in before.ideas.values())),
    ):
        if count:
            yield f"{name} that move to it: {count}"
    if before.mode == "exclusive":
        figures = f"{format_plausibility(was.plausibility)} → {format_plausibility(now.plausibility)}"
        yield f"It holds the shares of both: {figures}"
    yield "What the other said goes into its note."
