"""What the evidence says under every doubt, worked out once for all who show it."""

from __future__ import annotations

import threading
from typing import Final

from hypotheses.debate import Debate
from hypotheses.doubts import Doubted, FollowedDoubts

KEPT: Final = 4
"""Of so many debates it is known: the one that is shown, and what it would be with what is being typed."""


class Says:
    """Works out what can have changed since the last debate that was asked for. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._followed = FollowedDoubts()
        self._known: list[tuple[object, object, Doubted]] = []
        """The evidence, what else it hangs on, and what it says, the latest last."""

    def of(self, debate: Debate) -> Doubted:
        """Return what the evidence of a debate says."""
        told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
        hangs_on = (debate.mode, debate.correlation, debate.counts, told)
        with self._lock:
            for evidence, other, says in self._known:
                if evidence is debate.evidence and other == hangs_on:
                    return says
            says = self._followed.of(debate)
            self._known = [*self._known[1 - KEPT :], (debate.evidence, hangs_on, says)]
            return says
