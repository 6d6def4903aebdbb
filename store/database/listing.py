"""The list of debates, and which of them was opened last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from hypotheses.problems import NotFound
from store.database.named_tables import METADATA
from store.entries import DebateSummary

_DEBATE: Final = METADATA.tables["debate"]
_HYPOTHESIS: Final = METADATA.tables["hypothesis"]
_EVIDENCE: Final = METADATA.tables["evidence"]
_IDEA: Final = METADATA.tables["idea"]
_OPENED: Final = METADATA.tables["opened"]


def summaries(connection: Connection, *, shelved: bool) -> tuple[DebateSummary, ...]:
    """Return a line for each debate, or only for those in use: the one opened last first, those never opened by age."""
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
            _DEBATE.c.shelf,
        )
        .outerjoin(_OPENED, _OPENED.c.debate_id == _DEBATE.c.id)
        .order_by(func.coalesce(_OPENED.c.id, 0).desc(), _DEBATE.c.id)
    )
    if not shelved:
        query = query.where(_DEBATE.c.shelf == "")
    return tuple(DebateSummary(*row) for row in connection.execute(query))


def opened_last(connection: Connection) -> str | None:
    """Return the slug of the debate in use that was opened last; None if none was yet."""
    query = select(_DEBATE.c.slug).join(_OPENED, _OPENED.c.debate_id == _DEBATE.c.id).where(_DEBATE.c.shelf == "")
    return connection.execute(query.order_by(_OPENED.c.id.desc()).limit(1)).scalar()


def oldest(connection: Connection) -> str:
    """Return the slug of the debate that was there first; of one out of sight only if there are no others."""
    query = select(_DEBATE.c.slug).order_by(_DEBATE.c.shelf != "", _DEBATE.c.id)
    slug: str = connection.execute(query.limit(1)).scalar_one()
    return slug


def note_opened(connection: Connection, debate_id: int, at: datetime) -> None:
    """Write down that a debate was opened."""
    connection.execute(_OPENED.delete().where(_OPENED.c.debate_id == debate_id))
    connection.execute(_OPENED.insert(), {"debate_id": debate_id, "at": at})


def slugs(connection: Connection) -> dict[str, int]:
    """Return the ids of all debates by slug."""
    return {slug: row_id for row_id, slug in connection.execute(select(_DEBATE.c.id, _DEBATE.c.slug))}


def find(connection: Connection, slug: str) -> int:
    """Return the id of a debate.

    Raises:
        NotFound: there is none of that slug.
    """
    names = slugs(connection)
    if slug not in names:
        raise NotFound("debate", slug, names)
    return names[slug]
