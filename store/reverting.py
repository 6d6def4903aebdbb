"""Undo and redo of one entry of the journal, and what stands against it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hypotheses.admission import admit
from hypotheses.problems import Refused
from store import journal
from store.database.image import DebateImage
from store.database.packed_rows import CHUNK
from store.entries import Entry, EntryKind
from store.expected import ANYTHING, Anything


def refuse_unseen(
    connection: Connection, image: DebateImage, actor: str, kind: EntryKind, expected: int | Anything
) -> None:
    """Require that an actor has changed nothing after the entry that was seen last.

    Raises:
        Refused: the actor has.
    """
    if expected is ANYTHING:
        return
    unseen = journal.latest_by(connection, image.debate_id, actor, after=expected)
    if unseen is not None:
        raise Refused(f"you did something else meanwhile, {unseen.label!r}: look at it, then {kind} again")


def revert(
    connection: Connection, image: DebateImage, actor: str, *, kind: EntryKind, at: datetime, after: int = 0
) -> Entry | None:
    """Undo or redo one entry of an actor's that is later than the one numbered `after`, and bring the image forward.

    Returns:
        The entry that tells of it; None if there is none to undo or redo.

    Raises:
        Refused: somebody's later change would be trampled.
    """
    target = journal.entry_to_revert(connection, image.debate_id, actor, kind, after)
    if target is None:
        return None
    changes = journal.revert(connection, image, target, kind)
    before = image.debate
    image.apply(changes, image.entry)
    who = journal.last_other(connection, image.debate_id, actor, after=target.id)
    if who:
        try:
            admit(before, image.debate)
        except Refused as error:
            raise Refused(f"cannot {kind} {target.label!r} after what {who} changed since: {error}") from error
    label = f"{kind}: {target.label}"
    portions = (changes[start : start + CHUNK] for start in range(0, len(changes), CHUNK))
    entry = journal.record(
        connection, image.debate_id, portions, at=at, actor=actor, label=label, kind=kind, target=target.id
    )
    image.entry = entry.id
    return entry
