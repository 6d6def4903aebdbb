"""The store behind the page: what is read from it and put into it, by any thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.problems import NotFound, Refused
from store.debate_store import DebateStore
from store.intake.arriving import already_there
from tui.web.shown import Receipt, ShownDebate, receipt_of, shown

BY: Final = "readers"
"""Whom what comes in by the page is written down to, so that the owner's undo never takes it back."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayIsFull:
    """As many ideas have come by the page within a day as may."""

    seconds: float
    """Until there is room again."""


class Desk:
    """What the page reads and writes."""

    def __init__(self, store: DebateStore, slug: str, a_day: int) -> None:
        self._store = store
        self._slug = slug
        self._a_day = a_day
        self._writing = threading.Lock()
        self._latest: tuple[Debate, ShownDebate] | None = None

    def debate(self) -> Debate:
        """Return the debate as it is now.

        Raises:
            NotFound: it is not there any more.
            DatabaseProblem: it cannot be read.
        """
        debate = self._store.load(self._slug)
        if debate.shelf == "removed":
            raise NotFound("debate", self._slug)
        return debate

    def shown(self, debate: Debate) -> ShownDebate:
        """Return what readers see of a debate; worked out anew only if that has changed."""
        if self._latest is None or _seen_of(self._latest[0]) != _seen_of(debate):
            self._latest = debate, shown(debate)
        return self._latest[1]

    @property
    def latest(self) -> tuple[Debate, ShownDebate] | None:
        """What readers saw last, also when nothing can be read; None if that never was anything."""
        return self._latest

    def receipt(self, reference: str) -> Receipt | None:
        """Return what became of the idea with a reference, None if there is none."""
        debate = self.debate()
        idea = next((each for each in debate.ideas.values() if each.reference == reference), None)
        return receipt_of(debate, idea) if idea else None

    def take(self, idea: Idea) -> str | DayIsFull:
        """Put an idea into the inbox and return its reference; the very same words have that of the first.

        Raises:
            NotFound: the debate is not there any more.
            Refused: it takes no ideas any more, or not this one.
            DatabaseProblem: it cannot be saved.
        """
        with self._writing:
            debate = self.debate()
            if debate.shelf:
                raise Refused("this question takes no ideas any more; nothing was kept")
            if (there := already_there(idea, debate.ideas.values())) and there.reference:
                return there.reference
            if seconds := self._until_room(debate):
                return DayIsFull(seconds)
            try:
                after = self._store.submit_idea(debate.slug, idea).debate
            except NotFound as gone:  # what it is about
                raise Refused(str(gone)) from gone
            return after.ideas[max(after.ideas)].reference

    def _until_room(self, debate: Debate) -> float:
        """Return for how many seconds no more may come, by what came within a day, whichever program took it in."""
        now = datetime.strptime(self._store.now(), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        since = f"{now - DAY:%Y-%m-%dT%H:%M:%SZ}"
        times = sorted(each.received for each in debate.ideas.values() if each.via == "web" and each.received > since)
        if len(times) < self._a_day:
            return 0.0
        frees = datetime.fromisoformat(times[-self._a_day]) + DAY
        return max(1.0, (frees - now).total_seconds())


def _seen_of(debate: Debate) -> tuple[object, ...]:
    """Return the parts of a debate that readers see something of."""
    words = debate.title, debate.question, debate.mode, debate.convention, debate.shelf
    return (*words, debate.hypotheses, debate.quantities, debate.gaps)
