"""What an idea looks like: evidence, explanations and other ideas that may say the same.

The same source comes first: a DOI, an arXiv id or an address in both. Then words that both have. It only points to what
a person should look at, so nothing hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hypotheses.debate import Debate, Evidence, Idea

MOST: Final = 5
"""So many are told."""
LEAST_WORDS, LEAST_SHARE = 3, 0.25
"""Words that both have at least, and which share of the shorter one's they are."""
_SOURCE: Final = re.compile(r"10\.\d{4,9}/[^\s<>\"]+|\b\d{4}\.\d{4,5}(?=v\d|\b)|https?://[^\s<>\"]+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
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
    """Return what an idea looks like, the likeliest first: of one source, then by the words that both have."""
    sources, words = sources_in(f"{idea.url} {idea.title} {idea.text} {' '.join(idea.related)}"), _words_of(idea)
    alike: list[tuple[float, Likeness]] = []
    for ref, title, text, of in _others(debate, idea):
        if sources & of or (ref.startswith("evidence:") and ref.partition(":")[2] in idea.related):
            alike.append((2.0, Likeness(ref, title, 0)))
            continue
        theirs = words_in(f"{title} {text}")
        shared = len(words & theirs)
        share = shared / max(1, min(len(words), len(theirs)))
        if shared >= LEAST_WORDS and share >= LEAST_SHARE:
            alike.append((share, Likeness(ref, title, shared)))
    alike.sort(key=lambda one: -one[0])
    return [likeness for _, likeness in alike[:MOST]]


def _others(debate: Debate, idea: Idea) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """Yield what it may look like: a reference to it, its title, its text, its sources."""
    none: frozenset[str] = frozenset()
    for slug, hypothesis in debate.hypotheses.items():
        yield f"hypothesis:{slug}", hypothesis.title, hypothesis.statement, none
    for key, item in debate.evidence.items():
        yield f"evidence:{key}", item.title, item.finding, _sources_of(item)
    for number, other in debate.ideas.items():
        if number != idea.number and other.status != "split":
            yield f"idea:{number}", other.title, other.text, sources_in(f"{other.url} {other.title} {other.text}")


def _sources_of(item: Evidence) -> frozenset[str]:
    return sources_in(" ".join((item.doi, item.arxiv, item.url, *item.also)))


def _words_of(idea: Idea) -> frozenset[str]:
    return words_in(f"{idea.title} {idea.text}")


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, each by its beginning, so that its forms are one."""
    return frozenset(word[:6] for word in _WORD.findall(text[:5000].casefold()) if word not in _COMMON)


@lru_cache(maxsize=4096)
def sources_in(text: str) -> frozenset[str]:
    """Return the DOIs, arXiv ids and addresses that a text names, written alike."""
    found = set()
    for match in _SOURCE.findall(text[:20_000].casefold()):
        bare = re.sub(r"^https?://(?:www\.|dx\.)?", "", match).rstrip(".,;:!?)]}>'\"/")
        bare = re.sub(r"^doi\.org/|^arxiv\.org/(?:abs|pdf)/", "", bare)
        found.add(re.sub(r"(?:(?<=\d)v\d+)?(?:\.pdf)?$", "", bare))
    return frozenset(found)
