"""What arrives: an idea of a reader, or something that is none, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hypotheses.debate import Idea
from hypotheses.rules import TEXT_LENGTH, TITLE_LENGTH

CUT: Final = "… (cut: {left:,} characters more)"


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


def news(arrived: Iterable[Idea], ideas: Collection[Idea]) -> Iterator[Idea]:
    """Yield what is not in the inbox yet: the same words of the same sender are one idea, however often they come."""
    there = {_print_of(idea) for idea in ideas}
    for one in arrived:
        mark = _print_of(one)
        if mark not in there:
            there.add(mark)
            yield one


def _print_of(idea: Idea) -> tuple[str, ...]:
    return tuple(" ".join(part.split()).casefold() for part in (idea.sender, idea.title, idea.text))
