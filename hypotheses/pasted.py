"""Text of several lines, made one: what is pasted into a field of one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from hypotheses.authors import authors_in_lines

_HYPHEN: Final = re.compile(r"[^\W\d_][-\u2010]$")
"""A word that goes on in the next line, or has a hyphen: which of them only a person knows."""
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """What goes into the field."""

    text: str
    told: str = ""
    """What was not taken as it was, as a sentence; empty if all of it was."""


def one_line(text: str) -> Taken:
    """Join lines by blanks; after a hyphen between letters by nothing, and that is told. No other sign is lost."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return Taken("".join(lines).replace("\t", " "))
    lines = [" ".join(line.split()) for line in lines]
    # Each line is looked at by itself: to look at all that is joined by then would take the square of the time.
    joined, kept, word = [lines[0]], [], lines[0].rpartition(" ")[2]
    for line in lines[1:]:
        parted = bool(_HYPHEN.search(word[-2:])) and line[0].islower()
        first, _, rest = line.partition(" ")
        if parted:
            kept.append(f"{word}{first}".strip(",;.:!?()"))
        joined += [line] if parted else [" ", line]
        word = (rest.rpartition(" ")[2] if rest else f"{word}{first}" if parted else first)[-_SHOWN:]
    told = f"A hyphen at the end of a line is kept: {shortened(', '.join(kept))}." if kept else ""
    return Taken("".join(joined), told)


def authors(text: str) -> Taken:
    """Join the lines of a list of authors: one for each, or a list that is wrapped."""
    return Taken(authors_in_lines(text)) if len(text.splitlines()) > 1 else one_line(text)


def left_out(rest: str) -> str:
    """Say what of a paste was not taken; nothing if that is nothing."""
    words = " ".join(rest.split()).strip(" ,;.")
    return f"Left out of what was pasted: {shortened(words)}." if words else ""


def shortened(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
