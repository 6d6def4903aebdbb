"""What ideas look like, found by an index of their words and sources: the same that `alike.looks_like` finds.

It is made when it is first asked, which takes half a millisecond for each idea, and brought forward by what changed.
Of very many ideas `store.alike_ideas` asks the index on disk.
"""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nsmallest
from typing import Any, Final, Literal

from hypotheses.alike import (
    LEAST_WORDS,
    MOST,
    SAME_SOURCE,
    Likeness,
    in_few,
    share_of,
    sources_named,
    sources_of,
    words_of,
    words_said,
)
from hypotheses.changed import changed
from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea

Kind = Literal["hypothesis", "evidence", "idea"]
Value = Hypothesis | Evidence | Idea
Name = tuple[Kind, Any]
"""What kind of thing it is, and its slug, key or number."""
KINDS: Final[tuple[Kind, ...]] = ("hypothesis", "evidence", "idea")
"""In the order in which things stand that are equally alike."""
FEW: Final = 1_000
"""Of so many ideas it is made in a moment."""


class AlikeIndex:
    """The words and the sources of a debate; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._values: dict[Kind, Mapping[Any, Value]] = {kind: {} for kind in KINDS}
        self._names: list[Name | None] = []
        """What was taken up, one after the other; None in the place of what is not so any more."""
        self._sizes = array("I")
        """How many words each has."""
        self._places: dict[Name, int] = {}
        self._gone: Counter[str] = Counter()
        """How many of what has a word is not so any more."""
        self._by_word: dict[str, array[int]] = {}
        self._by_source: dict[str, array[int]] = {}

    def looks_like(self, debate: Debate, idea: Idea) -> list[Likeness]:
        """Return what an idea looks like."""
        with self._lock:
            self._follow(debate)
            best = nsmallest(MOST, self._alike(debate, idea))
        titles: dict[Kind, Mapping[Any, Value]]
        titles = {"hypothesis": debate.hypotheses, "evidence": debate.evidence, "idea": debate.ideas}
        return [Likeness(f"{kind}:{name}", titles[kind][name].title, shared) for *_, (kind, name), shared in best]

    # What it knows

    def _follow(self, debate: Debate) -> None:
        if len(self._names) > 2 * len(self._places) + FEW:
            self._forget()
        mappings: dict[Kind, Mapping[Any, Value]]
        mappings = {"hypothesis": debate.hypotheses, "evidence": debate.evidence, "idea": debate.ideas}
        for kind, after in mappings.items():
            before, self._values[kind] = self._values[kind], after
            there, gone = changed(before, after)
            for name in gone:
                self._take_out((kind, name), before[name])
            for name in there:
                old = before.get(name)
                if old is None or _said(old) != _said(after[name]):
                    if old is not None:
                        self._take_out((kind, name), old)
                    self._put_in((kind, name), after[name])

    def _take_out(self, name: Name, value: Value) -> None:
        self._names[self._places.pop(name)] = None
        self._gone.update(words_of(value))

    def _put_in(self, name: Name, value: Value) -> None:
        place = self._places[name] = len(self._names)
        words = words_of(value)
        self._names.append(name)
        self._sizes.append(len(words))
        for index, keys in ((self._by_word, words), (self._by_source, sources_of(value))):
            for key in keys:
                if (places := index.get(key)) is None:
                    places = index[key] = array("I")
                places.append(place)

    # What it answers

    def _alike(self, debate: Debate, idea: Idea) -> Iterator[tuple[float, int, Any, Name, int]]:
        """Yield what is alike enough: how much, negative; its kind and place in that; its name; the words shared."""
        words = words_said(idea)
        counts: Counter[int] = Counter()
        most = in_few(len(self._places))
        for word in words:
            places = self._by_word.get(word, ())
            if len(places) - self._gone[word] <= most:
                counts.update(places)
        same = {place for source in sources_named(idea) for place in self._by_source.get(source, ())}
        same |= {self._places["evidence", key] for key in idea.related if key in debate.evidence}
        for place in same:
            counts.pop(place, None)
        shares = (
            (share_of(shared, len(words), self._sizes[place]), place, shared)
            for place, shared in counts.items()
            if shared >= LEAST_WORDS
        )
        stands = {"hypothesis": _places(debate.hypotheses), "evidence": _places(debate.evidence)}
        for share, place, shared in (*((SAME_SOURCE, place, 0) for place in same), *shares):
            name = self._names[place]
            if share is None or name is None or name == ("idea", idea.number):
                continue
            kind, key = name
            if kind != "idea" or debate.ideas[key].status != "split":
                yield -share, KINDS.index(kind), stands[kind][key] if kind in stands else key, name, shared


def _places(mapping: Mapping[str, object]) -> dict[str, int]:
    return {name: place for place, name in enumerate(mapping)}


def _said(value: Value) -> tuple[object, ...]:
    """Return what the words and the sources of something are found in."""
    match value:
        case Hypothesis():
            return value.title, value.statement
        case Evidence():
            return value.title, value.finding, value.doi, value.arxiv, value.url, value.also
        case Idea():
            return value.title, value.text, value.url
