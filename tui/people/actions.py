"""What the keys open about people: what everybody states, how it turned out, and how good everybody was."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from hypotheses.debate import VERDICTS, Debate, Hypothesis, Verdict
from hypotheses.edits import made_false
from hypotheses.problems import Malformed
from tui.dialogs.board import show_board
from tui.dialogs.prompt import Prompt
from tui.dialogs.row_prompt import UNDER, has_room
from tui.people.page import PeoplePage
from tui.people.reckoning import ReckoningPage
from tui.people.settle_prompt import SettlePrompt
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui.host import Host
    from tui.session import StoreCall

EXPECTED: Final = "expected true, false or open, and a day such as 2023-03-21 if it was not today"


def show_people(app: Host) -> None:
    """Show what everybody states."""
    debate = app.debate
    if debate is None:
        return
    if len(app.says.people(debate)) > 1:
        show_board(app, PeoplePage(debate, app.viewer))
    else:
        app.notify("Nobody else has stated anything yet. Others take part with: abduce --as NAME", markup=False)


def read_verdict(text: str) -> tuple[Verdict, str | None]:
    """Read `true`, `false` or `open`, and a day or None for today.

    Raises:
        Malformed: it is none of these.
    """
    words = text.casefold().split()
    meant = next((name for name in VERDICTS if words and name.startswith(words[0])), None)
    if meant is None or len(words) > (1 if meant == "open" else 2):
        raise Malformed(f"{text.strip()!r} is no verdict; {EXPECTED}" if words else EXPECTED)
    return VERDICTS[meant], _day(words[1]) if words[1:] else None


def _day(text: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise Malformed(f"{text!r} is no day; {EXPECTED}")


def settle(app: Host, debate: Debate, hypothesis: Hypothesis) -> None:
    """Type how a hypothesis turned out."""

    def read(text: str) -> str:
        verdict, on = read_verdict(text)
        if not verdict:
            return "open again: it is not known how it turned out"
        others = made_false(debate, hypothesis.slug) if verdict == "true" else ()
        also = f"; enter settles the other {len(others)} as false" if others else ""
        return f"it turned out {verdict}, {f'on {on}' if on else 'today'}{also}"

    def edit(text: str, why: str = "") -> StoreCall:
        verdict, on = read_verdict(text)
        return lambda store, seen: store.settle(debate.slug, hypothesis.slug, verdict, on, why, expected=seen)

    now = f"{hypothesis.settled} {hypothesis.settled_on}".strip()
    rows = next(iter(app.screen.query("#ranking-rows").results(LineList)), None)
    if rows is not None and has_room(app.size) and rows.key_of(rows.current) == hypothesis.slug:
        rows.open_room(UNDER)
        app.push_screen(SettlePrompt(rows, hypothesis, now, read=read, edit=edit))
        return
    about = f"{hypothesis.title}\ntrue, false, or open to take it back; with a day if it was not today: true 2023-03-21"
    app.push_screen(Prompt("How did it turn out?", about, now, read=read, edit=edit, seen=hypothesis))


def show_reckoning(app: Host) -> None:
    """Show how good everybody was."""
    if app.debate is not None:
        show_board(app, ReckoningPage(app.debate, app.viewer))
