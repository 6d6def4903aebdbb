"""The one thing an assistant can change: an idea more in the inbox, where it waits like any reader's."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from hypotheses import rules
from hypotheses.alike import looks_like
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import Malformed, NotFound, Refused, found
from hypotheses.reports.json import Shape
from hypotheses.reports.links import link_of
from store.debate_store import DebateStore
from store.intake.arriving import line_of, words_sent
from tui.assistants.bounding import ITEM, fitted

VIA: Final = "assistant"
"""How the ideas came, and whom the journal writes them down to: an undo of the owner's own changes passes them over."""
MOST: Final = 20
"""Ideas of one session."""
MOST_A_MINUTE: Final = 6
MOST_WAITING: Final = 200
"""Ideas of assistants that may wait in an inbox, whatever session they are of."""
SOURCED: Final = ("evidence", "estimate")
"""Kinds of ideas that need a source."""
WAITS: Final = "it waits in the inbox; only the owner of the debate decides what becomes of it"
_BECAME: Final = {
    "new": WAITS,
    "later": f"{WAITS}, who means to come back to it",
    "unclear": f"{WAITS}, who finds it unclear",
    "accepted": "the owner took it up",
    "merged": "the owner made it part of something else",
    "declined": "the owner declined it",
    "duplicate": "the owner says that it is there already",
    "off-topic": "the owner says that it is off topic",
    "split": "the owner parted it into several, each decided by itself",
}


class Allowance:
    """How many ideas an assistant may still send."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin a session; the clock tells seconds."""
        self._clock = clock
        self._sent = 0
        self._latest: deque[float] = deque(maxlen=MOST_A_MINUTE)

    def require(self, debate: Debate) -> None:
        """Require that one more may be sent.

        Raises:
            Refused: so many were sent already, or wait in the inbox.
        """
        if sum(one.via == VIA and one.is_open for one in debate.ideas.values()) >= MOST_WAITING:
            raise Refused(f"found {MOST_WAITING} ideas of assistants that wait; expected at most that: try again later")
        if self._sent >= MOST:
            raise Refused(f"found {MOST} ideas of this session; expected at most that: let the owner read them first")
        if len(self._latest) == MOST_A_MINUTE and self._clock() - self._latest[0] < 60:
            raise Refused(f"found {MOST_A_MINUTE} ideas within a minute; expected at most that: wait a minute")

    def note(self) -> None:
        """Note that one was sent."""
        self._sent += 1
        self._latest.append(self._clock())


class Inbox:
    """Takes ideas of one assistant, several calls at once one after the other."""

    def __init__(self, store: DebateStore, slug: str, clock: Callable[[], float]) -> None:
        """Open the inbox of a debate for one session."""
        self._store = store
        self._slug = slug
        self._allowance = Allowance(clock)
        self._lock = threading.Lock()

    def send(self, asked: Mapping[str, Any], client: str) -> Shape:
        """Put an idea into the inbox and return its reference; of the same words sent again, that of the first time.

        Raises:
            Malformed: something about the idea breaks a rule, or its source is missing.
            NotFound: there is no explanation of that name, or the debate is gone.
            Refused: so many were sent already.
            DatabaseProblem: it could not be saved.
        """
        with self._lock:
            debate = in_use(self._store.load(self._slug))
            idea = idea_of(debate, asked, client)
            kept, is_new = _sent_before(debate, idea), False
            if kept is None:
                self._allowance.require(debate)
                kept, is_new = self._submit(idea)
            if is_new:
                self._allowance.note()
        alike = looks_like(replace(debate, ideas={}), idea)  # nobody is told of ideas that others sent
        answer = {
            "reference": kept.reference,
            "state": kept.status,
            "said": _BECAME[kept.status],
            "sent_before": not is_new,
            "looks_like": [{"what": one.ref, "title": one.title} for one in alike],
        }
        return fitted(answer, ITEM)

    def _submit(self, idea: Idea) -> tuple[Idea, bool]:
        """Put an idea in, unless another process has put in the same words meanwhile; say whether it is a new one."""
        with self._store.together():
            kept = _sent_before(in_use(self._store.load(self._slug)), idea)
            if kept is not None:
                return kept, False
            ideas = self._store.submit_idea(self._slug, idea).debate.ideas
        return ideas[max(ideas)], True


def in_use(debate: Debate) -> Debate:
    """Require that a debate is not removed.

    Raises:
        Refused: it is.
    """
    if debate.shelf == "removed":
        raise Refused(f"the debate {debate.slug!r} was removed by its owner")
    return debate


def idea_of(debate: Debate, asked: Mapping[str, Any], client: str) -> Idea:
    """Return what was sent as an idea. Whom it is from is a claim: the name that was given, else the program's.

    Raises:
        Malformed: a field breaks its rule, or the source is missing.
        NotFound: there is no such explanation.
    """
    if slug := asked["explanation"]:
        found("explanation", slug, debate.hypotheses)
    return Idea(
        0,
        _ruled("title", rules.title, asked["title"]),
        _ruled("text", rules.required_text, asked["text"]).strip(),
        asked["kind"],
        _ruled("name", rules.line, asked["name"]).strip() or line_of(client),
        hypothesis=slug,
        url=_source(asked["kind"], asked["source"].strip()),
        via=VIA,
    )


def status_of(debate: Debate, asked: Mapping[str, Any]) -> Shape:
    """Return what became of an idea, by the reference that whoever sent it was given.

    Raises:
        NotFound: there is none of that reference; no other is named.
    """
    reference = asked["reference"].strip()
    idea = next((one for one in debate.ideas.values() if reference and one.reference == reference), None)
    if idea is None:
        raise NotFound("idea of the reference", reference[:60])
    parts = [name for name in idea.became if name.startswith("idea:")] if idea.status == "split" else []
    known = [debate.ideas[number] for number in map(int, (part[5:] for part in parts)) if number in debate.ideas]
    shape = {"reference": idea.reference, **_state(idea), "parts": [_state(part) for part in known]}
    return fitted(shape, ITEM)


def _state(idea: Idea) -> Shape:
    return {
        "title": idea.title,
        "state": idea.status,
        "said": _BECAME[idea.status],
        "reason": idea.reason,
        "became": [name for name in idea.became if not name.startswith("idea:")],
    }


def _ruled(name: str, rule: Callable[[str], str], text: str) -> str:
    try:
        return rule(text)
    except Malformed as refused:
        raise Malformed(f"{name}: {refused}") from refused


def _source(kind: str, source: str) -> str:
    """Return where an idea is from, as an address."""
    if not source:
        if kind in SOURCED:
            raise Malformed(f"source: found none; expected where this {kind} is from: a DOI, an arXiv id or a link")
        return ""
    if not (link := link_of(source)):
        raise Malformed(
            f"source: found {source[:60]!r}; expected a DOI, an arXiv id or a link that begins with https://"
        )
    return _ruled("source", rules.url, link)


def _sent_before(debate: Debate, idea: Idea) -> Idea | None:
    """Return the idea that an assistant sent in the same words and by the same name."""
    words = words_sent(idea)
    theirs = (one for one in debate.ideas.values() if one.via == VIA and one.reference)
    return next((one for one in theirs if words_sent(one) == words), None)
