"""The search through the ideas of a debate: by the index of their words and by their labels."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection

from hypotheses.alike import Likeness
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.search import Labels, Phrase, phrases, scan, search
from store.alike_ideas import alike_ideas
from store.database import idea_words
from store.database.image import DebateImage
from store.ledger import Ledger


class IdeaSearch:
    """Answers as `hypotheses.search.searched` does; safe to use from several threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._labels: defaultdict[int, Labels] = defaultdict(Labels)
        """The id of a debate -> its ideas by what is the same of many."""
        self._lock = threading.Lock()

    def find(self, slug: str, typed: str) -> frozenset[int]:
        """Return the numbers of the ideas that have what is typed; all of them if nothing is."""
        wanted = phrases(typed)
        image, debate = self._ledger.current(slug)
        if not wanted:
            return frozenset(debate.ideas)
        with self._lock, self._ledger.database.reading() as connection:
            labels = self._labels[image.debate_id]
            labels.follow(debate.ideas)
            found = search(labels, wanted, lambda some: _saying(connection, image, debate, some))
        return frozenset(found)

    def looks_like(self, debate: Debate, idea: Idea) -> list[Likeness]:
        """Return what an idea of a debate looks like, by the index of words."""
        image, _ = self._ledger.current(debate.slug)
        with self._ledger.database.reading() as connection:
            return alike_ideas(connection, image, debate, idea)


def _saying(connection: Connection, image: DebateImage, debate: Debate, wanted: Collection[Phrase]) -> set[int]:
    """Return the numbers of the ideas of a debate that say all of some phrases."""
    rows = image.rows["idea"]

    def by_scan(row_ids: Collection[int] | None) -> set[int]:
        there = rows if row_ids is None else rows.keys() & row_ids
        numbers = (rows[row_id]["number"] for row_id in there)
        return {image.ids["idea", number] for number in scan(map(debate.ideas.__getitem__, numbers), wanted)}

    found = idea_words.having(connection, wanted, by_scan)
    return {rows[row_id]["number"] for row_id in found if row_id in rows}
