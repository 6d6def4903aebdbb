"""The index of the words of ideas, which the engine keeps: made of them, so it can be made again at any time.

It holds words as `hypotheses.search` has them, so it asks nothing of an engine's own tables of letters. What was not
taken into it is written down beside it: where an engine has no such index all of that is looked through instead, and
the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final, Protocol

from sqlalchemy import Connection, func, literal, select

from hypotheses.search import Phrase, plain, said_in
from store.database import postgres_words, sqlite_words
from store.database.named_tables import METADATA
from store.database.row_change import RowChange
from store.database.translation import Row

_IDEA: Final = METADATA.tables["idea"]
_UNREAD: Final = METADATA.tables["idea_unread"]
AT_ONCE: Final = 1000
"""Ideas that are taken into the index at once, when it is made."""


class WordIndex(Protocol):
    """What an engine does for it. The phrases and words are those of `hypotheses.search`, ids those of ideas."""

    def can_be_made(self) -> bool:
        """Say whether the engine has such an index."""

    def is_made(self, connection: Connection) -> bool:
        """Say whether the index is there."""

    def make(self, connection: Connection) -> None:
        """Make it, with nothing in it."""

    def take_out(self, connection: Connection, said: Iterable[tuple[int, str]]) -> None:
        """Take out ideas, with the words that it has of them."""

    def add(self, connection: Connection, said: Iterable[tuple[int, str]]) -> None:
        """Add ideas that are not in it, with their words."""

    def having(self, connection: Connection, wanted: Collection[Phrase]) -> set[int]:
        """Return the ids of the ideas that say all of some phrases."""

    def first_having(self, connection: Connection, wanted: Phrase, most: int) -> list[int]:
        """Return the lowest ids of the ideas that say a phrase, `most` at most."""


_INDEXES: Final[dict[str, WordIndex]] = {"sqlite": sqlite_words, "postgresql": postgres_words}


def _index(connection: Connection) -> WordIndex:
    return _INDEXES[connection.dialect.name]


def is_made(connection: Connection) -> bool:
    """Say whether the index is there and can be used."""
    index = _index(connection)
    return index.can_be_made() and index.is_made(connection)


def is_behind(connection: Connection) -> bool:
    """Say whether the index could take something up."""
    if not _index(connection).can_be_made():
        return False
    return not is_made(connection) or connection.execute(select(_UNREAD).limit(1)).first() is not None


def catch_up(connection: Connection) -> None:
    """Make the index, if there is none, and take up what it has not."""
    index = _index(connection)
    if not is_made(connection):
        index.make(connection)
        connection.execute(_UNREAD.delete())
        new = select(_IDEA.c.id, literal(""))
        connection.execute(_UNREAD.insert().from_select(["idea_id", "words"], new))
    old = connection.execute(select(_UNREAD.c.idea_id, _UNREAD.c.words).where(_UNREAD.c.words != ""))
    index.take_out(connection, ((row_id, words) for row_id, words in old))
    query = select(_IDEA).join(_UNREAD, _UNREAD.c.idea_id == _IDEA.c.id)
    for some in connection.execute(query).mappings().partitions(AT_ONCE):
        index.add(connection, ((row["id"], _words(dict(row))) for row in some))
    connection.execute(_UNREAD.delete())


def follow(connection: Connection, changes: Iterable[RowChange]) -> None:
    """Take up what became of ideas, within the transaction that writes it."""
    moved = [
        (one.row_id, _words(one.before), _words(one.after))
        for one in changes
        if one.before is None or one.after is None or said_in(one.before) != said_in(one.after)
    ]
    if not moved:
        return
    behind = unread(connection)
    moved = [one for one in moved if one[0] not in behind]
    if is_made(connection):
        index = _index(connection)
        index.take_out(connection, ((row_id, old) for row_id, old, _ in moved if old))
        index.add(connection, ((row_id, new) for row_id, _, new in moved if new))
    elif moved:
        connection.execute(_UNREAD.insert(), [{"idea_id": row_id, "words": old} for row_id, old, _ in moved])


def having(
    connection: Connection, wanted: Collection[Phrase], by_scan: Callable[[Collection[int] | None], Collection[int]]
) -> set[int]:
    """Return the ids of the ideas, of whatever debate, that say all of some phrases.

    Args:
        connection: An open transaction.
        wanted: One phrase at least.
        by_scan: Looks through ideas of these ids (None: all), where the index cannot tell.
    """
    if not is_made(connection):
        return set(by_scan(None))
    found = _index(connection).having(connection, wanted)
    behind = unread(connection)
    return (found - behind).union(by_scan(behind)) if behind else found


def first_having(connection: Connection, wanted: Phrase, most: int) -> list[int]:
    """Return the lowest ids of the ideas, of whatever debate, that say a phrase by the index, `most` at most."""
    return _index(connection).first_having(connection, wanted, most)


def having_few(connection: Connection, wanted: Phrase, most: int) -> list[int] | None:
    """Return the ids of the ideas, of whatever debate, that say a phrase by the index; None if more than `most` do."""
    found = _index(connection).first_having(connection, wanted, most + 1)
    return found if len(found) <= most else None


def last_id(connection: Connection) -> int:
    """Return the highest id of an idea, which is no less than how many there are."""
    return connection.execute(select(func.max(_IDEA.c.id))).scalar() or 0


def unread(connection: Connection) -> set[int]:
    """Return the ids of the ideas that the index cannot tell of."""
    return set(connection.execute(select(_UNREAD.c.idea_id)).scalars())


def _words(row: Row | None) -> str:
    return plain(said_in(row)) if row else ""
