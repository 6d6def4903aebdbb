"""What the keys open that set plausibilities beside each other: by the evidence, by people, by how it turned out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from hypotheses.belief import difference, implied
from hypotheses.debate import Debate, Hypothesis, Verdict
from hypotheses.people import people
from hypotheses.problems import Malformed
from hypotheses.ranking import format_plausibility, word
from store.errors import Conflict
from tui.dialogs.message import Confirm
from tui.dialogs.prompt import Prompt
from tui.numbers import decibans, odds

if TYPE_CHECKING:
    from hypotheses.problems import AbduceError
    from tui.app import AbduceApp
    from tui.changes import Asked
    from tui.dialogs.board import Board
    from tui.session import StoreCall

OUTCOMES: Final[Mapping[str, Verdict]] = {"true": "true", "false": "false", "open": ""}
EXPECTED: Final = "expected true, false or open, and a day such as 2023-03-21 if it was not today"


# By the evidence


def adopt(app: AbduceApp, debate: Debate, hypothesis: Hypothesis) -> None:
    """Take what the evidence implies as one's own plausibility, if that is confirmed."""
    stated, says = hypothesis.plausibility, implied(debate)[hypothesis.slug]
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
        again = ". Press A to see what it says now" if isinstance(problem, Conflict) else ""
        app.refuse(f"{problem}{again}")

    figures = f"{'':<15}{'':>7}  {'odds':<9}\n" + "\n".join(
        f"{who:<15}{format_plausibility(p):>7}  {odds(p):<9} {word(p)}"
        for who, p in (("You say", stated), ("Evidence says", says))
    )
    others = "\nThe others make room in proportion." if debate.mode == "exclusive" else ""
    text = f"{hypothesis.title}\n\n{figures}\n{'Difference':<15}{decibans(apart):>7}  decibans\n{others}"
    app.push_screen(Confirm("Adopt what the evidence says?", f"{text}\nUndo brings yours back."), take)


def show_differences(app: AbduceApp) -> None:
    """Show stated beside implied."""
    from tui.dialogs.differences import Differences  # noqa: PLC0415 - which knows of this module

    if app.debate is not None:
        _show(app, Differences("Differences", app.debate))


# By people


def show_people(app: AbduceApp) -> None:
    """Show what everybody states."""
    from tui.dialogs.people_page import PeoplePage  # noqa: PLC0415 - dialogs are loaded when the first is opened

    debate = app.debate
    if debate is None:
        return
    if len(people(debate)) > 1:
        _show(app, PeoplePage(debate, app.viewer))
    else:
        app.notify("Nobody else has stated anything yet. Others take part with: abduce --as NAME", markup=False)


# By how it turned out


def read_outcome(text: str) -> tuple[Verdict, str | None]:
    """Read `true`, `false` or `open`, and a day or None for today.

    Raises:
        Malformed: it is none of these.
    """
    words = text.casefold().split()
    found = next((name for name in OUTCOMES if words and name.startswith(words[0])), None)
    if found is None or len(words) > (1 if found == "open" else 2):
        raise Malformed(f"{text.strip()!r} is no outcome; {EXPECTED}" if words else EXPECTED)
    return OUTCOMES[found], _day(words[1]) if words[1:] else None


def _day(text: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise Malformed(f"{text!r} is no day; {EXPECTED}")


def settle(app: AbduceApp, debate: Debate, hypothesis: Hypothesis) -> None:
    """Type how a hypothesis turned out."""

    def read(text: str) -> str:
        outcome, on = read_outcome(text)
        if not outcome:
            return "open again: it is not known how it turned out"
        return f"it turned out {outcome}, {f'on {on}' if on else 'today'}"

    def edit(text: str) -> StoreCall:
        outcome, on = read_outcome(text)
        return lambda store, seen: store.settle(debate.slug, hypothesis.slug, outcome, on, expected=seen)

    about = f"{hypothesis.title}\ntrue, false, or open to take it back; with a day if it was not today: true 2023-03-21"
    now = f"{hypothesis.settled} {hypothesis.settled_on}".strip()
    app.push_screen(Prompt("How did it turn out?", about, now, read=read, edit=edit, seen=hypothesis))


def show_reckoning(app: AbduceApp) -> None:
    """Show how good everybody was."""
    from tui.dialogs.reckoning_page import ReckoningPage  # noqa: PLC0415 - dialogs are loaded when the first is opened

    if app.debate is not None:
        _show(app, ReckoningPage(app.debate, app.viewer))


def _show(app: AbduceApp, board: Board) -> None:
    """Show a page, and go to the explanation that is chosen there."""
    from tui.screens.debate import DebateScreen  # noqa: PLC0415 - which opens what is here

    def go(chosen: str | None) -> None:
        if chosen is not None and isinstance(app.screen, DebateScreen):
            app.screen.go_to(chosen)

    app.push_screen(board, go)
