"""The list of debates, and which of them was opened last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from store.database.rows import Base
from store.entries import DebateSummary

_DEBATE: Final = Base.metadata.tables["debate"]
_HYPOTHESIS: Final = Base.metadata.tables["hypothesis"]
_EVIDENCE: Final = Base.metadata.tables["evidence"]
_IDEA: Final = Base.metadata.tables["idea"]
_OPENED: Final = Base.metadata.tables["opened"]


def summaries(connection: Connection) -> tuple[DebateSummary, ...]:
    """Return a line for each debate: the one opened last first, those never opened by age."""
    hypotheses, evidence, new_ideas = (
        select(func.count()).where(table.c.debate_id == _DEBATE.c.id) for table in (_HYPOTHESIS, _EVIDENCE, _IDEA)
    )
    query = (
        select(
            _DEBATE.c.slug,
            _DEBATE.c.title,
            hypotheses.scalar_subquery(),
            evidence.scalar_subquery(),
            new_ideas.where(_IDEA.c.status == "new").scalar_subquery(),
            _OPENED.c.at,
        )
        .outerjoin(_OPENED, _OPENED.c.debate_id == _DEBATE.c.id)
        .order_by(func.coalesce(_OPENED.c.id, 0).desc(), _DEBATE.c.id)
    )
    return tuple(DebateSummary(*row) for row in connection.execute(query))


def opened_last(connection: Connection) -> str | None:
    """Return the slug of the debate that was opened last; None if none was yet."""
    query = select(_DEBATE.c.slug).join(_OPENED, _OPENED.c.debate_id == _DEBATE.c.id)
    return connection.execute(query.order_by(_OPENED.c.id.desc()).limit(1)).scalar()


def oldest(connection: Connection) -> str:
    """Return the slug of the debate that was there first."""
    slug: str = connection.execute(select(_DEBATE.c.slug).order_by(_DEBATE.c.id).limit(1)).scalar_one()
    return slug


def note_opened(connection: Connection, debate_id: int, at: datetime) -> None:
    """Write down that a debate was opened."""
    connection.execute(_OPENED.delete().where(_OPENED.c.debate_id == debate_id))
    connection.execute(_OPENED.insert(), {"debate_id": debate_id, "at": at})
