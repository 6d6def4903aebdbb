"""What arrives: an idea of a reader, or something that is none, with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hypotheses.idea import Idea
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH

CUT: Final = "… (cut: {left:,} characters more)"
_IS_CUT: Final = re.compile(re.escape(CUT).replace(re.escape("{left:,}"), r"[\d,]+") + r"\Z")
_ISSUE: Final = re.compile(r"GitHub ([A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100})#([1-9][0-9]{0,11})")


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that cannot be taken in."""

    where: str
    """The file, with the line or the number of the message."""
    reason: str
    data: bytes = b""
    """The message itself, to be kept aside, where it has no file of its own."""


Arrival = Idea | Rejected
"""An idea as it was sent, which the store gives its number, its time and its reference; or what is none."""


def line_of(text: str) -> str:
    """Return the first words of a text as one line that a title may be."""
    return " ".join(text.replace("\0", "\ufffd").split())[:TITLE_LENGTH].strip()


def shortened(text: str) -> str:
    """Return a text that is not longer than one may be; where it is cut, that is said at its end."""
    text = text.replace("\0", "\ufffd").strip()
    if len(text) <= TEXT_LENGTH:
        return text
    kept = text[: TEXT_LENGTH - 100]
    return f"{kept}\n{CUT.format(left=len(text) - len(kept))}"


def with_whole(text: str, **lines: str) -> str:
    """Return a text, before which stands whole what is too long for the line that it goes into: `Subject: …`."""
    joined = {name: " ".join(line.split()) for name, line in lines.items()}
    long = [f"{name.capitalize()}: {line}" for name, line in joined.items() if len(line) > TITLE_LENGTH]
    return shortened("\n\n".join([*long, text]))


def is_cut(idea: Idea) -> bool:
    """Say whether the text of an idea was longer than one may be."""
    return _IS_CUT.search(idea.text) is not None


def issue_named(repository: str, number: int) -> str:
    """Write how an idea came that is an issue on GitHub: by this it is known again, whatever its words are by then."""
    return f"GitHub {repository}#{number}"


def issue_of(idea: Idea) -> tuple[str, int] | None:
    """Return the repository and the number of the issue that an idea came as, if it came as one."""
    named = _ISSUE.fullmatch(idea.via)
    return (named[1], int(named[2])) if named else None


def news(arrived: Iterable[Idea], ideas: Collection[Idea]) -> Iterator[Idea]:
    """Yield what is not in the inbox yet: the same words of the same sender, or the same issue, are one idea."""
    arrived = list(arrived)
    # Of very many ideas only the titles are looked at, and the texts of the few that have one of these.
    titles, issues = {_plain(one.title) for one in arrived}, any(map(issue_of, arrived))
    near = (idea for idea in ideas if _plain(idea.title) in titles or (issues and idea.via))
    there = {mark for idea in near for mark in _marks(idea)}
    for one in arrived:
        marks = _marks(one)
        if there.isdisjoint(marks):
            yield one
        there |= marks


def already_there(arrived: Idea, ideas: Iterable[Idea]) -> Idea | None:
    """Return the first idea that is the same: of the same words of the same sender, or the same issue."""
    marks = _marks(arrived)
    return next((idea for idea in ideas if not marks.isdisjoint(_marks(idea))), None)


def _marks(idea: Idea) -> set[tuple[str, ...]]:
    """Return what an idea is known again by."""
    words = words_sent(idea)
    return {words, (idea.via.casefold(),)} if _ISSUE.fullmatch(idea.via) else {words}


def words_sent(idea: Idea) -> tuple[str, ...]:
    """Return the words of an idea and of whom it is from, whatever their case and blanks."""
    return tuple(map(_plain, (idea.sender, idea.title, idea.text)))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
