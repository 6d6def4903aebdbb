"""Whether the card of the first steps is there from the start. Light: every start asks this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store import remembered

if TYPE_CHECKING:
    from tui.session import Session, State

REMEMBERED: Final = "first_steps"
SHOWN, AWAY = "shown", "away"
"""What is remembered: one of these, then the steps that are done."""


def due(session: Session, state: State) -> bool:
    """Say whether the card is shown: on the first run, and then until it is put away.

    Where nothing is remembered, it is the first run if nobody has changed anything in the database.
    """
    kept = remembered.recall(REMEMBERED)
    if kept:
        return kept.split()[:1] == [SHOWN]
    return state.number <= 1 and len(session.store.debates(shelved=True)) == 1
