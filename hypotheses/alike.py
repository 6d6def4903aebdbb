"""What an idea looks like: evidence, explanations and other ideas that may say the same.

The same source comes first: a DOI, an arXiv id or an address in both. Then words that both have. It only points to what
a person should look at, so nothing hangs on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hypotheses.debate import Debate, Evidence, Hypothesis
from hypotheses.idea import Idea

MOST: Final = 5
"""So many are told."""
LEAST_WORDS, LEAST_SHARE = 3, 0.25
"""Words that both have at least, and which share of the shorter one's they are."""
FEW: Final = 200
ONE_IN: Final = 50
"""A word says nothing of what a text is about that is in more than so many of all, and in more than one in fifty."""
BEGINNING, LONGEST = 6, 5000
"""So many letters of a word tell it from others, and so many of a text are looked at."""
SAME_SOURCE: Final = 2.0
"""What the same source counts, where the share of words that both have is 1 at most."""
_SOURCE: Final = re.compile(r"10\.\d{4,9}/[^\s<>\"]+|\b\d{4}\.\d{4,5}(?=v\d|\b)|https?://[^\s<>\"]+", re.IGNORECASE)
_MAY_BE_SOURCE: Final = re.compile(r"\d\.\d|://")
"""What every source has, and most texts have not: that is found out sooner."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_ASCII_WORD: Final = re.compile(r"[a-z]{4,}")
"""The same in half the time, where there are no other letters."""
_SAYING_NOTHING: Final = """
about above after against also because been before being between both could does each even every from have here into
itself just less like made make many more most much must only other over same should show shows since some such than
that their them then there these they thing things this those through under very well were what when where which while
will with within without would your
"""
_COMMON: Final = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing of what a text is about."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Something that may be the same as an idea."""

    ref: str
    """`hypothesis:slug`, `evidence:key` or `idea:number`."""
    title: str
    shared: int
    """How many words both have; 0 where it is the source that is the same."""

    @property
    def same_source(self) -> bool:
        """Whether both name one source."""
        return self.shared == 0


def looks_like(debate: Debate, idea: Idea) -> list[Likeness]:
    """Return what an idea looks like, the likeliest first: of one source, then by the words that both have.

    It looks at everything; `alike_index` finds the same of more ideas sooner.
    """
    words = words_said(idea)
    everything: list[Hypothesis | Evidence | Idea] = [
        *debate.hypotheses.values(),
        *debate.evidence.values(),
        *debate.ideas.values(),
    ]
    often = Counter(word for value in everything for word in words_of(value) & words)
    telling = {word for word in words if often[word] <= in_few(len(everything))}
    return likely_among(debate, idea, debate.ideas, telling)


def likely_among(debate: Debate, idea: Idea, numbers: Collection[int], telling: Collection[str]) -> list[Likeness]:
    """Return what an idea looks like of the explanations, the evidence and the ideas of some numbers.

    Of its words only those that are `telling` count, which few texts have.
    """
    sources, words, told = sources_named(idea), words_said(idea), frozenset(telling)
    alike: list[tuple[float, Likeness]] = []
    for ref, value in _others(debate, idea, numbers):
        if sources & sources_of(value) or (isinstance(value, Evidence) and value.key in idea.related):
            alike.append((SAME_SOURCE, Likeness(ref, value.title, 0)))
            continue
        theirs = words_of(value)
        shared = len(told & theirs)
        if (share := share_of(shared, len(words), len(theirs))) is not None:
            alike.append((share, Likeness(ref, value.title, shared)))
    alike.sort(key=lambda one: -one[0])
    return [likeness for _, likeness in alike[:MOST]]


def in_few(texts: int) -> int:
    """Return in how many of so many texts a word is at most that tells what one of them is about."""
    return max(FEW, texts // ONE_IN)


def share_of(shared: int, ours: int, theirs: int) -> float | None:
    """Return which share of the shorter one's words both have; None if that is too little to be alike."""
    share = shared / max(1, min(ours, theirs))
    return share if shared >= LEAST_WORDS and share >= LEAST_SHARE else None


def _others(debate: Debate, idea: Idea, numbers: Collection[int]) -> Iterator[tuple[str, Hypothesis | Evidence | Idea]]:
    """Yield what it may look like, with a reference to it."""
    for slug, hypothesis in debate.hypotheses.items():
        yield f"hypothesis:{slug}", hypothesis
    for key, item in debate.evidence.items():
        yield f"evidence:{key}", item
    for number in sorted(numbers):
        if number != idea.number and debate.ideas[number].status != "split":
            yield f"idea:{number}", debate.ideas[number]


def words_of(value: Hypothesis | Evidence | Idea) -> frozenset[str]:
    """Return the words of something that an idea may look like."""
    match value:
        case Hypothesis():
            return words_in(f"{value.title} {value.statement}")
        case Evidence():
            return words_in(f"{value.title} {value.finding}")
        case Idea():
            return words_said(value)


def sources_of(value: Hypothesis | Evidence | Idea) -> frozenset[str]:
    """Return the sources of something that an idea may look like."""
    match value:
        case Hypothesis():
            return frozenset()
        case Evidence():
            return sources_in(" ".join((value.doi, value.arxiv, value.url, *value.also)))
        case Idea():
            return sources_in(f"{value.url} {value.title} {value.text}")


def sources_named(idea: Idea) -> frozenset[str]:
    """Return the sources that an idea names, also as what it is related to."""
    return sources_in(f"{idea.url} {idea.title} {idea.text} {' '.join(idea.related)}")


def words_said(idea: Idea) -> frozenset[str]:
    """Return the words of an idea."""
    return words_in(f"{idea.title} {idea.text}")


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, each by its beginning, so that its forms are one."""
    return frozenset([word[:BEGINNING] for word in _whole_words(text) if word not in _COMMON])


def forms_said(idea: Idea) -> dict[str, set[str]]:
    """Return the words of an idea as `words_said` has them, each with what it is written as in the idea."""
    forms: dict[str, set[str]] = {}
    for word in _whole_words(f"{idea.title} {idea.text}"):
        if word not in _COMMON:
            forms.setdefault(word[:BEGINNING], set()).add(word)
    return forms


def _whole_words(text: str) -> list[str]:
    text = text[:LONGEST].casefold()
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


@lru_cache(maxsize=4096)
def sources_in(text: str) -> frozenset[str]:
    """Return the DOIs, arXiv ids and addresses that a text names, written alike."""
    found = set()
    if _MAY_BE_SOURCE.search(text) is None:
        return frozenset()
    for match in _SOURCE.findall(text[:20_000].casefold()):
        bare = re.sub(r"^https?://(?:www\.|dx\.)?", "", match).rstrip(".,;:!?)]}>'\"/")
        bare = re.sub(r"^doi\.org/|^arxiv\.org/(?:abs|pdf)/", "", bare)
        found.add(re.sub(r"(?:(?<=\d)v\d+)?(?:\.pdf)?$", "", bare))
    return frozenset(found)
