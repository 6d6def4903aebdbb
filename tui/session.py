"""The store and the engine together: every change made, with its numbers worked out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from hypotheses.alike import Likeness
from hypotheses.alike_index import FEW, AlikeIndex
from hypotheses.debate import Debate
from hypotheses.estimates import Engine, Estimates
from hypotheses.idea import Idea
from hypotheses.problems import AbduceError, Refused
from hypotheses.ranking import ranked
from hypotheses.timeline import Stand
from hypotheses.whatif import UnderConventions

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change, Entry

READY: Final = 24
"""Of so many explanations all figures are worked out before any is shown."""
StoreCall = Callable[["DebateStore", Any], "Change | None"]
"""One call of one store method, given what its editor saw; None if there is nothing to do."""


@dataclass(frozen=True, slots=True)
class State:
    """The open debate with its numbers, and the entry that led to it."""

    debate: Debate
    estimates: Estimates | None
    """None while they are being worked out."""
    number: int
    """Of the last journal entry that the debate has come to."""
    entry: Entry | None = None
    """None where nothing new is to be told of: it was opened, or an edit came to nothing."""
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an edit."""

    state: State | None
    """The open debate, if that is another one now."""
    elsewhere: Change | None = None
    """The change, if it was made in a debate that is not open any more."""
    problem: AbduceError | None = None
    """Why nothing was changed."""


class Session:
    """What the app works on. Its methods wait for disk and sums: call them in a thread.

    Those that open, make or look are called by `Changes` alone, one after the other.
    """

    def __init__(self, store: DebateStore) -> None:
        self.store = store
        self.person = ""
        """Whose view the debate shows: empty for its owner."""
        self.slug = ""
        """Which debate is open."""
        self._number = 0
        """Of the last journal entry that the open debate has come to."""
        self._engine: Engine | None = None
        self._scenario: frozenset[str] = frozenset()
        self._estimating = threading.Lock()
        self._alike = AlikeIndex()
        """What ideas look like, where they are few; made when it is first asked."""
        self.conventions = UnderConventions()
        self._last: tuple[Debate, Estimates] | None = None
        """What was worked out last, under the scenario."""

    def open(self, slug: str | None) -> State:
        """Take up a debate (None: the one opened last); its numbers are left to `estimate`.

        Raises:
            AbduceError: there is none, or the database cannot be read.
        """
        slug = self.store.open_debate(slug).slug
        change = self.store.refresh(slug, since=0)
        if change is None:
            raise Refused(f"the debate {slug!r} has no journal")
        self.person = self.store.person(slug)
        self.slug = slug
        self._come_to(change)
        return State(change.debate, None, self._number)

    def make(self, edit: StoreCall, seen: object) -> Made:
        """Make a change. What others did meanwhile comes to light in any case."""
        try:
            change = edit(self.store, seen)
        except AbduceError as problem:
            return Made(self._look_again(), problem=problem)
        if change is None:
            return Made(self._look_again())
        if change.debate.slug != self.slug:
            return Made(self._look_again(), elsewhere=change)
        self._come_to(change)
        return Made(State(change.debate, self.estimate(change.debate), self._number, change.entry))

    def look(self) -> State | None:
        """Take in what other processes wrote; None if that is nothing.

        Raises:
            AbduceError: the database cannot be read.
        """
        change = self.store.refresh(self.slug, since=self._number)
        if change is None:
            return None
        self._come_to(change)
        return State(change.debate, self.estimate(change.debate), self._number, change.entry, ours=False)

    def _look_again(self) -> State | None:
        try:
            return self.look()
        except AbduceError:
            return None  # what failed is told already, and the next look tells whether this does

    def _come_to(self, change: Change) -> None:
        self.slug = change.debate.slug  # another process may have given it another one
        if change.entry is not None:
            self._number = change.entry.id

    def history(self, slug: str, hypothesis: str | None = None, *, limit: int = 50) -> tuple[Entry, ...]:
        """Return the latest entries of the journal, of one hypothesis if it is named, newest first.

        Raises:
            AbduceError: the database cannot be read.
        """
        return self.store.history(slug, limit=limit, hypothesis=hypothesis)

    def looks_like(self, debate: Debate, idea: Idea) -> list[Likeness]:
        """Return what an idea looks like: by an index in memory, or of very many by that on disk.

        Raises:
            AbduceError: it cannot be told; says why.
        """
        if len(debate.ideas) <= FEW:
            return self._alike.looks_like(debate, idea)
        return self.store.looks_like(debate, idea)

    def stands(self, slug: str) -> tuple[Stand, ...]:
        """Return what everybody had stated after every change of it, oldest first."""
        return self.store.stands(slug)

    def estimate(self, debate: Debate) -> Estimates:
        """Work out the numbers of a debate; only what differs from the last time.

        The explanations tried last are still taken to be true where that is possible, so that a change which was tried
        before it was made has its numbers already; it does not wait for further figures that are read of them.
        """
        last = self._last
        if last is not None and _same_numbers(last[0], debate):
            return last[1]
        with self._estimating:
            try:
                return self._work_out(debate, self._scenario)
            except AbduceError:
                return self._work_out(debate, frozenset())

    @contextmanager
    def trying(self, debate: Debate, scenario: frozenset[str] = frozenset()) -> Iterator[Estimates]:
        """Give the numbers of a debate that is only tried, under ticked hypotheses.

        Inside, further figures may be read: they are worked out when first read, and only one thread may do that.

        Raises:
            AbduceError: the hypotheses cannot be combined, or one is not there.
        """
        with self._estimating:
            yield self._work_out(debate, scenario)

    def _work_out(self, debate: Debate, scenario: frozenset[str]) -> Estimates:
        if self._engine is None:
            self._engine = Engine(debate)
        try:
            estimates = self._engine.estimates(debate, scenario)
        except AbduceError:
            self._engine = self._last = None  # it stands between two debates
            raise
        self._scenario = scenario
        self._last = debate, worked_out(estimates)
        return estimates


def _same_numbers(one: Debate, other: Debate) -> bool:
    """Say whether two debates are the same but for what no number hangs on, which may be very much."""
    return replace(one, evidence=other.evidence, ideas=other.ideas, comments=other.comments) == other


def worked_out(estimates: Estimates) -> Estimates:
    """Have what is on screen computed here, not when a widget first reads it.

    Of many explanations, what each would leave of another gap than the headline, and what those far down in the ranking
    take away, is left to whoever shows it.
    """
    debate = estimates.evaluation.debate
    first = [hypothesis.slug for hypothesis in ranked(debate)][:READY]
    for estimate in estimates.gaps.values():
        shown = [estimate.now, estimate.weighed, estimate.residual]
        if estimate.gap is debate.headline:
            shown += estimate.under.values()
        if estimate.gap is debate.headline or len(debate.hypotheses) <= READY:
            shown += [part.get(slug) for part in (estimate.under, estimate.explained) for slug in first]
        for result in shown:
            if result is not None:
                _ = result.p5, result.median, result.p95
    return estimates
