"""What the evidence says under every doubt, worked out once for all who show it."""

from __future__ import annotations

from hypotheses.debate import Debate
from hypotheses.doubts import Doubted, doubted


class Says:
    """Works it out anew only if it can have changed."""

    def __init__(self) -> None:
        self._known: tuple[object, object, Doubted] | None = None
        """The evidence, what else it hangs on, and what it says."""

    def of(self, debate: Debate) -> Doubted:
        """Return what the evidence of a debate says."""
        told = {h.slug: (h.prior, h.prior_on, h.status) for h in debate.hypotheses.values()}
        hangs_on = (debate.mode, debate.correlation, debate.counts, told)
        if self._known is None or self._known[0] is not debate.evidence or self._known[1] != hangs_on:
            self._known = (debate.evidence, hangs_on, doubted(debate))
        return self._known[2]
