"""What is known of places outside that a debate's ideas come from, beside the debate and not of it: undo leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from store.database.named_tables import METADATA

_INTAKE: Final = METADATA.tables["intake"]


def known_of(connection: Connection, debate_id: int, place: str) -> dict[str, Any]:
    """Return what was noted of a place; nothing if nothing was."""
    query = select(_INTAKE.c.state).where(_INTAKE.c.debate_id == debate_id, _INTAKE.c.place == place)
    state = connection.execute(query).scalar()
    return state if isinstance(state, dict) else {}


def note(connection: Connection, debate_id: int, place: str, state: Mapping[str, Any], at: datetime) -> None:
    """Note something of a place instead of what was noted before."""
    connection.execute(_INTAKE.delete().where(_INTAKE.c.debate_id == debate_id, _INTAKE.c.place == place))
    row = {"debate_id": debate_id, "place": place, "state": dict(state), "at": at}
    connection.execute(_INTAKE.insert(), row)
