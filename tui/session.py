"""The store and the engine together: every change made and its numbers worked out, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypotheses.debate import Debate
from hypotheses.estimates import Engine, Estimates

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
        self._slug = ""
        self._changing = threading.RLock()
        self._engine: Engine | None = None
        self._trying: Engine | None = None
        self._estimating = threading.Lock()

    def open(self, slug: str | None) -> Debate:
        """Take up a debate (None: the one opened last).

        Raises:
            AbduceError: there is none, or the database cannot be read.
        """
        with self._changing:
            debate = self.store.load(slug)
            self._slug = debate.slug
            return debate

    def tell(self, debate: Debate) -> None:
        """Tell the state of a debate that was just taken up, with whatever was changed since.

        Raises:
            AbduceError: the database cannot be read.
        """
        with self._changing:
            latest = self.store.load(debate.slug)
            self._told(State(latest, self.estimate(latest)))

    def commit(self, edit: Edit) -> None:
        """Make a change and tell the new state.

        Raises:
            AbduceError: the change was refused; nothing was changed.
        """
        slug = self._slug  # of the debate that was open when the change was asked for
        with self._changing:
            change = edit(self.store, slug)
            if change is not None and slug == self._slug:
                self._told(State(change.debate, self.estimate(change.debate), change.entry))

    def look(self) -> None:
        """Take in what other processes wrote, and tell it.

        Raises:
            AbduceError: the database cannot be read.
        """
        with self._changing:
            change = self.store.refresh(self._slug)
            if change is not None:
                self._told(State(change.debate, self.estimate(change.debate), change.entry, ours=False))

    def history(self, hypothesis: str) -> tuple[Entry, ...]:
        """Return the journal of one hypothesis, newest first."""
        return self.store.history(self._slug, hypothesis=hypothesis)

    def estimate(self, debate: Debate) -> Estimates:
        """Work out the numbers of a debate; only what differs from the last time."""
        with self._estimating:
            if self._engine is None:
                self._engine = Engine(debate)
            return worked_out(self._engine.estimates(debate))

    @contextmanager
    def trying(self, debate: Debate, scenario: frozenset[str] = frozenset()) -> Iterator[Estimates]:
        """Give the numbers of a debate that is only tried, under ticked hypotheses.

        Inside, further figures may be read: they are worked out when first read, and only one thread may do that.

        Raises:
            Malformed: the hypotheses cannot be combined.
        """
        with self._estimating:
            if self._trying is None:
                self._trying = Engine(debate)
            yield worked_out(self._trying.estimates(debate, scenario))


def worked_out(estimates: Estimates) -> Estimates:
    """Have every figure that is on screen computed here, not when a widget first reads it."""
    for known in estimates.gaps.values():
        shown = (known.now, known.expected, known.residual, *known.under.values(), *known.explained.values())
        for outcome in shown:
            if outcome is not None:
                _ = outcome.p5, outcome.median, outcome.p95
    return estimates
