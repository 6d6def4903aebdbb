"""Ideas that have the words that are typed, and the plain rule for it: whoever keeps an index answers as this does.

A word is a run of letters and digits, without case and accents; of scripts that are written without blanks, and of
signs of words, each letter is one. What is typed between two blanks may be several words (`10.1038/s41586`): they have
to follow one another. The last word that is typed may be the beginning of one. Every word has to be there: in what the
idea says or who sent it, or as its kind, its state, how it came or the explanation it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hypotheses.changed import changed
from hypotheses.finder import folded
from hypotheses.idea import Idea

CALLED: Final[Mapping[str, str]] = {"hypothesis": "explanation", "estimate": "reading"}
"""How a kind of idea is called on screens, where it is not called so anyway."""
SAID: Final = ("title", "text", "sender", "contact", "url", "related", "reference")
"""The fields of an idea whose words are looked through."""
_WORD: Final = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0010ffff]+"
    r"|[^\W_]"  # Thai, Lao, Burmese, Khmer, and all from the signs of Chinese on: letter by letter
)
_ASCII: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that have to follow one another."""

    words: tuple[str, ...]
    begins: bool
    """Whether the last of them may be the beginning of one."""

    def is_in(self, text: str) -> bool:
        """Say whether a text has it that `plain` has made ready."""
        return f" {' '.join(self.words)}{'' if self.begins else ' '}" in text


Label = tuple[str, str, str, str]
"""The kind of an idea, its state, how it came, and what it is about."""
ByText = Callable[[Collection[Phrase]], Collection[int]]
"""Gives the numbers of the ideas that say all of some phrases."""


def phrases(typed: str) -> tuple[Phrase, ...]:
    """Return what is looked for."""
    parts = typed.split()
    begins = [False] * len(parts)
    if parts and not typed[-1].isspace():
        begins[-1] = True
    said = (Phrase(tuple(words_of(part)), begin) for part, begin in zip(parts, begins, strict=True))
    return tuple(dict.fromkeys(phrase for phrase in said if phrase.words))


def words_of(text: str) -> list[str]:
    """Return the words of a text, to be compared."""
    if text.isascii():
        return text.translate(_ASCII).split()
    return _WORD.findall(folded(text))


def plain(text: str) -> str:
    """Return the words of a text with one blank around each."""
    return f" {' '.join(words_of(text))} "


def said_in(fields: Mapping[str, str | Collection[str]]) -> str:
    """Return what an idea says, to be looked through, by its fields or those of its row."""
    cells = (fields[name] for name in SAID)
    return "\n".join(cell if isinstance(cell, str) else " ".join(cell) for cell in cells)


def said_by(idea: Idea) -> str:
    """Return what an idea says, to be looked through."""
    return said_in({name: getattr(idea, name) for name in SAID})


def label_of(idea: Idea) -> Label:
    """Return what an idea is found by that is the same of many."""
    return idea.kind, idea.status, idea.via, idea.hypothesis


def scan(ideas: Iterable[Idea], wanted: Collection[Phrase]) -> set[int]:
    """Look through what ideas say, one after the other; return the numbers of those that say all phrases."""
    found = set()
    for idea in ideas:
        text = plain(said_by(idea))
        if all(phrase.is_in(text) for phrase in wanted):
            found.add(idea.number)
    return found


class Labels:
    """By label, the ideas that have it."""

    def __init__(self) -> None:
        self._ideas: Mapping[int, Idea] = {}
        self._numbers: dict[Label, set[int]] = {}

    def follow(self, ideas: Mapping[int, Idea]) -> None:
        """Take up what has changed."""
        before, self._ideas = self._ideas, ideas
        difference = changed(before, ideas)
        for number in (*difference.there, *difference.gone):
            if number in before:
                self._numbers[label_of(before[number])].discard(number)
        for number in difference.there:
            self._numbers.setdefault(label_of(ideas[number]), set()).add(number)

    def having(self, phrase: Phrase) -> set[int]:
        """Return the ideas whose label has a phrase."""
        found = set()
        for (kind, *rest), numbers in self._numbers.items():
            if numbers and phrase.is_in(plain(" ".join((kind, CALLED.get(kind, ""), *rest)))):
                found |= numbers
        return found


def search(labels: Labels, wanted: Collection[Phrase], by_text: ByText) -> set[int]:
    """Return the numbers of the ideas that have every phrase: in their text, as `by_text` finds it, or as a label."""
    found: set[int] | None = None
    in_text = []
    for phrase in wanted:
        labelled = labels.having(phrase)
        if labelled:
            there = labelled.union(by_text((phrase,)))
            found = there if found is None else found & there
        else:
            in_text.append(phrase)
    if in_text:
        there = set(by_text(in_text))
        found = there if found is None else found & there
    return found or set()


def searched(ideas: Mapping[int, Idea], typed: str) -> set[int]:
    """Return the numbers of the ideas that have what is typed; all of them if nothing is."""
    wanted = phrases(typed)
    if not wanted:
        return set(ideas)
    labels = Labels()
    labels.follow(ideas)
    return search(labels, wanted, lambda some: scan(ideas.values(), some))
