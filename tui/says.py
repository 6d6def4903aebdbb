"""What the evidence says under every doubt, worked out once for all who show it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

from hypotheses.debate import Debate
from hypotheses.doubted import Doubted, FollowedDoubts
from hypotheses.progress import Told, untold
from hypotheses.tallies import Tallies

AT_ONCE: Final = 2_000
"""So many items of evidence are taken up while a key waits: in 80 ms, or more if there are thousands of clusters."""
KEPT: Final = 4
"""Of so many debates it is known: the one that is shown, and what it would be with what is being typed."""


class Says:
    """Works out what can have changed since the last debate that was asked for. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._followed = FollowedDoubts()
        self._tallies = Tallies()
        self._known: list[tuple[object, object, Doubted]] = []
        """The evidence, what else it hangs on, and what it says, the latest last."""

    def of(self, debate: Debate, told: Told = untold) -> Doubted:
        """Return what the evidence of a debate says."""
        with self._lock:
            return self._of(debate, told)

    def at_hand(self, debate: Debate) -> Doubted | None:
        """Return what the evidence says; None where that takes so long that keys would wait for it."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            is_near = self._find(debate) is not None or self._followed.differs_by(debate) <= AT_ONCE
            return self._of(debate, untold) if is_near else None
        finally:
            self._lock.release()

    def _of(self, debate: Debate, told: Told) -> Doubted:
        says = self._find(debate)
        if says is None:
            says = self._followed.of(debate, self.untested(debate), told)
            self._known = [*self._known[1 - KEPT :], (debate.evidence, _hangs_on(debate), says)]
        return says

    def _find(self, debate: Debate) -> Doubted | None:
        other = _hangs_on(debate)
        return next((says for evidence, on, says in self._known if evidence is debate.evidence and on == other), None)

    def tallies(self, debate: Debate) -> dict[str, tuple[int, int]]:
        """Return by slug how many findings speak for and against a hypothesis."""
        with self._counting:
            return self._tallies.of(debate)

    def untested(self, debate: Debate) -> tuple[str, ...]:
        """Return the hypotheses that no standing evidence rates."""
        with self._counting:
            return self._tallies.untested(debate)

    def members(self, debate: Debate) -> Mapping[str, int]:
        """Return how many standing items each cluster has."""
        with self._counting:
            return self._tallies.members(debate)

    def people(self, debate: Debate) -> tuple[str, ...]:
        """Return everybody who has stated or rated something, the owner (the empty name) first, then by name."""
        with self._counting:
            return self._tallies.people(debate)


def _hangs_on(debate: Debate) -> object:
    """Return what it hangs on besides the evidence."""
    told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
    return debate.mode, debate.correlation, debate.counts, told
