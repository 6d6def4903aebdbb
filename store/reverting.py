"""Undo and redo of one entry of the journal, and what stands against it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hypotheses.admission import admit
from hypotheses.problems import NotFound, Refused
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


def revert_last(
    connection: Connection, image: DebateImage, actor: str, *, kind: EntryKind, expected: int | Anything, at: datetime
) -> Entry:
    """Undo an actor's latest change, or redo the one undone last; `expected` is the last entry that was seen.

    Raises:
        Refused: there is none, the actor has changed something since, or somebody's later change would be trampled.
    """
    refuse_unseen(connection, image, actor, kind, expected)
    entry = revert(connection, image, actor, kind=kind, at=at)
    if entry is None:
        raise Refused(f"there is nothing to {kind}")
    return entry


def undo_after(
    connection: Connection, image: DebateImage, actor: str, *, entry: int, expected: int | Anything, at: datetime
) -> Entry:
    """Undo all of an actor's changes after an entry, the latest first, each by an entry of its own; return the last.

    Raises:
        NotFound: the journal has no such entry.
        Refused: there are none, the actor has changed something after the entry that was seen last (`expected`), or
            somebody's later change would be trampled.
    """
    refuse_unseen(connection, image, actor, "undo", expected)
    if not journal.has_entry(connection, image.debate_id, entry):
        raise NotFound("entry", str(entry))
    done = None
    while undone := revert(connection, image, actor, kind="undo", at=at, after=entry):
        done = undone
    if done is None:
        raise Refused(f"there is nothing of {actor}'s after entry {entry} to undo")
    return done
