"""The store and the engine together: every change made and its numbers worked out, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.estimates import Engine, Estimates
from hypotheses.problems import Malformed
from hypotheses.timeline import Stand
from store.errors import AbduceError

if TYPE_CHECKING:
    from store.debate_store import DebateStore
    from store.entries import Change, Entry

Edit = Callable[["DebateStore", str], "Change | None"]
"""One call of one store method on the debate of this slug; None if there is nothing to do."""


@dataclass(frozen=True, slots=True)
class State:
    """A debate with its numbers, and the entry that led to it."""

    debate: Debate
    estimates: Estimates
    entry: Entry | None = None
    ours: bool = True


class Session:
    """What the app works on. Its methods wait for disk and sums: call them in a thread.

    `told` gets every new state, in the order in which they were committed.
    """

    def __init__(self, store: DebateStore, told: Callable[[State], object]) -> None:
        self.store = store
        self._told = told
        self._latest: Debate | None = None
        """The debate that was told last."""
        self.person = ""
        """Whose view the debate shows: empty for its owner."""
        self._slug = ""
        self._changing = threading.RLock()
        self._engine: Engine | None = None
        self._scenario: frozenset[str] = frozenset()
        self._estimating = threading.Lock()

    def open(self, slug: str | None) -> Debate:
        """Take up a debate (None: the one opened last).

        Raises:
            AbduceError: there is none, or the database cannot be read.
        """
        with self._changing:
            debate = self.store.open_debate(slug)
            self._slug, self._latest = debate.slug, debate
            self.person = self.store.person(debate.slug)
            return debate

    def tell(self, debate: Debate) -> None:
        """Tell the state of a debate that was just taken up, with whatever was changed since.

        Raises:
            AbduceError: the database cannot be read.
        """
        with self._changing:
            latest = self.store.load(debate.slug)
            self._tell(latest)

    def commit(self, edit: Edit) -> None:
        """Make a change and tell the new state.

        Raises:
            AbduceError: the change was refused; nothing was changed.
        """
        slug = self._slug  # of the debate that was open when the change was asked for
        with self._changing:
            try:
                change = edit(self.store, slug)
            except (AbduceError, Malformed):
                self._tell_taken_in(slug)
                raise
            if change is None:
                self._tell_taken_in(slug)
            elif slug == self._slug:
                self._tell(change.debate, change.entry)

    def look(self) -> None:
        """Take in what other processes wrote, and tell it.

        Raises:
            AbduceError: the database cannot be read.
        """
        with self._changing:
            change = self.store.refresh(self._slug)
            if change is not None:
                self._tell(change.debate, change.entry, ours=False)

    def history(self, hypothesis: str) -> tuple[Entry, ...]:
        """Return the journal of one hypothesis, newest first.

        Raises:
            AbduceError: the database cannot be read.
        """
        with self._changing:
            self.look()  # reading the journal takes in what others wrote, and no later look would find it new
            return self.store.history(self._slug, hypothesis=hypothesis)

    def _tell_taken_in(self, slug: str) -> None:
        """Tell what others wrote where a change that came to nothing has taken it in already."""
        if slug == self._slug and (latest := self.store.load(slug)) != self._latest:
            self._tell(latest, self.store.history(slug, limit=1)[0], ours=False)

    def _tell(self, debate: Debate, entry: Entry | None = None, *, ours: bool = True) -> None:
        self._latest = debate
        self._told(State(debate, self.estimate(debate), entry, ours))

    def stands(self) -> tuple[Stand, ...]:
        """Return what everybody had stated after every change of it, oldest first."""
        return self.store.stands(self._slug)

    def estimate(self, debate: Debate) -> Estimates:
        """Work out the numbers of a debate; only what differs from the last time.

        The explanations tried last are still taken to be true where that is possible, so that a change which was tried
        before it was made has its numbers already.
        """
        with self._estimating:
            try:
                return self._work_out(debate, self._scenario)
            except Malformed:
                return self._work_out(debate, frozenset())

    @contextmanager
    def trying(self, debate: Debate, scenario: frozenset[str] = frozenset()) -> Iterator[Estimates]:
        """Give the numbers of a debate that is only tried, under ticked hypotheses.

        Inside, further figures may be read: they are worked out when first read, and only one thread may do that.

        Raises:
            Malformed: the hypotheses cannot be combined.
        """
        with self._estimating:
            yield self._work_out(debate, scenario)

    def _work_out(self, debate: Debate, scenario: frozenset[str]) -> Estimates:
        if self._engine is None:
            self._engine = Engine(debate)
        try:
            estimates = self._engine.estimates(debate, scenario)
        except Malformed:
            self._engine = None  # it stands between two debates
            raise
        self._scenario = scenario
        return worked_out(estimates)


def worked_out(estimates: Estimates) -> Estimates:
    """Have every figure that is on screen computed here, not when a widget first reads it."""
    for known in estimates.gaps.values():
        shown = (known.now, known.expected, known.residual, *known.under.values(), *known.explained.values())
        for outcome in shown:
            if outcome is not None:
                _ = outcome.p5, outcome.median, outcome.p95
    return estimates
