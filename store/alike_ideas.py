"""What an idea looks like among very many: the index of words says which ones may be, the rule of `alike` which are.

It says what `alike.looks_like` says, but for two things. How many texts have a word is counted by the forms of it that
the idea has, in links and names too; one that very many ideas of other debates have does not count. And of all that may
be alike only the likeliest are looked at, by how long they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Final

from sqlalchemy import Connection

from hypotheses.alike import (
    LEAST_SHARE,
    LEAST_WORDS,
    LONGEST,
    Likeness,
    forms_said,
    in_few,
    likely_among,
    sources_named,
    words_of,
    words_said,
)
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import Refused
from hypotheses.search import Phrase
from hypotheses.search import words_of as words_in
from store.database import idea_words
from store.database.image import DebateImage

LOOKED_AT: Final = 200
"""So many ideas are looked at word by word, which takes a tenth of a millisecond each."""
OF_ONE_SOURCE: Final = 50
"""So many that name a source, the first that came."""
LETTERS: Final = 12
"""A text has about one word that counts to so many letters."""


def alike_ideas(connection: Connection, image: DebateImage, debate: Debate, idea: Idea) -> list[Likeness]:
    """Return what an idea looks like.

    Raises:
        Refused: there is no index.
    """
    if not idea_words.is_made(connection):
        raise Refused("there is no index of the words of ideas, since SQLite has no FTS5 here")
    counts, telling = _sharing(connection, image, debate, idea)
    ours, shares = len(words_said(idea)), list[tuple[float, int]]()
    for other, shared in _ideas_at(image, debate, (each for each in counts.items() if each[1] >= LEAST_WORDS)):
        theirs = max(shared, min(len(other.text), LONGEST) // LETTERS)
        if (share := shared / min(ours, theirs)) >= LEAST_SHARE / 2:
            shares.append((share, -other.number))
    named = ((row_id, 0) for row_id in _naming(connection, idea) | idea_words.unread(connection))
    numbers = {-number for _, number in nlargest(LOOKED_AT, shares)}
    numbers |= {other.number for other, _ in _ideas_at(image, debate, named)}
    return likely_among(debate, idea, numbers, telling)


def _sharing(
    connection: Connection, image: DebateImage, debate: Debate, idea: Idea
) -> tuple[Counter[int], frozenset[str]]:
    """Return the ids of ideas with how many of the words they share that few have, and these words."""
    others = [*map(words_of, debate.hypotheses.values()), *map(words_of, debate.evidence.values())]
    rows, telling = image.rows["idea"], set[str]()
    most = in_few(len(others) + len(rows))
    elsewhere = idea_words.last_id(connection) - len(rows)  # no fewer than the ideas of other debates
    most_of_all = most + in_few(elsewhere) if elsewhere else most
    counts: Counter[int] = Counter()
    for word, forms in forms_said(idea).items():
        having = _having(connection, forms, most_of_all)
        if having is not None and len(having) > most:
            having = {row_id for row_id in having if row_id in rows}
        if having is not None and len(having) + sum(word in each for each in others) <= most:
            telling.add(word)
            counts.update(having)
    return counts, frozenset(telling)


def _having(connection: Connection, forms: Iterable[str], most: int) -> set[int] | None:
    """Return the ids of the ideas that have a word in one of some forms; None if more than `most` have one of them."""
    having: set[int] = set()
    for form in forms:
        some = idea_words.having_few(connection, Phrase(tuple(words_in(form)), begins=False), most)
        if some is None:
            return None
        having.update(some)
    return having


def _naming(connection: Connection, idea: Idea) -> set[int]:
    """Return the ids of ideas that name a source that the idea names, perhaps."""
    having: set[int] = set()
    for source in sources_named(idea):
        if words := tuple(words_in(source)):  # its version may follow
            having.update(idea_words.first_having(connection, Phrase(words, begins=True), OF_ONE_SOURCE))
    return having


def _ideas_at(image: DebateImage, debate: Debate, ids: Iterable[tuple[int, int]]) -> Iterator[tuple[Idea, int]]:
    """Yield those ideas of a debate that some ids of rows are of, each with what was said of it."""
    rows = image.rows["idea"]
    for row_id, said in ids:
        row = rows.get(row_id)
        if row is not None and (other := debate.ideas.get(row["number"])) is not None:
            yield other, said
