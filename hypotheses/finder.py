"""Anything in a debate, found by words: explanations, evidence, figures, ideas and what was said of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from hypotheses.debate import Debate
from hypotheses.ranking import ranked

Kind = Literal[
    "command", "explanation", "evidence", "quantity", "gap", "convention", "cluster", "idea", "comment", "debate"
]
KINDS: Final[Sequence[Kind]] = (
    "command",
    "explanation",
    "evidence",
    "quantity",
    "gap",
    "convention",
    "cluster",
    "idea",
    "comment",
    "debate",
)
"""In the order in which things stand that match equally well."""
NO_WORD: Final = re.compile(r"[\W_]+")
LONGEST: Final = 2000
"""Characters of a text that are looked through."""


@dataclass(frozen=True, slots=True)
class Findable:
    """Something that can be found."""

    kind: Kind
    name: str
    """Slug, key, symbol, number or name: one of its kind."""
    title: str
    also: str = ""
    """Other words that find it."""


class Matches(NamedTuple):
    """What has the words, the best first, and how many more have."""

    items: Sequence[Findable]
    more: int


def findables(debate: Debate) -> Iterator[Findable]:
    """Return all that can be found in a debate, kind by kind, explanations as they are ranked."""
    for h in ranked(debate):
        yield Findable("explanation", h.slug, h.title, f"{h.short} {h.slug}")
    for e in debate.evidence.values():
        yield Findable("evidence", e.key, e.title, f"{e.key} {' '.join(e.authors)}")
    for quantity in debate.quantities.values():
        yield Findable("quantity", quantity.symbol, quantity.label or quantity.symbol, quantity.symbol)
    for gap in debate.gaps.values():
        yield Findable("gap", gap.symbol, gap.label or gap.symbol, gap.symbol)
    for convention in debate.conventions:
        yield Findable("convention", convention, convention)
    for cluster in dict.fromkeys(e.cluster for e in debate.evidence.values() if e.cluster):
        yield Findable("cluster", cluster, cluster)
    for idea in debate.ideas.values():
        yield Findable("idea", str(idea.number), idea.title, f"{idea.sender} {idea.text[:LONGEST]}")
    for comment in debate.comments.values():
        first, _, rest = comment.text.strip().partition("\n")
        yield Findable("comment", str(comment.number), first, f"{comment.by} {rest[:LONGEST]}")


class Finder:
    """What is looked through, its texts made ready once."""

    def __init__(self, items: Sequence[Findable]) -> None:
        by_kind = sorted(items, key=lambda item: KINDS.index(item.kind))
        texts = [folded(f"{item.title} {item.also}") for item in by_kind]
        self._items = [(item, text, words_of(text)) for item, text in zip(by_kind, texts, strict=True)]

    def find(self, typed: str, most: int) -> Matches:
        """Return what has every word, in any order, whatever its case and accents; at most so many of it.

        First those whose title begins with the words, then those that have each as a whole word, then those that have
        them anywhere; of these by kind, and of one kind as they were given.
        """
        said = folded(" ".join(typed.split()))
        wanted = said.split()
        if not wanted:
            return Matches((), 0)
        whole = [words_of(word) for word in wanted]
        ranks: tuple[list[Findable], list[Findable], list[Findable]] = ([], [], [])
        for item, text, words_in in self._items:
            if all(word in text for word in wanted):
                rank = 0 if text.startswith(said) else 1 if all(word in words_in for word in whole) else 2
                ranks[rank].append(item)
        found = [item for rank in ranks for item in rank]
        return Matches(found[:most], max(0, len(found) - most))


def folded(text: str) -> str:
    """Return a text without case and accents, to compare it by."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return text.casefold()


def words_of(text: str) -> str:
    """Return the words of a folded text with one blank around each."""
    return f" {re.sub(NO_WORD, ' ', text).strip()} "
