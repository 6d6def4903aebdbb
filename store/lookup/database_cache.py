"""What was looked up before, in the database: every program on it finds it, and so does the next run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from hypotheses.problems import Malformed
from store.database.database import Database
from store.database.named_tables import METADATA
from store.errors import DatabaseProblem
from store.lookup.cache import MOST_KEPT, PAGE_KEYS, PAGES_LAST, is_old
from store.lookup.source import Source, source_of

_LOOKUP: Final = METADATA.tables["lookup"]


@dataclass(frozen=True, slots=True)
class DatabaseCache:
    """A cache in the table of look-ups."""

    database: Database
    clock: Callable[[], datetime]

    def get(self, key: str) -> Source | None:
        """Return what was found; None if that was never, or too long ago."""
        query = select(_LOOKUP.c.source, _LOOKUP.c.at).where(_LOOKUP.c.key == key)
        with suppress(DatabaseProblem), self.database.reading() as connection:
            row = connection.execute(query).first()
            return None if row is None or is_old(key, row.at, self.clock()) else _source(row.source)
        return None

    def put(self, key: str, source: Source) -> None:
        """Keep what was found now, and let go of pages that would be asked again and of the oldest of very many."""
        now = self.clock()
        row = {"key": key, "source": asdict(source), "at": now}
        old_page = _LOOKUP.c.key.startswith(PAGE_KEYS) & (_LOOKUP.c.at < now - PAGES_LAST)
        beyond = select(_LOOKUP.c.id).order_by(_LOOKUP.c.at.desc(), _LOOKUP.c.id.desc()).offset(MOST_KEPT)

        def keep(connection: Connection) -> None:
            connection.execute(_LOOKUP.delete().where((_LOOKUP.c.key == key) | old_page))
            connection.execute(_LOOKUP.insert(), row)
            connection.execute(_LOOKUP.delete().where(_LOOKUP.c.id.in_(beyond)))

        with suppress(DatabaseProblem):
            self.database.write(keep)


def _source(kept: dict[str, Any]) -> Source | None:
    # Another version of the program, or somebody's hand, may have written it.
    try:
        return source_of(**kept)
    except (Malformed, TypeError, AttributeError):
        return None
