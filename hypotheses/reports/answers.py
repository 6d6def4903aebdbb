"""What the sender of an idea is answered in public, in Markdown: what became of it, and why."""

from __future__ import annotations

import re
from typing import Final

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.reports.text import ended, inert

_JOINER: Final = "\u2060"
"""Takes no room, and breaks no line."""
_CALLS: Final = re.compile(r"[@#]|\bGH-(?=\d)", re.IGNORECASE)
"""What GitHub makes a call to somebody, or a link to another issue, of what follows."""
_KINDS: Final = {
    "hypothesis": "the explanation",
    "evidence": "the evidence",
    "reading": "a reading of",
    "comment": "a comment",
    "idea": "the idea",
}


def answer_to(debate: Debate, idea: Idea) -> str:
    """Write what became of an idea that is decided, for whoever sent it."""
    became = " and ".join(_named(debate, ref) for ref in idea.became)
    match idea.status:
        case "accepted":
            said = f"Thank you! This was taken up: it is now {became}."
        case "merged":
            said = f"Thank you! This is now part of {became}."
        case "duplicate":
            said = f"This is the same as {became}." if became else "This is the same as what is there already."
        case "off-topic":
            said = "This is not about the question of this debate."
        case "split":
            said = f"Thank you! This makes several claims, which are looked at one by one: {became}."
        case _:
            said = "Thank you! This was not taken up."
    return f"{said} {ended(f'Because: {_theirs(idea.reason)}')}" if idea.reason.strip() else said


def _named(debate: Debate, ref: str) -> str:
    """Name what an idea became by its title, or by its kind where it has none or is gone."""
    kind, _, name = ref.partition(":")
    titles = {
        "hypothesis": name in debate.hypotheses and debate.hypotheses[name].title,
        "evidence": name in debate.evidence and debate.evidence[name].title,
        "reading": name.rpartition("/")[0],
        "idea": name.isdecimal() and int(name) in debate.ideas and debate.ideas[int(name)].title,
    }
    what, title = _KINDS.get(kind, "a part of the debate"), titles.get(kind)
    if title:
        return f"{what} *{_theirs(str(title))}*"
    return what if kind == "comment" else f"{what} that is gone since"


def _theirs(text: str) -> str:
    """Write somebody's words as one line in which nothing acts, calls nobody and links to nothing."""
    return inert(_CALLS.sub(lambda call: f"{call[0]}{_JOINER}", text))
