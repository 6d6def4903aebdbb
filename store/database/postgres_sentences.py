"""What a PostgreSQL server or its driver says, as a sentence, and what to do about it; told by SQLSTATE."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError

_AGAIN: Final = ("40001", "40P01")
"""Serialization failure and deadlock: what was done is undone, and may be done again from its start."""
_CAME_BETWEEN: Final = ("23505", "23503", "42P07", "42710")
"""Somebody has just added the same name, removed what is referred to, or made a table; who looks again sees that."""
_GONE: Final = ("08", "57P01", "57P02", "57P03")
"""The connection was lost, or the server is about to stop or to start."""
_SENTENCES: Final = {
    "55P03": "{name} is locked by another program; nothing was saved",
    "40": "others changed the same in {name} at once; nothing was saved",
    "25006": "{name} can only be read; nothing was saved",
    "25P03": "{name} waited too long for this program; nothing was saved",
    "42501": "{name} does not allow that to this role ({said}); nothing was saved",
    "42P01": "{name} is not as Abduce made it ({said})",
    "53100": "the disk of {name} is full; nothing was saved",
    "53300": "{name} has no connection left for this program; try again later",
    "58": "the disk of {name} failed ({said}); look whether it is there before you do it again",
    "XX001": "{name} is damaged ({said}); restore a backup of it",
    "XX002": "an index of {name} is damaged ({said}); `REINDEX DATABASE` makes it anew",
}
"""The beginning of a SQLSTATE, the longest first that fits -> what it means to a person."""


def sentence_of(error: BaseException | None, name: str) -> str:
    """Return what to tell of what the driver raised, of a database of this name."""
    state, said = _state(error), _said(error)
    if not state and type(error).__name__ == "OperationalError":
        return f"{name} cannot be reached ({_reason(said)}); nothing was saved"
    if state.startswith(_GONE):
        return f"the server of {name} went away ({said}); nothing was saved"
    if state in _AGAIN and "recovery" in said:
        return f"{name} is a replica that was busy catching up ({said}); read it again"
    for start in (state, state[:2]):
        if start in _SENTENCES:
            return _SENTENCES[start].format(name=name, said=said)
    return f"{name} failed: {said}"


def is_gone(error: DBAPIError) -> bool:
    """Say whether the connection was lost, so that nobody knows what became of what was being done."""
    return error.connection_invalidated or _state(error.orig).startswith(_GONE)


def needs_another_try(problem: BaseException) -> bool:
    """Say whether nothing was done because others came between, or the connection was lost, and may be done again."""
    cause = problem if isinstance(problem, DBAPIError) else problem.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    return cause.connection_invalidated or _state(cause.orig) in (*_AGAIN, *_CAME_BETWEEN)


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""


def _reason(said: str) -> str:
    """Return why no connection came about, of what the driver says about every place that it tried."""
    reason = said.rpartition("failed: ")[2].partition(" Is the server running")[0]
    return reason.removeprefix("FATAL: ") or said


def _said(error: BaseException | None) -> str:
    """Return the first of what was said, in one line. No password is in it: the server is never sent one to repeat."""
    said = getattr(getattr(error, "diag", None), "message_primary", None) or str(error)
    return " ".join(said.split())
