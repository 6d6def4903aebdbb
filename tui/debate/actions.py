"""What the keys open that change an explanation: its plausibility, its place in the ranking, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypotheses.belief import difference, implied
from hypotheses.debate import Debate, Hypothesis
from hypotheses.ranking import format_plausibility, parse_plausibility, ranked, word
from store.drafts import Draft
from store.errors import Conflict
from tui.command_keys import key_of, with_keys
from tui.debate.differences import Differences
from tui.debate.fields import new_fields, read_new, with_new
from tui.debate.hypothesis_form import HypothesisEditor, HypothesisForm
from tui.debate.ranking import RankingRows
from tui.debate.row_prompt import PlausibilityPrompt
from tui.dialogs.board import show_board
from tui.dialogs.editor import Adding
from tui.dialogs.form_field import Texts
from tui.dialogs.formula_input import current_of
from tui.dialogs.message import Confirm
from tui.dialogs.prompt import Prompt
from tui.dialogs.row_prompt import UNDER, has_room
from tui.number_text import decibans, odds
from tui.session import StoreCall
from tui.terminal import external

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.changes import Asked
    from tui.host import Host


# Ranking


def set_plausibility(app: Host, debate: Debate, hypothesis: Hypothesis, text: str = "") -> None:
    """Type a plausibility, in the row of the ranking where that is in sight; `text` is put into the field."""

    def read(text: str) -> str:
        plausibility = parse_plausibility(text)
        return f"{format_plausibility(plausibility)}: {word(plausibility)}"

    def edit(text: str, why: str = "") -> StoreCall:
        plausibility = parse_plausibility(text)
        return lambda store, seen: store.set_plausibility(
            debate.slug, hypothesis.slug, plausibility, why, expected=seen
        )

    rows = app.screen.query(RankingRows)
    row = rows.first().current if rows else None
    if has_room(app.size) and row is not None and row.hypothesis == hypothesis:
        rows.first().open_room(UNDER)
        app.push_screen(PlausibilityPrompt(rows.first(), row, debate, edit, text))
        return
    about = f"{hypothesis.title}\n60%, 0.6, 3:2 or 1 in 5"
    now = format_plausibility(hypothesis.plausibility)
    app.push_screen(Prompt("Plausibility", about, text or now, read=read, edit=edit, seen=hypothesis))


def move(app: Host, debate: Debate, hypothesis: Hypothesis, step: int) -> None:
    """Move up (-1) or down (1), past the neighbour that is seen there."""
    order = [each.slug for each in ranked(debate)]
    rank = order.index(hypothesis.slug) + 1 + step
    if 1 <= rank <= len(order):
        app.changes.ask(lambda store, seen: store.move(debate.slug, hypothesis.slug, rank, expected=seen), debate)


def adopt(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Take what the evidence implies as one's own plausibility, if that is confirmed."""
    known = app.says.at_hand(debate)
    stated, says = hypothesis.plausibility, (known.rated.implied if known else implied(debate))[hypothesis.slug]
    apart = difference(says, stated)
    if abs(apart) < 0.05 and not hypothesis.placeholder:
        app.notify(f"You say what the evidence says already: {format_plausibility(stated)}.", markup=False)
        return

    def take(agreed: bool | None) -> None:
        if agreed:
            app.changes.ask(
                lambda store, seen: store.adopt(debate.slug, hypothesis.slug, expected=seen, implied=says),
                hypothesis,
                refused=refused,
            )

    def refused(_asked: Asked, problem: AbduceError) -> None:
        again = with_keys(". Press {adopt} to see what it says now") if isinstance(problem, Conflict) else ""
        app.refuse(f"{problem}{again}")

    figures = f"{'':<15}{'':>7}  {'odds':<9}\n" + "\n".join(
        f"{who:<15}{format_plausibility(p):>7}  {odds(p):<9} {word(p)}"
        for who, p in (("You say", stated), ("Evidence says", says))
    )
    others = "\nThe others make room in proportion." if debate.mode == "exclusive" else ""
    text = f"{hypothesis.title}\n\n{figures}\n{'Difference':<15}{decibans(apart):>7}  decibans\n{others}"
    app.push_screen(Confirm("Adopt what the evidence says?", f"{text}\nUndo brings yours back."), take)


def show_differences(app: Host) -> None:
    """Show stated beside implied."""
    if app.debate is not None:
        place = next(iter(app.screen.query("#detail-place")), None)
        show_board(app, Differences("Differences", app.debate, app.says, place))


# Explanations


def add_hypothesis(app: Host, debate: Debate) -> None:
    """Fill in a form for a new explanation."""

    def make(texts: Texts) -> StoreCall:
        new = read_new(debate, texts)
        return lambda store, _: store.add_hypothesis(debate.slug, **new)

    current = current_of(app, debate)
    editor = Adding(new_fields(debate), make, with_new)
    form = HypothesisForm("A new explanation", editor, draft=f"{debate.slug}.hypothesis", current=current)
    app.push_screen(form)


def edit_hypothesis(app: Host, debate: Debate, was: Hypothesis) -> None:
    """Edit an explanation in a form."""
    current = current_of(app, debate)
    editor = HypothesisEditor(debate, was)
    app.push_screen(HypothesisForm(was.title, editor, draft=draft_of(debate, was), current=current, slug=was.slug))


def draft_of(debate: Debate, hypothesis: Hypothesis) -> str:
    """Name the draft of an explanation's form."""
    return f"{debate.slug}.hypothesis-{hypothesis.slug}"


def edit_statement(app: Host, debate: Debate, was: Hypothesis) -> None:
    """Edit a statement in $EDITOR: one change, or none. What is refused comes back in the form."""
    text, wrong = external.edit(app, was.statement)
    if wrong:
        app.refuse(wrong)
    if text == was.statement:
        return

    def refused(_asked: Asked, problem: AbduceError) -> None:
        app.drafts.keep(draft_of(debate, was), Draft({"statement": text}, {"statement": was.statement}))
        beside = " beside theirs" if isinstance(problem, Conflict) else ""
        app.refuse(f"{problem}. Your text is kept: press {key_of('edit')} to see it{beside}.")

    app.changes.ask(
        lambda store, seen: store.edit_hypothesis(debate.slug, was.slug, expected=seen, statement=text),
        was,
        refused=refused,
    )
